"""At the door: received, asked once, refused, passed on; a walk-in by one act."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import actions, errors, queries
from motcua.dossiers.models import StepRun
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.time import TZ
from motcua.people import actions as people
from motcua.people import queries as people_queries
from tests.support.city import CENTRE, COMMITTEE

from . import factories as make
from .factories import AT, BUSINESS, ITEMS, REASON, S, get

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def proven(city, login: str, number: str, name: str) -> int:
    """The account is proved to be this person; answers the party's id."""
    found = people.find_or_create(
        city.act("receptionist", AT), facts={"full_name": name, "personal_number": number}, source="card"
    )
    people.link_account(
        city.act("receptionist", AT), account=city.accounts[login].public_id, party=found["party"]
    )
    return found["party_id"]


def facts(dossier: str, verb: str) -> dict:
    return JournalLine.objects.filter(chain=f"dossier:{dossier}", verb=f"dossier.{verb}").latest("seq").facts


class TestReception:
    def test_gives_code_clock_receipt_and_person_in_one_act(self, city):
        row = get(make.received(city, procedure=BUSINESS))
        assert row.business_state == S.RECEIVED
        assert row.code == f"{city.office(CENTRE).dossier_code}-261005-0001"
        assert (row.clock_state, row.due_on.isoformat()) == ("running", "2026-10-08")
        assert row.first_due_on == row.due_on
        assert [letter.kind for letter in queries.letters_of(row)] == ["receipt"]
        assert row.applicant.full_name == queries.answers_of(row)["full_name"]
        assert row.version_id is not None

    def test_before_its_submission_is_refused(self, city):
        dossier = make.submitted(city, at=AT)
        with pytest.raises(errors.TimeGoesBack):
            actions.receive(city.act("receptionist", AT - timedelta(minutes=5)), dossier=dossier)
        assert get(dossier).business_state == S.SUBMITTED

    def test_is_judged_by_the_version_in_force_on_that_day(self, city):
        dossier = make.submitted(city, procedure=BUSINESS)
        later = AT + timedelta(days=1)
        make.publish_like(BUSINESS, at=later, time_limit={"value": 5, "unit": "working_days"})
        row = get(dossier)
        actions.receive(city.act("receptionist", later + timedelta(hours=1)), dossier=dossier)
        after = get(dossier)
        assert after.version_id != row.declared_version_id == after.declared_version_id
        assert after.due_on.isoformat() == "2026-10-13"
        assert facts(dossier, "receive")["hash"] == queries.view_of(after).hash

    def test_a_proven_account_files_as_that_person(self, city):
        answers = make.complete(BUSINESS)
        party = proven(city, "citizen", answers["personal_number"], answers["full_name"])
        row = get(make.received(city, procedure=BUSINESS))
        assert row.applicant_id == party

    def test_a_proven_account_that_files_for_another_names_whose_dossier_it_is(self, city):
        mine = proven(city, "citizen", "022190000019", "Nguyễn Thị Lan")
        dossier = make.received(city, procedure=BUSINESS)  # the declaration names somebody else by number
        row = get(dossier)
        assert row.applicant_id != mine
        assert row.applicant.full_name == make.complete(BUSINESS)["full_name"]
        assert queries.visible_to(city.actor("citizen", AT)).filter(public_id=dossier).exists()

    def test_the_person_named_sees_it_from_then_on(self, city):
        answers = make.complete(BUSINESS)
        proven(city, "other_citizen", answers["personal_number"], answers["full_name"])
        dossier = make.submitted(city, procedure=BUSINESS)
        assert not queries.visible_to(city.actor("other_citizen", AT)).exists()
        actions.receive(city.act("receptionist", AT), dossier=dossier)
        assert queries.visible_to(city.actor("other_citizen", AT)).get().public_id == dossier

    def test_says_where_the_declaration_differs_from_what_is_known(self, city):
        answers = make.complete(BUSINESS)
        known = {"full_name": "Trần Hoàn Toàn Khác", "personal_number": answers["personal_number"]}
        people.find_or_create(city.act("receptionist", AT), facts=known, source="card")
        dossier = make.submitted(city, procedure=BUSINESS)
        done = actions.receive(city.act("receptionist", AT), dossier=dossier)
        assert done["differences"] == ["full_name"]
        assert get(dossier).applicant.full_name == "Trần Hoàn Toàn Khác"

    def test_on_a_closed_day_counts_from_the_next_opening(self, city):
        row = get(make.received(city, procedure=BUSINESS, at=at("2026-10-03T10:00")))  # a Saturday
        assert row.code.endswith("-261003-0001")
        assert row.due_on.isoformat() == "2026-10-08"

    def test_of_a_same_day_procedure_is_due_today_until_15_00_and_logged_like_any_other(self, city):
        early = get(make.received(city, at=at("2026-10-05T15:00")))
        late = get(make.received(city, at=at("2026-10-05T15:01")))
        assert (early.due_on.isoformat(), late.due_on.isoformat()) == ("2026-10-05", "2026-10-06")
        assert early.code and [letter.kind for letter in queries.letters_of(early)] == ["receipt"]

    def test_of_a_procedure_without_a_fixed_limit_promises_no_day(self, city):
        slug = make.publish_like("no-limit", time_limit={"value": None, "unit": "working_days"})
        answers = make.complete(BUSINESS)
        row = get(make.walk_in(city, slug, answers=answers)["dossier"])
        assert (row.due_on, row.clock_state) == (None, "running")


