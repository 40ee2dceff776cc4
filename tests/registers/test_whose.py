"""Whose entry ends, whose paper is offered, and how long an agreement holds: nothing is answered for somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions, queries
from motcua.dossiers.errors import PapersMissing
from motcua.dossiers.models import Paper
from motcua.files.models import StoredFile
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.kernel.text import Bilingual
from motcua.people import queries as people
from motcua.registers import actions as register_actions
from motcua.registers import queries as registers
from motcua.registers.errors import HoldingNotFound
from motcua.registers.models import Entry, Holding, Reuse
from tests.dossiers import factories as make
from tests.dossiers.factories import AT, BIRTH, BUSINESS, PERMIT, get

from . import factories as here
from .test_once_only import begun

pytestmark = pytest.mark.django_db

TERMINATION, MARRIAGE = "household-business-termination", "marriage-registration"
SINGLE, SCHOOL = "marital-status-certificate", "lower-secondary-enrolment"
LATER = AT + timedelta(days=190)  # a certificate of being single was valid for six months


def granted(city, party: str, procedure: str, answers: dict, *, at=AT) -> Holding:
    """A result for this person, by the act of a decision."""
    row = people.party(party)
    told = register_actions.Granted(row.id, "D" * 26, procedure, "Kết quả", "9/KQ", None, answers)
    register_actions.enter_result(new_act(system("tests"), at=at, purpose="t"), told)
    return Holding.objects.latest("pk")


def two(city) -> tuple[str, str]:
    return here.known(city), here.known(city, "other_citizen", here.MINH)


def offered(city, procedure: str, key: str, by: str = "citizen", **answers) -> list[str]:
    """The paper (its id in the store) with which the city would answer this one, in this declaration."""
    said = {"applicant_kind": "self", **answers}
    found = registers.offers_for(city.actor(by, AT), procedure, [(key, Bilingual(key))], said, AT)
    return [offer.held.id for offer in found.values()]


def in_force(party: str, register: str) -> bool:
    return Entry.objects.filter(party_id=people.party(party).id, register=register, ended_at=None).exists()


def test_what_is_ended_for_another_ends_with_that_person_and_not_with_who_filed(city):
    lan, minh = two(city)
    shop = {"applicant_kind": "self", "business_name": "Quán", "capital": 5}
    for party in (lan, minh):
        granted(city, party, BUSINESS, shop)
    behalf = {"applicant_kind": "behalf", "represented_full_name": here.MINH["full_name"]}
    granted(city, lan, TERMINATION, behalf)
    assert in_force(lan, "household-business") and in_force(minh, "household-business")
    behalf["represented_personal_number"] = here.MINH["personal_number"]
    granted(city, lan, TERMINATION, behalf)
    assert in_force(lan, "household-business") and not in_force(minh, "household-business")
    granted(city, lan, TERMINATION, {"applicant_kind": "self"})
    assert not in_force(lan, "household-business")


def test_neither_of_two_who_married_is_offered_a_certificate_of_being_single(city):
    lan, minh = two(city)
    single = {"applicant_kind": "self", "subject_is_applicant": True, "status_now": "never_married"}
    granted(city, lan, SINGLE, single)
    his = granted(city, minh, SINGLE, single)
    assert offered(city, MARRIAGE, SINGLE, "other_citizen") == [his.public_id]
    wedding = {
        "applicant_kind": "self",
        "full_name": here.LAN["full_name"],
        "partner_full_name": here.MINH["full_name"],
        "partner_personal_number": here.MINH["personal_number"],
    }
    granted(city, lan, MARRIAGE, wedding)
    assert not in_force(lan, "marital-status") and not in_force(minh, "marital-status")
    assert in_force(lan, "marriage") and in_force(minh, "marriage")
    assert offered(city, MARRIAGE, SINGLE) == offered(city, MARRIAGE, SINGLE, "other_citizen") == []


def agreed(city, *, at=AT) -> str:
    """Minh's declaration with every paper, among them a land paper that was checked before."""
    here.known(city, facts=here.MINH)
    here.decided(city, make.in_process(city, procedure=PERMIT, land_paper="paper_certificate"))
    dossier = begun(city, PERMIT, land_paper="paper_certificate")
    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    make.add_needed_papers(city, dossier)
    own = Paper.objects.filter(dossier__public_id=dossier, key="land-paper", digitised=1)
    for paper in own:
        actions.remove_paper(city.act("citizen", AT), dossier=dossier, paper=paper.pk)
    return dossier


