"""Clock events are rows: what is stored equals what they give, after every act, also when a calendar is corrected."""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.agencies import queries as agencies
from motcua.dossiers import actions, queries
from motcua.dossiers.checks import due_differences
from motcua.dossiers.models import StepRun
from motcua.foundation import policy, worker
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.packs import store
from motcua.foundation.time import TZ, now
from motcua.kernel import clock

from . import factories as make
from .factories import AT, BUSINESS, ITEMS, REASON, S, get

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def derived(dossier: str) -> tuple:
    deadline = queries.clock_of(get(dossier))
    return deadline.due_on, deadline.due_at, deadline.provisional, deadline.state


def stored(dossier: str) -> tuple:
    row = get(dossier)
    return row.due_on, row.due_at, row.due_provisional, row.clock_state


@pytest.mark.parametrize("state", sorted(set(S) - {S.DRAFT, S.SUBMITTED, S.DOOR_SUPPLEMENT, S.REFUSED}))
@pytest.mark.parametrize("procedure", [BUSINESS, make.OURS, make.ALLOWANCE])
def test_the_rows_give_what_is_stored_in_every_state(city, state, procedure):
    make.publish_ours()
    dossier = make.in_state(city, state, procedure=procedure)
    assert stored(dossier) == derived(dossier)
    assert list(policy.differences()) == []


# What may happen to a dossier in a unit, by whom, and how long it takes; hypothesis makes stories of it.
DEEDS = {
    "ask": ("ask_supplement", "processor", {"items": ITEMS, "reason": REASON, "law": "Luật chuyên ngành"}),
    "answer": ("answer", "citizen", {}),
    "ask_pay": ("ask_payment", "processor", {"reason": REASON}),
    "pay": ("confirm_payment", "processor", {"receipt_number": "1"}),
    "forward": ("forward", "processor", {"agency": "qn-ha-lam", "reason": REASON}),
    "extend": ("extend", "processor", {"reason": REASON}),
    "stop": ("stop", "processor", {"reason": REASON}),
    "withdraw": ("withdraw", "citizen", {}),
}
stories = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 90)), max_size=7)


@pytest.mark.slow
@settings(
    max_examples=25 if connection.vendor == "sqlite" else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stories, st.sampled_from([BUSINESS, make.ALLOWANCE]))
def test_after_every_act_of_any_story_they_agree(city, story, procedure):
    from motcua.foundation.errors import Refusal

    moment = AT
    dossier = make.in_process(city, procedure=procedure)
    for deed, hours in story:
        verb, who, said = DEEDS[deed]
        moment += timedelta(hours=hours)
        if verb == "extend":
            said = {**said, "until": (moment + timedelta(days=9)).date().isoformat()}
        before = get(dossier)
        try:
            getattr(actions, verb)(city.act(who, moment), dossier=dossier, **said)
        except Refusal:
            assert stored(dossier) == (
                before.due_on,
                before.due_at,
                before.due_provisional,
                before.clock_state,
            )
        assert stored(dossier) == derived(dossier)
        assert list(due_differences()) == []
        running = StepRun.objects.filter(dossier=get(dossier), done_at=None).first()
        if running and get(dossier).due_at:
            assert running.due_at <= get(dossier).due_at
    assert list(policy.differences()) == []


def test_the_worked_example_e_of_the_law(city):
    """10 working days from Mon 5/10, asked Wed 7/10, answered Fri 16/10: restart gives Fri 30/10, pause Wed 28/10."""
    due = {}
    for how in ("restart", "pause"):
        slug = make.publish_like(
            f"ten-days-{how}", time_limit={"value": 10, "unit": "working_days"}, clock={"on_supplement": how}
        )
        made = make.walk_in(city, slug, answers=make.complete(BUSINESS), transfer_now=True)["dossier"]
        actions.ask_supplement(
            city.act("processor", at("2026-10-07T09:00")), dossier=made, items=ITEMS, reason=REASON
        )
        actions.answer(city.act("receptionist", at("2026-10-16T10:00")), dossier=made)
        due[how] = get(made).due_on
    assert due == {"restart": date(2026, 10, 30), "pause": date(2026, 10, 28)}


