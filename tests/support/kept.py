"""What many tests begin with, built once per process by the real actions and put back by copying the rows in."""

from __future__ import annotations

import copy
import time as machine_time
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

Told = TypeVar("Told")
Rows = list[tuple[type, str, Any]]  # the model, the sentence that puts its rows back, the rows

_kept: dict[str, tuple[Any, Rows]] = {}
_here: list[str] = []  # what this test has put back so far
_read: dict[
    tuple[str, ...], tuple[Any, Any]
] = {}  # what a process reads of packs and agencies when these are there


def kept(name: str, build: Callable[[], Told]) -> Told:
    """What `build()` wrote into the empty database of a test, and what it returned (a copy of one's own).

    `name` is unique among all tests. What is built must be the same for everybody who names it: no random number and
    no hour of the wall clock decides in it. Rows only: no file, no cookie, nothing in memory.
    """
    if name not in _kept:
        there = {model for model in _models() if model._base_manager.exists()}
        told = build()
        _kept[name] = (told, _taken_but(there))
    else:
        _copy_in(_kept[name][1])
        _here.append(name)
        _remember(tuple(_here))
    return copy.deepcopy(_kept[name][0])


def a_test_begins() -> None:
    """Nothing is put back yet. Called for every test, after the process forgot what it held in memory."""
    _here.clear()


def _remember(names: tuple[str, ...]) -> None:
    """The same rows under the same keys need not be read again for every test, nor what follows from them be built
    anew: what is kept beside `store.revision()` then stays from test to test, as it does between two requests."""
    from motcua.agencies import directory
    from motcua.foundation.packs import shelf

    if shelf._shared is not None or directory._held is not None:
        return  # the test has read before these rows came
    if names not in _read:
        _read[names] = (shelf._index(), directory.directory())
    index, offices = _read[names]
    clock = machine_time.monotonic()
    shelf._shared, directory._held = (index, clock), (offices, clock)


def _models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _taken_but(there: set[Any]) -> Rows:
    """Every row as the database itself writes it down: a thousand of them go back in within milliseconds."""
    rows: Rows = []
    with connection.cursor() as cursor:
        for model in _models():
            if model not in there and model._base_manager.exists():
                rows.append((model, *_taken[connection.vendor](cursor, model._meta.db_table)))
    return rows


def _copy_in(kept_rows: Rows) -> None:
    judged_before = connection.vendor == "sqlite"  # PostgreSQL cannot leave out what each row is checked for
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if judged_before:
            cursor.execute("PRAGMA ignore_check_constraints=ON")
        for _model, sql, rows in kept_rows:
            _put[connection.vendor](cursor, sql, rows)
        if sequences := connection.ops.sequence_reset_sql(no_style(), [model for model, *_ in kept_rows]):
            cursor.execute(";".join(sequences))
        if judged_before:
            cursor.execute("PRAGMA ignore_check_constraints=OFF")


def _taken_of_sqlite(cursor: Any, table: str) -> tuple[str, Any]:
    raw = cursor.cursor.connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    return f'INSERT INTO "{table}" VALUES ({",".join("?" * len(raw.description))})', raw.fetchall()  # noqa: S608


def _taken_of_postgresql(cursor: Any, table: str) -> tuple[str, Any]:
    """The rows stay in the server, in a table of their own beside the test's transaction, as they are stored: what
    comes from there need not be read, judged and pressed together again (documents of packs are a megabyte)."""
    with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as told:
        rows = b"".join(bytes(part) for part in told)
    import psycopg

    name = f'kept."{len(_kept)} {table}"'
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as beside:
        beside.execute("CREATE SCHEMA IF NOT EXISTS kept")
        beside.execute(f"DROP TABLE IF EXISTS {name}")
        beside.execute(f'CREATE UNLOGGED TABLE {name} (LIKE "{table}")')
        with beside.cursor().copy(f"COPY {name} FROM STDIN") as taking:
            taking.write(rows)
    return f'INSERT INTO "{table}" SELECT * FROM {name}', None  # noqa: S608


_taken = {"sqlite": _taken_of_sqlite, "postgresql": _taken_of_postgresql}
_put = {
    "sqlite": lambda cursor, sql, rows: cursor.cursor.connection.executemany(sql, rows),
    "postgresql": lambda cursor, sql, _rows: cursor.execute(sql),
}