def lying(dossier: str) -> bool:
    return Paper.objects.filter(dossier__public_id=dossier, key="land-paper", removed_at=None).exists()


def changed(city, dossier: str, **more) -> None:
    said = {**queries.answers_of(get(dossier)), **more}
    actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=said)


def test_a_paper_agreed_to_in_ones_own_matter_is_not_filed_in_anothers(city):
    dossier = agreed(city)
    changed(city, dossier, personal_number="022196009999")
    with pytest.raises(PapersMissing) as missing:
        actions.submit(city.act("citizen", AT), dossier=dossier)
    assert [each["field"] for each in missing.value.problems] == ["paper-land-paper"]
    file = make.a_file(city)
    actions.add_paper(city.act("citizen", AT), dossier=dossier, key="land-paper", file=file)
    actions.submit(city.act("citizen", AT), dossier=dossier)
    left = Paper.objects.get(dossier__public_id=dossier, key="land-paper", removed_at=None)
    assert left.file.public_id == file and Reuse.objects.get(dossier=dossier).state == "withdrawn"


def test_a_paper_that_ended_since_is_asked_for_also_when_an_officer_answers_for_her(city):
    dossier = agreed(city)
    actions.submit(city.act("citizen", AT), dossier=dossier)
    receptionist = city.act("receptionist", AT)
    actions.receive(receptionist.part("1"), dossier=dossier)
    actions.transfer(receptionist.part("2"), dossier=dossier)
    actions.ask_supplement(city.act("processor", AT), dossier=dossier, items=make.ITEMS, reason=make.REASON)
    answer = {"dossier": dossier, "papers": []}
    Holding.objects.filter(key="land-paper").update(ended_at=AT)
    with pytest.raises(PapersMissing):
        actions.answer_at_counter(city.act("receptionist", AT), **answer)
    assert lying(dossier)  # refused whole
    Holding.objects.filter(key="land-paper").update(ended_at=None)
    actions.answer_at_counter(city.act("receptionist", LATER), **answer)
    assert lying(dossier) and Reuse.objects.get(dossier=dossier).state == "given"


def test_what_lost_its_validity_before_it_was_handed_in_is_asked_for(city):
    lan = here.known(city)
    single = {"applicant_kind": "self", "subject_is_applicant": True, "status_now": "never_married"}
    granted(city, lan, SINGLE, single)
    actor, dossier, answers = city.act("citizen", AT), "D" * 26, {"applicant_kind": "self"}
    offer = registers.offers_for(actor.actor, MARRIAGE, [(SINGLE, Bilingual(SINGLE))], answers, AT)[SINGLE]
    party = people.party(lan).id
    register_actions.say(actor, dossier, offer, party, agreed=True, channel="online", demanded=True)

    def stale(at, handed_in=None):
        return [said.key for said in registers.no_longer_offered(dossier, MARRIAGE, answers, at, handed_in)]

    assert (stale(AT), stale(LATER)) == ([], [SINGLE])
    assert stale(LATER, AT.date()) == []  # handed in in time stays in time


def test_what_moved_on_is_looked_up_anew_by_law(city):
    lan = here.known(city)
    home = {"applicant_kind": "self", "new_address": here.HOME}
    first = granted(city, lan, here.RESIDENCE, home)
    dossier = make.draft(city, BIRTH, **here.LAN)
    Paper.objects.filter(dossier__public_id=dossier, key="residence-proof").delete()
    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["residence-proof"])
    second = granted(city, lan, here.RESIDENCE, home)
    actions.submit(city.act("citizen", AT), dossier=dossier)
    said = {each.holding_id: each.state for each in Reuse.objects.filter(key="residence-proof")}
    assert said == {first.pk: "withdrawn", second.pk: "given"}


def test_a_no_after_a_yes_takes_the_paper_out(city):
    dossier = agreed(city)
    actions.refuse_reuse(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    assert not lying(dossier)
    states = Reuse.objects.filter(dossier=dossier).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "refused"]
    with pytest.raises(PapersMissing):
        actions.submit(city.act("citizen", AT), dossier=dossier)


