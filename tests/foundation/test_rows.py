"""Many rows with values of their own in one go: exactly those rows, exactly those columns."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from motcua.foundation.models import JournalHead, Task
from motcua.foundation.rows import update_rows

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def heads():
    made = [JournalHead(chain=f"thing:{n}", count=n, hash="0" * 64) for n in range(5)]
    JournalHead.objects.bulk_create(made)
    return list(JournalHead.objects.order_by("chain"))


def found():
    return list(JournalHead.objects.order_by("chain").values_list("chain", "count", "hash"))


def test_each_row_gets_its_own_and_the_rest_stays(heads):
    rows = [(heads[1].pk, ["a" * 64]), (heads[3].pk, ["b" * 64])]
    with transaction.atomic():
        update_rows(JournalHead, ("hash",), rows, raised="count")
    assert [(count, said[0]) for _chain, count, said in found()] == [
        (0, "0"), (2, "a"), (2, "0"), (4, "b"), (4, "0"),
    ]  # fmt: skip


def test_values_go_through_their_fields():
    Task.objects.bulk_create([Task(name="t", key=key, available_at=AT) for key in "abc"])
    first, second, _ = Task.objects.order_by("key")
    rows = [(first.pk, [{"số": 1}]), (second.pk, [["hai"]])]
    with transaction.atomic():
        update_rows(Task, ("args",), rows, raised="attempts", same={"done_at": AT, "last_error": "x"})
    columns = ("args", "attempts", "done_at", "last_error")
    assert list(Task.objects.order_by("key").values_list(*columns)) == [
        ({"số": 1}, 1, AT, "x"), (["hai"], 1, AT, "x"), ({}, 0, None, ""),
    ]  # fmt: skip


def test_outside_a_transaction_nothing_is_written(heads):
    before = found()
    atomic, connection.in_atomic_block = connection.in_atomic_block, False
    try:
        with pytest.raises(RuntimeError):
            update_rows(JournalHead, ("hash",), [(heads[0].pk, ["a" * 64])])
    finally:
        connection.in_atomic_block = atomic
    assert found() == before


def test_a_row_that_breaks_a_rule_takes_the_others_back(heads):
    before = found()
    rows = [(heads[0].pk, ["thing:9"]), (heads[1].pk, [heads[2].chain])]
    with pytest.raises(IntegrityError), transaction.atomic():
        update_rows(JournalHead, ("chain",), rows)
    assert found() == before
