"""The parts of a procedure: papers, fees, steps, owner, doors, law notes. Built from plain pack data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from motcua.kernel import conditions, forms
from motcua.kernel.conditions import Condition
from motcua.kernel.text import Bilingual

Data = Mapping[str, Any]


def both(data: Data, stem: str) -> Bilingual:
    """The text `stem` of pack data, as packs write two languages: `name_vi`/`name_en`, `name: {vi, en}`, `name`."""
    if stem in data:
        return Bilingual.of(data[stem])
    return Bilingual.of({"vi": data.get(f"{stem}_vi"), "en": data.get(f"{stem}_en")})


def day(value: Any) -> date | None:
    """A day as packs write it (ISO text), None for none. Raises ValueError for anything else."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def condition(value: Any) -> Condition | None:
    """The condition in `value`, None for none. Raises ConditionError."""
    return conditions.parse(value) if isinstance(value, str) and value.strip() else None


def marks(value: Any) -> tuple[str, ...]:
    """What is not verified: the list as it stands, `true` as one mark without a word, nothing as ()."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value)
    return ("",) if value else ()


def within(on: date, begin: date | None, end: date | None) -> bool:
    """Whether `on` lies between two days, both included; a missing one is open."""
    return (begin is None or begin <= on) and (end is None or on <= end)


# Names of papers that are the declaration itself: filled in electronically, its form is not uploaded as well.
FORM_NAMES = ("to khai", "don ", "giay de nghi", "van ban de nghi", "phieu khai", "ban khai", "phieu dang ky")


def is_declaration_form(folded_name: str) -> bool:
    """Whether a required paper is the form that the electronic declaration takes the place of."""
    return folded_name.startswith(FORM_NAMES)


@dataclass(frozen=True)
class Paper:
    """A paper to hand in or to show. `when`: asked only then; `required`: yes, no, or under a condition."""

    key: str
    name: Bilingual
    type: str  # original | certified_copy | copy | present_only | electronic
    quantity: int
    required: bool | Condition
    when: Condition | None
    condition: Bilingual  # the case in the record's words; said, not evaluated
    form_code: str
    reusable_from: str  # the register that makes it unnecessary
    accept: tuple[str, ...]  # kinds of file; empty means the usual ones
    max_mb: int | None
    source: str

    @classmethod
    def of(cls, data: Data, place: int = 0) -> Paper:
        return cls(
            key=forms.paper_key(data, place),
            name=both(data, "name"),
            type=str(data.get("type") or "copy"),
            quantity=int(data.get("quantity") or 1),
            required=_required(data),
            when=condition(data.get("when")),
            condition=both(data, "condition"),
            form_code=str(data.get("form_code") or ""),
            reusable_from=str(data.get("reusable_from") or ""),
            accept=tuple(data.get("accept") or ()),
            max_mb=data.get("max_mb"),
            source=str(data.get("source") or ""),
        )

    @property
    def is_shown_only(self) -> bool:
        return self.type == "present_only"


def _required(data: Data) -> bool | Condition:
    """As `kernel.forms.required_papers` judges it: without a word yes, unless its case is only said in words."""
    given = data.get("required")
    if isinstance(given, bool):
        return given
    if isinstance(given, str):
        return condition(given) or False
    return bool(data.get("when")) or not data.get("condition")


@dataclass(frozen=True)
class Fee:
    """One line of what may be due, in whole đồng; None means set elsewhere and not known here, never zero."""

    key: str
    money: str  # fee (phí) | duty (lệ phí)
    amount: int | None
    online_amount: int | None  # the reduced amount of an online filing; None: no reduction is known
    when: Condition | None
    condition: Bilingual
    name: Bilingual  # what it is for: its name, else the words of its condition
    set_by: str  # ministry | council
    per: str  # dossier | copy
    source: str

    @classmethod
    def of(cls, data: Data) -> Fee:
        return cls(
            key=str(data["key"]),
            money=str(data.get("money") or "fee"),
            amount=data.get("amount_vnd"),
            online_amount=data.get("online_amount"),
            when=condition(data.get("when")),
            condition=both(data, "condition"),
            name=both(data, "name") or both(data, "condition"),
            set_by=str(data.get("set_by") or "ministry"),
            per=str(data.get("per") or "dossier"),
            source=str(data.get("source") or ""),
        )


@dataclass(frozen=True)
class Step:
    """One step on the way; `share` is its part of the limit (0 to 1). An `optional` one is gone through only by
    dossiers that need it (another agency is asked, something is missing).
    """

    key: str
    number: int
    stage: str  # applicant | reception | processing | signing | external
    role: str
    share: float
    text: Bilingual
    optional: bool = False

    @classmethod
    def of(cls, data: Data, number: int) -> Step:
        return cls(
            key=str(data.get("key") or number),
            number=int(data.get("order") or number),
            stage=str(data.get("stage") or "processing"),
            role=str(data.get("role") or ""),
            share=float(data.get("time_share") or 0),
            text=both(data, "action"),
            optional=data.get("optional") is True,
        )


@dataclass(frozen=True)
class Owner:
    """Which system owns the result: this platform, or a ministry's, for which we receive, time and archive."""

    system: str
    issues_result: bool  # True: the result is made here
    name: Bilingual
    note: Bilingual
    source: str
    unverified: bool

    @classmethod
    def of(cls, data: Data | None) -> Owner:
        given = data or {"system": "platform", "unverified": True}
        system = str(given.get("system") or "platform")
        return cls(
            system=system,
            issues_result=bool(given.get("issues_result", system == "platform")),
            name=both(given, "name"),
            note=both(given, "note"),
            source=str(given.get("source") or ""),
            unverified=bool(given.get("unverified")),
        )


