"""Every read of the registers: a person's store and facts, what answers for a paper, what was said to it.

Who may see them is decided here by the party behind the actor: a proven person reads her own, nobody else's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.foundation.access import who_saw
from motcua.foundation.actors import Actor
from motcua.foundation.canonical import canonical
from motcua.foundation.errors import NotFound
from motcua.foundation.time import local_date
from motcua.kernel.text import Bilingual
from motcua.people import queries as people
from motcua.registers import rules
from motcua.registers.errors import HoldingNotFound, NobodyKnown
from motcua.registers.models import Entry, Holding, Mismatch, Reuse
from motcua.registers.packs import bundles_at, kinds_at, registers_at

__all__ = ["bundles_at", "kinds_at", "registers_at"]
STORE_MAX = 500


def subjects() -> Iterator[str]:
    """Every paper that somebody uploaded: each must have a chain in the journal. Others are told by their dossier."""
    rows = Holding.objects.filter(origin=rules.Origin.UPLOADED)
    return rows.values_list("public_id", flat=True).iterator()


def party_of(actor: Actor) -> int:
    """The party whose store and facts the actor may read: the one her account is proved to be.

    Raises NobodyKnown for everybody else: who only typed a number owns nothing by it.
    """
    if actor.party_id is None:
        raise NobodyKnown()
    return actor.party_id


# The store -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stored:
    """A paper of the store as pages and the API show it; `state` is its digitisation state there."""

    row: Holding
    kinds: tuple[rules.Kind, ...]
    valid_to: date | None
    used: int  # dossiers it was re-used in
    facts: tuple[FactView, ...]

    @property
    def id(self) -> str:
        return self.row.public_id

    @property
    def codes(self) -> tuple[str, ...]:
        """The national codes of its kinds, where the packs know them."""
        return tuple(kind.code for kind in self.kinds if kind.code)


@dataclass(frozen=True)
class FactView:
    """An entry of a register with its source. `fields` are (register field, value)."""

    id: str
    register: rules.Register | None
    name: Bilingual
    fields: tuple[tuple[rules.Field, Any], ...]
    valid_from: date
    valid_to: date | None
    ended_at: datetime | None
    disputed_at: datetime | None
    digest: str
    file_sha256: str
    holding: Holding

    def holds_on(self, day: date) -> bool:
        return _in_force(self.ended_at, self.valid_from, self.valid_to, day)

    def answers_on(self, day: date) -> bool:
        """Whether anything may rest on it: it holds, and no officer has found it wrong."""
        return self.disputed_at is None and self.holds_on(day)


def _in_force(ended_at: datetime | None, begin: date, end: date | None, day: date) -> bool:
    return ended_at is None and begin <= day and (end is None or day <= end)


def _fact(row: Entry, registers: rules.Registers) -> FactView:
    register = registers.by_id.get(row.register)
    fields = register.fields if register else ()
    return FactView(
        id=row.public_id,
        register=register,
        name=register.name if register else Bilingual(row.register),
        fields=tuple((field, row.values[field.id]) for field in fields if field.id in row.values),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        ended_at=row.ended_at,
        disputed_at=row.disputed_at,
        digest=row.digest,
        file_sha256=row.file_sha256,
        holding=row.holding,
    )


def digest(salt: str, register: str, values: dict[str, Any]) -> str:
    """The salted hash that the journal keeps of an entry: without salt and values nobody guesses it."""
    return hashlib.sha256(canonical([salt, register, values])).hexdigest()


def entry_differences() -> Iterator[str]:
    """Every entry whose values are not those that the journal line of its decision was written with."""
    for row in Entry.objects.order_by("pk").iterator(chunk_size=2000):
        if digest(row.salt, row.register, row.values) != row.digest:
            yield f"{row.register} {row.public_id}: its values are not what its hash was made of"


def facts_of(party_id: int, at: datetime) -> list[FactView]:
    """Every entry of a party, newest first."""
    rows = Entry.objects.filter(party=party_id).select_related("holding__agency").order_by("-pk")[:STORE_MAX]
    registers = registers_at(at)
    return [_fact(row, registers) for row in rows]


def _kept(party_id: int) -> QuerySet[Holding]:
    """A person's store without what she took out herself: of that a row is left only while an agreement names it."""
    return Holding.objects.filter(party=party_id).exclude(ended_by=rules.HER_OWN_HAND)


