"""Decisions about joint tasks, by tables and by chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.cooperation import rules
from motcua.kernel.clock import Calendar, Event, Kind, Limit, Unit, derive

S = rules.State
AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (S.WAITING, ("recall",)),
        (S.OPEN, ("take", "answer", "decline", "recall")),
        (S.DONE, ()),
        (S.DECLINED, ("ask_again",)),
        (S.RECALLED, ("ask_again",)),
        (S.ENDED, ()),
    ],
)
def test_the_life_of_a_task(state, verbs):
    assert rules.verbs_from(state) == verbs


def standing(**changes) -> rules.Standing:
    whole = {
        "state": S.OPEN, "agency": 2, "above": (9,), "asking": 1, "one_stop": 5, "assigned": None, "due_at": AT,
        "opened_at": AT,
    }  # fmt: skip
    return rules.Standing(**{**whole, **changes})


def holders(**changes) -> dict[str, str]:
    return {right.holder: right.role for right in rules.rights(standing(**changes))}


def test_who_sees_a_task():
    asking = {"office:1:process": "asking", "office:1:lead": "lead", "office:5:lead": "lead"}
    asked = {"office:2:process": "asked", "office:2:lead": "lead", "office:9:lead": "lead"}
    assert holders() == asking | asked
    assert holders(state=S.WAITING) == asking
    assert holders(state=S.RECALLED) == asking
    assert holders(assigned=7) == asking | asked | {"account:7": "asked"}
    assert holders(assigned=7, state=S.DONE) == asking | asked


def test_it_waits_for_the_pool_until_somebody_takes_it():
    def waits(**changes) -> set[str]:
        return {right.holder for right in rules.rights(standing(**changes)) if right.todo}

    assert waits() == {"office:2:process"}
    assert waits(assigned=7) == {"account:7"}
    assert waits(state=S.DONE) == waits(state=S.WAITING) == set()


@given(
    st.sampled_from(list(S)), st.integers(1, 4), st.none() | st.integers(1, 4), st.none() | st.integers(1, 3)
)
def test_no_holder_has_two_rows_of_one_role(state, agency, asking, assigned):
    rows = rules.rights(standing(state=state, agency=agency, asking=asking, assigned=assigned))
    assert len({(row.holder, row.role) for row in rows}) == len(rows)


def test_what_follows_opens_when_all_before_it_are_over():
    after = {"a": (), "b": ("a",), "c": ("a", "b")}
    waiting = dict.fromkeys(after, S.WAITING)
    assert rules.ready(after, waiting) == ["a"]
    assert rules.ready(after, waiting | {"a": S.OPEN}) == []
    assert rules.ready(after, waiting | {"a": S.DONE}) == ["b"]
    assert rules.ready(after, waiting | {"a": S.DECLINED, "b": S.DONE}) == ["c"]


PLAIN = Calendar.from_documents({"years": []}, None, "plain")


@given(st.lists(st.sampled_from(["supplement", "payment"]), max_size=4), st.integers(0, 20))
def test_the_clock_of_a_task_is_always_one_that_can_run(reasons, opened):
    """Whenever it is opened among the waits of its dossier, the engine takes its events."""
    events, at = [Event(Kind.START, AT)], AT
    for reason in reasons:
        for kind in (Kind.PAUSE, Kind.RESTART if reason == "supplement" else Kind.RESUME):
            at += timedelta(hours=5)
            events.append(Event(kind, at, reason))
    own = rules.own_events(AT + timedelta(hours=opened), events)
    deadline = derive(Limit(2, Unit.WORKING_DAYS), own, PLAIN)
    assert deadline.state in ("running", "paused")


def test_late_is_what_is_open_past_its_limit():
    later = AT + timedelta(seconds=1)
    assert rules.is_late(S.OPEN, AT, later)
    assert not rules.is_late(S.OPEN, AT, AT)
    assert not rules.is_late(S.WAITING, AT, later)
    assert not rules.is_late(S.OPEN, None, later)
    assert rules.answered_late(AT, later) and not rules.answered_late(AT, AT)