@dataclass(frozen=True)
class Door:
    """A way in, dated: which one, for which channels, from and to (days, both included, None: open)."""

    door: str  # local_portal | national_portal | counter
    channels: tuple[str, ...]
    begin: date | None
    end: date | None
    trial: bool
    note: Bilingual
    source: str

    @classmethod
    def of(cls, data: Data) -> Door:
        door = str(data.get("door") or "counter")
        usual = ("in_person", "post") if door == "counter" else ("online",)
        return cls(
            door=door,
            channels=tuple(data.get("channels") or usual),
            begin=day(data.get("from")),
            end=day(data.get("to")),
            trial=bool(data.get("trial")),
            note=both(data, "note"),
            source=str(data.get("source") or ""),
        )

    def is_open(self, on: date) -> bool:
        return within(on, self.begin, self.end)


@dataclass(frozen=True)
class LawNote:
    """What has happened to the law of a procedure; shown on its page from `begin` to `end`."""

    kind: str  # changed | suspended | expiring | replaced
    begin: date | None
    end: date | None
    text: Bilingual
    source: str
    unverified: tuple[str, ...]

    @classmethod
    def of(cls, data: Data) -> LawNote:
        return cls(
            kind=str(data.get("kind") or "changed"),
            begin=day(data.get("from")),
            end=day(data.get("to")),
            text=both(data, "text"),
            source=str(data.get("source") or ""),
            unverified=marks(data.get("unverified")),
        )

    def is_shown(self, on: date) -> bool:
        """A coming change is announced before it begins; a note that is over says no more."""
        return self.end is None or on <= self.end


class Basis(NamedTuple):
    """A legal text that the procedure rests on, as its record lists it; the pack may say more about it."""

    number: str
    name: str


@dataclass(frozen=True)
class Reason:
    """A ready sentence for a request or a refusal; the officer may change it. `paper`: the paper it is about."""

    key: str
    text: Bilingual
    paper: str
    general: bool  # good for any procedure

    @classmethod
    def of(cls, data: Data, general: bool) -> Reason:
        return cls(str(data["key"]), both(data, "text"), str(data.get("paper") or ""), general)