def store_of(party_id: int, at: datetime, on: date | None = None) -> list[Stored]:
    """Everything in the store of a party, newest first, at most `STORE_MAX`; two queries. `on`: the day on which facts
    must be valid to count, else that of `at`."""
    used = Count("reuses__dossier", filter=Q(reuses__state=rules.Said.GIVEN), distinct=True)
    rows = _kept(party_id).select_related("file", "agency").annotate(used=used)
    facts: dict[int, list[FactView]] = {}
    for fact in facts_of(party_id, at):
        facts.setdefault(fact.holding.pk, []).append(fact)
    kinds, registers, day = kinds_at(at), registers_at(at), on or local_date(at)
    return [
        _stored(row, kinds, registers, facts.get(row.pk, []), day) for row in rows.order_by("-pk")[:STORE_MAX]
    ]


def _stored(
    row: Holding, kinds: rules.Kinds, registers: rules.Registers, facts: Sequence[FactView], day: date
) -> Stored:
    own = [fact for fact in facts if fact.register]
    in_force = frozenset(fact.register.id for fact in own if fact.register and fact.answers_on(day))
    found = rules.kinds_of(
        kinds,
        registers,
        rules.Stored(row.origin, row.kind, row.procedure, row.key, row.own),
        in_force,
    )
    ends = [fact.valid_to for fact in own if fact.valid_to]
    limit = rules.valid_until(kinds, found, local_date(row.at)) if row.origin == rules.Origin.RESULT else None
    return Stored(
        row=row,
        kinds=tuple(kinds.by_id[name] for name in sorted(found)),
        valid_to=min([*ends, *([limit] if limit else [])], default=None),
        used=getattr(row, "used", 0),
        facts=tuple(facts),
    )


def holding_of(actor: Actor, public_id: str) -> Holding:
    """A paper of the actor's own store. Raises NobodyKnown, HoldingNotFound."""
    rows = _kept(party_of(actor)).filter(public_id=public_id)
    found = rows.select_related("file", "agency").first()
    if found is None:
        raise HoldingNotFound()
    return found


def stored_one(row: Holding, at: datetime) -> Stored:
    """One paper of a store with its facts; the caller has decided that it may be seen."""
    entries = Entry.objects.filter(holding=row, party=row.party_id).select_related("holding").order_by("-pk")
    registers = registers_at(at)
    facts = [_fact(entry, registers) for entry in entries]
    return _stored(row, kinds_at(at), registers, facts, local_date(at))


def used_in(row: Holding) -> list[Reuse]:
    """Where a paper was re-used and still is, newest first."""
    return list(Reuse.objects.filter(holding=row, state=rules.Said.GIVEN).order_by("-pk")[:STORE_MAX])


def said_by(actor: Actor, public_id: str) -> Reuse:
    """What the actor herself said to a re-use. Raises NobodyKnown, HoldingNotFound."""
    found = Reuse.objects.filter(party=party_of(actor), public_id=public_id).first()
    if found is None:
        raise HoldingNotFound()
    return found


def looks_at(holding: Holding, *, limit: int = 20) -> list[Any]:
    """Who looked at a paper of the store, newest first."""
    return list(who_saw(holding.subject)[:limit])


# Once only -----------------------------------------------------------------------------------------------------------


def held_of(party_id: int, at: datetime, on: date | None = None) -> list[rules.Held]:
    """What the city can answer papers of this person with: her store, and that she is who she is; as `store_of`."""
    day = on or local_date(at)
    held = [
        rules.Held(
            each.id,
            each.row.origin,
            frozenset(kind.id for kind in each.kinds),
            each.row.name,
            each.row.number,
            local_date(each.row.at),
            each.valid_to,
            _about(each, day),
        )
        for each in store_of(party_id, at, on)
        if each.row.ended_at is None and each.kinds
    ]
    persons = frozenset(kind.id for kind in kinds_at(at).by_id.values() if kind.person)
    return [*held, rules.Held("", "person", persons, "", "", local_date(at))]


def _about(each: Stored, day: date) -> Mapping[str, Any] | None:
    """What names the other person a paper is about, {} where no register says who that is; None for her own. What she
    uploaded herself goes by the name she gave it and by her consent."""
    if each.row.origin == rules.Origin.UPLOADED:
        return None
    named = {kind.register for kind in each.kinds} & rules.ABOUT_ANOTHER.keys()
    if not named:
        return None
    entries = (fact for fact in each.facts if fact.register and fact.register.id in named)
    fact = next((fact for fact in entries if fact.answers_on(day)), None)
    if fact is None or fact.register is None:
        return {}
    values = {field.id: value for field, value in fact.fields}
    return {**values, "name": values.get(rules.ABOUT_ANOTHER[fact.register.id])}