def test_a_due_date_over_24_november_is_provisional_and_says_so(city):
    row = get(make.received(city, procedure=BUSINESS, at=at("2026-11-20T10:00")))
    assert (row.due_on, row.due_provisional) == (date(2026, 11, 26), True)
    told = [clock.say(line, "vi") for line in queries.clock_of(row).lines]
    assert any("24/11" in sentence for sentence in told)
    assert not get(make.received(city, procedure=BUSINESS, at=at("2026-11-02T10:00"))).due_provisional


def test_a_due_date_in_a_year_without_calendar_is_provisional(city):
    row = get(make.received(city, procedure=make.PERMIT, at=at("2026-12-29T10:00")))
    assert row.due_on.year == 2027
    assert row.due_provisional


def test_a_clock_set_back_ends_in_a_sentence_and_changes_nothing(city):
    from motcua.dossiers.errors import TimeGoesBack

    dossier = make.in_process(city, procedure=BUSINESS)
    actions.ask_supplement(
        city.act("processor", AT + timedelta(hours=5)), dossier=dossier, items=ITEMS, reason=REASON
    )
    before = stored(dossier)
    for earlier in (timedelta(hours=4), timedelta(days=-1)):
        with pytest.raises(TimeGoesBack) as refused:
            actions.answer(city.act("citizen", AT + earlier), dossier=dossier)
        assert refused.value.sentence and refused.value.way_out
    assert stored(dossier) == before
    assert get(dossier).business_state == S.SUPPLEMENT


# A calendar corrected later -------------------------------------------------------------------------------------------


def correct_calendar(day: str) -> None:
    """The government gives one more day off, and somebody publishes it."""
    version = store.current("calendars", "vn")
    body = copy.deepcopy(dict(version.body))
    year = next(row for row in body["holidays"]["years"] if row["year"] == int(day[:4]))
    days = year["days_off"]
    days.append({**copy.deepcopy(days[-1]), "date": day, "status": "confirmed", "name_vi": "Ngày nghỉ thêm"})
    act = new_act(system("tests"), at=now(), purpose="correct the calendar")
    store.take_in(act, documents=[{"kind": "calendars", "key": "vn", "body": body, "layers": ["national"]}])
    store.publish(
        new_act(system("tests"), at=now(), purpose="correct the calendar"), kind="calendars", key="vn"
    )


class TestACorrectedCalendar:
    def test_is_replayed_over_what_is_open(self, city):
        open_one = make.in_process(city, procedure=BUSINESS)
        ended = make.ready(city, procedure=BUSINESS)
        before, kept = stored(open_one), stored(ended)
        correct_calendar("2026-10-07")
        agencies.forget()
        worker.drain()
        after = stored(open_one)
        assert (before[0], after[0]) == (date(2026, 10, 8), date(2026, 10, 9))
        assert after == derived(open_one)
        assert stored(ended) == kept
        line = JournalLine.objects.get(chain=f"dossier:{open_one}", verb="dossier.recounted")
        assert (line.facts["before"], line.facts["after"]) == (before[0].isoformat(), after[0].isoformat())
        assert not JournalLine.objects.filter(chain=f"dossier:{ended}", verb="dossier.recounted").exists()
        assert list(policy.differences()) == []
        assert verify().good
        sort_keys = {grant.sort_key for grant in get(open_one).grants.all()}
        assert sort_keys == {f"2{after[1].astimezone(AT.tzinfo):%Y%m%d%H%M%S}"}

    def test_leaves_alone_whom_it_does_not_concern(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        before = get(dossier).revision
        correct_calendar("2026-12-15")
        agencies.forget()
        worker.drain()
        assert get(dossier).revision == before
