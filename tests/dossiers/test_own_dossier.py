"""Nobody receives, works on, signs or hands over her own dossier; a colleague goes on."""

from __future__ import annotations

import pytest

from motcua.agencies import actions as agency_actions
from motcua.dossiers import actions, errors, queries
from motcua.foundation import policy
from motcua.people import actions as people
from tests.support.city import CENTRE, COMMITTEE

from . import factories as make
from .factories import AT, BUSINESS, S, get

pytestmark = pytest.mark.django_db
PERSON = {"full_name": make.PERSON["full_name"], "personal_number": make.PERSON["personal_number"]}


def give(city, who: str, role: str, code: str) -> None:
    account, agency = city.accounts[who].public_id, city.office(code).public_id
    agency_actions.appoint(city.act("admin", AT), account=account, agency=agency, role=role)


def declares_herself(city, who: str) -> None:
    people.declare_self(city.act(who, AT), account=city.accounts[who].public_id, facts=PERSON)


def is_named_by_a_colleague(city, who: str) -> None:
    party = people.find_or_create(city.act("clerk", AT), facts=PERSON, source="card")["party"]
    people.link_account(city.act("clerk", AT), account=city.accounts[who].public_id, party=party)


def refused(city, verb: str, who: str, dossier: str, **said) -> None:
    before = get(dossier).revision
    with pytest.raises(errors.OwnDossier):
        getattr(actions, verb)(city.act(who, AT), dossier=dossier, **said)
    assert get(dossier).revision == before


class TestWhatSheFiled:
    def test_at_the_door_a_colleague_receives_it(self, city):
        dossier = make.submitted(city, by="receptionist")
        for verb, said in (
            ("receive", {}),
            ("ask_at_door", {"items": make.ITEMS, "reason": make.REASON}),
            ("refuse", {"reason": make.REASON}),
            ("check_papers", {"papers": []}),
        ):
            refused(city, verb, "receptionist", dossier, **said)
        assert actions.receive(city.act("clerk", AT), dossier=dossier)["state"] == S.RECEIVED
        refused(city, "transfer", "receptionist", dossier)
        refused(city, "record_cash", "receptionist", dossier, receipt_number="BL-1")

    def test_in_the_unit_a_colleague_goes_on(self, city):
        dossier = make.in_process(city, by="processor", procedure=make.publish_ours())
        for verb, said in (
            ("take", {}),
            ("advance", {}),
            ("ask_supplement", {"items": make.ITEMS, "reason": make.REASON}),
            ("draft_result", {}),
            ("stop", {"reason": make.REASON}),
        ):
            refused(city, verb, "processor", dossier, **said)
        give(city, "clerk", "processor", COMMITTEE)
        actions.take(city.act("clerk", AT), dossier=dossier)
        for _ in range(queries.steps_before_signing(dossier)):
            actions.advance(city.act("clerk", AT), dossier=dossier)
        assert actions.draft_result(city.act("clerk", AT), dossier=dossier)["state"] == S.RESULT_DRAFTED

    def test_the_signature_and_the_return_are_a_colleagues(self, city):
        dossier = make.drafted(city, by="signer")
        refused(city, "approve", "signer", dossier, number="1/KQ")
        refused(city, "send_back", "signer", dossier, remark=make.REASON)
        give(city, "clerk", "signer", COMMITTEE)
        actions.approve(city.act("clerk", AT), dossier=dossier, number="1/KQ")
        handed = make.ready(city, by="clerk")
        refused(city, "hand_over", "clerk", handed)
        refused(city, "record_cash", "clerk", handed, receipt_number="BL-1")
        actions.record_cash(city.act("receptionist", AT), dossier=handed, receipt_number="BL-1")
        assert actions.hand_over(city.act("receptionist", AT), dossier=handed)["state"] == S.RETURNED

    def test_what_applicants_do_she_still_does(self, city):
        dossier = make.submitted(city, by="receptionist")
        actor = city.actor("receptionist", AT)
        assert queries.allowed_verbs(actor, get(dossier)) == ["withdraw"]
        assert not queries.at_work(actor, get(dossier))
        assert queries.sees_by_office(actor, get(dossier))
        actions.withdraw(city.act("receptionist", AT), dossier=dossier)

    def test_she_hands_no_papers_in_to_herself(self, city):
        dossier = make.submitted(city, by="receptionist")
        actions.ask_at_door(city.act("clerk", AT), dossier=dossier, items=make.ITEMS, reason=make.REASON)
        refused(city, "answer_at_counter", "receptionist", dossier, papers=[])
        assert actions.answer(city.act("receptionist", AT), dossier=dossier)["state"] == S.SUBMITTED

    def test_another_office_is_told_as_before(self, city):
        dossier = make.in_process(city, by="other_processor")
        with pytest.raises(errors.NotYours):
            actions.take(city.act("other_processor", AT), dossier=dossier)