def offers_for(
    actor: Actor,
    procedure: str,
    wanted: Sequence[tuple[str, Bilingual]],
    answers: dict[str, Any],
    at: datetime,
) -> dict[str, rules.Offer]:
    """Paper key → what the city can answer it with, for the proven person herself and only in her own matter.

    Nothing where she files for another, or where the declaration names another number than hers. Four queries, none
    where no paper of the case is of a known kind.
    """
    kinds = kinds_at(at)
    asked = [(key, name) for key, name in wanted if (procedure, key) in kinds.asked]
    if not asked or actor.party_id is None:
        return {}
    known = people.party_by_id(actor.party_id)
    if known is None or not is_own_matter(known, answers):
        return {}
    return rules.offers(asked, procedure, kinds, held_of(known.id, at), local_date(at), answers)


def no_longer_offered(
    dossier: str, procedure: str, answers: dict[str, Any], at: datetime, handed_in: date | None
) -> list[Reuse]:
    """The agreements of a dossier whose paper would not be offered for it any more: the declaration names somebody else
    meanwhile, or the paper has ended, is disputed, or lost its validity. Whoever asks: it is judged by who agreed.

    What was `handed_in` while it was valid stays valid, however long the dossier takes.
    """
    given = [said for said in reuses_of(dossier) if said.state == rules.Said.GIVEN]

    @cache
    def held(party: int, day: date) -> list[rules.Held]:
        known = people.party_by_id(party)
        return held_of(party, at, day) if known and is_own_matter(known, answers) else []

    def still(said: Reuse) -> bool:
        day = max(handed_in, local_date(said.at)) if handed_in else local_date(at)
        named = said.holding.public_id if said.holding else ""
        store = [one for one in held(said.party_id, day) if one.id == named]
        wanted = [(said.key, Bilingual(said.key))]
        return bool(rules.offers(wanted, procedure, kinds_at(at), store, day, answers))

    return [said for said in given if not still(said)]


def is_own_matter(known: people.PartyView, answers: dict[str, Any]) -> bool:
    """Whether a declaration is about this person herself, by what it says."""
    whose = answers.get("applicant_kind") or rules.SELF
    if known.kind == "organisation":
        said = answers.get("organisation_tax_code")
        return whose == rules.ORGANISATION and said in (None, "", known.tax_code)
    said = answers.get("personal_number")
    return whose == rules.SELF and said in (None, "", known.personal_number)


def facts_for_prefill(party_id: int | None, at: datetime) -> dict[str, Any]:
    """Known facts to fill a form with, by the names of `kernel.forms.FACTS`: of each the newest in force that no
    officer has found wrong; {} for nobody. One query."""
    return {name: value for name, (value, _entry, _field) in _filling(party_id, at).items()}


def _filling(party_id: int | None, at: datetime) -> dict[str, tuple[Any, Entry, str]]:
    filling = registers_at(at).filling
    if party_id is None or not filling:
        return {}
    rows = Entry.objects.filter(party=party_id, register__in=list(filling), ended_at=None, disputed_at=None)
    told: dict[str, tuple[Any, Entry, str]] = {}
    day = local_date(at)
    for row in rows.order_by("valid_from", "pk"):
        if not _in_force(row.ended_at, row.valid_from, row.valid_to, day):
            continue
        for field, fact in filling[row.register]:
            if field in row.values:
                told[fact] = (row.values[field], row, field)
    return told


def contradicted(party_id: int, said: dict[str, Any], at: datetime) -> list[tuple[Entry, str, Any]]:
    """(entry, its field, what was said) wherever `said`, by known fact, is not what a register of the party says."""
    registers = registers_at(at)
    found = []
    for fact, (known, entry, field) in _filling(party_id, at).items():
        told = registers.by_id[entry.register].field(field)
        if told and said.get(fact) not in (None, "") and not rules.same(told.type, known, said[fact]):
            found.append((entry, field, said[fact]))
    return found


