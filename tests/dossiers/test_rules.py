"""The life of a dossier on one screen: moves, national codes, who sees it and for whom it waits. No database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers import rules
from motcua.dossiers.rules import Finance, Money, Standing, State
from motcua.dossiers.words import STATES, VERBS

pytestmark = pytest.mark.kernel
AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)

# from | verb | to: the moves of the lifecycle (docs/reference/life-of-a-dossier.md). What is not here does not exist.
LIFE = """
draft            submit            submitted
submitted        receive           received
submitted        ask_at_door       door_supplement
submitted        refuse            refused
submitted        withdraw          withdrawn
door_supplement  answer            submitted
door_supplement  refuse            refused
door_supplement  withdraw          withdrawn
received         transfer          in_process
received         withdraw          withdrawn
in_process       take              in_process
in_process       advance           in_process
in_process       ask_supplement    supplement
in_process       ask_payment       awaiting_payment
in_process       extend            in_process
in_process       forward           in_process
in_process       draft_result      result_drafted
in_process       take_over_result  result_ready
in_process       withdraw          withdrawn
in_process       stop              stopped
supplement       answer            in_process
supplement       withdraw          withdrawn
supplement       stop              stopped
awaiting_payment confirm_payment   in_process
awaiting_payment withdraw          withdrawn
awaiting_payment stop              stopped
result_drafted   send_back         in_process
result_drafted   sign              result_ready
result_drafted   approve           result_ready
result_drafted   extend            result_drafted
result_drafted   withdraw          withdrawn
result_drafted   stop              stopped
result_ready     seal              result_ready
result_ready     hand_over         returned
returned         rate              returned
"""
# What ends without leaving anything behind.
GONE = {(State.DRAFT, "discard")}
TABLE = {(State(a), verb): State(b) for a, verb, b in (line.split() for line in LIFE.strip().splitlines())}
ALL_VERBS = sorted({verb for _state, verb in TABLE})


@pytest.mark.parametrize("state", State)
def test_every_state_knows_exactly_its_verbs(state):
    led = {verb: rules.next_state(state, verb) for verb in ALL_VERBS}
    assert led == {verb: TABLE.get((state, verb)) for verb in ALL_VERBS}
    assert set(rules.verbs_from(state)) == {verb for start, verb in {*TABLE, *GONE} if start is state}


def test_the_table_has_no_other_verbs_and_each_has_somebody_who_may_do_it():
    assert {verb for _state, verb in rules.MOVES} == set(ALL_VERBS)
    assert rules.LEAVES_NOTHING == GONE
    for verb in [*ALL_VERBS, "discard"]:
        assert verb in rules.MAY or verb in rules.APPLICANT_VERBS, verb
        assert rules.is_move(verb)
    assert not any(rules.is_move(verb) for verb in ("edit", "assign", "record_cash", "record_refund"))


def test_states_and_verbs_have_names_for_people():
    assert set(STATES) == set(State)
    assert set(VERBS) >= set(ALL_VERBS) | {"discard", "assign", "record_cash", "record_refund"}


# Allowed moves between national codes, as the national state codes allow them; draft has none.
NATIONAL_MOVES = {
    "receive": {(1, 2)},
    "ask_at_door": {(1, 5)},
    "refuse": {(1, 3), (5, 3)},
    "transfer": {(2, 4)},
    "ask_supplement": {(4, 5)},
    "answer": {(5, 1), (5, 4)},
    "ask_payment": {(4, 6)},
    "confirm_payment": {(6, 4)},
    "withdraw": {(1, 7), (2, 7), (4, 7), (5, 7), (6, 7)},
    "stop": {(4, 8), (5, 8), (6, 8)},
    "extend": {(4, 4)},
    "sign": {(4, 9)},
    "seal": {(9, 9)},
    "approve": {(4, 9)},
    "take_over_result": {(4, 9)},
    "hand_over": {(9, 10)},
}


@pytest.mark.parametrize("verb", NATIONAL_MOVES)
def test_seen_by_the_national_portal_a_verb_moves_between_its_codes(verb):
    code = rules.NATIONAL_CODE
    moved = {(code[start], code[end]) for (start, name), end in rules.MOVES.items() if name == verb}
    assert moved == NATIONAL_MOVES[verb]


def test_every_national_code_is_used_and_a_draft_is_nobodys_business():
    codes = set(rules.NATIONAL_CODE.values())
    assert codes == {None, *range(1, 11)}
    assert [state for state, code in rules.NATIONAL_CODE.items() if code is None] == [State.DRAFT]


def test_what_has_ended_goes_nowhere_but_to_a_rating():
    for state in rules.CLOSED:
        assert set(rules.verbs_from(state)) <= {"rate"}


def test_no_way_leads_back_before_reception():
    after = set(State) - rules.BEFORE_RECEPTION - rules.CLOSED
    assert not [
        move for move, end in rules.MOVES.items() if move[0] in after and end in rules.BEFORE_RECEPTION
    ]


# Who sees it ----------------------------------------------------------------------------------------------------

# "todo": it waits for them. "see": they see it. "-": they know nothing of it. `desk` is the receiving one-stop, `unit`
# the competent agency, `above` an agency above it, `desk lead` the leader of the one-stop. `helper` is named in all
# standings here, `queries.helper_of` names one for a draft only.
RIGHTS = """
                  party  filer  helper  desk  clerk  unit  assigned  signer  lead  above  desk_lead
