"""Papers: which are the same thing, what a person's store answers for, in which words. No table, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.kernel.text import Bilingual, fold
from motcua.registers.rules.facts import Registers, add_months, doubts_of

Data = Mapping[str, Any]
SELF, BEHALF, ORGANISATION = "self", "behalf", "organisation"
NAME_MAX = 300
HER_OWN_HAND = "holder"  # who ended a paper of the store, where no result did
# Registers whose entries tell of somebody else than whom they lie with, and the field with that person's name. By the
# kind alone the newest child's certificate would be offered for every child.
ABOUT_ANOTHER = {"birth": "child", "death": "name"}
# the question about somebody with this beginning → the field of an entry that must say the same
_SAME_PERSON = {"birth_on": "born_on", "died_on": "died_on", "personal_number": "number"}


class Origin(StrEnum):
    """Where a paper of the store comes from."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    RESULT = "result"


class Said(StrEnum):
    """What was said to a paper that the city could answer itself."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# The digitisation state of a paper in a dossier: 1 digitised now, 2 re-used from another dossier's paper, 3 re-used
# from a result that is already held.
DIGITISED_BY = {Origin.UPLOADED: 1, Origin.CHECKED: 2, Origin.RESULT: 3}
REUSED = (2, 3)


@dataclass(frozen=True)
class Kind:
    """Papers that are the same thing, whatever procedure asks for them."""

    id: str
    name: Bilingual
    code: str  # the national code of the result, "" where it was not read
    basis: str  # consent | law
    basis_text: Bilingual
    result_of: frozenset[str]
    register: str
    person: bool
    months: int | None
    asked_by: Mapping[str, tuple[str, ...]]
    doubts: tuple[str, ...]
    months_source: str = ""  # the article that limits its validity


@dataclass(frozen=True)
class Kinds:
    """All kinds of the packs; `version` names the document whose words a person consents to."""

    by_id: Mapping[str, Kind]
    consent: Bilingual
    version: str
    asked: Mapping[tuple[str, str], Kind] = field(default_factory=dict)
    issued: Mapping[str, tuple[Kind, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, body: Data, version: str = "") -> Kinds:
        """From a checked document of the kind `paper-kinds`."""
        kinds = [_kind(row) for row in body["kinds"]]
        issued: dict[str, tuple[Kind, ...]] = {}
        for kind in kinds:
            for slug in kind.result_of:
                issued[slug] = (*issued.get(slug, ()), kind)
        asked = {(slug, key): kind for kind in kinds for slug, keys in kind.asked_by.items() for key in keys}
        return cls({k.id: k for k in kinds}, Bilingual.of(body["consent"]), version, asked, issued)


def _kind(row: Data) -> Kind:
    return Kind(
        id=row["id"],
        name=Bilingual.of(row["name"]),
        code=str(row.get("code") or ""),
        basis=row["basis"],
        basis_text=Bilingual.of(row.get("basis_text") or ""),
        result_of=frozenset(row.get("result_of") or ()),
        register=str(row.get("register") or ""),
        person=bool(row.get("person")),
        months=row.get("valid_months"),
        asked_by={slug: tuple(keys) for slug, keys in (row.get("asked_by") or {}).items()},
        doubts=doubts_of(row),
        months_source=str(row.get("valid_source") or ""),
    )


@dataclass(frozen=True)
class Held:
    """A paper of somebody's store, or an entry that answers for one, as the rules look at it."""

    id: str  # of the holding, "" for the person herself
    origin: str  # uploaded | checked | result | person
    kinds: frozenset[str]
    name: str
    number: str
    at: date
    valid_to: date | None = None
    about: Data | None = None  # of whom it is, when not of its holder: "name" and more; {} where nobody knows


@dataclass(frozen=True)
class Stored:
    """A row of the store as far as its kind follows from it."""

    origin: str
    kind: str  # as she said when she uploaded it
    procedure: str
    key: str
    own: bool  # about its holder, not about somebody she filed for


def kinds_of(kinds: Kinds, registers: Registers, row: Stored, in_force: frozenset[str]) -> frozenset[str]:
    """Of which kinds a paper of the store is for its holder; `in_force` are the registers in which its result wrote an
    entry of hers that holds.

    A result that should have written into a register and did not is about somebody else: it answers for nothing.
    """
    if row.origin == Origin.UPLOADED:
        return frozenset({row.kind}) if row.kind in kinds.by_id else frozenset()
    if not row.own:
        return frozenset()
    if row.origin == Origin.CHECKED:
        found = kinds.asked.get((row.procedure, row.key))
        # when it was issued nobody knows: what loses its validity with time is not re-used
        return frozenset({found.id}) if found and not found.months else frozenset()
    return frozenset(
        each.id
        for each in kinds.issued.get(row.procedure, ())
        if not registers.writes(each.register, row.procedure) or each.register in in_force
    )