@dataclass(frozen=True)
class Planned:
    """A bundle gone through in the best order, by the procedures in force; `holds` are the kinds the city has."""

    bundle: rules.Bundle
    plan: rules.Plan
    views: dict[str, ProcedureView]
    holds: frozenset[str]

    def paper(self, slug: str, key: str) -> Bilingual:
        """The name of a paper of one of its procedures."""
        found = self.views[slug].paper(key)
        return found.name if found else Bilingual(key)


def planned(bundle: str, actor: Actor, at: datetime) -> Planned:
    """A bundle for the proven person herself, with what the city has of her; for everybody else with nothing.

    Raises NotFound: no such bundle, or none of its procedures is in force.
    """
    found = bundles_at(at).get(bundle)
    in_force = {view.slug: view for view in catalogue.views(at)} if found else {}
    views = {slug: in_force[slug] for slug in (found.procedures if found else ()) if slug in in_force}
    if found is None or not views:
        raise NotFound()
    day, kinds = local_date(at), kinds_at(at)
    holds: frozenset[str] = frozenset()
    if actor.party_id is not None:
        # of whom a bundle will be is not known yet: a relative's paper answers for nothing here
        own = (held for held in held_of(actor.party_id, at) if held.about is None)
        still = (held for held in own if not held.valid_to or day <= held.valid_to)
        holds = frozenset().union(*(held.kinds for held in still))
    steps = [rules.step_of(view, kinds, found.answers.get(slug, {}), day) for slug, view in views.items()]
    return Planned(found, rules.plan(steps, holds - found.fresh), views, holds)


# What was said -------------------------------------------------------------------------------------------------------


def reuses_of(dossier: str) -> list[Reuse]:
    """The last word on each paper of a dossier that the city could answer, with the paper; one query."""
    rows = Reuse.objects.filter(dossier=dossier).select_related("holding").order_by("pk")
    return list({row.key: row for row in rows}.values())


def has_reuses(dossier: OuterRef) -> Exists:
    """Whether anything was said to a re-use for the dossier (its public id), as a column for the query of its row."""
    return Exists(Reuse.objects.filter(dossier=dossier))


def refused_keys(dossier: str) -> set[str]:
    """The papers of a dossier that she wants to bring herself: the last word on them was no."""
    return {row.key for row in reuses_of(dossier) if row.state != rules.Said.GIVEN}


def consents_of(party_id: int, *, limit: int = 100) -> list[Reuse]:
    """What a person agreed to or refused, newest first."""
    return list(Reuse.objects.filter(party=party_id).select_related("holding").order_by("-pk")[:limit])


def saved_in(dossiers: Iterable[str] | None = None) -> tuple[int, int]:
    """(papers, dossiers): how many papers that were demanded the city answered itself, in how many dossiers; of all, or
    of those named. What she might have brought and need not have does not count."""
    rows = Reuse.objects.filter(state=rules.Said.GIVEN, demanded=True)
    rows = rows if dossiers is None else rows.filter(dossier__in=list(dossiers))
    told = rows.aggregate(papers=Count("pk"), dossiers=Count("dossier", distinct=True))
    return told["papers"], told["dossiers"]


def has_mismatches(dossier: OuterRef) -> Exists:
    """Whether the dossier (its public id) contradicts a register and nobody has decided it yet, as a column."""
    return Exists(Mismatch.objects.filter(dossier=dossier, settled_at=None))


@dataclass(frozen=True)
class MismatchView:
    """A contradiction: what the register says, what was declared."""

    public_id: str
    register: Bilingual
    label: Bilingual
    type: str
    known: Any
    said: Any
    at: datetime


def mismatches_of(dossier: str, at: datetime) -> list[MismatchView]:
    """The open contradictions between a declaration and the registers; one query."""
    registers = registers_at(at)
    rows = Mismatch.objects.filter(dossier=dossier, settled_at=None).select_related("entry").order_by("pk")
    told = []
    for row in rows:
        register = registers.by_id.get(row.entry.register)
        field = register.field(row.field) if register else None
        told.append(
            MismatchView(
                row.public_id,
                register.name if register else Bilingual(row.entry.register),
                field.label if field else Bilingual(row.field),
                field.type if field else "text",
                row.entry.values.get(row.field),
                row.said,
                row.at,
            )
        )
    return told


def is_mismatch(dossier: str, public_id: str) -> bool:
    """Whether this is an open contradiction of that dossier."""
    return Mismatch.objects.filter(dossier=dossier, public_id=public_id, settled_at=None).exists()
