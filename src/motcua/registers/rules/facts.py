"""Registers: which result writes which facts, and whether a declaration says the same. No table, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from motcua.kernel.conditions import Condition, is_given, parse
from motcua.kernel.text import Bilingual, fold

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    id: str
    label: Bilingual
    type: str  # text | choice | date | number | address | personal_number
    fills: str  # the known fact it is, as forms ask for it (`kernel.forms.FACTS`); "" for none


@dataclass(frozen=True)
class Writing:
    """Which result writes an entry, from which questions, under which condition."""

    values: tuple[tuple[str, str], ...]
    when: Condition | None
    subject: str  # the question with the number of the person it concerns; "" for the applicant
    valid_from: str
    valid_months: int | None


@dataclass(frozen=True)
class Register:
    id: str
    name: Bilingual
    fields: tuple[Field, ...]
    one: bool  # a person has one entry in force at most
    writings: Mapping[str, tuple[Writing, ...]]  # by procedure
    ended_by: frozenset[str]
    doubts: tuple[str, ...]

    def field(self, name: str) -> Field | None:
        return next((each for each in self.fields if each.id == name), None)


@dataclass(frozen=True)
class Fact:
    """What an entry is to hold; `subject` is a personal number, "" for the applicant."""

    register: str
    one: bool
    subject: str
    values: dict[str, Any]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Registers:
    """All registers of the packs, by id."""

    by_id: Mapping[str, Register]

    @classmethod
    def of(cls, body: Data) -> Registers:
        """From a checked document of the kind `registers`. Raises ConditionError, KeyError for one that is not."""
        return cls({row["id"]: _register(row) for row in body["registers"]})

    @cached_property
    def procedures(self) -> frozenset[str]:
        """The procedures whose results write something."""
        return frozenset(slug for register in self.by_id.values() for slug in register.writings)

    def written(
        self, procedure: str, answers: Data, day: date, words: Mapping[str, Any] | None = None
    ) -> list[Fact]:
        """The facts that a result of `procedure`, decided on `day`, writes; nothing where a condition does not hold
        or no value is given. `words` are those of chosen answers, by question: a code alone tells nobody anything."""
        facts = []
        for register in self.by_id.values():
            for row in register.writings.get(procedure, ()):
                if row.when is not None and not row.when.holds(answers, day):
                    continue
                told = {**answers, **(words or {})}
                values = {name: told[asked] for name, asked in row.values if is_given(answers.get(asked))}
                subject = str(answers.get(row.subject) or "") if row.subject else ""
                if not values or (row.subject and not subject):
                    continue
                begin = _day(answers.get(row.valid_from)) or day
                end = add_months(begin, row.valid_months) if row.valid_months else None
                facts.append(Fact(register.id, register.one, subject, values, begin, end))
        return facts

    def ended(self, procedure: str) -> list[str]:
        """The registers in which a result of `procedure` ends an entry; whose, see `ended_of`."""
        return [each.id for each in self.by_id.values() if procedure in each.ended_by]

    def writes(self, register: str, procedure: str) -> bool:
        """Whether a result of the procedure is to stand in that register."""
        found = self.by_id.get(register)
        return found is not None and procedure in found.writings

    @cached_property
    def filling(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Register → (field, the known fact that it is), of those that fill forms."""
        filled = {r.id: tuple((f.id, f.fills) for f in r.fields if f.fills) for r in self.by_id.values()}
        return {name: fields for name, fields in filled.items() if fields}


def ended_of(facts: Iterable[Fact], answers: Data, *, own: bool) -> list[str]:
    """Whose entries a result ends that wrote `facts`, as `Fact.subject` names them: the applicant's in her own matter,
    else those of the person she acted for; and those of everybody else it wrote about."""
    others = [fact.subject for fact in facts if fact.subject]
    behalf = str(answers.get("represented_personal_number") or "")
    whose = [""] if own else [behalf] if behalf else []
    return list(dict.fromkeys([*whose, *others]))


def _register(row: Data) -> Register:
    writings: dict[str, list[Writing]] = {}
    for each in row["written_by"]:
        when = parse(each["when"]) if each.get("when") else None
        writings.setdefault(each["procedure"], []).append(
            Writing(
                tuple(each["values"].items()),
                when,
                each.get("subject", ""),
                each.get("valid_from", ""),
                each.get("valid_months"),
            )
        )
    return Register(
        id=row["id"],
        name=Bilingual.of(row["name"]),
        fields=tuple(
            Field(f["id"], Bilingual.of(f["label"]), f["type"], f.get("fills", "")) for f in row["fields"]
        ),
        one=bool(row.get("one")),
        writings={slug: tuple(rows) for slug, rows in writings.items()},
        ended_by=frozenset(row.get("ended_by") or ()),
        doubts=doubts_of(row),
    )


def doubts_of(row: Data) -> tuple[str, ...]:
    """What is not verified in a row of a pack, in its words."""
    told = row.get("unverified")
    return tuple(str(each) for each in told) if isinstance(told, list | tuple) else ("",) if told else ()


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, the last of a shorter month (BLDS 91/2015/QH13 art. 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def same(kind: str, known: Any, said: Any) -> bool:
    """Whether a declared value means what the register says; marks and letter case mean nothing in a text. An
    address without a commune is compared by its detail alone."""
    if kind == "address":
        one, other = _address(known), _address(said)
        if one[0] and other[0] and one[0] != other[0]:
            return False
        return one[1] == other[1]
    return fold(str(known)) == fold(str(said))


def _address(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return str(value.get("commune_code") or ""), " ".join(fold(str(value.get("detail") or "")).split())
    return "", " ".join(fold(str(value or "")).split())