def valid_until(kinds: Kinds, found: Iterable[str], issued: date) -> date | None:
    """The last day on which a result of these kinds is valid, None where nothing limits it."""
    months = [kinds.by_id[name].months for name in found]
    return min((add_months(issued, each) for each in months if each), default=None)


_BEST = ("result", "checked", "uploaded", "person")


@dataclass(frozen=True)
class Offer:
    """A paper of a dossier that the city can answer itself, on which basis, and the words to be agreed to."""

    key: str
    kind: Kind
    held: Held
    basis: str
    digitised: int
    words: Bilingual
    source: Bilingual

    @property
    def by_law(self) -> bool:
        return self.basis == "law"


def offers(
    wanted: Sequence[tuple[str, Bilingual]],
    procedure: str,
    kinds: Kinds,
    store: Iterable[Held],
    day: date,
    answers: Data | None = None,
) -> dict[str, Offer]:
    """Paper key → what the city can answer it with. `wanted` are the papers of the case (key, name).

    The best there is: a result before a paper that was checked before one that she uploaded; of these the newest that
    is valid on `day`. What she uploaded herself nobody has checked: it goes by her consent, whatever its kind. What is
    about somebody else is offered only where the declaration (`answers`) names that person.
    """
    store = [held for held in store if held.about is None or _is_named(held.about, answers or {})]
    ranked = sorted(store, key=lambda held: (_BEST.index(held.origin), -held.at.toordinal()))
    found: dict[str, Offer] = {}
    for key, name in wanted:
        kind = kinds.asked.get((procedure, key))
        held = next((h for h in ranked if kind and kind.id in h.kinds and _valid(h, day)), None)
        if kind is None or held is None:
            continue
        by_law = kind.basis == "law" and held.origin != Origin.UPLOADED
        digitised = DIGITISED_BY.get(Origin(held.origin), 3) if held.origin != "person" else 3
        source = source_of(held)
        words = kind.basis_text if by_law else _consent(kinds.consent, name, source)
        found[key] = Offer(key, kind, held, "law" if by_law else "consent", digitised, words, source)
    return found


def _is_named(about: Data, answers: Data) -> bool:
    """Whether the declaration names this person somewhere besides the applicant herself ("pupil_full_name"), and says
    nothing else of her ("pupil_birth_on") than the entry does."""
    name = fold(str(about.get("name") or ""))
    for asked, said in answers.items():
        whose = asked.removesuffix("name").removesuffix("full_")
        if not name or not asked.endswith("_name") or asked == "full_name" or fold(str(said)) != name:
            continue
        told = [(answers.get(whose + asks), about.get(knows)) for asks, knows in _SAME_PERSON.items()]
        if all(str(one)[:10] == str(other)[:10] for one, other in told if one and other):
            return True
    return False


def _valid(held: Held, day: date) -> bool:
    return held.valid_to is None or day <= held.valid_to


_SOURCES = {
    "result": Bilingual("{name}, kết quả ngày {day:%d/%m/%Y}", "{name}, result of {day:%d/%m/%Y}"),
    "checked": Bilingual(
        "{name}, đã kiểm tra trong hồ sơ ngày {day:%d/%m/%Y}",
        "{name}, checked in a dossier of {day:%d/%m/%Y}",
    ),
    "uploaded": Bilingual("{name}, bạn lưu ngày {day:%d/%m/%Y}", "{name}, kept by you on {day:%d/%m/%Y}"),
    "person": Bilingual("căn cước của tài khoản đã định danh", "the identity of the verified account"),
}


def source_of(held: Held) -> Bilingual:
    """Where a paper comes from, in words."""
    name = f"{held.name} số {held.number}" if held.number else held.name
    name_en = f"{held.name} no. {held.number}" if held.number else held.name
    told = _SOURCES[held.origin]
    return Bilingual(told.vi.format(name=name, day=held.at), told.en.format(name=name_en, day=held.at))


def _consent(text: Bilingual, name: Bilingual, source: Bilingual) -> Bilingual:
    return Bilingual(
        text.vi.format(paper=name.vi, source=source.vi),
        text.say("en").format(paper=name.say("en"), source=source.en),
    )
