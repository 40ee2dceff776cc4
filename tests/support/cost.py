"""What a request costs, in numbers that no busy machine changes: statements, plans, and work done by the database.

Work is counted by SQLite's virtual machine (its progress handler), on PostgreSQL as rows touched (EXPLAIN ANALYZE).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

STEPS = 20  # how finely SQLite's instructions are counted
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
# Tables of law and government: some thousand rows, whatever happens at the counters.
SMALL = (
    "agencies_agency", "agencies_area", "agencies_agencychange", "agencies_succession", "catalogue_",
    "foundation_packversion", "foundation_schedule",
)  # fmt: skip
_ALIAS = re.compile(r'"(\w+)" (?:AS )?"?([UVWT]\d+)"?(?=\W)')
_SCAN = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")

Statement = tuple[str, Any]


def growing() -> frozenset[str]:
    """The tables that grow with every dossier, account or act."""
    tables = {model._meta.db_table for model in apps.get_models()}
    return frozenset(t for t in tables if not t.startswith(SMALL))


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Every statement that the database is asked, but for BEGIN, COMMIT and SAVEPOINT."""
    found: list[Statement] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if not sql.lstrip().upper().startswith(CONTROL):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def scans(asked: list[Statement]) -> list[str]:
    """A sentence for every growing table that one of the statements reads from end to end."""
    find = _scans_sqlite if connection.vendor == "sqlite" else _scans_postgresql
    return [
        f"{what}: {sql[:300]}"
        for sql, params in asked
        if sql.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
        for what in find(sql, params)
    ]


def _scans_sqlite(sql: str, params: Any) -> Iterator[str]:
    names = {alias: table for table, alias in _ALIAS.findall(sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        lines = [row[3] for row in cursor.fetchall()]
    for line in lines:
        match = _SCAN.match(line)
        if match is None:
            continue
        table, index = names.get(match[1], match[1]), match[2] or ""
        if table in growing() and not _is_short(index, sql):
            yield line


# Reading along an index is no scan where the index holds only what waits, or where the first row is all that is asked.
_SHORT_INDEXES = ("delivery_waiting", "task_waiting", "delivery_dead")


def _is_short(index: str, sql: str) -> bool:
    return index in _SHORT_INDEXES or (bool(index) and sql.rstrip().endswith("LIMIT 1"))


def _scans_postgresql(sql: str, params: Any) -> Iterator[str]:
    for node in _nodes(_plan("FORMAT JSON", sql, params)):
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in growing():
            yield f"Seq Scan on {node['Relation Name']}"


def _plan(how: str, sql: str, params: Any) -> Any:
    """The plan of a large archive: small tables are read whole whatever indexes they have, what counts is whether
    one serves. Pages cost what they cost on a solid-state disk (docs/operating/performance.md).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET random_page_cost = 1.1")
        try:
            cursor.execute(f"EXPLAIN ({how}) {sql}", params)
            return cursor.fetchone()[0]
        finally:
            cursor.execute("RESET enable_seqscan; RESET random_page_cost")


def _nodes(plan: Any) -> Iterator[dict]:
    for part in json.loads(plan) if isinstance(plan, str) else plan:
        waiting = [part["Plan"]]
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", [])
            yield node


def work(do: Callable[[], Any]) -> int:
    """How much the database does for `do()`: machine instructions on SQLite, rows touched on PostgreSQL."""
    return _work_sqlite(do) if connection.vendor == "sqlite" else _work_postgresql(do)


def _work_sqlite(do: Callable[[], Any]) -> int:
    connection.ensure_connection()
    counted = 0

    def tick() -> int:
        nonlocal counted
        counted += STEPS
        return 0

    connection.connection.set_progress_handler(tick, STEPS)
    try:
        do()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


def _work_postgresql(do: Callable[[], Any]) -> int:
    with statements() as asked:
        do()
    return sum(_touched(sql, params) for sql, params in asked if sql.lstrip().upper().startswith("SELECT"))


def _touched(sql: str, params: Any) -> int:
    return sum(
        round((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
        for node in _nodes(_plan("ANALYZE, FORMAT JSON", sql, params))
    )