class TestAskingAtTheDoor:
    def test_is_done_once_and_completely(self, city):
        dossier = make.in_state(city, S.DOOR_SUPPLEMENT)
        later = AT + timedelta(hours=2)
        actions.answer(city.act("citizen", later), dossier=dossier)
        with pytest.raises(errors.AlreadyAsked):
            actions.ask_at_door(city.act("receptionist", later), dossier=dossier, items=ITEMS, reason=REASON)
        law = "Khoản 2 Điều 16 Luật Hộ tịch"
        actions.ask_at_door(
            city.act("receptionist", later), dossier=dossier, items=ITEMS, reason=REASON, law=law
        )
        assert queries.letters_of(get(dossier))[-1].content["law"] == law

    def test_leaves_the_units_own_check_its_one_request(self, city):
        dossier = make.in_state(city, S.DOOR_SUPPLEMENT)
        actions.answer(city.act("citizen", AT), dossier=dossier)
        actions.receive(city.act("receptionist", AT), dossier=dossier)
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        actions.ask_supplement(city.act("processor", AT), dossier=dossier, items=ITEMS, reason=REASON)
        assert get(dossier).business_state == S.SUPPLEMENT

    @pytest.mark.parametrize(
        ("items", "reason", "refusal"),
        [
            ([], REASON, errors.NothingAsked),
            ([{"text": "   "}], REASON, errors.NothingAsked),
            (["not an item"], REASON, errors.NothingAsked),
            (ITEMS, "", errors.ReasonNeeded),
            (ITEMS, "ngắn quá", errors.ReasonNeeded),
        ],
    )
    def test_says_what_and_why(self, city, items, reason, refusal):
        dossier = make.submitted(city)
        with pytest.raises(refusal):
            actions.ask_at_door(city.act("receptionist", AT), dossier=dossier, items=items, reason=reason)
        row = get(dossier)
        assert (row.business_state, queries.letters_of(row)) == (S.SUBMITTED, [])

    def test_starts_no_clock_and_its_answer_goes_back_to_the_desk(self, city):
        dossier = make.in_state(city, S.DOOR_SUPPLEMENT)
        assert (get(dossier).clock_state, get(dossier).code) == ("none", None)
        actions.answer(city.act("citizen", AT), dossier=dossier, note="Đã bổ sung")
        assert get(dossier).business_state == S.SUBMITTED
        assert queries.open_request(get(dossier)) is None
        assert queries.clock_events(get(dossier)) == []


def test_a_refusal_says_why_and_ends_it_without_code_or_clock(city):
    dossier = make.in_state(city, S.REFUSED)
    row = get(dossier)
    (letter,) = queries.letters_of(row)
    assert (letter.kind, letter.content["reason"]) == ("refusal", REASON)
    assert (row.closed_at, row.code, row.applicant_id) == (AT, None, None)
    assert people_queries.by_number(queries.answers_of(row)["personal_number"]) is None


