"""How it ends: money, returned, rated, withdrawn, stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions, errors, queries, rules
from motcua.dossiers.models import StepRun
from motcua.dossiers.rules import Delivery, Finance
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine

from . import factories as make
from .factories import AT, BIRTH, BUSINESS, S, get

pytestmark = pytest.mark.django_db
BEFORE_THE_SIGNATURE = (
    S.SUBMITTED, S.DOOR_SUPPLEMENT, S.RECEIVED, S.IN_PROCESS, S.SUPPLEMENT, S.AWAITING_PAYMENT, S.RESULT_DRAFTED,
)  # fmt: skip
ORDER = "Có văn bản của cơ quan điều tra yêu cầu dừng."


class TestReturning:
    @pytest.mark.parametrize(
        ("way", "delivery"),
        [("counter", Delivery.HANDED_OVER), ("post", Delivery.POSTED), ("portal", Delivery.ELECTRONIC)],
    )
    def test_has_three_ways(self, city, way, delivery):
        dossier = make.ready(city, procedure=make.ALLOWANCE)
        actions.hand_over(city.act("clerk", AT), dossier=dossier, way=way, tracking="VN123")
        row = get(dossier)
        assert (row.business_state, row.delivery_state, row.closed_at) == (S.RETURNED, delivery, AT)

    def test_has_no_other_way(self, city):
        dossier = make.ready(city, procedure=make.ALLOWANCE)
        with pytest.raises(errors.WayWrong):
            actions.hand_over(city.act("clerk", AT), dossier=dossier, way="pigeon")
        assert get(dossier).business_state == S.RESULT_READY

    def test_takes_what_is_due_first_but_waits_for_no_unknown_amount(self, city):
        due = make.ready(city, procedure=BIRTH)
        assert get(due).finance_state == Finance.DUE
        with pytest.raises(errors.FeeUnpaid):
            actions.hand_over(city.act("receptionist", AT), dossier=due)
        unknown = make.ready(city, procedure=BUSINESS)
        assert get(unknown).finance_state == Finance.UNKNOWN
        actions.hand_over(city.act("receptionist", AT), dossier=unknown)
        assert get(unknown).finance_state == Finance.UNKNOWN

    def test_is_for_the_desk_and_the_clerk(self, city):
        dossier = make.ready(city, procedure=make.ALLOWANCE)
        for who in ("processor", "signer", "citizen"):
            with pytest.raises(errors.NotYours):
                actions.hand_over(city.act(who, AT), dossier=dossier)


class TestCash:
    def test_settles_every_known_line_with_one_receipt(self, city):
        dossier = make.received(city, procedure=BIRTH)
        done = actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-0012")
        assert (done["paid"], done["finance"]) == (24000, "paid")
        lines = queries.fees_of(get(dossier))
        assert {(line.receipt_number, line.paid_at) for line in lines if line.payable} == {("BL-0012", AT)}
        with pytest.raises(errors.NothingToPay):
            actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-0013")

    def test_sets_the_amount_of_a_line_that_nobody_knew(self, city):
        dossier = make.received(city, procedure=BUSINESS)
        (line,) = queries.fees_of(get(dossier))
        assert (line.payable, line.normal) == (None, None)
        with pytest.raises(errors.NothingToPay):
            actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-1")
        done = actions.record_cash(
            city.act("clerk", AT), dossier=dossier, receipt_number="BL-1", amounts={line.key: 100_000}
        )
        assert (done["paid"], done["finance"]) == (100_000, "paid")
        (line,) = queries.fees_of(get(dossier))
        assert (line.payable, line.normal, line.paid_to) == (
            100_000,
            100_000,
            f"account:{city.accounts['clerk'].pk}",
        )

    @pytest.mark.parametrize("amount", [-1, 2_000_000_001, 1.5, "100000", None, True])
    def test_is_whole_dong(self, city, amount):
        dossier = make.received(city, procedure=BUSINESS)
        key = queries.fees_of(get(dossier))[0].key
        with pytest.raises(errors.AmountWrong) as refused:
            actions.record_cash(
                city.act("clerk", AT), dossier=dossier, receipt_number="BL-1", amounts={key: amount}
            )
        assert refused.value.problems[0]["field"] == f"amount-{key}"
        assert get(dossier).finance_state == Finance.UNKNOWN

    def test_never_changes_an_amount_the_law_sets(self, city):
        dossier = make.received(city, procedure=BIRTH)
        line = next(line for line in queries.fees_of(get(dossier)) if line.payable)
        for amounts in ({line.key: 1}, {"no-such-line": 1}):
            with pytest.raises(errors.AmountWrong):
                actions.record_cash(
                    city.act("clerk", AT), dossier=dossier, receipt_number="BL-1", amounts=amounts
                )

    def test_comes_with_reception_and_a_receipt(self, city):
        early = make.submitted(city, procedure=BIRTH)
        with pytest.raises(errors.MoneyTooEarly):
            actions.record_cash(city.act("clerk", AT), dossier=early, receipt_number="BL-1")
        dossier = make.received(city, procedure=BIRTH)
        with pytest.raises(errors.ReceiptNeeded):
            actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number=" ")

    def test_nothing_is_taken_where_nothing_is_due(self, city):
        dossier = make.received(city, procedure=make.ALLOWANCE)
        assert get(dossier).finance_state == Finance.EXEMPT
        with pytest.raises(errors.NothingToPay):
            actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-1")
        assert get(dossier).finance_state == Finance.EXEMPT

    def test_is_given_back_and_never_becomes_unpaid(self, city):
        dossier = make.received(city, procedure=BIRTH)
        why = "Thu nhầm mức của hồ sơ quá hạn"
        with pytest.raises(errors.NothingPaid):
            actions.record_refund(city.act("clerk", AT), dossier=dossier, receipt_number="PC-1", reason=why)
        actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-1")
        actions.withdraw(city.act("citizen", AT), dossier=dossier)
        done = actions.record_refund(
            city.act("clerk", AT), dossier=dossier, receipt_number="PC-1", reason=why
        )
        assert (done["refunded"], done["finance"]) == (24000, "refunded")
        lines = [line for line in queries.fees_of(get(dossier)) if line.payable]
        assert all(line.paid_at and line.refunded_at and line.refund_number == "PC-1" for line in lines)
        with pytest.raises(errors.NothingPaid):
            actions.record_refund(city.act("clerk", AT), dossier=dossier, receipt_number="PC-2", reason=why)
        assert verify().good


class TestRating:
    def test_is_the_applicants_and_the_last_one_counts(self, city):
        dossier = make.returned(city, procedure=make.ALLOWANCE)
        actions.rate(city.act("citizen", AT), dossier=dossier, stars=2, comment="Chờ lâu")
        actions.rate(city.act("citizen", AT), dossier=dossier, stars=5, comment="Đã được giải thích")
        row = get(dossier)
        assert (row.rating.stars, row.rating.comment) == (5, "Đã được giải thích")
        with pytest.raises(errors.NotYours):
            actions.rate(city.act("receptionist", AT), dossier=dossier, stars=5)

    @pytest.mark.parametrize("stars", [0, 6, -1, "5", True, 4.5])
    def test_is_a_number_from_1_to_5(self, city, stars):
        dossier = make.returned(city, procedure=make.ALLOWANCE)
        with pytest.raises(errors.RatingWrong):
            actions.rate(city.act("citizen", AT), dossier=dossier, stars=stars)

    def test_keeps_its_words_out_of_the_clear_journal(self, city):
        dossier = make.returned(city, procedure=make.ALLOWANCE)
        actions.rate(city.act("citizen", AT), dossier=dossier, stars=1, comment="Cán bộ tên Lê gây khó dễ")
        line = JournalLine.objects.filter(chain=f"dossier:{dossier}").order_by("seq").last()
        assert line.facts["stars"] == 1
        assert "Lê" not in str(line.facts)


@pytest.mark.parametrize("state", BEFORE_THE_SIGNATURE)
def test_she_may_take_it_back_until_the_signature(city, state):
    dossier = make.in_state(city, state)
    actions.withdraw(city.act("citizen", AT), dossier=dossier, reason="Tôi nộp lại ở nơi khác")
    row = get(dossier)
    assert (row.business_state, row.closed_at, row.outcome) == (S.WITHDRAWN, AT, "")
    notice = queries.letters_of(row)[-1]
    assert (notice.kind, notice.content["kind"], notice.content["stage"]) == (
        "stop-notice",
        "withdrawn",
        str(state),
    )
    assert not StepRun.objects.filter(dossier=row, done_at=None).exists()
    assert row.clock_state == ("stopped" if row.received_at else "none")


@pytest.mark.parametrize("state", [S.DRAFT, S.RESULT_READY, S.RETURNED, S.REFUSED, S.STOPPED, S.WITHDRAWN])
def test_but_not_afterwards(city, state):
    dossier = make.in_state(city, state)
    with pytest.raises(errors.MoveNotAllowed):
        actions.withdraw(city.act("citizen", AT), dossier=dossier)
    assert get(dossier).business_state == state


def test_the_desk_may_withdraw_for_her_who_wrote_a_letter(city):
    dossier = make.in_process(city, procedure=BUSINESS)
    actions.withdraw(city.act("receptionist", AT), dossier=dossier, reason="Đơn xin rút ngày 05/10/2026")
    assert get(dossier).business_state == S.WITHDRAWN
    other = make.in_process(city, procedure=BUSINESS)
    with pytest.raises(errors.NotYours):
        actions.withdraw(city.act("processor", AT), dossier=other)


def test_what_was_withdrawn_before_reception_stays_at_the_desk(city):
    dossier = make.submitted(city, procedure=BUSINESS)
    actions.withdraw(city.act("citizen", AT), dossier=dossier)
    assert not queries.visible_to(city.actor("processor", AT)).exists()
    assert queries.visible_to(city.actor("receptionist", AT)).exists()


class TestStopping:
    @pytest.mark.parametrize("state", [S.IN_PROCESS, S.SUPPLEMENT, S.AWAITING_PAYMENT, S.RESULT_DRAFTED])
    def test_is_the_units_with_a_reason(self, city, state):
        dossier = make.in_state(city, state)
        with pytest.raises(errors.ReasonNeeded):
            actions.stop(city.act("processor", AT), dossier=dossier, reason="")
        actions.stop(city.act("processor", AT), dossier=dossier, reason=ORDER)
        row = get(dossier)
        assert (row.business_state, row.clock_state) == (S.STOPPED, "stopped")
        assert queries.letters_of(row)[-1].content["reason"] == ORDER

    def test_is_nobody_elses(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        for who in ("receptionist", "citizen", "leader"):
            with pytest.raises(errors.NotYours):
                actions.stop(city.act(who, AT), dossier=dossier, reason=ORDER)

    def test_a_paused_clock_leaves_no_due_date(self, city):
        dossier = make.asked(city, procedure=BUSINESS)
        actions.stop(city.act("processor", AT + timedelta(days=30)), dossier=dossier, reason=ORDER)
        assert get(dossier).due_at is None


# Every state, every verb -------------------------------------------------------------------------------------------

WHO = {
    "citizen": {"submit", "answer", "withdraw", "rate"},
    "receptionist": {"receive", "ask_at_door", "refuse", "transfer", "hand_over"},
    "processor": {
        "take", "advance", "ask_supplement", "ask_payment", "confirm_payment", "extend", "forward", "draft_result",
        "take_over_result", "stop",
    },
    "signer": {"send_back", "approve"},
}  # fmt: skip
MORE = {
    "ask_at_door": {"items": make.ITEMS, "reason": make.REASON},
    "refuse": {"reason": make.REASON},
    "ask_supplement": {"items": make.ITEMS, "reason": make.REASON},
    "ask_payment": {"reason": make.REASON},
    "confirm_payment": {"receipt_number": "1"},
    "extend": {"until": "2026-10-30", "reason": make.REASON},
    "forward": {"agency": "qn-ha-lam", "reason": make.REASON},
    "take_over_result": {"number": "1"},
    "stop": {"reason": make.REASON},
    "send_back": {"remark": make.REASON},
    "rate": {"stars": 5},
}


@pytest.mark.parametrize("state", S)
def test_a_verb_that_is_not_in_the_table_changes_nothing(city, state):
    dossier = make.in_state(city, state)
    before, seq = get(dossier), JournalLine.objects.filter(chain=f"dossier:{dossier}").count()
    tried = 0
    for who, verbs in WHO.items():
        for verb in sorted(verbs):
            if rules.next_state(state, verb) is not None:
                continue
            with pytest.raises((errors.MoveNotAllowed, errors.DossierNotFound)):
                getattr(actions, verb)(city.act(who, AT), dossier=dossier, **MORE.get(verb, {}))
            tried += 1
    assert tried >= 8
    after = get(dossier)
    for name in ("business_state", "revision", "due_at", "closed_at", "outcome"):
        assert getattr(after, name) == getattr(before, name), name
    assert JournalLine.objects.filter(chain=f"dossier:{dossier}").count() == seq
