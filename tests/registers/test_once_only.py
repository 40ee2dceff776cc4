"""Declare once: what a result wrote fills the next declaration, and a paper the city holds is not asked for again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import actions, queries
from motcua.dossiers.errors import DossierNotFound, PapersMissing
from motcua.dossiers.models import Paper
from motcua.files.models import StoredFile
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.people import queries as people
from motcua.registers import actions as register_actions
from motcua.registers import queries as registers
from motcua.registers.errors import NothingSaid, NotOffered
from motcua.registers.models import Entry, Holding, Mismatch, Reuse
from tests.dossiers import factories as make
from tests.dossiers.factories import AT, BUSINESS, PERMIT, get

from . import factories as here

pytestmark = pytest.mark.django_db


def offers(city, dossier: str, by: str = "citizen"):
    row = get(dossier)
    answers = queries.answers_of(row)
    needs = queries.papers_needed(queries.declared_view_of(row), answers, AT.date(), channel="online")
    return queries.offers_for(city.actor(by, AT), row, needs, answers, AT), needs


def uploaded(dossier: str) -> Paper:
    return Paper.objects.get(dossier__public_id=dossier, key="land-paper", digitised=1)


def begun(city, procedure: str = BUSINESS, by: str = "citizen", **answers) -> str:
    """A complete declaration without a single paper."""
    dossier = actions.start_draft(city.act(by, AT), procedure=procedure, agency="qn-bai-chay-centre")
    filled = {**make.complete(procedure), **answers}
    actions.save_answers(city.act(by, AT), dossier=dossier["dossier"], answers=filled)
    return dossier["dossier"]


def test_business_after_residence_asks_for_nothing_that_the_city_holds(city):
    here.known(city)
    here.resident(city)
    entry = Entry.objects.get(register="residence")
    assert entry.values["address"] == here.HOME and entry.holding.number == "CT08-15"
    line = JournalLine.objects.get(verb="dossier.take_over_result")
    assert line.facts["registers"] == [
        {"register": "residence", "entry": entry.public_id, "hash": entry.digest}
    ]
    assert "Hạ Long" not in str(list(JournalLine.objects.values_list("facts", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM registers_entry')
        assert "Hạ Long" not in cursor.fetchone()[0]

    assert entry.values["relation"] == {"vi": "Vợ hoặc chồng", "en": "Spouse"}
    assert list(registers.entry_differences()) == []

    row = here.business_draft(city)
    assert queries.answers_of(row)["address"] == here.HOME  # never typed: the register says so
    dossier = begun(city)
    held, needs = offers(city, dossier)
    assert needs and [need.key for need in needs if need.key not in held] == []
    actions.submit(city.act("citizen", AT), dossier=dossier)
    paper = Paper.objects.get(dossier__public_id=dossier)
    assert (paper.key, paper.digitised, paper.file) == ("identity-copy", 3, None)
    told = registers.reuses_of(dossier)
    assert [(each.key, each.state, each.basis) for each in told] == [("identity-copy", "given", "law")]
    assert "224/2026" in told[0].words["vi"] and told[0].text_version
    assert registers.saved_in([dossier]) == (0, 0)  # it was not demanded: nothing was saved by it
    assert verify(subject=f"dossier:{dossier}").findings == []


def test_a_paper_checked_before_goes_along_with_her_consent_and_is_asked_again_without(city):
    here.known(city, facts=here.MINH)
    first = here.decided(city, make.in_process(city, procedure=PERMIT, land_paper="paper_certificate"))
    kept = Holding.objects.get(dossier=first, key="land-paper")
    assert (kept.origin, kept.digitised) == ("checked", 1)

    dossier = begun(city, PERMIT, land_paper="paper_certificate")
    held, _needs = offers(city, dossier)
    offer = held["land-paper"]
    assert (offer.basis, offer.digitised, offer.held.id) == ("consent", 2, kept.public_id)
    act = city.act("citizen", AT)
    actions.refuse_reuse(act, dossier=dossier, papers=["land-paper"])
    with pytest.raises(PapersMissing) as missing:
        actions.submit(city.act("citizen", AT), dossier=dossier)
    assert "paper-land-paper" in {each["field"] for each in missing.value.problems}

    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    paper = Paper.objects.get(dossier__public_id=dossier, key="land-paper")
    assert (paper.file_id, paper.digitised) == (kept.file_id, 2)
    said = Reuse.objects.get(dossier=dossier, state="given")
    assert said.words["vi"].startswith("Tôi đồng ý") and (said.channel, said.by) == ("online", act.actor.key)
    actions.withdraw_reuse(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    paper.refresh_from_db()
    said.refresh_from_db()
    assert paper.removed_at and (said.state, bool(said.withdrawn_at)) == ("withdrawn", True)
    with pytest.raises(NothingSaid):
        actions.withdraw_reuse(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])

    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    make.add_needed_papers(city, dossier)
    actions.remove_paper(city.act("citizen", AT), dossier=dossier, paper=uploaded(dossier).pk)
    actions.submit(city.act("citizen", AT), dossier=dossier)
    actions.receive(city.act("receptionist", AT), dossier=dossier)
    assert registers.saved_in([dossier]) == (1, 1)
    actions.withdraw_reuse(city.act("citizen", AT), dossier=dossier, papers=["land-paper"])
    assert not Paper.objects.filter(dossier__public_id=dossier, key="land-paper", removed_at=None).exists()


def test_what_is_taken_out_of_the_draft_takes_the_consent_along(city):
    here.known(city)
    dossier = begun(city)
    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["identity-copy"])
    paper = Paper.objects.get(dossier__public_id=dossier)
    actions.remove_paper(city.act("citizen", AT), dossier=dossier, paper=paper.pk)
    assert Reuse.objects.get().state == "withdrawn" and registers.saved_in() == (0, 0)
    actions.discard(city.act("citizen", AT), dossier=dossier)
    assert not Reuse.objects.exists()


def test_a_refused_look_up_by_law_is_not_made(city):
    here.known(city)
    dossier = begun(city)
    actions.refuse_reuse(city.act("citizen", AT), dossier=dossier, papers=["identity-copy"])
    actions.submit(city.act("citizen", AT), dossier=dossier)
    assert not Paper.objects.filter(dossier__public_id=dossier).exists()


@pytest.mark.parametrize(
    ("proved", "answers"),
    [
        (False, {}),  # typed a number, proved nothing
        (True, {"personal_number": "022196009999"}),  # somebody else's number
        (True, {"applicant_kind": "behalf", "authorised_family": True}),
    ],
)
def test_nobody_gets_anything_by_typing_a_number(city, proved, answers):
    here.known(city)
    here.resident(city)
    who = "citizen" if proved else "other_citizen"
    dossier = actions.start_draft(city.act(who, AT), procedure=BUSINESS, agency="qn-bai-chay-centre")[
        "dossier"
    ]
    if not proved:
        assert "address" not in queries.answers_of(get(dossier))
    said = {**make.complete(BUSINESS), **answers}
    actions.save_answers(city.act(who, AT), dossier=dossier, answers=said)
    assert offers(city, dossier, who)[0] == {}
    with pytest.raises(NotOffered):
        actions.reuse_papers(city.act(who, AT), dossier=dossier, papers=["identity-copy"])
    with pytest.raises(DossierNotFound):
        actions.reuse_papers(city.act("helper", AT), dossier=dossier, papers=["identity-copy"])


def test_a_contradiction_goes_to_an_officer_and_changes_no_register(city):
    here.known(city)
    here.resident(city)
    elsewhere = {"commune_code": "06685", "detail": "Số 4 Lê Lợi"}
    dossier = begun(city, address=elsewhere)
    actions.submit(city.act("citizen", AT), dossier=dossier)
    actions.receive(city.act("receptionist", AT), dossier=dossier)
    assert queries.get_visible(city.actor("receptionist", AT), dossier).differs
    told = registers.mismatches_of(dossier, AT)
    assert [(each.known, each.said) for each in told] == [(here.HOME, elsewhere)]
    entry = Entry.objects.get(register="residence")
    assert entry.values["address"] == here.HOME and queries.answers_of(get(dossier))["address"] == elsewhere

    person = registers.facts_for_prefill(entry.party_id, AT)
    assert person == {"applicant.address": here.HOME}
    actions.settle_difference(
        city.act("receptionist", AT), dossier=dossier, difference=told[0].public_id, accept=True
    )
    entry.refresh_from_db()
    assert entry.disputed_at and entry.values["address"] == here.HOME
    assert registers.facts_for_prefill(entry.party_id, AT) == {}
    assert Mismatch.objects.get().settled_as == "declared" and registers.mismatches_of(dossier, AT) == []


def test_a_later_result_takes_the_place_of_the_earlier(city):
    here.known(city)
    here.resident(city)
    later, moved = AT + timedelta(days=2), {"commune_code": "06685", "detail": "Số 4 Lê Lợi"}
    dossier = here.resident(city, at=later, new_address=moved)
    first, second = Entry.objects.order_by("pk")
    assert (first.ended_by, second.ended_at) == (dossier, None)
    assert registers.facts_for_prefill(second.party_id, later) == {"applicant.address": moved}
    former = [each for each in registers.store_of(second.party_id, later) if each.row.ended_at]
    assert [each.row.pk for each in former] == [first.holding_id]


def test_a_record_that_was_merged_takes_everything_along(city):
    here.known(city)
    here.resident(city)
    party = Entry.objects.get().party_id
    other = here.known(
        city, "other_citizen", {"full_name": "Đặng Văn Khác", "personal_number": "022090000001"}
    )
    other_id = people.party(other).id
    act = new_act(system("registers"), at=AT, purpose="test")
    register_actions.follow_person(act, former=party, party=other_id, person=other)
    assert {Entry.objects.get().party_id, Holding.objects.get().party_id} == {other_id}


def test_a_result_signed_electronically_is_remembered_when_it_is_sealed(city):
    here.known(city)
    dossier = make.drafted(city, procedure=BUSINESS)
    actions.sign(city.act("signer", AT), dossier=dossier)
    assert not Holding.objects.exists() and not Entry.objects.exists()
    file = StoredFile.objects.get(public_id=make.a_file(city))
    act = new_act(system("seal"), at=AT, purpose="test")
    actions.seal(act, dossier=dossier, number="7/GCN", file=file.pk)
    entry = Entry.objects.get(register="household-business")
    held = entry.holding
    assert (held.number, held.file_id, entry.file_sha256) == ("7/GCN", file.pk, file.sha256)
    assert entry.valid_from.isoformat() == "2026-12-01"  # the day the business starts, as declared
