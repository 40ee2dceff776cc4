"""What the leaders' pages read: whose work a reader answers for, the figures of a period, how the open work stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Sum

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Occurrence, Present, Scope, Wanted
from motcua.foundation.actors import Actor
from motcua.foundation.errors import NotFound
from motcua.foundation.models import Delivery
from motcua.foundation.time import TZ, local_date
from motcua.kernel.clock import working_days_between
from motcua.kernel.clock.left import SOON_DAYS
from motcua.operations import rules
from motcua.operations.counting import HANDLER
from motcua.operations.models import DailyFigure, DurationFigure
from motcua.operations.rules import Line, Live, Period, Sums

COLUMNS = {"agency": "agency", "desk": "desk", "procedure": "procedure"}
WAITING_MAX = 1000


@dataclass(frozen=True)
class View:
    """What a reader looks at: her whole field (`roots`), and what she narrowed it to."""

    scope: Scope
    roots: tuple[Office, ...]
    agency: Office | None = None
    below: bool = False  # whether `agency` stands for all agencies below it too
    desk: Office | None = None
    procedure: dict[str, str] | None = None  # its name, {vi, en}


def view_of(
    actor: Actor, *, agency: str = "", below: bool = False, desk: str = "", procedure: str = ""
) -> View:
    """The field of a leader: the agencies where she leads and all below, and what came in at her own desks.

    `agency`, `desk` are codes and `procedure` a slug to narrow it by; an agency means its own work, as a line of the
    table by agency does, with `below` that of all agencies below it too. Raises NotFound for what is not there. What is
    not hers needs no refusal: narrowing only ever takes away.
    """
    led = actor.agencies(*rules.READERS)
    roots = tuple(sorted((o for o in map(agencies.office, led) if o), key=lambda o: o.name_vi))
    scope = Scope(agencies.below(led), frozenset(o.id for o in roots if o.receives))
    chosen, at_desk = _office(agency), _office(desk)
    if chosen:
        wanted = agencies.below([chosen.id]) if below else frozenset([chosen.id])
        scope = replace(scope, decided_by=wanted)
    if at_desk:
        scope = replace(scope, desk=at_desk.id)
    name = None
    if procedure:
        row = catalogue.by_slug(procedure)
        scope, name = replace(scope, procedure=row.pk), {"vi": row.short_name_vi, "en": row.name_en}
    return View(scope, roots, chosen, below and chosen is not None, at_desk, name)


def _office(code: str) -> Office | None:
    if not code:
        return None
    found = agencies.by_code(code)
    if found is None:
        raise NotFound()
    return found


def present(view: View, at: datetime) -> Present:
    """The moment `at` (aware) and the end of the days that count as soon, by the calendar of the first agency led."""
    calendar = agencies.calendar_of(view.roots[0].id)
    day = local_date(at)
    last = day
    while working_days_between(day, last + timedelta(days=1), calendar) <= SOON_DAYS:
        last += timedelta(days=1)
    return Present(at, _midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, TZ)


# Figures of a period --------------------------------------------------------------------------------------


def _figures(scope: Scope, period: Period, model: type = DailyFigure):
    return model.objects.filter(
        scope.where("agency", "desk", "procedure"), day__gte=period.first, day__lte=period.last
    ).order_by()


def by_day(scope: Scope, period: Period) -> dict[date, Sums]:
    """The figures of each day of a period that has any."""
    rows = _figures(scope, period).values_list("day").annotate(*(Sum(name) for name in rules.COLUMNS))
    return {day: Sums(*numbers) for day, *numbers in rows}


def sums_of(scope: Scope, period: Period) -> Sums:
    """The figures of a whole period, in one query."""
    found = _figures(scope, period).aggregate(**{name: Sum(name) for name in rules.COLUMNS})
    return Sums(**{name: found[name] or 0 for name in rules.COLUMNS})


def first_day() -> date | None:
    """The first day that was ever counted: before it there is no data, which is not nought."""
    return DailyFigure.objects.order_by("day").values_list("day", flat=True).first()


def durations(scope: Scope, period: Period) -> dict[int, int]:
    """The distribution of durations of what was resolved in a period: {tenths of a day: dossiers}."""
    rows = _figures(scope, period, DurationFigure).values_list("tenths").annotate(Sum("resolved"))
    return dict(rows)


def durations_by(scope: Scope, period: Period, by: str) -> dict[int, dict[int, int]]:
    """The same for each agency, desk or procedure."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = (
        _figures(scope, period, DurationFigure).values_list(COLUMNS[by], "tenths").annotate(Sum("resolved"))
    )
    for key, tenths, number in rows:
        found[key][tenths] = number
    return found


