"""Rows by their key: the one that a unique key finds, and many written in one go, each with values of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connections, models, transaction

Row = TypeVar("Row")


def the_one(rows: models.QuerySet[Any, Row]) -> Row | None:
    """The row that a unique key finds, or None; in one query without an order.

    `first()` sorts, and Django then compares each column that is read: a fifth of what a page's dossier with its seven
    joined tables costs. Of a query that can find several, take `first()`.
    """
    return next(iter(rows.order_by()[:1]), None)


def update_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[tuple[int, Sequence[Any]]],
    *,
    raised: str = "",
    same: dict[str, Any] | None = None,
) -> None:
    """Write `columns` (names of fields, "agency_id" for a foreign key) of many rows: (primary key, values) each.

    `same` are fields that get one value in all of them, `raised` a counter that goes up by one. Each index of a row is
    written once, and hundreds of rows that differ cost what a few would. Within the caller's transaction; raises
    RuntimeError outside one.
    """
    connection = connections[model._default_manager.db]
    if not connection.in_atomic_block:
        raise RuntimeError("rows are written in the transaction of their act")
    same = same or {}
    named = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name

    def value(name: str, given: Any) -> Any:
        return named[name].get_db_prep_save(given, connection)

    shared = [value(name, given) for name, given in same.items()]
    values = [(pk, *(value(name, each) for name, each in zip(columns, row, strict=True))) for pk, row in rows]
    if not values:
        return
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    count = [f"{quote(named[raised].column)} = {quote(named[raised].column)} + 1"] if raised else []
    alike = [f"{quote(named[name].column)} = %s" for name in same]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # planned once for all rows, not once for each
            own = [
                f"{quote(named[name].column)} = CAST(new.column{n} AS {named[name].db_type(connection)})"
                for n, name in enumerate(columns, start=2)
            ]
            row = f"({', '.join(['%s'] * (len(columns) + 1))})"
            sql = (
                f"UPDATE {table} SET {', '.join((*own, *alike, *count))} "  # noqa: S608
                f"FROM (VALUES {', '.join([row] * len(values))}) AS new WHERE {table}.{key} = new.column1"
            )
            cursor.execute(sql, [*shared, *(each for row in values for each in row)])
        else:
            own = [f"{quote(named[name].column)} = %s" for name in columns]
            sql = f"UPDATE {table} SET {', '.join((*own, *alike, *count))} WHERE {key} = %s"  # noqa: S608
            cursor.executemany(sql, [(*row, *shared, pk) for pk, *row in values])
