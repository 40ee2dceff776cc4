"""Fees: by version, case, channel, entitlement and date, each line with its legal reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import actions, queries
from motcua.dossiers.rules import Finance
from motcua.foundation.packs import documents_of, store

from . import factories as make
from .factories import AT, BIRTH, BUSINESS, get

MARCH = date(2026, 3, 2)
DUTY = {
    "key": "duty",
    "money": "duty",
    "amount_vnd": 15_000,
    "set_by": "council",
    "per": "dossier",
    "source": "NQ 1",
}
APPRAISAL = {
    "key": "appraisal", "money": "fee", "purpose": "appraisal", "amount_vnd": 500_000, "set_by": "council",
    "per": "dossier", "source": "NQ 2",
}  # fmt: skip
MINISTRY = {
    "key": "f",
    "money": "fee",
    "amount_vnd": 40_000,
    "set_by": "ministry",
    "per": "dossier",
    "source": "TT",
}


@pytest.fixture(scope="module")
def hanoi() -> dict:
    """The waivers as a procedure of Hanoi carries them: from the packs of the house, resolved and assembled."""
    found = store.assemble(documents_of(["national", "hanoi"]))
    return next(d["body"] for d in found if d["kind"] == "procedures" and d["key"] == BUSINESS)["fee_rules"]


@pytest.fixture(scope="module")
def ha_long() -> dict:
    found = store.assemble(documents_of(["national", "quang-ninh-ha-long"]))
    return next(d["body"] for d in found if d["kind"] == "procedures" and d["key"] == BUSINESS)["fee_rules"]


def view(fees: list[dict], waivers: dict, **body) -> ProcedureView:
    return ProcedureView(
        {"slug": "example", "name_vi": "Ví dụ", "fees": fees, "fee_rules": waivers, "steps": [], **body}
    )


def payable(fees, waivers, *, channel, day=MARCH, **more) -> list[int | None]:
    return [line.payable for line in queries.fees_shown(view(fees, waivers), {}, day, channel, **more).lines]


class TestTheWorkedExample:
    """Normal duty 15,000 set by the council, appraisal fee 500,000; Hanoi, March 2026."""

    def test_online_the_council_duty_is_zero_and_the_appraisal_fee_stands(self, hanoi):
        shown = queries.fees_shown(view([DUTY, APPRAISAL], hanoi), {}, MARCH, "online")
        assert [line.payable for line in shown.lines] == [0, 500_000]
        assert (shown.payable, shown.complete) == (500_000, True)
        duty = shown.lines[0]
        assert (duty.normal, duty.reduction) == (15_000, 15_000)
        assert duty.legal_reason.startswith("Nghị quyết 77/2025/NQ-HĐND")

    def test_at_the_counter_both_are_paid(self, hanoi):
        shown = queries.fees_shown(view([DUTY, APPRAISAL], hanoi), {}, MARCH, "counter")
        assert [line.payable for line in shown.lines] == [15_000, 500_000]
        assert [line.legal_reason for line in shown.lines] == ["NQ 1", "NQ 2"]

    @pytest.mark.parametrize("channel", ["online", "assisted", "api"])
    def test_every_way_of_filing_online_is_online(self, hanoi, channel):
        assert payable([DUTY], hanoi, channel=channel) == [0]

    @pytest.mark.parametrize(
        ("day", "amount", "reason"),
        [
            (date(2023, 7, 3), 15_000, "NQ 1"),
            (date(2023, 7, 4), 0, "Nghị quyết 07/2023/NQ-HĐND"),
            (date(2025, 12, 31), 0, "Nghị quyết 07/2023/NQ-HĐND"),
            (date(2026, 1, 1), 0, "Nghị quyết 77/2025/NQ-HĐND"),
        ],
    )
    def test_each_day_has_its_own_resolution(self, hanoi, day, amount, reason):
        (line,) = queries.fees_shown(view([DUTY], hanoi), {}, day, "online").lines
        assert line.payable == amount
        assert line.legal_reason.startswith(reason)

    def test_what_the_ministry_sets_is_paid_by_the_city_since_2026(self, hanoi):
        assert payable([MINISTRY], hanoi, channel="online", day=date(2025, 12, 31)) == [40_000]
        assert payable([MINISTRY], hanoi, channel="online") == [0]
        assert payable([MINISTRY], hanoi, channel="counter") == [40_000]

    def test_the_council_of_another_province_has_decided_nothing_of_the_kind(self, ha_long):
        assert payable([DUTY, MINISTRY], ha_long, channel="online") == [15_000, 40_000]


class TestWhatIsNotKnown:
    def test_is_never_zero(self, ha_long):
        shown = queries.fees_shown(
            view([{**DUTY, "amount_vnd": None}, MINISTRY], ha_long), {}, MARCH, "online"
        )
        assert [line.payable for line in shown.lines] == [None, 40_000]
        assert (shown.payable, shown.complete) == (40_000, False)

    def test_is_zero_where_the_council_waives_it_whatever_it_is(self, hanoi):
        assert payable([{**DUTY, "amount_vnd": None}], hanoi, channel="online") == [0]
        assert payable([{**DUTY, "amount_vnd": None}], hanoi, channel="counter") == [None]

    def test_nobody_knows_who_set_it_so_no_council_waives_it(self, hanoi):
        assert payable([{**DUTY, "set_by": None}], hanoi, channel="online") == [15_000]

    def test_a_reduction_of_unknown_size_is_said_and_not_counted(self, ha_long):
        """Resolution 66.22/2026: its annexes were not read."""
        autumn = date(2026, 10, 5)
        shown = queries.fees_shown(
            view([DUTY], ha_long), {}, autumn, "online", entitlements=["digital-citizen"]
        )
        assert [line.payable for line in shown.lines] == [15_000]
        assert [hint[:21] for hint in shown.hints] == ["Nghị quyết 66.22/2026"]
        assert queries.fees_shown(view([DUTY], ha_long), {}, date(2027, 3, 1), "online").hints == ()
        assert queries.fees_shown(view([], ha_long), {}, autumn, "online").hints == ()


def test_of_several_incentives_the_highest_counts(hanoi):
    half = {
        "percent": 50, "entitlement": "digital-citizen",
        "values": {"2026-08-15": {"value": True, "to": "2027-02-28", "source": "NQ 66.22"}},
    }  # fmt: skip
    both = {**hanoi, "half": half}
    autumn = date(2026, 10, 5)
    lines = queries.fees_shown(
        view([DUTY, APPRAISAL], both), {}, autumn, "online", entitlements=["digital-citizen"]
    ).lines
    assert [(line.payable, line.legal_reason[:8]) for line in lines] == [
        (0, "Nghị quy"),
        (250_000, "NQ 66.22"),
    ]
    nobody = queries.fees_shown(view([DUTY, APPRAISAL], both), {}, autumn, "online").lines
    assert [line.payable for line in nobody] == [0, 500_000]


def test_the_page_of_a_procedure_tells_each_fee_by_channel_with_the_reason(hanoi, ha_long):
    rows = [
        {**DUTY, "when": "copies_count > 0", "per": "copy", "count": "copies_count"},
        APPRAISAL,
        {**MINISTRY, "online_amount": 20_000, "online_source": "TT 63/2023"},
        {**DUTY, "key": "unknown", "amount_vnd": None},
    ]
    there = queries.fee_offers(view(rows, ha_long), MARCH)
    assert [(offer.counter, offer.online, offer.reason) for offer in there] == [
        (15_000, 15_000, ""), (500_000, 500_000, ""), (40_000, 20_000, "TT 63/2023"), (None, None, ""),
    ]  # fmt: skip
    here = queries.fee_offers(view(rows, hanoi), MARCH)
    assert [(offer.counter, offer.online) for offer in here] == [
        (15_000, 0), (500_000, 500_000), (40_000, 0), (None, 0),
    ]  # fmt: skip
    assert here[0].reason.startswith("Nghị quyết 77/2025")


def test_a_case_nobody_has_decided_is_shown_and_not_owed():
    rows = [
        {**DUTY, "key": "a", "condition": "Tổ chức"},
        {**DUTY, "key": "b", "condition": "Cá nhân"},
    ]
    shown = queries.fees_shown(view(rows, {}), {}, MARCH, "counter")
    assert [line.key for line in shown.lines] == ["a", "b"]
    assert shown.owed == () and not shown.complete


fee_rows = st.fixed_dictionaries(
    {
        "key": st.just("x"),
        "money": st.sampled_from(["fee", "duty"]),
        "amount_vnd": st.none() | st.integers(0, 10**7),
        "set_by": st.sampled_from(["council", "ministry", None]),
        "source": st.just("NQ"),
    },
    optional={"purpose": st.just("appraisal")},
)


@given(
    fee_rows, st.sampled_from(["online", "counter", "assisted", "post"]), st.dates(MARCH, date(2027, 12, 31))
)
def test_no_waiver_ever_adds_to_a_fee_or_names_no_reason(row, channel, day):
    rules = {"c": {"percent": 100, "channel": "online", "set_by": "council", "except_purposes": ["appraisal"],
                   "values": {"2026-01-01": {"value": True, "source": "NQ 77"}}}}  # fmt: skip
    (line,) = queries.fees_shown(view([row], rules), {}, day, channel).lines
    assert line.legal_reason
    if line.normal is not None:
        assert 0 <= line.payable <= line.normal
    elif line.payable is not None:
        assert (line.payable, line.legal_reason) == (0, "NQ 77")
    if row.get("purpose") == "appraisal":
        assert line.payable == row["amount_vnd"]


@pytest.mark.slow
def test_keys_of_fees_are_unique_in_every_procedure_of_the_packs():
    """A dossier holds one line for a key."""
    for layers in (["national"], ["national", "hanoi"]):
        for document in store.assemble(documents_of(layers)):
            if document["kind"] == "procedures":
                keys = [fee.key for fee in ProcedureView(document["body"]).fees]
                assert len(set(keys)) == len(keys), document["key"]


@pytest.mark.django_db
class TestOnADossier:
    def lines(self, dossier: str) -> dict[str, tuple]:
        return {line.key: (line.quantity, line.payable) for line in queries.fees_of(get(dossier))}

    def test_lines_are_kept_with_what_they_are(self, city):
        dossier = make.submitted(city, procedure=BIRTH)
        lines = queries.fees_of(get(dossier))
        assert {line.money for line in lines} <= {"fee", "duty"}
        assert all(line.name and line.legal_reason for line in lines if line.payable)
        assert get(dossier).finance_state == Finance.DUE

    def test_copies_are_counted(self, city):
        dossier = make.draft(city, copies_count=5)
        actions.submit(city.act("citizen", AT), dossier=dossier)
        assert self.lines(dossier)["extract-copy"] == (5, 40_000)

    def test_they_follow_answers_that_change_before_reception(self, city):
        dossier = make.submitted(city, procedure=BIRTH)
        before = self.lines(dossier)["extract-copy"]
        actions.ask_at_door(
            city.act("receptionist", AT), dossier=dossier, items=make.ITEMS, reason=make.REASON
        )
        answers = {**queries.answers_of(get(dossier)), "copies_count": 1}
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=answers)
        assert self.lines(dossier)["extract-copy"] == before
        actions.answer(city.act("citizen", AT), dossier=dossier)
        assert self.lines(dossier)["extract-copy"] == (1, 8_000)
        assert get(dossier).finance_state == Finance.DUE

    def test_after_reception_they_stand(self, city):
        dossier = make.asked(city, procedure=BIRTH)
        before = self.lines(dossier)
        answers = {**queries.answers_of(get(dossier)), "copies_count": 9}
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=answers)
        actions.answer(city.act("citizen", AT), dossier=dossier)
        assert self.lines(dossier) == before

    def test_reception_judges_by_the_day_of_reception(self, city):
        """Submitted under the old version, received under the new one: the fee of that day binds."""
        dossier = make.submitted(city, procedure=BUSINESS)
        assert get(dossier).finance_state == Finance.UNKNOWN
        later = AT + timedelta(days=1)
        body = dict(catalogue.view_for(BUSINESS, AT).body)
        fees = [{**DUTY, "key": "registration", "amount_vnd": 100_000}]
        declaration = {**body["declaration"], "fees": fees}
        make.publish_like(BUSINESS, at=later, fees=fees, declaration=declaration)
        actions.receive(city.act("receptionist", later), dossier=dossier)
        assert self.lines(dossier) == {"registration": (1, 100_000)}
        assert get(dossier).finance_state == Finance.DUE

    def test_a_waiver_of_the_council_reaches_the_dossier_with_its_reason(self, city):
        rule = {
            "percent": 100, "channel": "online", "set_by": "council",
            "values": {"2026-01-01": {"value": True, "source": "Nghị quyết 12/2026/NQ-HĐND"}},
        }  # fmt: skip
        make.publish_like(BUSINESS, at=AT - timedelta(days=1), fee_rules={"zero": rule})
        online = make.submitted(city, procedure=BUSINESS)
        (line,) = queries.fees_of(get(online))
        assert (line.payable, line.legal_reason) == (0, "Nghị quyết 12/2026/NQ-HĐND")
        assert get(online).finance_state == Finance.EXEMPT
        counter = make.walk_in(city, BUSINESS)["dossier"]
        (line,) = queries.fees_of(get(counter))
        assert line.payable is None
        assert get(counter).finance_state == Finance.UNKNOWN

    def test_a_procedure_without_fees_has_none(self, city):
        body = dict(catalogue.view_for(BUSINESS, AT).body)
        slug = make.publish_like("free-of-fees", fees=[], declaration={**body["declaration"], "fees": []})
        made = make.walk_in(city, slug, answers=make.complete(BUSINESS))
        assert (queries.fees_of(get(made["dossier"])), get(made["dossier"]).finance_state) == (
            [],
            Finance.NONE,
        )

    @pytest.mark.parametrize("verb", ["refuse", "withdraw"])
    def test_what_ends_before_reception_owes_nothing(self, city, verb):
        from motcua.dossiers.errors import MoneyTooEarly

        dossier = make.submitted(city, procedure=BIRTH)
        assert get(dossier).finance_state == Finance.DUE
        who = "receptionist" if verb == "refuse" else "citizen"
        getattr(actions, verb)(city.act(who, AT), dossier=dossier, reason=make.REASON)
        assert (get(dossier).finance_state, queries.fees_of(get(dossier))) == (Finance.NONE, [])
        with pytest.raises(MoneyTooEarly):
            actions.record_cash(city.act("receptionist", AT), dossier=dossier, receipt_number="BL-1")