class TestPassingOn:
    def test_lets_the_unit_see_it_not_before(self, city):
        dossier = make.received(city, procedure=BUSINESS)
        assert not queries.visible_to(city.actor("processor", AT)).exists()
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        assert queries.visible_to(city.actor("processor", AT)).get().transferred_at == AT
        (step,) = StepRun.objects.filter(dossier=get(dossier))
        assert step.done_at is None

    @pytest.mark.parametrize(
        ("received", "due"),
        [
            ("2026-10-05T10:00", "2026-10-05T17:00"),
            ("2026-10-05T15:00", "2026-10-05T17:00"),
            ("2026-10-05T15:01", "2026-10-06T11:30"),
            ("2026-10-09T16:00", "2026-10-12T11:30"),  # Friday → Monday morning
            ("2026-11-23T16:00", "2026-11-25T11:30"),  # 24/11 is a holiday
        ],
    )
    def test_has_its_own_time_after_15_00_the_next_working_morning(self, city, received, due):
        row = get(make.received(city, procedure=BUSINESS, at=at(received)))
        assert queries.transfer_due_at(row) == at(due)

    def test_late_is_seen_in_the_list_and_in_the_journal(self, city):
        dossier = make.received(city, procedure=BUSINESS)
        holder = f"office:{city.office(CENTRE).id}:reception"
        in_time, too_late = at("2026-10-05T16:59"), at("2026-10-05T17:01")
        assert queries.late_transfers(holder, in_time) == []
        assert [row.public_id for row in queries.late_transfers(holder, too_late)] == [dossier]
        actions.transfer(city.act("receptionist", too_late), dossier=dossier)
        assert facts(dossier, "transfer")["late"] is True
        assert queries.late_transfers(holder, too_late) == []
        assert queries.transfer_due_at(get(dossier)) is None

    def test_does_not_move_the_due_date(self, city):
        dossier = make.received(city, procedure=BUSINESS)
        before = get(dossier).due_at
        actions.transfer(city.act("receptionist", AT + timedelta(hours=1)), dossier=dossier)
        assert get(dossier).due_at == before


class TestAWalkIn:
    def test_is_taken_in_by_one_act(self, city):
        done = make.walk_in(
            city, make.BIRTH, papers=[{"key": "birth-notice", "form": "original"}], transfer_now=True
        )
        row = get(done["dossier"])
        assert (row.business_state, row.channel, row.filer_id) == (S.IN_PROCESS, "counter", None)
        assert row.transferred_at == row.received_at == AT
        assert [(p.key, p.form, p.file_id) for p in queries.papers_of(row)] == [
            ("birth-notice", "original", None)
        ]
        assert verify().good

    def test_can_be_left_for_a_colleague_to_receive(self, city):
        done = make.walk_in(city, receive_now=False)
        row = get(done["dossier"])
        assert (row.business_state, row.code, row.applicant_id) == (S.SUBMITTED, None, None)

    def test_is_taken_in_at_ones_own_desk_only(self, city):
        for stranger in ("other_receptionist", "citizen", "processor", "helper"):
            with pytest.raises(errors.NotYours):
                make.walk_in(city, by=stranger)

    def test_incomplete_leaves_nothing_behind(self, city):
        with pytest.raises(errors.DeclarationIncomplete):
            make.walk_in(city, answers={"full_name": "Lan"})
        assert not queries.visible_to(city.actor("receptionist", AT)).exists()
        assert not JournalLine.objects.filter(chain__startswith="dossier:").exists()

    def test_goes_where_the_counter_is_open(self, city):
        with pytest.raises(errors.NotFileable):
            make.walk_in(city, make.PERMIT)  # online only

    @pytest.mark.parametrize(
        "paper", [{"key": "nonsense"}, {"key": "other", "form": "nonsense"}, {"key": "other", "quantity": 0}]
    )
    def test_papers_are_what_they_can_be(self, city, paper):
        with pytest.raises(errors.FileRefused):
            make.walk_in(city, papers=[paper])


def test_originals_seen_at_the_counter_are_noted_before_reception(city):
    dossier = make.submitted(city)
    papers = [
        {"key": "birth-notice", "form": "present_only"},
        {"key": "other", "form": "copy", "quantity": 2},
    ]
    actions.check_papers(city.act("receptionist", AT), dossier=dossier, papers=papers)
    assert [(p.key, p.form, p.quantity) for p in queries.papers_of(get(dossier))] == [
        ("birth-notice", "present_only", 1),
        ("other", "copy", 2),
    ]
    with pytest.raises(errors.NotYours):
        actions.check_papers(city.act("citizen", AT), dossier=dossier, papers=papers)


def test_the_three_agencies_of_a_dossier_are_three(city):
    made = actions.start_helping(
        city.act("helper", AT), procedure=BUSINESS, person_name="Nguyễn Thị Lan", agency="qn-ha-lam-centre"
    )
    row = get(made["dossier"])
    assert row.supported_by_id == city.office(CENTRE).id
    assert row.received_by_id == city.office("qn-ha-lam-centre").id
    assert city.office(COMMITTEE).id not in (row.supported_by_id, row.received_by_id)
