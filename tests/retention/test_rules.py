"""Schedules as plain data: which one holds, until when, and what a pack may say."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.foundation.packs.schema.retention import RETENTION
from motcua.foundation.packs.shapes import Findings
from motcua.kernel.clock import TZ
from motcua.retention import rules

pytestmark = pytest.mark.kernel

NAME = {"vi": "Nhóm", "en": "Group"}


def row(key, years=2, **more):
    kept = {"2025-07-01": {"years": years, "source": "Danh mục của cơ quan", **more.pop("kept", {})}}
    return {"key": key, "name": NAME, "keep": kept, **more}


BODY = {
    "schedules": [
        row("never", never_received=True),
        row("copies", 20, procedures=["copies"]),
        row("status", None, sectors=["Hộ tịch"], kept={"for_ever": True}),
        row("rest", 10),
    ]
}
ON = date(2037, 1, 4)


def among():
    ids = {"copies": frozenset({7}), "status": frozenset({7, 8})}
    return [(one, ids.get(one.key, frozenset())) for one in rules.schedules(BODY, ON)]


@pytest.mark.parametrize(
    ("procedure", "received", "expected"),
    [(7, True, "copies"), (8, True, "status"), (9, True, "rest"), (7, False, "never")],
)
def test_the_first_that_names_the_procedure_holds(procedure, received, expected):
    assert rules.pick(among(), procedure, received=received).key == expected


def test_what_nobody_fixed_or_is_kept_for_ever_never_runs_out():
    by_key = {one.key: one for one, _ids in among()}
    assert by_key["rest"].runs_out and not by_key["status"].runs_out
    early = rules.schedules(BODY, date(2020, 1, 1))  # before the first figure
    assert not any(one.runs_out for one in early)


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)), some.integers(1, 100))
def test_both_sides_of_the_end_agree(closed, years):
    closed = datetime(closed.year, closed.month, closed.day, 23, tzinfo=TZ)
    last = rules.runs_out_on(closed.date(), years)
    assert last == date(closed.year + years + 1, 1, 1)
    assert closed < rules.closed_before(last, years)
    assert not closed < rules.closed_before(last - timedelta(days=1), years)


def test_a_draft_is_given_a_week_whatever_a_pack_says():
    at = datetime(2026, 10, 5, tzinfo=TZ)
    assert rules.drafts_untouched_since(1, at) == at - timedelta(days=7)
    assert rules.drafts_untouched_since(90, at) == at - timedelta(days=90)
    assert rules.drafts_untouched_since(None, at) is None


@pytest.mark.parametrize(
    ("schedules", "good"),
    [
        (BODY["schedules"], True),
        (BODY["schedules"][:-1], False),  # nothing for the rest
        ([row("rest"), row("also-rest")], False),
        ([row("rest", 0)], False),
        ([{**row("rest"), "keep": {}}], False),
    ],
)
def test_what_a_pack_may_say(schedules, good):
    findings = Findings()
    RETENTION.check({"id": "dossiers", "schedules": schedules}, ("x",), findings)
    assert (findings.rows == []) is good
