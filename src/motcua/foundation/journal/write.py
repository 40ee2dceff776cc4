"""Writing a line: read the head under lock, add the line, move the head."""

from __future__ import annotations

import json
import secrets
from datetime import datetime

from django.db import transaction

from motcua.foundation.acts import Act
from motcua.foundation.canonical import canonical
from motcua.foundation.crypto import seal
from motcua.foundation.journal.chain import START, VERSION, line_hash, personal_digest
from motcua.foundation.models import JournalHead, JournalLine, JournalPersonal
from motcua.foundation.time import now


def record(
    act: Act, verb: str, subject: str, *, facts: dict | None = None, personal: dict[str, str] | None = None
) -> JournalLine:
    """Add a line to the chain of `subject` ("kind:public id") within the running transaction; returns the line.

    `facts` hold ids, codes and moments only; what names or describes a person goes into `personal`, which enters
    the hash salted and is stored sealed and erasable. Raises RuntimeError outside a transaction: a line without
    its change, or a change without its line, must not exist.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line is written in the transaction of its change")
    salts = {name: secrets.token_hex(16) for name in personal or {}}
    digests = {
        name: personal_digest(salts[name], name, str(value)) for name, value in (personal or {}).items()
    }
    head = next(iter(JournalHead.objects.select_for_update().filter(chain=subject)), None)
    line = next_line(act, verb, subject, head, at=now(), facts=facts or {}, personal=digests)
    line.save(force_insert=True)
    if head:
        JournalHead.objects.filter(pk=head.pk).update(count=line.seq, hash=line.hash)
    else:
        JournalHead.objects.create(chain=subject, count=1, hash=line.hash)
    if personal:
        JournalPersonal.objects.bulk_create(
            JournalPersonal(line=line, name=name, salt=salts[name], value=seal(str(value), f"journal.{name}"))
            for name, value in personal.items()
        )
    return line


def erase_personal(subject: str) -> int:
    """Erase every personal value of a chain; its lines, hashes and facts stay and still verify. Returns how many."""
    return JournalPersonal.objects.filter(line__chain=subject).delete()[0]


def next_line(
    act: Act, verb: str, subject: str, head: JournalHead | None, *, at: datetime, facts: dict, personal: dict
) -> JournalLine:
    """The line that follows `head` in the chain of `subject`, with its hash, not saved yet. `at` is the machine's
    moment, `personal` the salted digests by name."""
    line = JournalLine(
        chain=subject,
        seq=head.count + 1 if head else 1,
        version=VERSION,
        verb=verb,
        actor=act.actor.key,
        act_id=act.act_id,
        purpose=act.purpose,
        channel=act.channel,
        at=act.at,
        recorded_at=at,
        facts=json.loads(canonical(facts)),
        personal=personal,
        previous=head.hash if head else START,
    )
    line.hash = hash_of(line)
    return line


def hash_of(line: JournalLine) -> str:
    """The hash that the fields of `line` call for, whatever its `hash` column says."""
    return line_hash(
        version=line.version,
        chain=line.chain,
        seq=line.seq,
        previous=line.previous,
        verb=line.verb,
        actor=line.actor,
        act_id=line.act_id,
        purpose=line.purpose,
        channel=line.channel,
        at=line.at,
        recorded_at=line.recorded_at,
        facts=line.facts,
        personal=line.personal,
    )