CHILD = {"applicant_kind": "self", "declarant_relation": "mother", "child_sex": "female"}


def test_a_pupil_gets_her_own_certificate_and_no_other_childs(city):
    lan = here.known(city)
    born = {"Trần An": "2014-03-01", "Trần Bình": "2026-09-20"}
    an, _binh = (
        granted(city, lan, BIRTH, {**CHILD, "child_full_name": name, "child_birth_on": day})
        for name, day in born.items()
    )

    def for_pupil(name: str, **more) -> list[str]:
        return offered(city, SCHOOL, "birth-data", pupil_full_name=name, **more)

    assert for_pupil("trần an", pupil_birth_on="2014-03-01") == for_pupil("Trần An") == [an.public_id]
    assert for_pupil("Trần An", pupil_birth_on="2015-03-01") == for_pupil("Trần Cường") == []
    assert (
        offered(city, SCHOOL, "birth-data", full_name="Trần An") == offered(city, SCHOOL, "birth-data") == []
    )


def test_a_relatives_paper_that_no_register_names_is_offered_for_nobody(city):
    lan = here.known(city)
    row = people.party(lan)
    Holding.objects.create(
        party_id=row.id, origin="checked", procedure=SCHOOL, key="birth-data", name="Khai sinh", at=AT
    )
    assert offered(city, SCHOOL, "birth-data", pupil_full_name="Trần An") == []
    granted(city, lan, "health-insurance-card", {"applicant_kind": "self"})
    granted(city, lan, "birth-residence-insurance-interlinked", {**CHILD, "child_full_name": "Trần An"})
    own = Holding.objects.get(procedure="health-insurance-card").public_id  # and not the newborn's card
    card = "ban-chup-the-bhyt-hoac-ma-so-bhyt-giay-chung"
    assert offered(city, "health-insurance-direct-payment", card) == [own]


def test_what_an_officer_found_wrong_answers_for_nothing(city):
    lan = here.known(city)
    row = granted(city, lan, here.RESIDENCE, {"applicant_kind": "self", "new_address": here.HOME})
    assert offered(city, BIRTH, "residence-proof") == [row.public_id]
    Entry.objects.update(disputed_at=AT)
    assert offered(city, BIRTH, "residence-proof") == []
    fact = registers.facts_of(people.party(lan).id, AT)[0]
    assert fact.holds_on(AT.date()) and fact.disputed_at  # she still reads it, with the mark


def kept(city, kind: str = "land-certificate") -> tuple[str, StoredFile]:
    file = make.a_file(city, name="so-do.pdf")
    actor = city.act("citizen", AT)
    holding = register_actions.keep_paper(actor, kind=kind, file=file, name="Sổ đỏ của tôi")["holding"]
    return holding, StoredFile.objects.get(public_id=file)


def test_a_paper_taken_out_of_the_store_is_gone(city):
    lan = here.known(city)
    holding, file = kept(city)
    register_actions.drop_paper(city.act("citizen", AT), holding=holding)
    assert registers.store_of(people.party(lan).id, AT) == []
    assert not Holding.objects.exists() and not StoredFile.objects.filter(pk=file.pk).exists()
    with pytest.raises(HoldingNotFound):
        registers.holding_of(city.actor("citizen", AT), holding)


def test_what_was_agreed_to_stays_told_and_can_be_taken_back_when_the_paper_is_out(city):
    lan = here.known(city, facts=here.MINH)
    holding, file = kept(city)
    dossier = begun(city, PERMIT, land_paper="paper_certificate")
    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    register_actions.drop_paper(city.act("citizen", AT), holding=holding)
    row = Holding.objects.get()
    assert (row.file, row.name) == (None, "") and registers.store_of(people.party(lan).id, AT) == []
    assert "Sổ đỏ của tôi" in registers.consents_of(row.party_id)[0].source["vi"]
    assert StoredFile.objects.filter(pk=file.pk).exists() and lying(dossier)  # her dossier has it
    actions.withdraw_reuse(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    assert not lying(dossier)
    actions.discard(city.act("citizen", AT), dossier=dossier)
    assert not Holding.objects.exists() and not StoredFile.objects.filter(pk=file.pk).exists()