@dataclass(frozen=True)
class Crossed:
    """Figures and open work by agency, desk and procedure at once; `lines` sums them by one of the three."""

    figures: dict[tuple[int, int, int], Sums]
    open_now: dict[tuple[int, int, int], Live]

    @property
    def sums(self) -> Sums:
        return sum(self.figures.values(), Sums())

    @property
    def live(self) -> Live:
        return sum(self.open_now.values(), Live())

    def lines(self, by: str) -> list[Line]:
        """One line for each agency, desk or procedure, in no order."""
        place = tuple(COLUMNS).index(by)
        sums: dict[int, Sums] = defaultdict(Sums)
        live: dict[int, Live] = defaultdict(Live)
        for key, figures in self.figures.items():
            sums[key[place]] += figures
        for key, figures in self.open_now.items():
            live[key[place]] += figures
        return [Line(key, sums[key], live[key]) for key in {*sums, *live}]


def crossed(scope: Scope, period: Period, moment: Present) -> Crossed:
    """The figures of a period and the open work at a moment, in two queries."""
    rows = _figures(scope, period).values_list(*COLUMNS).annotate(*(Sum(name) for name in rules.COLUMNS))
    return Crossed(
        {(agency, desk, procedure): Sums(*numbers) for agency, desk, procedure, *numbers in rows},
        {
            (row.agency, row.desk, row.procedure): Live(row.open, row.paused, row.soon, row.overdue)
            for row in dossiers.open_counts(scope, moment)
        },
    )


def with_durations(lines: Iterable[Line], found: dict[int, dict[int, int]]) -> list[Line]:
    """The lines with the median and the 90th percentile of their durations."""
    return [
        replace(
            line,
            median_days=rules.percentile(found.get(line.key, {}), 50),
            p90_days=rules.percentile(found.get(line.key, {}), 90),
        )
        for line in lines
    ]


def counted_until(at: datetime) -> datetime:
    """Up to when the figures are whole: `at`, or the moment since which something waits to be counted."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).order_by("pk")
    oldest = waiting.values_list("handler", "created_at")[:WAITING_MAX]
    return next((since for handler, since in oldest if handler == HANDLER), at)


def names_of(by: str, keys: Iterable[int]) -> dict[int, tuple[dict[str, str], str]]:
    """({vi, en} name, code or slug) of agencies, desks or procedures, for tables and their links."""
    if by == "procedure":
        rows = catalogue.by_ids(keys)
        return {pk: ({"vi": row.short_name_vi, "en": row.name_en}, row.slug) for pk, row in rows.items()}
    known = {key: agencies.office(key) for key in keys}
    return {key: ({"vi": o.name_vi, "en": o.name_en}, o.code) for key, o in known.items() if o}


# Rows behind a figure -------------------------------------------------------------------------------------


def occurrences(
    actor: Actor,
    measure: str,
    view: View,
    period: Period,
    moment: Present,
    *,
    limit: int,
    after: tuple[str, int] | None = None,
) -> list[Occurrence]:
    """A page of the dossiers behind a figure, out of those the reader may see."""
    wanted = Wanted(
        measure,
        view.scope,
        moment,
        since=_midnight(period.first),
        until=_midnight(period.last + timedelta(days=1)),
    )
    return dossiers.occurrences(dossiers.visible_to(actor), wanted, limit=limit, after=after)


def total(measure: str, view: View, period: Period, moment: Present) -> int:
    """The figure that a list stands behind, from where the pages take it: not by counting the rows."""
    if measure in dossiers.OPEN_NOW:
        return sum(getattr(row, measure) for row in dossiers.open_counts(view.scope, moment))
    return _figures(view.scope, period).aggregate(found=Sum(measure))["found"] or 0
