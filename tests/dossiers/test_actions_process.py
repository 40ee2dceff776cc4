"""In the unit: taken, worked through, asked once, waited for, put off once, forwarded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies import actions as agency_actions
from motcua.dossiers import actions, errors, queries
from motcua.dossiers.models import StepRun
from motcua.foundation.models import JournalLine
from motcua.foundation.time import TZ
from tests.support.city import CENTRE, COMMITTEE, OTHER_COMMITTEE

from . import factories as make
from .factories import AT, BUSINESS, ITEMS, REASON, S, get

pytestmark = pytest.mark.django_db
PAY = "Nộp thuế trước bạ theo thông báo của cơ quan thuế"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def ask(city, dossier, when=AT, **more):
    return actions.ask_supplement(
        city.act("processor", when), dossier=dossier, items=ITEMS, reason=REASON, **more
    )


class TestTheDesk:
    def test_work_in_the_pool_waits_for_all_taken_for_one(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        pool = f"office:{city.office(COMMITTEE).id}:process"
        mine = f"account:{city.accounts['processor'].pk}"
        assert [len(queries.worklist(holder)) for holder in (pool, mine)] == [1, 0]
        actions.take(city.act("processor", AT), dossier=dossier)
        assert [len(queries.worklist(holder)) for holder in (pool, mine)] == [0, 1]

    def test_the_head_gives_it_to_somebody_who_processes_there(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        account = city.accounts["processor"].pk
        actions.assign(city.act("head", AT), dossier=dossier, account=account)
        assert get(dossier).assigned_to_id == account
        for stranger in ("other_processor", "receptionist", "citizen"):
            with pytest.raises(errors.NotYours):
                actions.assign(city.act("head", AT), dossier=dossier, account=city.accounts[stranger].pk)
        with pytest.raises(errors.NotYours):
            actions.assign(city.act("processor", AT), dossier=dossier, account=account)

    def test_only_work_that_is_in_process_is_given(self, city):
        dossier = make.in_state(city, S.RESULT_DRAFTED)
        with pytest.raises(errors.MoveNotAllowed):
            actions.assign(city.act("head", AT), dossier=dossier, account=city.accounts["processor"].pk)

    def test_a_colleague_may_take_it_over(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.take(city.act("processor", AT), dossier=dossier)
        actions.take(city.act("head", AT), dossier=dossier)
        assert get(dossier).assigned_to_id == city.accounts["head"].pk


class TestSteps:
    def test_follow_each_other_with_their_own_moments(self, city):
        dossier = make.in_process(city, procedure=make.PERMIT)
        for step in ("co-quan-phoi-hop", "cong-chuc-xay-dung-2"):
            actions.advance(city.act("processor", AT), dossier=dossier, note="Xong", step=step)
        runs = list(StepRun.objects.filter(dossier=get(dossier)).order_by("pk"))
        assert [run.stage for run in runs] == ["processing", "external", "processing"]
        assert [run.done_at is None for run in runs] == [False, False, True]
        assert runs[0].note == "Xong"
        assert runs[0].done_by_id == city.accounts["processor"].pk
        moments = [run.due_at for run in runs]
        assert moments == sorted(moments) and moments[-1] < get(dossier).due_at

    def test_those_for_some_dossiers_are_passed_by_unless_chosen(self, city):
        dossier = make.in_process(city, procedure=make.PERMIT)
        assert [step.stage for step in queries.optional_steps(get(dossier))] == ["external", "processing"]
        assert not queries.has_more_steps(get(dossier))
        with pytest.raises(errors.StepIsLast):
            actions.advance(city.act("processor", AT), dossier=dossier)
        with pytest.raises(errors.NoSuchStep):
            actions.advance(city.act("processor", AT), dossier=dossier, step="khong-co")
        actions.draft_result(city.act("processor", AT), dossier=dossier)
        runs = list(StepRun.objects.filter(dossier=get(dossier)).order_by("pk"))
        assert [run.stage for run in runs] == ["processing", "signing"]
        assert runs[0].due_at < runs[1].due_at <= get(dossier).due_at

    def test_end_before_the_signature(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        make.to_last_step(city, dossier, AT)
        before = get(dossier).step
        with pytest.raises(errors.StepIsLast):
            actions.advance(city.act("processor", AT), dossier=dossier)
        assert get(dossier).step == before


class TestAskingLater:
    def test_stops_the_clock_and_waits_for_the_applicant(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        done = ask(city, dossier)
        row = get(dossier)
        assert (row.business_state, row.clock_state, row.due_at) == (S.SUPPLEMENT, "paused", None)
        assert queries.open_request(row).public_id == done["letter"]
        assert StepRun.objects.get(dossier=row).due_at is None
        assert queries.time_left(row, AT).state == "paused"

    def test_who_declared_in_time_is_not_late_for_having_been_asked(self, city):
        """The birth was told within 60 days; answered after them, the reasons for lateness are still not asked."""
        dossier = make.asked(city)
        much_later = AT + timedelta(days=90)
        kept = actions.save_answers(
            city.act("citizen", much_later), dossier=dossier, answers=queries.answers_of(get(dossier))
        )
        assert kept["problems"] == 0
        actions.answer(city.act("citizen", much_later), dossier=dossier)
        assert get(dossier).business_state == S.IN_PROCESS

    def test_is_done_once(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        actions.answer(city.act("citizen", AT), dossier=dossier)
        with pytest.raises(errors.AlreadyAsked):
            ask(city, dossier)
        ask(city, dossier, law="Khoản 3 Điều 10 Luật Doanh nghiệp")
        assert get(dossier).business_state == S.SUPPLEMENT

    def test_is_done_within_three_working_days(self, city):
        """Received Monday 5/10: until the end of Thursday 8/10."""
        dossier = make.in_process(city, procedure=make.PERMIT)
        assert queries.ask_by(get(dossier)) == at("2026-10-08T17:00")
        with pytest.raises(errors.TooLateToAsk):
            ask(city, dossier, at("2026-10-08T17:01"))
        assert get(dossier).business_state == S.IN_PROCESS
        ask(city, dossier, at("2026-10-08T17:01"), law="Nghị định 217/2026/NĐ-CP")

    def test_says_until_when_an_answer_is_awaited_where_the_law_says_so(self, city):
        dossier = make.asked(city, procedure=make.PERMIT)  # two working days
        letter = queries.open_request(get(dossier))
        assert letter.content["answer_by"] == "2026-10-07"
        other = make.asked(city, procedure=BUSINESS)
        assert "answer_by" not in queries.open_request(get(other)).content


class TestAnswering:
    def test_counts_the_limit_again_from_the_start(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        answered = at("2026-10-12T08:00")
        actions.answer(city.act("citizen", answered), dossier=dossier)
        row = get(dossier)
        assert (row.business_state, row.clock_state) == (S.IN_PROCESS, "running")
        assert row.due_on == date(2026, 10, 15)
        assert row.first_due_on == date(2026, 10, 8)
        assert [event.kind for event in queries.clock_events(row)] == ["start", "pause", "restart"]

    def test_or_shifts_the_date_where_the_procedure_says_so(self, city):
        make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock={"on_supplement": "pause"})
        dossier = make.in_process(city, procedure=BUSINESS)
        ask(city, dossier, at("2026-10-06T09:00"))
        actions.answer(city.act("citizen", at("2026-10-12T08:00")), dossier=dossier)
        row = get(dossier)
        assert row.due_on == date(2026, 10, 14)  # one day was used, two are left
        assert [event.kind for event in queries.clock_events(row)] == ["start", "pause", "resume"]

    def test_the_national_default_changes_with_its_date(self, city):
        values = {
            "on-supplement": {"2018-06-21": {"value": "restart"}, "2026-10-06": {"value": "pause"}},
        }
        make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock_values=values)
        kinds = []
        for day in ("2026-10-05T08:00", "2026-10-06T08:00"):
            dossier = make.asked(city, procedure=BUSINESS, at=at(day))
            actions.answer(city.act("citizen", at(day)), dossier=dossier)
            kinds.append(queries.clock_events(get(dossier))[-1].kind)
        assert kinds == ["restart", "resume"]

    def test_must_leave_the_declaration_whole(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        broken = {**queries.answers_of(get(dossier)), "full_name": ""}
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=broken)
        with pytest.raises(errors.DeclarationIncomplete):
            actions.answer(city.act("citizen", AT), dossier=dossier)
        assert get(dossier).business_state == S.SUPPLEMENT

    def test_may_be_brought_to_the_counter(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        papers = [{"key": "identity-copy", "form": "certified_copy"}]
        actions.answer_at_counter(
            city.act("receptionist", AT), dossier=dossier, papers=papers, note="Bà Lan mang đến"
        )
        row = get(dossier)
        assert row.business_state == S.IN_PROCESS
        (paper,) = queries.papers_of(row)
        assert (paper.key, paper.form, paper.letter.kind) == (
            "identity-copy",
            "certified_copy",
            "supplement-request",
        )

    def test_at_the_counter_is_the_desks_not_hers(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        for stranger in ("citizen", "processor"):
            with pytest.raises(errors.NotYours):
                actions.answer_at_counter(city.act(stranger, AT), dossier=dossier, papers=[])

    def test_with_a_wrong_paper_notes_nothing(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        papers = [{"key": "identity-copy", "form": "copy"}, {"key": "nonsense"}]
        with pytest.raises(errors.FileRefused):
            actions.answer_at_counter(city.act("receptionist", AT), dossier=dossier, papers=papers)
        assert queries.papers_of(get(dossier)) == []
        assert get(dossier).business_state == S.SUPPLEMENT


class TestWaitingForMoney:
    def test_leaves_the_time_out_of_the_limit(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.ask_payment(city.act("processor", at("2026-10-06T09:00")), dossier=dossier, reason=PAY)
        assert (get(dossier).business_state, get(dossier).due_at) == (S.AWAITING_PAYMENT, None)
        paid = at("2026-10-12T08:00")
        actions.confirm_payment(city.act("processor", paid), dossier=dossier, receipt_number="0012/GNT")
        row = get(dossier)
        assert (row.business_state, row.due_on) == (S.IN_PROCESS, date(2026, 10, 14))
        assert [letter.answered_at for letter in queries.letters_of(row)][-1] == paid

    def test_or_counts_it_where_the_law_of_the_procedure_says_so(self, city):
        make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock={"on_payment": "run"})
        dossier = make.in_process(city, procedure=BUSINESS)
        due = get(dossier).due_at
        actions.ask_payment(city.act("processor", AT), dossier=dossier, reason=PAY)
        assert (get(dossier).clock_state, get(dossier).due_at) == ("running", due)
        actions.confirm_payment(
            city.act("processor", AT + timedelta(days=1)), dossier=dossier, receipt_number="1"
        )
        assert get(dossier).due_at == due

    def test_or_begins_anew(self, city):
        make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock={"on_payment": "restart"})
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.ask_payment(city.act("processor", AT), dossier=dossier, reason=PAY)
        actions.confirm_payment(
            city.act("processor", at("2026-10-12T08:00")), dossier=dossier, receipt_number="1"
        )
        assert get(dossier).due_on == date(2026, 10, 15)

    def test_ends_with_the_number_of_a_receipt(self, city):
        dossier = make.in_state(city, S.AWAITING_PAYMENT)
        with pytest.raises(errors.ReceiptNeeded):
            actions.confirm_payment(city.act("processor", AT), dossier=dossier, receipt_number="  ")
        assert get(dossier).business_state == S.AWAITING_PAYMENT


class TestPuttingOff:
    """BUSINESS received Monday 5/10 is promised for Thursday 8/10."""

    def extend(self, city, dossier, when, until="2026-10-14", reason="Cần xác minh thêm tại thực địa"):
        return actions.extend(city.act("processor", when), dossier=dossier, until=until, reason=reason)

    def test_apologises_and_promises_one_new_day(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        self.extend(city, dossier, at("2026-10-07T16:59"))
        row = get(dossier)
        assert (row.due_on, row.first_due_on) == (date(2026, 10, 14), date(2026, 10, 8))
        letter = queries.letters_of(row)[-1]
        assert (letter.kind, letter.content["promised"], letter.content["new"]) == (
            "apology", "2026-10-08", "2026-10-14",
        )  # fmt: skip

    def test_at_the_latest_one_day_before(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.TooLateToExtend):
            self.extend(city, dossier, at("2026-10-08T07:00"))
        assert get(dossier).due_on == date(2026, 10, 8)

    def test_only_once(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        self.extend(city, dossier, AT)
        with pytest.raises(errors.AlreadyExtended):
            self.extend(city, dossier, AT, until="2026-10-20")
        assert [letter.kind for letter in queries.letters_of(get(dossier))] == ["receipt", "apology"]

    def test_as_often_as_the_law_of_its_reception_says(self, city):
        make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock={"extensions_max": 0})
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.AlreadyExtended):
            self.extend(city, dossier, AT)

    def test_on_a_closed_day_promises_the_next_open_one(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        self.extend(city, dossier, AT, until="2026-10-17")  # a Saturday
        row = get(dossier)
        assert row.due_on == date(2026, 10, 19)
        assert queries.letters_of(row)[-1].content["new"] == "2026-10-19"

    @pytest.mark.parametrize("until", ["2026-10-08", "2026-10-01", "2030-01-01", "tomorrow", ""])
    def test_to_a_day_that_makes_sense(self, city, until):
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.NewDateWrong):
            self.extend(city, dossier, AT, until=until)
        assert [letter.kind for letter in queries.letters_of(get(dossier))] == ["receipt"]

    def test_without_a_reason_it_is_no_apology(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.ReasonNeeded):
            self.extend(city, dossier, AT, reason="bận")

    def test_while_it_waits_for_the_signature_too(self, city):
        dossier = make.drafted(city, procedure=BUSINESS)
        self.extend(city, dossier, AT)
        assert (get(dossier).business_state, get(dossier).due_on) == (S.RESULT_DRAFTED, date(2026, 10, 14))

    def test_gives_the_running_step_its_time(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        before = StepRun.objects.get(dossier=get(dossier)).due_at
        self.extend(city, dossier, AT, until="2026-10-30")
        assert StepRun.objects.get(dossier=get(dossier)).due_at > before


class TestForwarding:
    WHY = "Thửa đất thuộc địa bàn phường Hà Lầm"

    def test_gives_it_to_the_agency_that_is_competent_with_code_and_due_date(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.take(city.act("processor", AT), dossier=dossier)
        before = get(dossier)
        actions.forward(city.act("processor", AT), dossier=dossier, agency=OTHER_COMMITTEE, reason=self.WHY)
        row = get(dossier)
        assert row.competent_agency_id == city.office(OTHER_COMMITTEE).id
        assert row.received_by_id == city.office(CENTRE).id
        assert (row.code, row.due_at, row.assigned_to_id) == (before.code, before.due_at, None)
        assert not queries.visible_to(city.actor("processor", AT)).exists()
        assert queries.visible_to(city.actor("other_processor", AT)).get().public_id == dossier
        steps = list(StepRun.objects.filter(dossier=row).order_by("pk"))
        assert [(step.number, step.done_at) for step in steps] == [(0, AT), (0, None)]

    def test_leaves_its_way_in_the_journal(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        actions.forward(city.act("head", AT), dossier=dossier, agency=OTHER_COMMITTEE, reason=self.WHY)
        line = JournalLine.objects.filter(chain=f"dossier:{dossier}").order_by("seq").last()
        assert (line.facts["from"], line.facts["competent"]) == (
            city.office(COMMITTEE).id, city.office(OTHER_COMMITTEE).id,
        )  # fmt: skip

    @pytest.mark.parametrize("agency", ["nowhere", COMMITTEE])
    def test_to_nowhere_or_to_itself_is_refused(self, city, agency):
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.ForwardRefused):
            actions.forward(city.act("processor", AT), dossier=dossier, agency=agency, reason=self.WHY)

    def test_is_the_units_to_do(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        for who in ("receptionist", "citizen", "province_leader"):
            with pytest.raises(errors.NotYours):
                actions.forward(city.act(who, AT), dossier=dossier, agency=OTHER_COMMITTEE, reason=self.WHY)


def test_who_has_left_processes_no_more(city):
    dossier = make.in_process(city, procedure=BUSINESS)
    from motcua.agencies import queries as agencies

    (position,) = agencies.positions_of(city.accounts["processor"].pk)
    agency_actions.end_position(city.act("admin", AT), position=position.public_id)
    later = AT + timedelta(minutes=1)
    with pytest.raises(errors.DossierNotFound):
        actions.take(city.act("processor", later), dossier=dossier)
