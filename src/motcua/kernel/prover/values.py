"""A few answers for each question, among which every case that the conditions tell apart has one.

For a threshold t these are t-1, t and t+1; for options those mentioned and one more; for fields compared with each
other the values of all of them, with a little room between. Everything else is told apart by nobody, so one right
answer stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from motcua.kernel.conditions import Condition, as_date
from motcua.kernel.forms.check import TODAY, value_problems
from motcua.kernel.forms.shape import ELSEWHERE, LENGTHS, ROWS_MAX, Field
from motcua.kernel.prover import patterns
from motcua.kernel.prover.flat import CHANNELS, Flat, bound_name
from motcua.kernel.prover.mentions import groups, mentions_of

SUBSETS_OF = 5  # the most mentioned options of one field whose every combination is tried
COMMON = 4  # options that fields compared with each other share
_USUAL_DAYS_AGO = (10950, 7, 1)  # thirty years, a week, yesterday
_USUAL_DAYS_AHEAD = (0, 30)

# Two right answers of each kind of text; they belong to nobody.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "text": ("Nội dung 1", "Nội dung 2", "Nội dung 3"),
    "long_text": ("Nội dung cần giải quyết", "Nội dung khác", "Nội dung khác nữa"),
    "name": ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Chung"),
    "personal_number": ("001090000001", "001190000002", "001090000003"),
    "phone": ("0912345678", "0987654321", "0905123456"),
    "email": ("an@example.com", "binh@example.com", "chung@example.com"),
    "agency": ("AG-1", "AG-2", "AG-3"),
    "tax_code": ("0100109106", "0100686209", "0100150619"),
}
ADDRESSES = (
    {"commune_code": ELSEWHERE, "detail": "Số 1, đường Một"},
    {"commune_code": ELSEWHERE, "detail": "Số 2, đường Hai"},
)


class Candidates:
    """The answers to try for each question of a flat declaration, on one day."""

    def __init__(self, flat: Flat, today: date) -> None:
        self.flat, self.today = flat, today
        self.mentions = mentions_of(conditions_of(flat))
        self.hard: set[str] = set(self.mentions.hard)
        pairs = set(self.mentions.pairs)
        for name, (_, one) in flat.questions.items():
            pairs |= {(name, other) for bound in (one.min, one.max) if (other := bound_name(bound))}
        self.groups = groups(pairs, flat.questions)
        self._kept: dict[str, tuple[Any, ...]] = {}

    def of(self, name: str) -> tuple[Any, ...]:
        """Right answers by themselves (type, fixed limits, pattern), the usual ones first; never None."""
        if name not in self._kept:
            one = self.flat.questions[name][1]
            found: list[Any] = []
            for value in self._made(name, one):
                known = any(type(value) is type(each) and value == each for each in found)
                if not known and self.fits(one, value):
                    found.append(value)
            self._kept[name] = tuple(found)
        return self._kept[name]

    def anything(self, name: str) -> tuple[Any, ...]:
        """Values of the right kind whatever the limits of the field: for asking whether a condition fits itself."""
        if name == "channel":
            return CHANNELS
        return tuple(self._made(name, self.flat.questions[name][1]))

    def fits(self, one: Field, value: Any) -> bool:
        """Whether nothing is wrong with a value as far as the field alone can tell."""
        return next(iter(value_problems(one, value, {}, self.today)), None) is None

    def unlimited(self, one: Field) -> Any:
        """A value of the right kind whatever the limits of the field, to show what the form says of it."""
        return next(iter(self._made(one.id, one)), None)

    def _group(self, name: str) -> Iterable[str]:
        return self.groups.get(name, frozenset((name,)))

    def _room(self, name: str) -> int:
        return min(len(tuple(self._group(name))), 3)

    def _said(self, name: str, where: Mapping[str, list[Any]]) -> list[Any]:
        return [value for each in sorted(self._group(name)) for value in where.get(each, ())]

    def _made(self, name: str, one: Field) -> Iterable[Any]:
        match one.type:
            case "note":
                return ()
            case "yes_no":
                return (True, False)
            case "consent":
                return (True,)
            case "address":
                return ADDRESSES
            case "choice":
                return self._choice(name, one)
            case "choices":
                return self._choices(name, one)
            case "rows":
                return self._rows(name, one)
            case "date":
                return self._dates(name)
            case "number" | "money" | "area":
                return self._numbers(name, one)
        return self._texts(name, one)

    def _choice(self, name: str, one: Field) -> Iterable[str]:
        options = [option.value for option in one.options]
        said = [value for value in options if value in self._said(name, self.mentions.values)]
        others = [value for value in options if value not in said]
        return [*others[: COMMON if self._room(name) > 1 else 1], *said]

    def _choices(self, name: str, one: Field) -> Iterable[list[str]]:
        options = [option.value for option in one.options]
        said = [value for value in options if value in self._said(name, self.mentions.values)]
        others = [value for value in options if value not in said]
        if len(said) > SUBSETS_OF:
            self.hard.add(name)
        counts = {1, 2, len(options)} | {t + d for t in self._counted(name, one) for d in (-1, 0, 1)}
        subsets = [
            each for size in range(min(len(said), SUBSETS_OF) + 1) for each in combinations(said, size)
        ]
        for subset in [*subsets, *([tuple(said)] if len(said) > SUBSETS_OF else ())]:
            for filling in {0, 1, *(count - len(subset) for count in counts)}:
                if 0 <= filling <= len(others) and len(subset) + filling:
                    chosen = {*subset, *others[:filling]}
                    yield [value for value in options if value in chosen]

    def _rows(self, name: str, one: Field) -> Iterable[list[dict]]:
        counts = {1} | {t + d for t in self._counted(name, one) for d in (-1, 0, 1)}
        return [[{} for _ in range(count)] for count in sorted(counts) if 0 < count <= ROWS_MAX]

    def _counted(self, name: str, one: Field) -> set[int]:
        bounds = {bound for bound in (one.min, one.max) if isinstance(bound, int)}
        return bounds | set(self._said(name, self.mentions.counts))

    def _numbers(self, name: str, one: Field) -> Iterable[int | float]:
        room = self._room(name)
        marks: set[float] = {0, 1}
        for each in self._group(name):
            field = self.flat.questions[each][1]
            marks |= {bound for bound in (field.min, field.max) if _is_number(bound)}
        marks |= {value for value in self._said(name, self.mentions.values) if _is_number(value)}
        near: set[Any] = set()
        for mark in marks:
            low, high = int(mark // 1), int(-(-mark // 1))
            near |= {each + d for each in (low, high) for d in range(-room, room + 1)}
        if one.type == "area":
            near |= marks
            ordered = sorted(near)
            near |= {(a + b) / 2 for a, b in zip(ordered, ordered[1:], strict=False)}
        # The least that is asked of people first: small numbers read well in a test dossier.
        return sorted(near, key=lambda number: (number < 1, abs(number)))

    def _dates(self, name: str) -> Iterable[str]:
        room = self._room(name)
        marks = {self.today + timedelta(days=d) for d in _USUAL_DAYS_AHEAD}
        for each in self._group(name):
            field = self.flat.questions[each][1]
            marks |= {day for bound in (field.min, field.max) if (day := self._bound(bound)) is not None}
        marks |= {day for value in self._said(name, self.mentions.values) if (day := as_date(value))}
        days = self._said(name, self.mentions.days)
        since = self._said(name, self.mentions.since)
        marks |= {day for d in [*days, *(-d for d in since)] if (day := _moved(self.today, d))}
        for years in self._said(name, self.mentions.ages):
            marks |= {day for y in (years, years + 1) if (day := _years_before(self.today, y))}
        near = [day for d in _USUAL_DAYS_AGO if (day := _moved(self.today, -d))]
        offsets = sorted(range(-room, room + 1), key=abs)
        # People of several ages compared with each other: whole years apart, not days.
        if room > 1 and self._said(name, self.mentions.ages):
            offsets += [-366, -732, 366]
        for d in offsets:
            near += [day for mark in sorted(marks) if (day := _moved(mark, d))]
        return [day.isoformat() for day in near]

    def _bound(self, bound: Any) -> date | None:
        if not isinstance(bound, str):
            return None
        moved = TODAY.fullmatch(bound)
        if moved:
            return _moved(self.today, int((moved[1] or "+") + (moved[2] or "0")))
        return as_date(bound)

    def _texts(self, name: str, one: Field) -> Iterable[str]:
        said = [str(value) for value in self._said(name, self.mentions.values) if isinstance(value, str)]
        least = one.min if isinstance(one.min, int) else 0
        most = min(one.max if isinstance(one.max, int) else 5000, LENGTHS.get(one.type, 500))
        usual: list[str] = []
        if one.pattern:
            usual += patterns.samples(one.pattern, max(least, 1), most)
        usual += [_of_length(text, least, most) for text in TEXTS.get(one.type, TEXTS["text"])]
        for other in self._group(name):
            if other != name:
                usual += TEXTS.get(self.flat.questions[other][1].type, ())
        return [*[text for text in usual if text not in said], *said]


def conditions_of(flat: Flat) -> Iterable[Condition]:
    """Every condition of the form and of what hangs on it."""
    for section in flat.declaration.sections:
        if section.when is not None:
            yield section.when
        for one in section.fields:
            for condition in (one.when, one.required, one.check):
                if isinstance(condition, Condition):
                    yield condition
    yield from flat.conditions


def days_of(flat: Flat, today: date) -> list[date]:
    """The day itself, and the days around those with which conditions compare it: a rule of next year is no fault."""
    said = mentions_of(conditions_of(flat)).today
    return [today, *sorted({day + timedelta(days=d) for day in said for d in (-1, 0, 1)} - {today})]


def _of_length(text: str, least: int, most: int) -> str:
    if len(text) < least:
        text = (f"{text} " * (least // len(text) + 1))[:least]
        text = f"{text[:-1]}a" if text.endswith(" ") else text
    return text[:most].rstrip() if most > 0 else text


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _years_before(day: date, years: int) -> date | None:
    """The birthday of somebody who turns `years` on the day; born on 29 February: see `conditions.age`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28) if 1 <= day.year - years <= 9999 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
