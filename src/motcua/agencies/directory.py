"""All agencies and areas in memory: a few thousand rows that every page asks about and that change a few times a year.

Another process notices a change within `FRESH_SECONDS`; the one that made it, at its commit.
"""

from __future__ import annotations

import itertools
import threading
import time as machine_time
from dataclasses import dataclass, fields, replace
from datetime import date

from django.db import transaction

from motcua.agencies.models import Agency, AgencyChange, Area, Succession
from motcua.agencies.rules import AreaView, Office

FRESH_SECONDS = 5.0
_COLUMNS = tuple(f.name for f in fields(Office))
_AREA_COLUMNS = tuple(f.name for f in fields(AreaView))


@dataclass(frozen=True)
class Directory:
    """Every agency ever known, by id and by code, in Vietnamese order; every area by code, latest first."""

    offices: dict[int, Office]
    by_code: dict[str, Office]
    areas: dict[str, tuple[AreaView, ...]]
    former: dict[int, tuple[tuple[int, date], ...]]  # agency -> those it took over from, and on which day


_held: tuple[Directory, float] | None = None
_lock = threading.Lock()
_tokens = itertools.count(1)


def directory() -> Directory:
    """The directory as it stands; at most some seconds old, never old within the transaction that changed it."""
    global _held
    waiting = _changes_waiting()
    if waiting:
        return _own_directory(waiting)
    held, clock = _held, machine_time.monotonic()
    if held is not None and clock - held[1] < FRESH_SECONDS:
        return held[0]
    with _lock:
        _held = (_read(), machine_time.monotonic())
        return _held[0]


def forget() -> None:
    """Read again next time."""
    global _held
    _held = None


class _Changed:
    """Waits for the commit of a change; while it waits, its transaction reads a directory of its own."""

    def __init__(self) -> None:
        self.token = next(_tokens)

    def __call__(self) -> None:
        forget()


def changed() -> None:
    """Called within the transaction that changed agencies or areas."""
    transaction.on_commit(_Changed())


def _changes_waiting() -> tuple[int, ...]:
    waiting = transaction.get_connection().run_on_commit
    return tuple(entry[1].token for entry in waiting if isinstance(entry[1], _Changed))


def _own_directory(waiting: tuple[int, ...]) -> Directory:
    connection = transaction.get_connection()
    held = getattr(connection, "motcua_directory", None)
    if held is None or held[0] != waiting:
        held = (waiting, _read())
        connection.motcua_directory = held  # type: ignore[attr-defined]
    return held[1]


def _read() -> Directory:
    offices: dict[int, Office] = {}
    for row in Agency.objects.order_by("sort_key", "code").values(*_COLUMNS):
        row["serves"], row["unverified"] = tuple(row["serves"]), tuple(row["unverified"])
        offices[row["id"]] = Office(**row)
    areas: dict[str, list[AreaView]] = {}
    for row in Area.objects.order_by("pk").values(*_AREA_COLUMNS):
        areas.setdefault(row["code"], []).append(AreaView(**row))
    for found in areas.values():
        found.sort(key=lambda area: area.valid_from or date.min, reverse=True)
    by_code = {office.code: office for office in offices.values()}
    former: dict[int, list[tuple[int, date]]] = {}
    rows = Succession.objects.filter(of="agency").order_by("on", "from_code")
    for before, after, on in rows.values_list("from_code", "to_code", "on"):
        if before in by_code and after in by_code:
            former.setdefault(by_code[after].id, []).append((by_code[before].id, on))
    return Directory(
        offices,
        by_code,
        {code: tuple(found) for code, found in areas.items()},
        {agency: tuple(found) for agency, found in former.items()},
    )


def offices_as_known(on: date) -> dict[int, Office]:
    """The agencies as they stood on the day `on`: later changes of names, parents and codes are taken back."""
    offices = dict(directory().offices)
    for change in AgencyChange.objects.filter(on__gt=on).order_by("-on", "-pk"):
        office = offices.get(change.agency_id)
        if office is not None:
            before = change.before
            if change.field in ("valid_from", "valid_to"):
                before = date.fromisoformat(before) if before else None
            elif change.field in ("serves", "unverified"):
                before = tuple(before or ())
            offices[change.agency_id] = replace(office, **{change.field: before})
    return {id_: office for id_, office in offices.items() if office.valid_on(on)}