draft             todo   todo   todo    -     -      -     -         -       -     -      -
submitted         see    see    -       todo  -      -     -         -       -     -      see
door_supplement   todo   todo   -       see   -      -     -         -       -     -      see
refused           see    see    -       see   -      -     -         -       see   see    see
received          see    see    -       todo  -      -     -         -       see   see    see
in_process        see    see    -       see   -      see   todo      -       see   see    see
supplement        todo   todo   -       see   -      see   see       -       see   see    see
awaiting_payment  todo   todo   -       see   -      see   see       -       see   see    see
result_drafted    see    see    -       see   -      see   see       todo    see   see    see
result_ready      see    see    -       todo  todo   see   see       see     see   see    see
returned          see    see    -       see   see    see   -         see     see   see    see
withdrawn         see    see    -       see   -      see   -         -       see   see    see
stopped           see    see    -       see   -      see   -         -       see   see    see
"""
_lines = [line.split() for line in RIGHTS.strip().splitlines()]
WHO = {
    "party": "party:1",
    "filer": "account:2",
    "helper": "account:3",
    "desk": "office:10:reception",
    "clerk": "office:10:clerk",
    "unit": "office:20:process",
    "assigned": "account:4",
    "signer": "office:20:sign",
    "lead": "office:20:lead",
    "above": "office:21:lead",
    "desk_lead": "office:10:lead",
}


def standing(state: State, **more) -> Standing:
    """Filed by account 2 for party 1, received at 10, decided at 20 (under 21), on the desk of account 4."""
    facts = {
        "filer": 2, "helper": 3, "applicant": 1, "received_by": 10, "competent": 20, "above": (21,), "assigned": 4,
        "due_at": AT, "submitted_at": AT, "transferred": state not in rules.BEFORE_RECEPTION | {State.RECEIVED},
    }  # fmt: skip
    return Standing(state=state, **{**facts, **more})


@pytest.mark.parametrize("state", State)
def test_who_sees_it_and_for_whom_it_waits(state):
    row = dict(zip(_lines[0], {line[0]: line[1:] for line in _lines[1:]}[state], strict=True))
    found = {}
    rights = {right.holder: right for right in rules.rights(standing(State(state)))}
    for who, holder in WHO.items():
        right = rights.pop(holder, None)
        found[who] = "-" if right is None else "todo" if right.todo else "see"
    assert found == row
    assert rights == {}, "somebody holds a right whom the table does not know"


def test_in_the_pool_it_waits_for_the_whole_unit():
    (pool,) = [r for r in rules.rights(standing(State.IN_PROCESS, assigned=None)) if r.holder == WHO["unit"]]
    assert pool.todo


def test_a_unit_never_sees_what_was_withdrawn_before_it_came():
    rights = rules.rights(standing(State.WITHDRAWN, transferred=False, assigned=None))
    assert WHO["unit"] not in {right.holder for right in rights}
    assert WHO["desk"] in {right.holder for right in rights}


def test_one_office_that_receives_and_decides_holds_each_right_once():
    rights = rules.rights(standing(State.IN_PROCESS, received_by=20))
    assert sorted(r.holder for r in rights if r.role == "lead") == ["office:20:lead", "office:21:lead"]


moments = st.integers(0, 700 * 24 * 3600).map(lambda seconds: AT + timedelta(seconds=seconds, microseconds=7))
ids = st.none() | st.integers(1, 6)
standings = st.builds(
    Standing,
    state=st.sampled_from(State),
    filer=ids,
    helper=ids,
    applicant=ids,
    received_by=ids,
    competent=ids,
    above=st.lists(st.integers(11, 13), max_size=3, unique=True).map(tuple),
    assigned=ids,
    due_at=st.none() | moments,
    submitted_at=st.none() | moments,
    transferred=st.booleans(),
)


@given(standings)
def test_rights_can_be_stored_one_row_each(one):
    rights = rules.rights(one)
    assert len({(r.holder, r.role) for r in rights}) == len(rights)
    assert len({r.sort_key for r in rights}) <= 1
    assert all(len(r.holder) <= 60 and len(r.role) <= 20 and len(r.reason) <= 30 for r in rights)


@given(standings)
def test_nothing_waits_for_anybody_once_it_has_ended(one):
    todo = [right for right in rules.rights(one) if right.todo]
    assert not (one.state in rules.CLOSED and todo)


@given(standings)
def test_it_waits_for_citizens_or_for_officers_never_for_both(one):
    waiting = {r.role == "applicant" or r.role == "helper" for r in rules.rights(one) if r.todo}
    assert len(waiting) <= 1


@given(standings)
def test_helpers_see_drafts_only_and_officers_none(one):
    roles = {right.role for right in rules.rights(one)}
    if one.state is State.DRAFT:
        assert roles <= {"applicant", "helper"}
    else:
        assert "helper" not in roles


@given(moments, moments)
def test_worklists_run_by_due_date(first, second):
    keys = [rules.sort_key(standing(State.IN_PROCESS, due_at=due)) for due in (first, second)]
    assert (keys[0] < keys[1]) == (first < second)


def test_what_waits_at_the_door_comes_before_what_is_due():
    door = rules.sort_key(standing(State.SUBMITTED, due_at=None))
    due = rules.sort_key(standing(State.IN_PROCESS))
    assert door < due < rules.sort_key(standing(State.DRAFT, due_at=None, submitted_at=None))


@pytest.mark.parametrize("state", sorted(set(State) - rules.BEFORE_RECEPTION))
def test_what_has_no_due_date_comes_after_all_that_has_one(state):
    """Received without a fixed limit, or while the clock stands: behind what is overdue and what is due in years."""
    without = rules.sort_key(standing(state, due_at=None))
    for days in (-400, 0, 4000):
        assert rules.sort_key(standing(State.IN_PROCESS, due_at=AT + timedelta(days=days))) < without
    assert rules.sort_key(standing(State.SUBMITTED, due_at=None)) < without
    assert without < rules.sort_key(standing(state, due_at=None, submitted_at=AT + timedelta(days=4000)))


# Money, worth, papers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "axis"),
    [
        ([], Finance.NONE),
        ([Money(0)], Finance.EXEMPT),
        ([Money(15000)], Finance.DUE),
        ([Money(None)], Finance.UNKNOWN),
        ([Money(0), Money(None)], Finance.UNKNOWN),
        ([Money(15000), Money(None)], Finance.UNKNOWN),
        ([Money(15000, paid=True)], Finance.PAID),
        ([Money(15000, paid=True), Money(0)], Finance.PAID),
        ([Money(15000, paid=True), Money(8000)], Finance.DUE),
        ([Money(15000, paid=True), Money(None)], Finance.UNKNOWN),
        ([Money(15000, paid=True, refunded=True)], Finance.REFUNDED),
        ([Money(15000, paid=True, refunded=True), Money(0)], Finance.REFUNDED),
    ],
)
def test_the_finance_axis_follows_the_lines(lines, axis):
    assert rules.finance_of(lines) == axis


@given(st.lists(st.builds(Money, st.none() | st.integers(0, 10**6), st.booleans())))
def test_an_unknown_amount_is_never_settled_silently(lines):
    if any(line.payable is None and not line.paid for line in lines):
        assert rules.finance_of(lines) is Finance.UNKNOWN


@pytest.mark.parametrize(
    ("resolved", "due", "worth"),
    [
        (AT, None, "open_ended"),
        (AT, AT, "on_time"),
        (AT + timedelta(seconds=1), AT, "late"),
        (AT - timedelta(hours=1), AT, "on_time"),
        (AT - timedelta(days=1), AT, "early"),
        # 00:30 in Viet Nam is still yesterday in UTC
        (datetime(2026, 10, 4, 17, 30, tzinfo=UTC), AT, "on_time"),
        (datetime(2026, 10, 4, 16, 30, tzinfo=UTC), AT, "early"),
    ],
)
def test_early_on_time_late(resolved, due, worth):
    assert rules.worth_of(AT - timedelta(days=3), resolved, due) == worth


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        ("online", "online"),
        ("api", "online"),
        ("assisted", "online"),
        ("counter", "in_person"),
        ("post", "post"),
    ],
)
def test_a_channel_is_one_of_the_ways_of_the_law(channel, way):
    assert rules.filing_channel(channel) == way
