"""Many rows of one table, each with values of its own, written in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, models, transaction


def update_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[tuple[int, Sequence[Any]]],
    *,
    raised: str = "",
    same: dict[str, Any] | None = None,
) -> None:
    """Write `columns` (names of fields, "agency_id" for a foreign key) of many rows: (primary key, values) each.

    `same` are fields that get one value in all of them, `raised` a counter that goes up by one. One prepared sentence
    for all (PostgreSQL takes them in one trip), and each index of a row is written once: hundreds of rows that differ
    cost what a few would. Within the caller's transaction; raises RuntimeError outside one.
    """
    connection = connections[model._default_manager.db]
    if not connection.in_atomic_block:
        raise RuntimeError("rows are written in the transaction of their act")
    same = same or {}
    named = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name

    def value(name: str, given: Any) -> Any:
        return named[name].get_db_prep_save(given, connection)

    parts = [f"{quote(named[name].column)} = %s" for name in (*columns, *same)]
    if raised:
        parts.append(f"{quote(named[raised].column)} = {quote(named[raised].column)} + 1")
    key = quote(model._meta.pk.column)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {', '.join(parts)} WHERE {key} = %s"  # noqa: S608
    shared = [value(name, given) for name, given in same.items()]
    values = [
        (*(value(name, each) for name, each in zip(columns, row, strict=True)), *shared, pk)
        for pk, row in rows
    ]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.executemany(sql, values)
