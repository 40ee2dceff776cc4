"""Every change of the registers: what a result writes, what she keeps herself, what is said to a re-use."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.files import actions as file_actions
from motcua.files import queries as files
from motcua.foundation.access import forget_reasons
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import erase_personal, record
from motcua.foundation.time import local_date
from motcua.kernel.text import one_line
from motcua.people import queries as people
from motcua.registers import queries, rules
from motcua.registers.errors import HoldingNotFound, KindUnknown, NothingSaid, StoreFull
from motcua.registers.models import Entry, Holding, Mismatch, Reuse

UPLOADS_MOST = 200


# What a result writes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaperSeen:
    """A paper with a file that was checked in the dossier."""

    key: str
    name: str
    file_id: int
    digitised: int


@dataclass(frozen=True)
class Granted:
    """A result as the city remembers it."""

    party_id: int
    dossier: str
    procedure: str
    name: str
    number: str
    agency_id: int | None
    answers: Mapping[str, Any]
    file_id: int | None = None
    file_sha256: str = ""
    papers: tuple[PaperSeen, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)  # {"vi", "en"} of chosen answers, by question


def enter_result(act: Act, granted: Granted) -> list[dict[str, str]]:
    """Within the act of a decision: lay the result and the papers that were checked into the applicant's store, write
    the facts, end those it takes the place of. Answers what the journal line of the decision keeps of the facts:
    register, entry, salted hash.

    A fact about another (a spouse, by number) goes to her when the city knows her; nobody is made known by it.
    """
    own = granted.answers.get("applicant_kind") in (None, "", rules.SELF, rules.ORGANISATION)
    common = {
        "party_id": granted.party_id,
        "procedure": granted.procedure,
        "dossier": granted.dossier,
        "agency_id": granted.agency_id,
        "own": own,
        "at": act.at,
    }
    result = Holding(
        **common,
        origin=rules.Origin.RESULT,
        name=granted.name[: rules.NAME_MAX],
        number=granted.number,
        file_id=granted.file_id,
        digitised=1 if granted.file_id else 0,
    )
    result.save(force_insert=True)
    fresh = [paper for paper in granted.papers if paper.digitised not in rules.REUSED]
    if fresh:
        Holding.objects.bulk_create(
            Holding(
                **common,
                origin=rules.Origin.CHECKED,
                key=paper.key,
                name=paper.name[: rules.NAME_MAX],
                file_id=paper.file_id,
                digitised=paper.digitised,
            )
            for paper in fresh
        )
    registers, day = queries.registers_at(act.at), local_date(act.at)
    facts = registers.written(granted.procedure, granted.answers, day, granted.words)
    # Filed for another it ends nothing of hers; whom else it writes about has the same end: both who marry were single.
    whom = [_party_of(granted, subject) for subject in rules.ended_of(facts, granted.answers, own=own)]
    for register in registers.ended(granted.procedure):
        for party_id in whom:
            if party_id is not None:
                _end(act, party_id, register, granted.dossier)
    return [told for fact in facts if (told := _write(act, granted, result, fact)) is not None]


def _party_of(granted: Granted, subject: str) -> int | None:
    """The party with a personal number, "" for the applicant; None where the city does not know her."""
    if not subject:
        return granted.party_id
    known = people.by_number(subject)
    return known.id if known else None


def _write(act: Act, granted: Granted, result: Holding, fact: rules.Fact) -> dict[str, str] | None:
    party_id = _party_of(granted, fact.subject)
    if party_id is None:
        return None
    if fact.one:
        _end(act, party_id, fact.register, granted.dossier)
    salt = secrets.token_hex(16)
    entry = Entry(
        register=fact.register,
        party_id=party_id,
        holding=result,
        values=fact.values,
        salt=salt,
        digest=queries.digest(salt, fact.register, fact.values),
        file_sha256=granted.file_sha256,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        at=act.at,
    )
    entry.save(force_insert=True)
    return {"register": fact.register, "entry": entry.public_id, "hash": entry.digest}


def _end(act: Act, party_id: int, register: str, dossier: str) -> None:
    """End what a person has in a register, and the papers it was written by where they are hers."""
    rows = Entry.objects.filter(party_id=party_id, register=register, ended_at=None)
    ended = list(rows.values_list("pk", "holding_id"))
    if not ended:
        return
    Entry.objects.filter(pk__in=[pk for pk, _h in ended]).update(ended_at=act.at, ended_by=dossier)
    papers = Holding.objects.filter(pk__in=[h for _pk, h in ended], party_id=party_id, ended_at=None)
    papers.update(ended_at=act.at, ended_by=dossier)


# Her own store -------------------------------------------------------------------------------------------------------


@action("registers.keep_paper")
def keep_paper(act: Act, *, kind: str, file: str, name: str = "") -> dict:
    """Lay a stored file (public id, one she handed in herself) into her store as a paper of `kind`.

    Raises NobodyKnown, KindUnknown, StoreFull, FileNotFound.
    """
    party = queries.party_of(act.actor)
    known = queries.kinds_at(act.at).by_id.get(kind)
    if known is None:
        raise KindUnknown()
    mine = Holding.objects.filter(party=party, origin=rules.Origin.UPLOADED, ended_at=None)
    if mine.count() >= UPLOADS_MOST:
        raise StoreFull(most=UPLOADS_MOST)
    stored = files.kept_by(act.actor, file)
    row = Holding.objects.create(
        party_id=party,
        origin=rules.Origin.UPLOADED,
        kind=kind,
        name=(one_line(name) or known.name.vi)[: rules.NAME_MAX],
        file_id=stored.pk,
        digitised=1,
        at=act.at,
    )
    record(act, "registers.paper_kept", row.subject, facts={"kind": kind, "file": stored.sha256})
    return {"holding": row.public_id, "kind": kind}


@action("registers.drop_paper")
def drop_paper(act: Act, *, holding: str) -> dict:
    """Take a paper that she uploaded out of her store, with its bytes where no dossier has them. Results and checked
    papers are records of the city and stay. Raises NobodyKnown, HoldingNotFound.

    While an agreement names the paper an empty row is left of it: what was agreed to, and when, is to be shown.
    """
    row = queries.holding_of(act.actor, holding)
    if row.origin != rules.Origin.UPLOADED or row.ended_at is not None:
        raise HoldingNotFound()
    file = row.file_id
    row.ended_at, row.ended_by, row.name, row.file_id = act.at, rules.HER_OWN_HAND, "", None
    row.save(update_fields=["ended_at", "ended_by", "name", "file_id"])
    record(act, "registers.paper_dropped", row.subject)
    forget_reasons(row.subject)
    _clear([row.pk])
    file_actions.drop_unused(act, [file] if file else [])
    return {"holding": row.public_id}


def _clear(holdings: Iterable[int | None]) -> None:
    """Delete the empty rows of papers that she took out, of these, as soon as no agreement names them any more."""
    ids = [pk for pk in holdings if pk is not None]
    Holding.objects.filter(pk__in=ids, ended_by=rules.HER_OWN_HAND, reuses=None).delete()


# What is said to a re-use --------------------------------------------------------------------------------------------


def say(
    act: Act, dossier: str, offer: rules.Offer, party_id: int, *, agreed: bool, channel: str, demanded: bool
) -> Reuse:
    """Within an act on the dossier: keep what was said to `offer`, with the words that were shown, their version, the
    time and the channel (NĐ 13/2023/NĐ-CP arts. 11-12), and one line in the chain of the dossier."""
    holding = (
        Holding.objects.filter(public_id=offer.held.id, party=party_id).first() if offer.held.id else None
    )
    if offer.held.id and holding is None:
        raise HoldingNotFound()
    row = Reuse.objects.create(
        dossier=dossier,
        key=offer.key,
        party_id=party_id,
        holding=holding,
        kind=offer.kind.id,
        state=rules.Said.GIVEN if agreed else rules.Said.REFUSED,
        basis=offer.basis,
        demanded=demanded,
        digitised=offer.digitised if agreed else 0,
        words={"vi": offer.words.vi, "en": offer.words.en},
        text_version=queries.kinds_at(act.at).version[:40],
        source={"vi": offer.source.vi, "en": offer.source.en},
        at=act.at,
        channel=channel,
        by=act.actor.key,
    )
    facts = {
        "paper": offer.key,
        "kind": offer.kind.id,
        "basis": offer.basis,
        "text": row.text_version,
        "channel": channel,
        "holding": offer.held.id,
    }
    record(act, f"dossier.reuse_{row.state}", f"dossier:{dossier}", facts=facts)
    return row


def withdraw(act: Act, dossier: str, keys: Iterable[str], party_id: int) -> list[Reuse]:
    """Within an act on the dossier: take back what this person agreed to for these papers. Raises NothingSaid where
    nothing stands."""
    rows = Reuse.objects.filter(dossier=dossier, key__in=list(keys), party=party_id, state=rules.Said.GIVEN)
    found = list(rows.select_for_update())
    if not found:
        raise NothingSaid()
    for row in found:
        row.state, row.withdrawn_at = rules.Said.WITHDRAWN, act.at
        row.save(update_fields=["state", "withdrawn_at"])
        facts = {"paper": row.key, "kind": row.kind, "text": row.text_version}
        record(act, "dossier.reuse_withdrawn", f"dossier:{dossier}", facts=facts)
    return found


def forget(dossier: str) -> None:
    """Within the act that throws a draft away: what was said for it goes with it; its chain in the journal stays."""
    _forget_said(dossier)


def _forget_said(dossier: str) -> None:
    rows = Reuse.objects.filter(dossier=dossier)
    named = list(rows.values_list("holding", flat=True))
    rows.delete()
    _clear(named)


def erase(act: Act, dossier: str) -> list[int]:
    """Within the act that erases a dossier past its retention: what was said for it, what contradicted it, and its
    papers in the store go. A paper on which a register entry rests stays with that entry: a register is a record of
    its own. Answers the files (primary keys) that were let go."""
    _forget_said(dossier)
    Mismatch.objects.filter(dossier=dossier).delete()
    gone = list(Holding.objects.filter(dossier=dossier, entries=None))
    Reuse.objects.filter(holding__in=gone).update(holding=None)
    for row in gone:
        record(act, "registers.paper_erased", row.subject)
        erase_personal(row.subject)
        forget_reasons(row.subject)
    Holding.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return [row.file_id for row in gone if row.file_id is not None]


# Contradictions ------------------------------------------------------------------------------------------------------


def compare(act: Act, dossier: str, party_id: int, said: dict[str, Any]) -> list[str]:
    """Within the act of a reception: where the declaration (`said`, by known fact) is not what a register says, leave
    it to a human. Answers the registers; changes neither."""
    found = queries.contradicted(party_id, said, act.at)
    for entry, name, value in found:
        Mismatch.objects.create(dossier=dossier, entry=entry, field=name, said=value, at=act.at)
    return [entry.register for entry, _name, _value in found]


def settle(act: Act, dossier: str, mismatch: str, *, accept: bool) -> dict:
    """Within an act on the dossier: decide a contradiction. `accept`: the declaration is right; the entry is then
    marked as disputed and fills no form any more, until a result writes a new one."""
    row = Mismatch.objects.select_for_update().get(dossier=dossier, public_id=mismatch, settled_at=None)
    row.settled_at, row.settled_as, row.settled_by = act.at, "declared" if accept else "kept", act.actor.key
    row.save(update_fields=["settled_at", "settled_as", "settled_by"])
    if accept:
        Entry.objects.filter(pk=row.entry_id, disputed_at=None).update(disputed_at=act.at)
    facts = {"entry": row.entry.public_id, "field": row.field, "as": row.settled_as}
    record(act, "dossier.register_compared", f"dossier:{dossier}", facts=facts)
    party = people.party_by_id(row.entry.party_id)
    return {"party": party.public_id if party else "", "changed": []}


# People --------------------------------------------------------------------------------------------------------------


@action("registers.follow_person")
def follow_person(act: Act, *, former: int, party: int, person: str) -> dict:
    """Give everything of a record that was merged away to the one that stays. For the platform itself."""
    if act.actor.kind != "system":
        raise Forbidden()
    moved = {
        name: rows.filter(party_id=former).update(party_id=party)
        for name, rows in (
            ("holdings", Holding.objects),
            ("entries", Entry.objects),
            ("reuses", Reuse.objects),
        )
    }
    if any(moved.values()):
        record(act, "party.registers_followed", f"party:{person}", facts=moved)
    return moved
