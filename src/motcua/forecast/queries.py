"""Every read of forecasts: for one open dossier or a list of them, and how past ones came true."""

from __future__ import annotations

import time as machine_time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.forecast import lives, rules
from motcua.forecast.models import Learning
from motcua.foundation.packs import row_in_force, store
from motcua.foundation.time import local_date

MONTHS = 3  # complete months held out, on which the forecasts are judged
FRESH_SECONDS = 60.0  # how long a process goes on with the table it holds; it is learnt once a night
STALE = timedelta(days=45)  # a calibration older than this says nothing of the last months
COVERAGE_LEAST = "forecast-coverage-least"
S = dossier_rules.State
# Where an agency works on it. While it waits for the applicant nobody can say when she answers.
AT_WORK = frozenset({S.RECEIVED, S.IN_PROCESS, S.RESULT_DRAFTED})


@dataclass(frozen=True)
class Known:
    """The newest learning as a process holds it."""

    pk: int
    at: datetime
    table: Mapping[str, rules.Cell]
    months: tuple[str, ...]
    groups: Mapping[str, rules.Group]


@dataclass(frozen=True)
class Forecast:
    """By when nine of ten dossiers like one were finished.

    `at` is that moment (aware), `on` its day. `word`: in_time | late (after the due date) | no_due (none is fixed) |
    longer (it has taken longer than nine of ten already, and no date is left to name). `level` is one of
    `rules.LEVELS`, `n` how many finished dossiers it rests on.
    """

    at: datetime
    on: date
    word: str
    level: str
    n: int


_held: tuple[Known | None, float] | None = None


def forget() -> None:
    """Let this process look again (tests, and after learning)."""
    global _held
    _held = None


def newest() -> Known | None:
    """The newest learning; None before the first. One statement a minute, and the table only when it is another."""
    global _held
    clock = machine_time.monotonic()
    if _held is not None and clock - _held[1] < FRESH_SECONDS:
        return _held[0]
    known = _held[0] if _held else None
    pk = Learning.objects.order_by("-pk").values_list("pk", flat=True).first()
    if pk is None:
        known = None
    elif known is None or known.pk != pk:
        row = Learning.objects.get(pk=pk)
        known = Known(
            row.pk,
            row.at,
            rules.from_data(row.cells),
            tuple(row.calibration["months"]),
            {group.name: group for group in groups_from_data(row.calibration["groups"])},
        )
    _held = (known, clock)
    return known


# For dossiers ----------------------------------------------------------------------------------------------------


def of_many(
    rows: Iterable[Any], at: datetime, *, stations: Mapping[int, dossiers.Station | None] | None = None
) -> dict[int, Forecast]:
    """Forecasts by primary key for those of the given dossiers that somebody works on: no statement for a list that
    has read where they stand (`stations`, by primary key), one for all others."""
    known = newest()
    rows = [row for row in rows if row.business_state in AT_WORK] if known else []
    if stations is None:
        stations = dossiers.stations_of(rows) if rows else {}
    found = {}
    for row in rows if known else ():
        forecast = _of(known, row, stations.get(row.pk), at)
        if forecast is not None:
            found[row.pk] = forecast
    return found


def of_one(row: Any, at: datetime) -> Forecast | None:
    """The forecast of a dossier that was read with where it stands (`dossiers.get_visible`); asks nothing more."""
    return of_many([row], at, stations={row.pk: dossiers.station_read(row)}).get(row.pk)


def _of(known: Known, row: Any, station: dossiers.Station | None, at: datetime) -> Forecast | None:
    if row.version_id is None or row.competent_agency_id is None:
        return None
    if row.clock_state != "running":
        return None
    if station is None:
        if row.business_state != S.RECEIVED:
            return None
        station = dossiers.Station("", lives.RECEPTION, row.received_at)
    calendar = agencies.calendar_of(row.competent_agency_id)
    left = None if row.due_at is None else lives.minutes_between(calendar, station.since, row.due_at)
    names = lives.names_for(
        row.procedure_id, row.version_id, station.stage, station.key, row.competent_agency_id
    )
    cell = rules.find(known.table, names, left)
    if cell is None:
        return None
    moment = lives.moment_after(calendar, station.since, cell.minutes)
    return Forecast(moment, local_date(moment), _word(moment, row.due_at, at), cell.level, cell.n)


def _word(moment: datetime, due_at: datetime | None, at: datetime) -> str:
    if local_date(moment) < local_date(at):
        return "longer"
    if due_at is None:
        return "no_due"
    return "in_time" if local_date(moment) <= local_date(due_at) else "late"


def promised(row: Any, at: datetime) -> Forecast | None:
    """What the applicant may be told about her dossier, read with where it stands: its forecast, while the published
    calibration of the last months holds, and only a date that is still to come."""
    found, known = of_one(row, at), newest()
    if found is None or known is None or found.word == "longer":
        return None
    return found if told_to_citizens(known, row.procedure_id, at) else None


def told_to_citizens(known: Known, procedure: int, at: datetime) -> bool:
    """Whether the calibration allows a date of this procedure to be shown outside."""
    least = setting(COVERAGE_LEAST, at)
    if least is None or at - known.at > STALE:
        return False
    return rules.promise_holds(known.groups, least, [f"procedure|{procedure}"])


@dataclass(frozen=True)
class Published:
    """What is published of the last months: shares in percent, months as MM/YYYY; `told` whether citizens see dates
    of procedures that are not off by themselves."""

    months: tuple[str, ...]
    n: int
    coverage: float
    lower: float
    least: float
    told: bool


def published(at: datetime) -> Published | None:
    """How the forecasts of the last months came true, for everybody to read; None where none could be judged."""
    known, least = newest(), setting(COVERAGE_LEAST, at)
    whole = known.groups.get(rules.WHOLE) if known else None
    if known is None or whole is None or least is None:
        return None
    return Published(
        tuple(f"{month[5:]}/{month[:4]}" for month in known.months),
        whole.n,
        100 * whole.coverage,
        100 * whole.lower,
        100 * least,
        whole.lower >= least and at - known.at <= STALE,
    )


def setting(name: str, at: datetime) -> Any:
    """A dated value of the packs at a moment; None where none is in force: then nothing is promised."""
    version = store.current("values", name, at)
    row = row_in_force(version.body["values"], local_date(at)) if version else None
    return row["value"] if row else None


# How past ones came true -----------------------------------------------------------------------------------------


def judged_groups(
    stands: list[lives.Stand], months: Sequence[lives.Month], at: datetime
) -> list[rules.Group]:
    """The groups of forecasts made in `months`, each month by a table learnt from before it."""
    return rules.judge(one for month in months for one in lives.judged_in(stands, month, at))


def groups_to_data(groups: Iterable[rules.Group]) -> list[list[Any]]:
    """Groups as plain data, for storing."""
    return [[g.name, g.n, g.hits, g.dates_kept, g.loss, g.due_loss] for g in groups]


def groups_from_data(rows: Iterable[Sequence[Any]]) -> list[rules.Group]:
    """Read back what `groups_to_data` gave."""
    return [rules.Group(*row) for row in rows]
