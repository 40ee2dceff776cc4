"""Apologies and what can still be saved: the rule as a table, both lists on a database, the order as a property."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers import actions, errors, queries
from motcua.dossiers.lateness import Hope, chance
from motcua.dossiers.models import Dossier
from motcua.dossiers.planning import step_window
from motcua.foundation import policy
from motcua.foundation.models import JournalLine
from motcua.foundation.packs import store
from motcua.foundation.time import TZ
from motcua.kernel import clock
from motcua.kernel.clock import Calendar, Event, Kind, Limit, Unit
from tests.portal.statements import statements
from tests.support.city import CENTRE, COMMITTEE, OTHER_COMMITTEE

from . import factories as make
from .factories import AT, BUSINESS, ITEMS, REASON, S, get

WHY = "Cần xác minh thêm tại thực địa"
HOLIDAYS = Path(__file__).parents[2] / "packs" / "national" / "calendars"
VN = Calendar.from_documents(yaml.safe_load(next(HOLIDAYS.glob("*.yaml")).read_text("utf-8")), None, "vn")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def ten_days() -> str:
    if store.current("procedures", "ten-days", AT) is not None:
        return "ten-days"
    return make.publish_like("ten-days", time_limit={"value": 10, "unit": "working_days"})


def of_ten_days(city, received: str = "2026-10-05T09:00", transfer: bool = True) -> str:
    made = make.walk_in(
        city, ten_days(), at=at(received), answers=make.complete(BUSINESS), transfer_now=transfer
    )
    return made["dossier"]


def put_off(city, dossier, when, until="2026-10-26", reason=WHY):
    return actions.extend(city.act("processor", at(when)), dossier=dossier, until=until, reason=reason)


@pytest.mark.django_db
class TestTheApology:
    """Received Monday 5/10/2026 with ten working days: promised for Monday 19/10, to be put off by Friday 16/10."""

    @pytest.mark.parametrize(
        ("when", "until", "reason", "refused"),
        [
            ("2026-10-05T10:00", "2026-10-26", WHY, None),
            ("2026-10-15T16:00", "2026-10-26", WHY, None),
            ("2026-10-16T16:59", "2026-10-26", WHY, None),
            ("2026-10-17T08:00", "2026-10-26", WHY, errors.TooLateToExtend),  # Saturday
            (
                "2026-10-18T08:00",
                "2026-10-26",
                WHY,
                errors.TooLateToExtend,
            ),  # Sunday: a day before, and closed
            ("2026-10-19T07:00", "2026-10-26", WHY, errors.TooLateToExtend),
            ("2026-10-20T07:00", "2026-10-26", WHY, errors.TooLateToExtend),
            ("2026-10-16T09:00", "2026-10-26", "", errors.ApologyReasonNeeded),
            ("2026-10-16T09:00", "2026-10-26", "bận", errors.ApologyReasonNeeded),
            ("2026-10-16T09:00", "2026-10-19", WHY, errors.NewDateWrong),
            ("2026-10-16T09:00", "2026-10-18", WHY, errors.NewDateWrong),
        ],
    )
    def test_when_why_and_until_when(self, city, when, until, reason, refused):
        dossier = of_ten_days(city)
        if refused is None:
            put_off(city, dossier, when, until, reason)
            row = get(dossier)
            assert (row.due_on, row.first_due_on) == (date(2026, 10, 26), date(2026, 10, 19))
            assert row.first_due_at == at("2026-10-19T17:00") and row.apology_by is None
        else:
            before = get(dossier)
            with pytest.raises(refused):
                put_off(city, dossier, when, until, reason)
            assert (get(dossier).due_on, get(dossier).revision) == (before.due_on, before.revision)
        assert list(policy.differences()) == []

    def test_only_once_whatever_happens_between(self, city):
        dossier = of_ten_days(city)
        put_off(city, dossier, "2026-10-06T09:00")
        with pytest.raises(errors.AlreadyExtended):
            put_off(city, dossier, "2026-10-07T09:00", "2026-11-02")
        asking = city.act("processor", at("2026-10-07T10:00"))
        actions.ask_supplement(asking, dossier=dossier, items=ITEMS, reason=REASON)
        actions.answer(city.act("receptionist", at("2026-10-12T10:00")), dossier=dossier)
        assert get(dossier).due_on == date(2026, 10, 26), "the limit began anew"
        with pytest.raises(errors.AlreadyExtended):
            put_off(city, dossier, "2026-10-13T09:00", "2026-11-02")
        assert get(dossier).first_due_on == date(2026, 10, 19)

    def test_each_refusal_names_the_rule_and_the_day(self, city):
        dossier = of_ten_days(city)
        with pytest.raises(errors.TooLateToExtend) as late:
            put_off(city, dossier, "2026-10-17T08:00")
        assert "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9" in late.value.sentence
        assert "19/10/2026" in late.value.sentence and "16/10/2026" in late.value.sentence
        with pytest.raises(errors.ApologyReasonNeeded) as unreasoned:
            put_off(city, dossier, "2026-10-16T08:00", reason=" ")
        put_off(city, dossier, "2026-10-16T08:00")
        with pytest.raises(errors.AlreadyExtended) as twice:
            put_off(city, dossier, "2026-10-19T08:00", "2026-11-09")
        for refusal in (unreasoned.value, twice.value):
            assert "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9" in refusal.sentence
            assert refusal.way_out

    def test_nothing_is_put_off_that_was_never_promised(self, city):
        slug = make.publish_like("open-ended", time_limit={"value": None, "unit": "working_days"})
        made = make.walk_in(city, slug, answers=make.complete(BUSINESS), transfer_now=True)
        with pytest.raises(errors.NothingPromised):
            put_off(city, made["dossier"], "2026-10-06T09:00")
        assert get(made["dossier"]).apology_by is None

    def test_the_law_of_the_day_of_reception_says_how_long_before(self, city):
        body = queries.view_of(get(of_ten_days(city))).body
        values = {**body["clock_values"], "apology-notice": {"2020-01-01": {"value": 3, "source": "thử"}}}
        slug = make.publish_like(
            "three-before", time_limit={"value": 10, "unit": "working_days"}, clock_values=values
        )
        made = make.walk_in(city, slug, answers=make.complete(BUSINESS), transfer_now=True)["dossier"]
        assert get(made).apology_by == date(2026, 10, 16)  # 19/10 less three days is this Friday
        with pytest.raises(errors.TooLateToExtend) as late:
            put_off(city, made, "2026-10-17T08:00")
        assert "3 ngày" in late.value.sentence and "thử" in late.value.sentence

    def test_the_letter_and_the_journal_tell_both_dates(self, city):
        dossier = of_ten_days(city)
        put_off(city, dossier, "2026-10-16T08:00")
        line = JournalLine.objects.get(chain=f"dossier:{dossier}", verb="dossier.extend")
        assert (line.facts["from"], line.facts["to"], line.facts["first"]) == (
            "2026-10-19", "2026-10-26", "2026-10-19",
        )  # fmt: skip


@pytest.mark.django_db
class TestTheDueList:
    def listed(self, city, who, when, **more):
        actor = city.actor(who, at(when))
        return [row.public_id for row in queries.apologies(actor.holders, at(when), **more)]

    def test_the_example_stands_there_from_thursday_to_friday(self, city):
        dossier = of_ten_days(city)
        shown = {day: self.listed(city, "processor", f"2026-10-{day}T08:00") for day in range(12, 20)}
        assert {day for day, rows in shown.items() if rows == [dossier]} == {15, 16}
        assert not any(rows for day, rows in shown.items() if day not in (15, 16))
        assert self.listed(city, "processor", "2026-10-15T08:00", today_only=True) == []
        assert self.listed(city, "processor", "2026-10-16T08:00", today_only=True) == [dossier]

    def test_what_is_finished_waiting_or_put_off_is_not_there(self, city):
        put, asked, stopped, stays = (of_ten_days(city) for _ in range(4))
        put_off(city, put, "2026-10-14T08:00")
        actions.ask_supplement(
            city.act("processor", at("2026-10-07T09:00")), dossier=asked, items=ITEMS, reason=REASON
        )
        actions.stop(city.act("processor", at("2026-10-07T09:00")), dossier=stopped, reason=REASON)
        assert self.listed(city, "processor", "2026-10-16T08:00") == [stays]
        assert list(policy.differences()) == []

    def test_unit_one_stop_signer_and_heads_see_it_others_do_not(self, city):
        dossier = of_ten_days(city)
        for who in ("processor", "receptionist", "head", "leader"):
            assert self.listed(city, who, "2026-10-16T08:00") == [dossier], who
        for who in ("other_processor", "other_receptionist", "citizen", "admin", "helper"):
            assert self.listed(city, who, "2026-10-16T08:00") == [], who

    def test_it_comes_a_page_at_a_time_in_two_statements(self, city):
        dossiers = [of_ten_days(city) for _ in range(5)]
        actor, when = city.actor("processor", at("2026-10-15T08:00")), at("2026-10-15T08:00")
        found, after = [], None
        while True:
            with statements() as told:
                page = queries.apologies(actor.holders, when, limit=2, after=after)
            assert len(told.work) == 1
            if not page:
                break
            found += [row.public_id for row in page]
            after = (page[-1].apology_by.isoformat(), page[-1].pk)
        assert found == dossiers

    def test_a_corrected_calendar_moves_the_last_day(self, city):
        from motcua.agencies import queries as agencies
        from motcua.foundation import worker
        from tests.dossiers.test_clock_rows import correct_calendar

        dossier = of_ten_days(city)
        correct_calendar("2026-10-16")
        agencies.forget()
        worker.drain()
        assert (get(dossier).due_on, get(dossier).apology_by) == (date(2026, 10, 20), date(2026, 10, 19))
        assert list(policy.differences()) == []


@pytest.mark.django_db
class TestWhatCanStillBeSaved:
    POOL = "office:{}:process"

    def pool(self, city) -> str:
        return self.POOL.format(city.office(COMMITTEE).id)

    def test_the_least_time_to_spare_comes_first_and_the_late_sink(self, city):
        late = of_ten_days(city, "2026-09-14T09:00")
        just_late = of_ten_days(city, "2026-09-21T09:00")
        tight = of_ten_days(city, "2026-09-28T09:00")
        fresh = of_ten_days(city, "2026-10-06T09:00")
        open_ended = make.publish_like("open-ended", time_limit={"value": None, "unit": "working_days"})
        endless = make.walk_in(city, open_ended, answers=make.complete(BUSINESS), transfer_now=True)[
            "dossier"
        ]
        found = queries.rescues(self.pool(city), at("2026-10-09T10:00"))
        assert [each.dossier.public_id for each in found] == [tight, fresh, just_late, late, endless]
        hopes = [each.chance.hope for each in found]
        assert hopes[0] is Hope.BEHIND and hopes[2:] == [Hope.LATE, Hope.LATE, Hope.OPEN_ENDED]

    def test_not_plainly_by_due_date(self, city):
        """Due later, but with all its work before it, it comes before one that is due sooner and nearly done."""
        nearly = of_ten_days(city, "2026-10-05T09:00")
        make.to_last_step(city, nearly, at("2026-10-06T09:00"))
        begun = of_ten_days(city, "2026-10-06T09:00")
        assert get(nearly).due_at < get(begun).due_at and get(nearly).save_by > get(begun).save_by
        found = queries.rescues(self.pool(city), at("2026-10-08T10:00"))
        assert [each.dossier.public_id for each in found] == [begun, nearly]
        assert found[0].chance.spare < found[1].chance.spare

    def test_pages_follow_each_other_over_all_parts_one_statement_each(self, city):
        days = ("2026-09-14", "2026-09-15", "2026-10-01", "2026-10-02", "2026-10-05")
        made = {of_ten_days(city, f"{day}T09:00") for day in days}
        found, after, when = [], None, at("2026-10-09T10:00")
        while page := queries.rescues(self.pool(city), when, limit=2, after=after):
            found += [each.dossier.public_id for each in page]
            after = page[-1].place
        assert len(found) == len(set(found)) and set(found) == made
        with statements() as told:
            queries.rescues(self.pool(city), when, limit=50)
        assert len(told.work) <= 3  # three parts, and the agencies below for who leads

    def test_her_own_desk_and_those_who_lead(self, city):
        mine, other = of_ten_days(city), of_ten_days(city)
        actions.take(city.act("processor", at("2026-10-05T10:00")), dossier=mine)
        when = at("2026-10-06T10:00")
        own = queries.rescues(f"account:{city.accounts['processor'].pk}", when)
        assert [each.dossier.public_id for each in own] == [mine]
        assert [each.dossier.public_id for each in queries.rescues(self.pool(city), when)] == [other]
        led = queries.rescues(f"office:{city.office(COMMITTEE).id}:lead", when)
        assert {each.dossier.public_id for each in led} == {mine, other}
        assert queries.rescues(f"office:{city.office(OTHER_COMMITTEE).id}:process", when) == []
        assert queries.rescues(f"office:{city.office(CENTRE).id}:reception", when) == []

    def test_the_stored_moment_follows_every_step(self, city):
        dossier = of_ten_days(city, transfer=False)
        moments = [get(dossier).save_by]
        actions.transfer(city.act("receptionist", at("2026-10-05T10:00")), dossier=dossier)
        moments.append(get(dossier).save_by)
        while queries.has_more_steps(get(dossier)):
            actions.advance(city.act("processor", at("2026-10-06T10:00")), dossier=dossier)
            moments.append(get(dossier).save_by)
        actions.draft_result(city.act("processor", at("2026-10-06T11:00")), dossier=dossier)
        moments.append(get(dossier).save_by)
        assert moments == sorted(moments) and moments[-1] <= get(dossier).due_at
        assert list(policy.differences()) == []
        Dossier.objects.filter(public_id=dossier).update(save_by=AT, apology_by=None)
        assert len(list(policy.differences())) == 2, "what is stored for speed is proved"


# The rule alone ---------------------------------------------------------------------------------------------------

MOMENTS = st.integers(0, 60 * 24 * 60).map(
    lambda minutes: at("2026-09-01T00:00") + timedelta(minutes=minutes)
)


@given(MOMENTS, st.integers(1, 30), st.lists(st.floats(0.05, 1), min_size=1, max_size=5), MOMENTS, st.data())
def test_the_order_of_the_time_to_spare_is_the_order_of_the_moment_to_begin(
    received, days, shares, now, data
):
    """At any moment, for any two steps of any dossiers: who has less to spare has to begin earlier."""

    def one():
        start = Event(Kind.START, received)
        due_at = clock.derive(Limit(days, Unit.WORKING_DAYS), [start], VN, clock.ClockRules()).due_at
        place = data.draw(st.integers(0, len(shares) - 1))
        begin, end = step_window(shares, place, [start], due_at, VN)
        assert begin <= end <= due_at
        return due_at, begin

    one_, other = one(), one()
    spare = [chance(due, begin, now, VN) for due, begin in (one_, other)]
    if Hope.LATE in (spare[0].hope, spare[1].hope):
        return
    if one_[1] < other[1]:
        assert spare[0].spare <= spare[1].spare


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_hope_is_what_the_times_say(due, begin, now):
    due, begin = max(due, begin), min(due, begin)
    found = chance(due, begin, now, VN)
    assert (found.hope is Hope.LATE) == (now > due)
    if found.hope is Hope.BEHIND:
        assert found.left < found.need
    elif found.hope is not Hope.LATE:
        assert found.left >= found.need
    assert chance(None, None, now, VN).hope is Hope.OPEN_ENDED
    assert chance(due, None, due, VN).need == timedelta(0)
    assert S.DRAFT not in queries.HAPPENED
