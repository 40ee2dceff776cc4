"""Lines in many chains at once are the lines that one by one would have written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal import record, record_many
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalHead, JournalLine

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


def act():
    return new_act(system("tests"), at=AT, purpose="test")


def test_new_chains_and_chains_that_go_on():
    with transaction.atomic():
        record(act(), "thing.made", "thing:a", facts={"n": 1})
        lines = record_many(act(), "thing.moved", [("thing:b", {"n": 2}), ("thing:a", {"at": AT})])
    assert [(line.chain, line.seq) for line in lines] == [("thing:b", 1), ("thing:a", 2)]
    assert JournalHead.objects.get(chain="thing:a").count == 2
    with transaction.atomic():
        record(act(), "thing.ended", "thing:a")
    assert verify(subject="thing:a").good and verify(subject="thing:b").good


def test_a_subject_stands_once():
    with pytest.raises(ValueError, match="once"), transaction.atomic():
        record_many(act(), "thing.moved", [("thing:a", {}), ("thing:a", {})])
    assert not JournalLine.objects.exists()
