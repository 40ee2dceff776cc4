"""Reading: who sees what, worklists page by page, what may be done, tracking, and what lists cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import actions, errors, queries, rules
from motcua.dossiers.checks import due_differences
from motcua.dossiers.models import DossierGrant
from motcua.foundation import policy
from motcua.foundation.actors import ANONYMOUS, system
from motcua.people import actions as people
from tests.support.city import CENTRE, COMMITTEE, PEOPLE

from . import factories as make
from .factories import AT, BUSINESS, S, get

pytestmark = pytest.mark.django_db

# Who of the city sees a dossier of the citizen, received at Bãi Cháy's centre, decided by its committee, in the pool.
SEES = """
                  citizen receptionist clerk processor head signer leader province_leader
draft             yes     -            -     -         -    -      -      -
submitted         yes     yes          yes   -         -    -      -      -
door_supplement   yes     yes          yes   -         -    -      -      -
refused           yes     yes          yes   -         yes  -      yes    yes
received          yes     yes          yes   -         yes  -      yes    yes
in_process        yes     yes          yes   yes       yes  -      yes    yes
supplement        yes     yes          yes   yes       yes  -      yes    yes
awaiting_payment  yes     yes          yes   yes       yes  -      yes    yes
result_drafted    yes     yes          yes   yes       yes  yes    yes    yes
result_ready      yes     yes          yes   yes       yes  yes    yes    yes
returned          yes     yes          yes   yes       yes  yes    yes    yes
withdrawn         yes     yes          yes   yes       yes  -      yes    yes
stopped           yes     yes          yes   yes       yes  -      yes    yes
"""
_lines = [line.split() for line in SEES.strip().splitlines()]


def who_sees(city, dossier: str) -> set[str]:
    return {
        name for name in PEOPLE if queries.visible_to(city.actor(name, AT)).filter(public_id=dossier).exists()
    }


@pytest.mark.parametrize("state", S)
def test_who_sees_it_in_each_state(city, state):
    dossier = make.in_state(city, state)
    row = next(line for line in _lines[1:] if line[0] == state)
    expected = {name for name, sees in zip(_lines[0], row[1:], strict=True) if sees == "yes"}
    assert who_sees(city, dossier) == expected
    for name in PEOPLE:
        actor = city.actor(name, AT)
        if name in expected:
            assert queries.get_visible(actor, dossier).public_id == dossier
        else:
            with pytest.raises(errors.DossierNotFound):
                queries.get_visible(actor, dossier)
            with pytest.raises(errors.DossierNotFound):
                actions.withdraw(city.act(name, AT), dossier=dossier)
    assert not queries.visible_to(ANONYMOUS).exists()
    assert not queries.visible_to(system("worker")).exists()
    assert list(policy.differences()) == []


def test_a_stranger_learns_the_same_of_what_is_there_and_of_what_is_not(city):
    there = make.in_process(city, procedure=BUSINESS)
    told = set()
    for dossier in (there, "0" * 26):
        with pytest.raises(errors.DossierNotFound) as refused:
            actions.take(city.act("other_processor", AT), dossier=dossier)
        told.add((type(refused.value), refused.value.sentence, refused.value.status))
    assert len(told) == 1


class TestWhatMayBeDone:
    @pytest.mark.parametrize(
        ("state", "who", "verbs"),
        [
            (S.DRAFT, "citizen", ["submit", "discard"]),
            (S.SUBMITTED, "citizen", ["withdraw"]),
            (S.SUBMITTED, "receptionist", ["receive", "ask_at_door", "refuse", "withdraw"]),
            (S.RECEIVED, "receptionist", ["transfer", "withdraw"]),
            (S.RECEIVED, "processor", []),
            (S.IN_PROCESS, "receptionist", ["withdraw"]),
            (S.IN_PROCESS, "leader", ["forward"]),
            (S.SUPPLEMENT, "citizen", ["answer", "withdraw"]),
            (S.SUPPLEMENT, "receptionist", ["answer", "withdraw"]),
            (S.SUPPLEMENT, "processor", ["stop"]),
            (S.AWAITING_PAYMENT, "processor", ["confirm_payment", "stop"]),
            (S.RESULT_DRAFTED, "signer", ["send_back", "approve"]),
            (S.RESULT_READY, "clerk", ["hand_over"]),
            (S.RETURNED, "citizen", ["rate"]),
            (S.RETURNED, "clerk", []),
            (S.STOPPED, "processor", []),
        ],
    )
    def test_is_told_by_state_and_position(self, city, state, who, verbs):
        dossier = make.in_state(city, state)
        assert queries.allowed_verbs(city.actor(who, AT), get(dossier)) == verbs

    def test_is_told_without_asking_the_database(self, city):
        dossier, actor = make.in_process(city, procedure=BUSINESS), city.actor("processor", AT)
        row = queries.get_visible(actor, dossier)
        with CaptureQueriesContext(connection) as seen:
            queries.allowed_verbs(actor, row)
            queries.time_left(row, AT)
            queries.transfer_due_at(row)
            queries.has_more_steps(row)
        assert len(seen) == 0

    def test_what_is_allowed_is_what_is_done_and_nothing_else(self, city):
        """Every verb that is not offered is refused to everybody of the city who sees the dossier."""
        dossier = make.in_process(city, procedure=BUSINESS)
        for who in who_sees(city, dossier):
            offered = queries.allowed_verbs(city.actor(who, AT), get(dossier))
            for verb in ("take", "stop", "withdraw"):
                if verb not in offered:
                    said = {"reason": make.REASON} if verb == "stop" else {}
                    with pytest.raises(errors.NotYours):
                        getattr(actions, verb)(city.act(who, AT), dossier=dossier, **said)


class TestWorklists:
    def holder(self, city, code=CENTRE, role="reception"):
        return f"office:{city.office(code).id}:{role}"

    def test_run_from_the_soonest_due_page_by_page(self, city):
        made = [
            make.walk_in(city, at=AT + timedelta(hours=n), transfer_now=True)["dossier"] for n in (50, 1, 26)
        ]
        for dossier in made:
            actions.take(city.act("processor", AT + timedelta(days=5)), dossier=dossier)
        mine = f"account:{city.accounts['processor'].pk}"
        first = queries.worklist(mine, limit=2)
        assert [item.dossier.public_id for item in first] == [made[1], made[2]]
        place = (first[-1].sort_key, first[-1].dossier.pk)
        assert [item.dossier.public_id for item in queries.worklist(mine, limit=2, after=place)] == [made[0]]

    def test_hold_neither_gaps_nor_doubles_where_many_are_due_together(self, city):
        for _ in range(7):
            make.walk_in(city, receive_now=True)
        seen, after = [], None
        while page := queries.worklist(self.holder(city), limit=2, after=after):
            seen += [item.dossier.pk for item in page]
            after = (page[-1].sort_key, page[-1].dossier.pk)
        assert len(seen) == len(set(seen)) == 7

    def test_are_narrowed_by_state_and_procedure(self, city):
        waiting = make.submitted(city, procedure=BUSINESS)
        received = make.received(city, procedure=make.BIRTH)
        holder = self.holder(city)
        assert [i.dossier.public_id for i in queries.worklist(holder, state=S.SUBMITTED)] == [waiting]
        of_kind = queries.worklist(holder, procedure=get(received).procedure_id)
        assert [item.dossier.public_id for item in of_kind] == [received]

    def test_all_that_one_may_see_runs_from_the_newest(self, city):
        made = [make.received(city, procedure=BUSINESS) for _ in range(3)]
        actions.transfer(city.act("receptionist", AT), dossier=made[0])
        holder = self.holder(city)
        assert [item.dossier.public_id for item in queries.worklist(holder, todo=False)] == made[::-1]
        place = ("", get(made[2]).pk)
        rest = queries.worklist(holder, todo=False, after=place)
        assert [item.dossier.public_id for item in rest] == made[1::-1]

    def test_are_counted_for_each_holder(self, city):
        for _ in range(3):
            make.submitted(city, procedure=BUSINESS)
        make.in_process(city, procedure=BUSINESS)
        desk, pool = self.holder(city), self.holder(city, COMMITTEE, "process")
        with CaptureQueriesContext(connection) as seen:
            counts = queries.waiting_counts([desk, pool, "office:999:sign"])
        assert counts == {desk: 3, pool: 1, "office:999:sign": 0}
        assert queries.waiting_counts([desk], cap=2) == {desk: 2}
        assert len(seen) == 1

    def test_cost_the_same_however_long(self, city):
        def cost() -> int:
            with CaptureQueriesContext(connection) as seen:
                for item in queries.worklist(self.holder(city), limit=100):
                    dossier = item.dossier
                    assert dossier.procedure.slug and dossier.received_by.name_vi and dossier.competent_agency
                    assert (dossier.applicant and dossier.applicant.full_name) is not None
                    queries.time_left(dossier, AT)
                    queries.transfer_due_at(dossier)
            return len(seen)

        make.walk_in(city)
        first = cost()
        for _ in range(5):
            make.walk_in(city)
        assert cost() == first == 1


class TestOnesOwn:
    def test_are_the_newest_first_page_by_page(self, city):
        made = [make.submitted(city, procedure=BUSINESS) for _ in range(3)]
        make.submitted(city, procedure=BUSINESS, by="other_citizen")
        actor = city.actor("citizen", AT)
        first = queries.mine(actor, limit=2)
        assert [row.public_id for row in first] == [made[2], made[1]]
        assert [row.public_id for row in queries.mine(actor, limit=2, before=first[-1].pk)] == [made[0]]

    def test_told_to_account_and_person_are_told_once(self, city):
        answers = make.complete(BUSINESS)
        known = {"full_name": answers["full_name"], "personal_number": answers["personal_number"]}
        party = people.find_or_create(city.act("receptionist", AT), facts=known, source="card")["party"]
        account = city.accounts["citizen"].public_id
        people.link_account(city.act("receptionist", AT), account=account, party=party)
        dossier = make.received(city, procedure=BUSINESS)
        assert get(dossier).grants.filter(role="applicant").count() == 2
        assert [row.public_id for row in queries.mine(city.actor("citizen", AT))] == [dossier]
        assert queries.is_applicant(city.actor("citizen", AT), get(dossier))

    def test_an_officers_list_holds_all_her_offices_once(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        rows = queries.page(city.actor("head", AT))
        assert [row.public_id for row in rows] == [dossier]


class TestFinding:
    def test_by_what_people_say(self, city):
        row = get(make.received(city, procedure=BUSINESS))
        visible, offices = queries.visible_to(city.actor("receptionist", AT)), [city.office(CENTRE)]
        for said in (row.code, row.code.lower(), row.reference, "1", "0001", "261005-1"):
            assert queries.find_exact(visible, said, offices, AT.date()) == [row], said
        for said in ("2", "261006-1", "xin chào", "991399-1"):
            assert queries.find_exact(visible, said, offices, AT.date()) == []

    def test_what_is_not_ones_own_is_not_found(self, city):
        row = get(make.received(city, procedure=BUSINESS))
        strangers = queries.visible_to(city.actor("other_receptionist", AT))
        assert queries.find_exact(strangers, row.code, [city.office(CENTRE)], AT.date()) == []
        assert queries.find_of_parties(strangers, [row.applicant_id]) == []
        mine = queries.visible_to(city.actor("receptionist", AT))
        assert queries.find_of_parties(mine, [row.applicant_id]) == [row]

    def test_before_reception_by_the_answers_alone(self, city):
        dossier = make.submitted(city, procedure=BUSINESS)
        make.received(city, procedure=BUSINESS)
        holders = city.actor("receptionist", AT).holders
        assert [row.public_id for row in queries.unnamed_at_door(holders)] == [dossier]

    def test_most_used_procedures_come_first(self, city):
        for procedure in (BUSINESS, make.BIRTH, BUSINESS):
            make.received(city, procedure=procedure)
        office = city.office(CENTRE).id
        assert queries.most_used(office)[0] == get(make.received(city, procedure=BUSINESS)).procedure_id


class TestTracking:
    def test_finds_by_reference_from_the_submission_on(self, city):
        dossier = make.submitted(city, procedure=BUSINESS)
        row = get(dossier)
        assert queries.find_tracked(row.reference) == row
        typed = row.reference.replace("-", "").lower().replace("0", "o").replace("1", "l")
        assert queries.find_tracked(typed) == row

    def test_a_wrong_character_finds_nobody_elses(self, city):
        reference = get(make.submitted(city, procedure=BUSINESS)).reference
        for place, char in enumerate(reference):
            if char != "-":
                wrong = reference[:place] + ("2" if char != "2" else "3") + reference[place + 1 :]
                assert queries.find_tracked(wrong) is None


def test_the_timeline_tells_what_happened_in_its_order(city):
    dossier = make.asked(city, procedure=BUSINESS)
    actions.answer(city.act("citizen", AT + timedelta(hours=1)), dossier=dossier)
    row = get(dossier)
    told = [entry.what for entry in queries.timeline(row, queries.letters_of(row), queries.steps_of(row))]
    assert told[:3] == ["started", "submitted", "received"]
    assert set(told[3:]) == {"supplement-request", "answered"}


class TestTheRebuildCheck:
    def test_finds_a_right_that_no_rule_gives_and_one_that_is_missing(self, city):
        dossier = get(make.in_process(city, procedure=BUSINESS))
        DossierGrant.objects.create(dossier=dossier, holder="account:999", role="process", reason="assigned")
        DossierGrant.objects.filter(dossier=dossier, holder__endswith=":process").delete()
        told = list(policy.differences())
        assert len(told) == 2
        assert any("the rule does not call for it" in line and "999" in line for line in told)
        assert any("it is not stored" in line for line in told)

    def test_finds_a_due_date_that_its_rows_do_not_give(self, city):
        dossier = get(make.in_process(city, procedure=BUSINESS))
        type(dossier).objects.filter(pk=dossier.pk).update(due_at=dossier.due_at + timedelta(days=1))
        (line,) = due_differences()
        assert str(dossier) in line


def test_a_reference_says_nothing_about_its_dossier(city):
    references = {get(make.submitted(city, procedure=BUSINESS)).reference for _ in range(5)}
    assert len({reference[:4] for reference in references}) == 5
    assert rules.NATIONAL_CODE[S.SUBMITTED] == 1
