"""What many tests begin with, built once per process by the real actions and put back by copying the rows in."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

Told = TypeVar("Told")
Rows = list[tuple[type, str, Any]]  # the model, the sentence that puts its rows back, the rows

_kept: dict[str, tuple[Any, Rows]] = {}


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
    return copy.deepcopy(_kept[name][0])


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
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for _model, sql, rows in kept_rows:
            _put[connection.vendor](cursor, sql, rows)
        for sql in connection.ops.sequence_reset_sql(no_style(), [model for model, *_ in kept_rows]):
            cursor.execute(sql)


def _taken_of_sqlite(cursor: Any, table: str) -> tuple[str, Any]:
    raw = cursor.cursor.connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    return f'INSERT INTO "{table}" VALUES ({",".join("?" * len(raw.description))})', raw.fetchall()  # noqa: S608


def _taken_of_postgresql(cursor: Any, table: str) -> tuple[str, Any]:
    with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as told:
        return f'COPY "{table}" FROM STDIN', b"".join(bytes(part) for part in told)


def _put_in_postgresql(cursor: Any, sql: str, rows: bytes) -> None:
    with cursor.cursor.copy(sql) as taking:
        taking.write(rows)


_taken = {"sqlite": _taken_of_sqlite, "postgresql": _taken_of_postgresql}
_put = {
    "sqlite": lambda cursor, sql, rows: cursor.cursor.connection.executemany(sql, rows),
    "postgresql": _put_in_postgresql,
}
