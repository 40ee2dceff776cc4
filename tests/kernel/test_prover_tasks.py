"""The limits of joint tasks against that of the whole: what follows adds up, side by side the longest counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.clock import Limit
from motcua.kernel.prover import House, Subject, prove
from motcua.kernel.prover.tasks import at_least, at_most, chains, exceeds, tasks_of
from tests.kernel.form_factories import TODAY, data, field, option

pytestmark = pytest.mark.kernel
WHO = field("who", "choice", required=True, options=[option("child", "Trẻ em"), option("adult", "Người lớn")])
FORM = data(WHO)


def limit(text: str) -> dict:
    value, unit = text.split()
    return {"value": int(value), "unit": unit}


def told(whole: str, *tasks: tuple) -> list[tuple]:
    """(place of the last task, its name, the sum, the answers of the dossier) of what the prover finds."""
    rows = [
        {"key": key, "limit": limit(said), "after": list(after), **more} for key, said, after, more in tasks
    ]
    body = {"id": "x", "channels": ["online"], "time_limit": limit(whole), "bundle": {"tasks": rows}}
    found = prove(Subject(body, FORM), TODAY, (), House())
    return [
        (f.place[2], f.name, f.more.say("en"), f.dossier and dict(f.dossier.answers))
        for f in found.findings
        if f.kind == "tasks_over_limit"
    ]


BESIDE = {"holds": False}  # the result does not wait for it
LEAD = ("a", "1 working_days", (), {})


@pytest.mark.parametrize(
    ("whole", "tasks", "late"),
    [
        ("3 working_days", [LEAD, ("b", "2 working_days", "a", {})], False),
        ("3 working_days", [LEAD, ("b", "3 working_days", "a", {})], True),
        ("3 working_days", [LEAD, ("b", "3 working_days", (), {}), ("c", "3 working_days", (), {})], False),
        ("3 working_days", [LEAD, ("b", "5 working_days", "a", BESIDE)], False),
        (
            "3 working_days",
            [LEAD, ("b", "9 working_days", "a", {"holds": False}), ("c", "1 working_days", "b", {})],
            True,
        ),
        ("2 working_days", [LEAD, ("b", "9 hours", "a", {})], True),
        ("2 working_days", [LEAD, ("b", "8 hours", "a", {})], False),
        ("10 calendar_days", [LEAD, ("b", "8 working_days", "a", {})], True),
        ("10 calendar_days", [LEAD, ("b", "7 working_days", "a", {})], False),
        ("1 months", [("a", "22 working_days", (), {})], False),
        ("1 months", [("a", "24 working_days", (), {})], True),
        ("15 calendar_days", [("a", "15 calendar_days", (), {})], False),
    ],
)
def test_a_chain_adds_up_and_what_is_side_by_side_does_not(whole, tasks, late):
    assert bool(told(whole, *tasks)) is late


def test_the_longest_chain_is_told_at_its_last_task_with_a_dossier_that_opens_it():
    found = told(
        "3 working_days",
        LEAD,
        ("b", "3 working_days", "a", {"when": "who is child"}),
        ("c", "4 working_days", "b", {"when": "who is child"}),
    )
    (place, name, words, answers) = found[0]
    assert (place, name, answers["who"], len(found)) == (2, "c", "child", 1)
    assert words == "a (1 working day) + b (3 working days) + c (4 working days) > 3 working days"


def test_a_chain_that_no_dossier_opens_is_none():
    apart = [
        LEAD,
        ("b", "2 working_days", "a", {"when": "who is child"}),
        ("c", "2 working_days", "b", {"when": "who is adult"}),
    ]
    assert told("3 working_days", *apart) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.sets(st.integers(0, 5)), st.booleans()), max_size=6),
    st.integers(1, 30),
)
def test_it_agrees_with_the_days_counted_one_by_one(drawn, whole):
    rows = [
        {
            "key": str(n),
            "limit": {"value": days, "unit": "working_days"},
            "after": [str(each) for each in sorted(before) if each < n],
            "holds": holds,
        }
        for n, (days, before, holds) in enumerate(drawn)
    ]
    ends: dict[str, int] = {}
    for row in rows:
        ends[row["key"]] = row["limit"]["value"] + max((ends[key] for key in row["after"]), default=0)
    longest = max((ends[row["key"]] for row in rows if row["holds"]), default=0)
    tasks = tasks_of({"bundle": {"tasks": rows}})
    found = [exceeds([task.limit for task in chain], Limit(whole, "working_days")) for chain in chains(tasks)]
    assert any(over is not None for over in found) is (longest > whole)


@given(st.sampled_from(["working_days", "calendar_days", "working_hours", "months"]), st.integers(1, 400))
def test_a_limit_is_at_least_no_more_than_it_is_at_most(unit, value):
    one = Limit.parse(f"{value} {unit}")
    assert 0 <= at_least(one) <= at_most(one)