@pytest.mark.parametrize("known", [declares_herself, is_named_by_a_colleague])
class TestWhatNamesHer:
    """The dossier was filed by another account, of hers or of her family; her officer's account says who she is."""

    def test_from_the_door_on(self, city, known):
        known(city, "receptionist")
        dossier = make.submitted(city, procedure=BUSINESS, **PERSON)
        refused(city, "receive", "receptionist", dossier)
        actions.receive(city.act("clerk", AT), dossier=dossier)
        refused(city, "transfer", "receptionist", dossier)
        refused(city, "withdraw", "receptionist", dossier)  # nor in her own place, as the desk
        assert queries.allowed_verbs(city.actor("receptionist", AT), get(dossier)) == []

    def test_in_the_unit(self, city, known):
        known(city, "processor")
        dossier = make.in_process(city, procedure=BUSINESS, **PERSON)
        refused(city, "take", "processor", dossier)
        other = make.in_process(
            city, procedure=BUSINESS, personal_number="022196005678", full_name="Lê Thị Mai"
        )
        actions.take(city.act("processor", AT), dossier=other)

    def test_she_is_not_given_it(self, city, known):
        dossier = make.in_process(city, procedure=BUSINESS, **PERSON)
        known(city, "processor")
        with pytest.raises(errors.OwnersDesk):
            actions.assign(city.act("head", AT), dossier=dossier, account=city.accounts["processor"].pk)
        give(city, "clerk", "processor", COMMITTEE)
        actions.assign(city.act("head", AT), dossier=dossier, account=city.accounts["clerk"].pk)

    def test_she_takes_nobody_in_who_is_herself(self, city, known):
        known(city, "receptionist")
        answers = {**make.complete(BUSINESS), **PERSON}
        with pytest.raises(errors.OwnDossier):
            make.walk_in(city, answers=answers)
        assert make.walk_in(city, answers=answers, by="clerk")["state"] == S.RECEIVED

    def test_nobody_sees_more_or_less_by_it(self, city, known):
        known(city, "processor")
        dossier = make.in_process(city, procedure=BUSINESS, **PERSON)
        assert queries.visible_to(city.actor("processor", AT)).get().public_id == dossier
        assert list(policy.differences()) == []


def test_who_she_is_is_asked_once_for_a_whole_list(city, django_assert_num_queries):
    rows = [get(make.received(city, procedure=BUSINESS)) for _ in range(3)]
    declares_herself(city, "receptionist")
    actor = city.actor("receptionist", AT)
    rows = list(queries.visible_to(actor).select_related("applicant"))
    with django_assert_num_queries(1):
        assert [queries.may(actor, row, "transfer") for row in rows] == [False] * 3
    fresh = city.actor("receptionist", AT)
    row = queries.get_visible(fresh, rows[0].public_id)
    with django_assert_num_queries(0):
        assert not queries.may(fresh, row, "transfer")


def test_a_head_who_filed_in_another_ward_is_no_stranger_to_others(city):
    """Only her own dossier is closed to her: the office goes on as if she were away."""
    give(city, "processor", "receptionist", CENTRE)
    own, other = make.in_process(city, by="processor"), make.in_process(city)
    refused(city, "take", "processor", own)
    assert actions.take(city.act("processor", AT), dossier=other)["state"] == S.IN_PROCESS
