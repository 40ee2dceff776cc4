"""Mandates are proposed, granted, ended; samples are drawn; a dossier is carried away sealed. Nothing else changes."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.canonical import plain
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.inspection import queries, rules
from motcua.inspection.errors import (
    AlreadyDecided,
    MandateNotFound,
    MandateWrong,
    NotYours,
    SampleWrong,
)
from motcua.inspection.models import Mandate, Sample
from motcua.kernel.text import clean_text, one_line
from motcua.sealing import queries as sealing

README = """Bộ hồ sơ niêm phong / sealed export

ho-so.json      hồ sơ / the dossier
bang-chung.json các dòng nhật ký của hồ sơ và đường đến gốc đã ký / its journal lines and their way to a signed root
goc.json        các gốc đã công bố lúc xuất / the roots published at that time
SHA256SUMS      mã băm của mọi tệp / hashes of every file: sha256sum -c SHA256SUMS
kiem-tra.json   mã băm của ho-so.json; nằm trong dòng nhật ký "dossier.inspected" / the hash that its journal line keeps

python verify_journal.py proof bang-chung.json --trust KHÓA/KEY
Lấy khóa và gốc từ nơi công bố, không từ bộ này / take key and roots from where they are published, not from here.
"""


@action("inspection.propose")
def propose(
    act: Act, *, agency: str, inspector: str, number: str, first: date, last: date, reason: str
) -> dict:
    """An administrator proposes a mandate: agency (its code), inspector (a login name), decision, days, reason.

    Answers {mandate}. Raises NotYours, MandateWrong.
    """
    office, account = agencies.by_code(agency), accounts.account_by_login(inspector)
    administered = agencies.below(act.actor.agencies(*rules.PROPOSERS))
    if office is None or office.id not in administered:
        raise NotYours()
    named, why = one_line(number), clean_text(reason).strip()
    long_enough = rules.REASON_MIN <= len(why) <= rules.REASON_MAX and 1 <= len(named) <= rules.NUMBER_MAX
    in_order = local_date(act.at) <= last and 0 <= (last - first).days < rules.DAYS_MOST
    if account is None or account.kind != "officer" or not long_enough or not in_order:
        raise MandateWrong(days=rules.DAYS_MOST)
    row = Mandate.objects.create(
        inspector_id=account.pk,
        agency_id=office.id,
        number=named,
        reason=why,
        first=first,
        last=last,
        proposed_by_id=act.actor.account_id,
        proposed_at=act.at,
    )
    facts = {
        "agency": office.id,
        "inspector": account.public_id,
        "number": named,
        "first": first,
        "last": last,
    }
    record(act, "mandate.proposed", row.subject, facts=facts, personal={"reason": why})
    return {"mandate": row.public_id}


def _locked(act: Act, public_id: str) -> Mandate:
    row = Mandate.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise MandateNotFound()
    if row.agency_id not in queries.within(act.actor):
        raise NotYours()
    return row


@action("inspection.grant")
def grant(act: Act, *, mandate: str) -> dict:
    """Somebody who leads or administers the agency grants it; neither who proposed it nor who will hold it.

    Raises MandateNotFound, NotYours, AlreadyDecided.
    """
    row = _locked(act, mandate)
    if not rules.may_grant(row.proposed_by_id, row.inspector_id, act.actor.account_id):
        raise NotYours()
    if row.granted_at is not None or row.ended_at is not None:
        raise AlreadyDecided()
    row.granted_at, row.granted_by_id = act.at, act.actor.account_id
    row.save(update_fields=["granted_at", "granted_by_id"])
    record(act, "mandate.granted", row.subject)
    return {"mandate": row.public_id}


@action("inspection.end")
def end(act: Act, *, mandate: str) -> dict:
    """End a mandate before its last day, or turn a proposal down: every door shuts at once. Raises as `grant`."""
    row = _locked(act, mandate)
    if row.ended_at is not None:
        raise AlreadyDecided()
    row.ended_at, row.ended_by_id = act.at, act.actor.account_id
    row.save(update_fields=["ended_at", "ended_by_id"])
    record(act, "mandate.ended", row.subject)
    return {"mandate": row.public_id}


@action("inspection.draw")
def draw(act: Act, *, mandate: str, seed: str, first: date, last: date, size: int) -> dict:
    """Draw a random sample of what the inspected agencies received on these days; kept with its seed, to be repeated.

    Answers {sample, population, drawn}. Raises NoMandate, SampleWrong.
    """
    row = queries.standing(act.actor, mandate, act.at)
    named = one_line(seed)[: rules.SEED_MAX]
    ids: list[str] = []
    fits = named and 0 <= (last - first).days < rules.PERIOD_DAYS_MOST and 1 <= size <= rules.SAMPLE_MOST
    if fits:
        ids = queries.population(row, first, last)
    if not fits or len(ids) > rules.POPULATION_MOST:
        raise SampleWrong(most=rules.SAMPLE_MOST, population=rules.POPULATION_MOST)
    found = rules.drawn(ids, named, size)
    sample = Sample.objects.create(
        mandate=row, seed=named, first=first, last=last, population=len(ids), dossiers=found, drawn_at=act.at
    )
    facts = {"sample": sample.public_id, "seed": named, "first": first, "last": last}
    record(act, "mandate.sample_drawn", row.subject, facts={**facts, "population": len(ids), "drawn": found})
    return {"sample": sample.public_id, "population": len(ids), "drawn": len(found)}


@action("inspection.carry_away")
def carry_away(act: Act, *, mandate: str, dossier: str) -> dict:
    """Note in the dossier's chain that it was carried away under a mandate, with the hash of its document.

    Answers {dossier, sha256}. The document is `document_of`. Raises NoMandate.
    """
    row = queries.standing(act.actor, mandate, act.at)
    found = queries.dossier_of(row, dossier)
    _document, text, _files = document_of(found)
    digest = hashlib.sha256(text).hexdigest()
    facts = {"mandate": row.public_id, "number": row.number, "sha256": digest}
    record(act, "dossier.inspected", found.subject, facts=facts)
    return {"dossier": found.public_id, "sha256": digest}


def document_of(found: Any) -> tuple[dict[str, Any], bytes, list[tuple[str, Any]]]:
    """A dossier whole: as a document, as the bytes that are hashed, and its files."""
    document, files = dossiers.record.record_of(found, inside=True)
    return document, json.dumps(document, ensure_ascii=False, indent=1, default=plain).encode(), files


def sealed_export(found: Any, digest: str) -> tuple[dict[str, bytes], list[tuple[str, Any]]]:
    """What goes into the ZIP of a dossier that `carry_away` has noted: texts by name, and its files."""
    _document, text, files = document_of(found)
    told = {"sha256": digest, "of": "ho-so.json", "verb": "dossier.inspected"}
    texts = {
        "DOC-TRUOC.txt": README.encode(),
        "ho-so.json": text,
        "kiem-tra.json": json.dumps(told, ensure_ascii=False).encode(),
        "bang-chung.json": json.dumps(
            sealing.proof(found.subject), ensure_ascii=False, default=plain
        ).encode(),
        "goc.json": json.dumps(sealing.roots(), ensure_ascii=False, default=plain).encode(),
        "verify_journal.py": sealing.VERIFIER.read_bytes(),
    }
    return texts, files
