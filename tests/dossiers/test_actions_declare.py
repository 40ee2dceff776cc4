"""Declaring: drafts, answers, papers, submission."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.errors import OnlyListed, ProcedureNotFound
from motcua.dossiers import actions, errors, queries, rules
from motcua.dossiers.models import Paper
from motcua.files.errors import FileNotFound
from motcua.foundation.models import JournalLine
from motcua.people import actions as people
from motcua.people import queries as people_queries
from tests.support.city import CENTRE, COMMITTEE, OTHER_CENTRE

from . import factories as make
from .factories import AT, BUSINESS, S, get

pytestmark = pytest.mark.django_db


def start(city, procedure=BUSINESS, agency=CENTRE, by="citizen"):
    return actions.start_draft(city.act(by, AT), procedure=procedure, agency=agency)


def lines(dossier: str) -> list[str]:
    return list(
        JournalLine.objects.filter(chain=f"dossier:{dossier}").order_by("seq").values_list("verb", flat=True)
    )


class TestADraft:
    def test_is_nobodys_business_but_hers(self, city):
        dossier = start(city)["dossier"]
        row = get(dossier)
        assert (row.business_state, row.channel, row.filer_id) == (
            S.DRAFT,
            "online",
            city.accounts["citizen"].pk,
        )
        for other in ("receptionist", "processor", "leader", "helper", "other_citizen", "admin"):
            assert not queries.visible_to(city.actor(other, AT)).exists()
        assert queries.find_tracked(row.reference) is None

    def test_has_an_unguessable_reference_and_no_code(self, city):
        one, two = start(city), start(city)
        assert one["code"] is None
        assert one["reference"] != two["reference"]
        assert len(one["reference"].replace("-", "")) == 16

    @pytest.mark.parametrize(
        ("procedure", "agency", "refusal"),
        [
            ("no-such-procedure", CENTRE, ProcedureNotFound),
            (BUSINESS, "no-such-agency", errors.NoAgency),
            (BUSINESS, COMMITTEE, errors.NotAReceiver),
            (make.COPIES, CENTRE, errors.NotFileable),  # only in person
        ],
    )
    def test_begins_only_where_a_door_is_open(self, city, procedure, agency, refusal):
        with pytest.raises(refusal):
            start(city, procedure, agency)
        assert not queries.visible_to(city.actor("citizen", AT)).exists()

    def test_of_a_procedure_that_is_only_listed_does_not_begin(self, city):
        from motcua.catalogue.models import Procedure

        Procedure.objects.filter(slug=BUSINESS).update(coverage="listed")
        with pytest.raises(OnlyListed):
            start(city)

    def test_is_filled_with_what_the_city_knows_of_a_proven_person(self, city):
        facts = {"full_name": "Nguyễn Thị Lan", "personal_number": "022196001234", "phone": "0912345678"}
        found = people.find_or_create(city.act("receptionist", AT), facts=facts, source="card")
        account = city.accounts["citizen"].public_id
        people.link_account(city.act("receptionist", AT), account=account, party=found["party"])
        answers = queries.answers_of(get(start(city)["dossier"]))
        assert answers["full_name"] == "Nguyễn Thị Lan"
        assert answers["personal_number"] == "022196001234"

    def test_is_filled_with_what_an_account_only_declared_and_opens_nothing(self, city):
        account = city.accounts["citizen"].public_id
        people.declare_self(city.act("citizen", AT), account=account, facts={"full_name": "Nguyễn Thị Lan"})
        row = get(start(city)["dossier"])
        assert queries.answers_of(row)["full_name"] == "Nguyễn Thị Lan"
        assert row.applicant_id is None

    def test_changes_its_desk_until_it_is_handed_in(self, city):
        dossier = make.draft(city)
        actions.choose_agency(city.act("citizen", AT), dossier=dossier, agency=OTHER_CENTRE)
        assert get(dossier).received_by_id == city.office(OTHER_CENTRE).id
        with pytest.raises(errors.NotAReceiver):
            actions.choose_agency(city.act("citizen", AT), dossier=dossier, agency=COMMITTEE)
        asked = make.in_state(city, S.DOOR_SUPPLEMENT)
        with pytest.raises(errors.MoveNotAllowed):
            actions.choose_agency(city.act("citizen", AT), dossier=asked, agency=OTHER_CENTRE)


class TestAnswers:
    def test_are_kept_as_they_are_and_sensitive_ones_sealed(self, city):
        dossier = start(city, make.BIRTH)["dossier"]
        done = actions.save_answers(
            city.act("citizen", AT),
            dossier=dossier,
            answers={"personal_number": "022196001234", "full_name": "Lan"},
        )
        row = get(dossier)
        assert queries.answers_of(row)["personal_number"] == "022196001234"
        assert "022196001234" not in str(row.answers)
        assert done["problems"] > 0
        assert done["revision"] == 1

    def test_of_one_section_leave_the_others_alone(self, city):
        dossier = make.draft(city)
        before = queries.answers_of(get(dossier))
        view = queries.declared_view_of(get(dossier))
        first = view.declaration.sections[0]
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers={}, section=first.id)
        after = queries.answers_of(get(dossier))
        gone = {field.id for field in first.fields}
        assert not gone & set(after)
        assert {k: v for k, v in before.items() if k not in gone} == after

    def test_that_no_form_asks_for_are_not_kept(self, city):
        dossier = start(city)["dossier"]
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers={"no_such_field": "x"})
        assert queries.answers_of(get(dossier)) == {}

    def test_longer_than_a_form_are_refused(self, city):
        dossier = start(city)["dossier"]
        with pytest.raises(errors.DeclarationTooLong):
            actions.save_answers(city.act("citizen", AT), dossier=dossier, answers={"content": "x" * 200_001})

    def test_saved_elsewhere_meanwhile_are_not_overwritten(self, city):
        dossier = start(city)["dossier"]
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers={}, revision=0)
        with pytest.raises(errors.ChangedMeanwhile):
            actions.save_answers(city.act("citizen", AT), dossier=dossier, answers={}, revision=0)

    @pytest.mark.parametrize("state", sorted(set(S) - {S.DRAFT, S.DOOR_SUPPLEMENT, S.SUPPLEMENT}))
    def test_stand_when_the_dossier_lies_with_the_agency(self, city, state):
        dossier = make.in_state(city, state)
        with pytest.raises(errors.MoveNotAllowed):
            actions.save_answers(city.act("citizen", AT), dossier=dossier, answers={})

    def test_changed_after_submission_leave_the_names_of_the_fields_in_the_journal(self, city):
        dossier = make.in_state(city, S.DOOR_SUPPLEMENT)
        answers = queries.answers_of(get(dossier))
        answers["full_name"] = "Nguyễn Thị Lan Anh"
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=answers)
        last = JournalLine.objects.filter(chain=f"dossier:{dossier}").order_by("seq").last()
        assert (last.verb, last.facts["fields"]) == ("dossier.draft_saved", ["full_name"])


class TestPapers:
    def test_are_those_of_the_procedure_or_another(self, city):
        dossier = start(city, make.BIRTH)["dossier"]
        file = make.a_file(city)
        actions.add_paper(city.act("citizen", AT), dossier=dossier, key="birth-notice", file=file)
        actions.add_paper(city.act("citizen", AT), dossier=dossier, key="other", file=file, name="Giấy khác")
        assert [paper.name for paper in queries.papers_of(get(dossier))][1] == "Giấy khác"
        with pytest.raises(errors.FileRefused):
            actions.add_paper(city.act("citizen", AT), dossier=dossier, key="no-such-paper", file=file)

    def test_are_her_own_files(self, city):
        dossier = start(city, make.BIRTH)["dossier"]
        with pytest.raises(FileNotFound):
            file = make.a_file(city, "other_citizen")
            actions.add_paper(city.act("citizen", AT), dossier=dossier, key="birth-notice", file=file)

    def test_have_an_end(self, city, monkeypatch):
        monkeypatch.setattr(rules, "PAPERS_MAX", 2)
        dossier = start(city, make.BIRTH)["dossier"]
        file = make.a_file(city)
        for _ in range(2):
            actions.add_paper(city.act("citizen", AT), dossier=dossier, key="birth-notice", file=file)
        with pytest.raises(errors.TooManyPapers):
            actions.add_paper(city.act("citizen", AT), dossier=dossier, key="birth-notice", file=file)

    def test_can_be_taken_out_until_they_are_handed_in(self, city):
        dossier = start(city, make.BIRTH)["dossier"]
        added = actions.add_paper(
            city.act("citizen", AT), dossier=dossier, key="birth-notice", file=make.a_file(city)
        )
        actions.remove_paper(city.act("citizen", AT), dossier=dossier, paper=added["paper"])
        assert queries.papers_of(get(dossier)) == []
        with pytest.raises(errors.FileRefused):
            actions.remove_paper(city.act("citizen", AT), dossier=dossier, paper=added["paper"])

    def test_given_in_an_answer_stay_like_those_of_the_submission(self, city):
        """Asked at the door, answered; asked again by the unit: only what the second answer adds can be taken out."""
        dossier = make.draft(city)
        citizen = city.act
        with_form = actions.add_paper(
            citizen("citizen", AT), dossier=dossier, key="other", file=make.a_file(city)
        )
        actions.submit(citizen("citizen", AT), dossier=dossier)
        actions.ask_at_door(
            city.act("receptionist", AT), dossier=dossier, items=make.ITEMS, reason=make.REASON
        )
        later = AT + timedelta(hours=1)
        added = actions.add_paper(
            citizen("citizen", later), dossier=dossier, key="other", file=make.a_file(city, at=later)
        )
        actions.answer(citizen("citizen", later), dossier=dossier)
        actions.receive(city.act("receptionist", later), dossier=dossier)
        actions.transfer(city.act("receptionist", later), dossier=dossier)
        actions.ask_supplement(
            city.act("processor", later), dossier=dossier, items=make.ITEMS, reason=make.REASON
        )
        last = later + timedelta(hours=1)
        new = actions.add_paper(
            citizen("citizen", last), dossier=dossier, key="other", file=make.a_file(city, at=last)
        )
        for handed_in in (with_form["paper"], added["paper"]):
            with pytest.raises(errors.FileRefused):
                actions.remove_paper(citizen("citizen", last), dossier=dossier, paper=handed_in)
        actions.remove_paper(citizen("citizen", last), dossier=dossier, paper=new["paper"])
        answered = Paper.objects.get(pk=added["paper"]).letter
        assert answered.kind == "supplement-request"
        assert Paper.objects.get(pk=new["paper"]).letter_id not in (None, answered.pk)


class TestSubmission:
    def test_makes_nobody_known_counts_nothing_and_gives_no_code(self, city):
        row = get(make.submitted(city, procedure=BUSINESS))
        assert (row.business_state, row.code, row.due_at, row.clock_state) == (
            S.SUBMITTED,
            None,
            None,
            "none",
        )
        assert row.applicant_id is None
        assert people_queries.by_number(queries.answers_of(row)["personal_number"]) is None

    def test_knows_who_receives_who_decides_and_who_helps(self, city):
        row = get(make.submitted(city, procedure=BUSINESS))
        assert row.received_by_id == city.office(CENTRE).id
        assert row.competent_agency_id == city.office(COMMITTEE).id
        assert row.supported_by_id is None

    def test_any_one_stop_may_receive_whatever_the_boundaries(self, city):
        made = actions.start_draft(city.act("citizen", AT), procedure=BUSINESS, agency=OTHER_CENTRE)
        dossier = made["dossier"]
        actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=make.complete(BUSINESS))
        make.add_needed_papers(city, dossier)
        actions.submit(city.act("citizen", AT), dossier=dossier)
        assert get(dossier).received_by_id == city.office(OTHER_CENTRE).id

    def test_tells_every_problem_at_once(self, city):
        dossier = make.draft(city, child_full_name="", child_birth_on="2030-01-01", commitment=False)
        with pytest.raises(errors.DeclarationIncomplete) as refused:
            actions.submit(city.act("citizen", AT), dossier=dossier)
        told = {problem["field"] for problem in refused.value.problems}
        assert told >= {"child_full_name", "child_birth_on", "commitment"}
        assert all(problem["message"] for problem in refused.value.problems)
        assert get(dossier).business_state == S.DRAFT

    def test_needs_the_papers_this_case_must_bring(self, city):
        made = start(city, make.PERMIT)["dossier"]
        actions.save_answers(city.act("citizen", AT), dossier=made, answers=make.complete(make.PERMIT))
        drawing = make.a_file(city)
        actions.add_paper(city.act("citizen", AT), dossier=made, key="drawings-site", file=drawing)
        with pytest.raises(errors.PapersMissing) as refused:
            actions.submit(city.act("citizen", AT), dossier=made)
        assert [problem["field"] for problem in refused.value.problems] == [
            "paper-drawings-floors",
            "paper-drawings-foundation",
            "paper-neighbour-safety",
        ]
        make.add_needed_papers(city, made)
        actions.submit(city.act("citizen", AT), dossier=made)

    def test_needs_a_desk(self, city):
        made = actions.start_draft(city.act("citizen", AT), procedure=BUSINESS)["dossier"]
        actions.save_answers(city.act("citizen", AT), dossier=made, answers=make.complete(BUSINESS))
        with pytest.raises(errors.NoAgency):
            actions.submit(city.act("citizen", AT), dossier=made)

    def test_goes_through_the_door_that_is_open_now(self, city):
        dossier = make.draft(city, BUSINESS)
        later = AT + timedelta(days=1)
        make.publish_like(BUSINESS, at=later, doors=[{"door": "counter"}])
        with pytest.raises(errors.NotFileable):
            actions.submit(city.act("citizen", later + timedelta(hours=1)), dossier=dossier)

    def test_takes_the_ticked_consents_with_it(self, city):
        dossier = make.draft(city, commitment=False)
        actions.submit(
            city.act("citizen", AT), dossier=dossier, consents=["commitment", "full_name", "nonsense"]
        )
        answers = queries.answers_of(get(dossier))
        assert answers["commitment"] is True
        assert answers["full_name"] != "True"

    def test_writes_one_line_and_one_announcement(self, city):
        dossier = make.submitted(city)
        assert lines(dossier) == ["dossier.draft_started", "dossier.draft_saved", "dossier.submit"]

    def test_at_a_desk_that_has_closed_meanwhile_is_refused(self, city):
        from motcua.agencies import queries as agencies
        from motcua.agencies.models import Agency

        dossier = make.draft(city, BUSINESS)
        Agency.objects.filter(code=CENTRE).update(valid_to=AT.date() - timedelta(days=1))
        agencies.forget()
        with pytest.raises(errors.NotAReceiver):
            actions.submit(city.act("citizen", AT), dossier=dossier)


NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")


def statements(queries_) -> list[str]:
    return [q["sql"] for q in queries_ if not q["sql"].startswith(NOT_COUNTED)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("procedure", [make.BIRTH, BUSINESS])
def test_submission_needs_few_statements_and_one_commit(city, procedure):
    warm = make.submitted(city, procedure=procedure)
    dossier = make.draft(city, procedure)
    act = city.act("citizen", AT)
    with CaptureQueriesContext(connection) as seen:
        actions.submit(act, dossier=dossier, revision=get(dossier).revision)
    assert len(statements(seen)) <= 16, "\n".join(statements(seen))  # the request itself needs a few besides
    assert sum(q["sql"].startswith("COMMIT") for q in seen) == 1
    assert get(warm).business_state == rules.State.SUBMITTED
