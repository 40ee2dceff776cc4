"""What a dossier costs, and how to say it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.money import FeeRule, FeeTotal, dong, dong_in_words, fee_channel, fee_lines, total

pytestmark = pytest.mark.kernel
DAY = date(2026, 3, 2)
HANOI_ONLINE = FeeRule(
    "Nghị quyết 77/2025/NQ-HĐND",
    channel="online",
    set_by="council",
    from_on=date(2026, 1, 1),
    except_keys=("appraisal",),
)


def row(**more):
    return {
        "key": "duty",
        "money": "duty",
        "amount_vnd": 15000,
        "set_by": "council",
        "source": "NQ 1",
        **more,
    }


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (0, "0 đồng", "0 VND"),
        (15000, "15.000 đồng", "15,000 VND"),
        (1234567, "1.234.567 đồng", "1,234,567 VND"),
    ],
)
def test_dong(amount, vi, en):
    assert (dong(amount), dong(amount, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "Không đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (1005, "Một nghìn không trăm linh năm đồng"),
        (15000, "Mười lăm nghìn đồng"),
        (1250500, "Một triệu hai trăm năm mươi nghìn năm trăm đồng"),
        (24000005, "Hai mươi tư triệu không trăm linh năm đồng"),
        (3000000000, "Ba tỷ đồng"),
    ],
)
def test_amounts_in_words(amount, said):
    assert dong_in_words(amount) == said


@given(st.integers(0, 10**18 - 1))
def test_every_amount_has_words(amount):
    assert dong_in_words(amount).endswith(" đồng")


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_amounts_without_words(amount):
    with pytest.raises(ValueError, match="amount"):
        dong_in_words(amount)


def test_the_worked_example_of_hanoi_in_march_2026():
    rows = [row(when="always"), row(key="appraisal", money="fee", amount_vnd=500000, when="always")]
    online = fee_lines(rows, {}, DAY, "portal", rules=[HANOI_ONLINE])
    assert [(line.payable, line.reduction) for line in online] == [(0, 15000), (500000, 0)]
    assert online[0].legal_reason == "Nghị quyết 77/2025/NQ-HĐND"
    assert total(online) == FeeTotal(500000, complete=True)
    counter = fee_lines(rows, {}, DAY, "counter", rules=[HANOI_ONLINE])
    assert total(counter) == FeeTotal(515000, complete=True)
    before = fee_lines(rows, {}, date(2025, 12, 31), "portal", rules=[HANOI_ONLINE])
    assert total(before).payable == 515000


def test_an_amount_set_elsewhere_is_never_zero():
    (line,) = fee_lines([row(amount_vnd=None)], {}, DAY)
    assert (line.known, line.payable, line.normal) == (False, None, None)
    assert total([line]) == FeeTotal(0, complete=False)


def test_an_unknown_amount_that_the_council_waives_costs_nothing():
    (line,) = fee_lines([row(amount_vnd=None)], {}, DAY, "web", rules=[HANOI_ONLINE])
    assert (line.known, line.payable) == (True, 0)


def test_a_free_line_is_still_a_line():
    (line,) = fee_lines([row(amount_vnd=0)], {}, DAY)
    assert (line.known, line.payable, line.reduction) == (True, 0, 0)


def test_the_lower_online_amount_counts_online_only():
    rows = [row(online_amount=7000)]
    assert fee_lines(rows, {}, DAY, "online")[0].payable == 7000
    assert fee_lines(rows, {}, DAY, "counter")[0].payable == 15000
    assert fee_lines([row(online_amount=None)], {}, DAY, "online")[0].payable == 15000


def test_of_several_reductions_the_highest_counts():
    half = FeeRule("half", percent=50, entitlement="digital_citizen")
    third = FeeRule("third", percent=33)
    (line,) = fee_lines([row()], {}, DAY, "online", ["digital_citizen"], [third, half])
    assert (line.payable, line.legal_reason) == (7500, "half")
    (line,) = fee_lines([row()], {}, DAY, "online", [], [third, half])
    assert (line.payable, line.legal_reason) == (10050, "third")


def test_a_rule_ends_on_its_last_day():
    rule = FeeRule("until", to_on=DAY, money="duty")
    assert fee_lines([row()], {}, DAY, rules=[rule])[0].payable == 0
    assert fee_lines([row()], {}, date(2026, 3, 3), rules=[rule])[0].payable == 15000
    assert fee_lines([row(money="fee")], {}, DAY, rules=[rule])[0].payable == 15000


def test_conditions_see_answers_channel_and_entitlements():
    rows = [
        row(key="late", when="days_since(child_birth_on) > 60"),
        row(key="desk", when="channel is in_person"),
        row(key="poor", when="entitlements is poor_household"),
    ]
    lines = fee_lines(rows, {"child_birth_on": "2025-12-01"}, DAY, "counter", ["poor_household"])
    assert [line.key for line in lines] == ["late", "desk", "poor"]
    assert fee_lines(rows, {"child_birth_on": "2026-02-01"}, DAY, "portal") == []


def test_copies_are_counted():
    rows = [row(per="copy", count="copies", amount_vnd=8000)]
    (line,) = fee_lines(rows, {"copies": 3}, DAY)
    assert (line.quantity, line.payable, line.unit_amount) == (3, 24000, 8000)


def test_without_a_count_the_sum_is_not_guessed():
    (line,) = fee_lines([row(per="copy", count="copies", amount_vnd=8000)], {}, DAY)
    assert (line.known, line.payable, line.unit_amount, line.quantity) == (False, None, 8000, 1)
    (line,) = fee_lines([row(per="page", amount_vnd=2000)], {}, DAY)
    assert not line.known


def test_pages_of_certified_copies_cost_by_steps_with_a_ceiling():
    rows = [
        row(
            per="page",
            count="documents",
            amount_vnd=2000,
            tiers=[{"from_unit": 3, "amount_vnd": 1000}],
            max_vnd=200000,
        )
    ]
    documents = [{"pages": 5, "copies": 2}, {"pages": 1}, {"pages": 1000, "copies": 1}]
    (line,) = fee_lines(rows, {"documents": documents}, DAY)
    assert line.payable == 2 * (2 * 2000 + 3 * 1000) + 2000 + 200000
    assert not fee_lines(rows, {"documents": [{"copies": 1}]}, DAY)[0].known


def test_rows_are_counted_one_by_one_otherwise():
    (line,) = fee_lines([row(per="person", count="members")], {"members": [{}, {}]}, DAY)
    assert (line.quantity, line.payable) == (2, 30000)


def test_cases_told_in_words_are_decided_by_the_person_or_not_at_all():
    rows = [
        row(key="one", condition="Cá nhân"),
        row(key="many", condition="Tổ chức", amount_vnd=10000),
        row(key="all", amount_vnd=1),
    ]
    undecided = fee_lines(rows, {}, DAY)
    assert [(line.key, line.known, line.decided) for line in undecided] == [
        ("one", False, False), ("many", False, False), ("all", True, True),
    ]  # fmt: skip
    decided = fee_lines(rows, {"fee_cases": ["many"]}, DAY)
    assert [(line.key, line.payable) for line in decided] == [("many", 10000), ("all", 1)]
    (alone,) = fee_lines([rows[0]], {}, DAY)
    assert (alone.payable, alone.name) == (15000, "Cá nhân")


@pytest.mark.parametrize(
    ("channel", "read"),
    [("web", "online"), ("portal", "online"), ("counter", "in_person"), ("post", "post"), ("?", "in_person")],
)
def test_channels(channel, read):
    assert fee_channel(channel) == read


@given(
    st.lists(
        st.fixed_dictionaries(
            {"amount_vnd": st.one_of(st.none(), st.integers(0, 10**7))},
            optional={
                "online_amount": st.one_of(st.none(), st.integers(0, 10**7)),
                "per": st.sampled_from(["dossier", "copy", "page"]),
                "count": st.just("n"),
                "condition": st.text(max_size=5),
            },
        ),
        max_size=4,
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "n": st.one_of(st.none(), st.integers(-3, 9), st.text(max_size=2), st.lists(st.integers()))
        },
    ),
    st.sampled_from(["web", "counter"]),
)
def test_a_line_never_costs_less_than_nothing_or_more_than_normal(rows, answers, channel):
    for line in fee_lines(rows, answers, DAY, channel, rules=[FeeRule("x", percent=30)]):
        assert line.known == (line.payable is not None)
        assert line.payable is None or line.payable >= 0
        assert (
            line.normal is None or line.payable is None or line.reduction == line.normal - line.payable >= 0
        )


def test_a_purpose_left_out_of_a_waiver_is_paid_in_full():
    council = FeeRule("NQ 77/2025", channel="online", set_by="council", except_purposes=("appraisal",))
    appraisal = row(key="any-name", purpose="appraisal", amount_vnd=500000)
    lines = fee_lines([row(), appraisal], {}, DAY, channel="online", rules=[council])
    assert [line.payable for line in lines] == [0, 500000]


def test_a_fee_nobody_knows_who_set_is_met_by_no_rule_about_who_set_it():
    rules = [FeeRule("any", set_by="council"), FeeRule("any", set_by="ministry")]
    (line,) = fee_lines([row(set_by=None)], {}, DAY, rules=rules)
    assert (line.payable, line.set_by) == (15000, "")
    silent = {name: value for name, value in row().items() if name != "set_by"}
    assert fee_lines([silent], {}, DAY, rules=rules)[0].payable == 0  # a silent row is the ministry's
