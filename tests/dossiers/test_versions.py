"""New versions of a procedure while dossiers run: what was received stays, drafts follow, an officer may bring one.

A dossier begun on any earlier version can be finished after three more.
"""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView, changes
from motcua.dossiers import actions, errors, queries
from motcua.dossiers.models import VersionMove
from motcua.foundation import policy, worker
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.packs import store
from motcua.foundation.time import TZ
from motcua.notices import queries as notices
from tests.support.city import CENTRE

from . import factories as make
from .factories import AT, ITEMS, REASON, S, get

SLUG = "versioned"
TEN = {"value": 10, "unit": "working_days"}
FIVE = {"value": 5, "unit": "working_days"}
WHY = "Điều khoản chuyển tiếp cho phép áp dụng quy định mới có lợi hơn"
CLAUSE = {"running": "may_move", "source": "Nghị định thử, điều khoản chuyển tiếp"}
ANSWERS = {"full_name": "Nguyễn Thị Lan", "reason": "Mất bản cũ", "commitment": True}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def question(name: str, kind: str = "text", required: bool = True, **more) -> dict:
    return {"id": name, "type": kind, "label": {"vi": f"Câu {name}", "en": f"Question {name}"}, "required": required,
            "sensitivity": "open", **more}  # fmt: skip


BASE = [
    question("full_name", "name"),
    question("reason"),
    question("commitment", "consent"),
]


def declaration(fields: list[dict], papers: list[dict] = (), fees: list[dict] = ()) -> dict:
    section = {"id": "main", "title": {"vi": "Nội dung", "en": "Content"}, "fields": fields}
    return {"sections": [section], "papers": list(papers), "fees": list(fees)}


def publish(moment: datetime, *, slug=SLUG, fields=BASE, papers=(), fees=(), **more) -> ProcedureView:
    """A version of the procedure in force from `moment` on."""
    model = copy.deepcopy(dict(catalogue.view_for(make.BUSINESS, AT).body))
    body = {**model, "id": slug, "slug": slug, "code": None, "time_limit": TEN, **more}
    body["declaration"] = declaration(list(fields), papers, fees)
    document = {"kind": "procedures", "key": slug, "body": body, "layers": ["national"]}
    act = new_act(system("tests"), at=moment, purpose="test")
    taken = store.take_in(act, documents=[document])
    if not taken["unchanged"]:
        act = new_act(system("tests"), at=moment, purpose="test")
        store.publish(act, kind="procedures", key=slug, valid_from=moment)
    return catalogue.view_for(slug, moment)


def begin(city, moment: datetime = AT, *, slug: str = SLUG, **answers) -> str:
    made = actions.start_draft(city.act("citizen", moment), procedure=slug, agency=CENTRE)["dossier"]
    said = {**ANSWERS, **answers}
    actions.save_answers(city.act("citizen", moment), dossier=made, answers=said)
    return made


def follow(dossier: str, moment: datetime) -> dict:
    return actions.follow_version(new_act(system("worker"), at=moment, purpose="test"), dossier=dossier)


@pytest.fixture
def first(city):
    return publish(AT - timedelta(days=5))


@pytest.mark.django_db
class TestDraftsFollow:
    def test_with_a_list_of_what_changed_shown_once(self, city, first):
        dossier = begin(city)
        later = AT + timedelta(days=1)
        paper = {"key": "giay-moi", "name_vi": "Giấy mới", "type": "copy", "quantity": 1, "required": True}
        new = publish(later, fields=[*BASE, question("phone", "phone")], papers=[paper], time_limit=FIVE)
        assert follow(dossier, later)["moved"] is True
        row = get(dossier)
        assert row.declared_version_id == new.version_id
        assert queries.answers_of(row) == ANSWERS
        told = [(c.what, c.how, c.name.vi) for c in queries.changes_for_applicant(row)]
        assert ("limit", "changed", "Thời hạn giải quyết") in told
        assert ("question", "added", "Câu phone") in told
        assert ("paper", "added", "Giấy mới") in told
        actions.note_version_seen(city.act("citizen", later), dossier=dossier)
        assert queries.changes_for_applicant(get(dossier)) == ()
        assert follow(dossier, later)["moved"] is False
        assert verify().good and list(policy.differences()) == []

    def test_two_versions_later_the_list_tells_from_what_she_knew(self, city, first):
        dossier = begin(city)
        days = [AT + timedelta(days=n) for n in (1, 2)]
        publish(days[0], fields=[*BASE, question("phone", "phone")])
        follow(dossier, days[0])
        publish(days[1], fields=BASE, time_limit=FIVE)
        follow(dossier, days[1])
        assert VersionMove.objects.filter(seen_at=None).count() == 2
        told = [(c.what, c.how) for c in queries.changes_for_applicant(get(dossier))]
        assert told == [("limit", "changed")], "the phone came and went without her"

    def test_a_question_of_another_kind_is_asked_again_and_nothing_else(self, city, first):
        dossier = begin(city)
        later = AT + timedelta(days=1)
        choice = [{"value": "a", "label": {"vi": "A"}}, {"value": "b", "label": {"vi": "B"}}]
        publish(later, fields=[BASE[0], question("reason", "choice", options=choice), BASE[2]])
        assert follow(dossier, later)["asked_again"] == ["reason"]
        assert queries.answers_of(get(dossier)) == {k: v for k, v in ANSWERS.items() if k != "reason"}
        with pytest.raises(errors.DeclarationIncomplete):
            actions.submit(city.act("citizen", later), dossier=dossier)
        actions.save_answers(city.act("citizen", later), dossier=dossier, answers={**ANSWERS, "reason": "a"})
        assert actions.submit(city.act("citizen", later), dossier=dossier)["state"] == S.SUBMITTED

    def test_by_the_worker_all_that_are_behind_and_no_other(self, city, first, monkeypatch):
        from motcua.dossiers import tasks

        monkeypatch.setattr(tasks, "BATCH", 2)
        drafts = [begin(city) for _ in range(5)]
        handed_in = begin(city)
        actions.submit(city.act("citizen", AT), dossier=handed_in)
        worker.drain()
        later = AT + timedelta(days=1)
        new = publish(later, time_limit=FIVE)
        worker.drain()
        assert {get(draft).declared_version_id for draft in drafts} == {new.version_id}
        assert get(handed_in).declared_version_id == first.version_id
        lines = JournalLine.objects.filter(verb="dossier.version_followed")
        assert lines.count() == 5

    def test_what_it_does_is_the_platforms_alone(self, city, first):
        dossier = begin(city)
        for who in ("citizen", "admin", "processor"):
            with pytest.raises(errors.NotYours):
                actions.follow_version(city.act(who, AT), dossier=dossier)
        with pytest.raises(errors.DossierNotFound):
            actions.note_version_seen(city.act("other_citizen", AT), dossier=dossier)


def received(city, moment=AT) -> str:
    dossier = begin(city, moment)
    actions.submit(city.act("citizen", moment), dossier=dossier)
    actions.receive(city.act("receptionist", moment), dossier=dossier)
    return dossier


@pytest.mark.django_db
class TestReceivedOnesStay:
    def test_on_the_version_of_their_reception(self, city, first):
        dossier = received(city)
        publish(AT + timedelta(days=1), time_limit=FIVE, transition=CLAUSE)
        worker.drain()
        assert (get(dossier).version_id, get(dossier).due_on) == (first.version_id, date(2026, 10, 19))
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        actions.recount(new_act(system("worker"), at=AT, purpose="test"), dossier=dossier)
        assert get(dossier).due_on == date(2026, 10, 19)

    def test_until_an_officer_brings_one_over_with_a_reason(self, city, first):
        dossier = received(city)
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        later = AT + timedelta(days=1)
        new = publish(later, time_limit=FIVE, transition=CLAUSE)
        with pytest.raises(errors.ReasonNeeded):
            actions.change_version(city.act("processor", later), dossier=dossier, reason="x")
        actions.take(city.act("processor", later), dossier=dossier)
        done = actions.change_version(city.act("processor", later), dossier=dossier, reason=WHY)
        assert (done["before"], done["after"]) == ("2026-10-19", "2026-10-12")
        row = get(dossier)
        assert (row.version_id, row.due_on, row.first_due_on) == (
            new.version_id, date(2026, 10, 12), date(2026, 10, 19),
        )  # fmt: skip
        line = JournalLine.objects.get(chain=f"dossier:{dossier}", verb="dossier.change_version")
        assert (line.facts["former"], line.facts["hash"]) == (first.hash, new.hash)
        assert (line.facts["before"], line.facts["after"]) == ("2026-10-19", "2026-10-12")
        worker.drain()
        for holder in (f"account:{row.filer_id}", f"account:{row.assigned_to_id}"):
            assert any(n.kind == "dossier.due_moved_version" for n in notices.notices_for([holder])), holder
        assert verify().good and list(policy.differences()) == []

    def test_but_only_where_the_new_version_lets_her(self, city, first):
        dossier = received(city)
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        with pytest.raises(errors.VersionStays) as none:
            actions.change_version(city.act("processor", AT), dossier=dossier, reason=WHY)
        assert "chưa có phiên bản mới" in none.value.sentence
        later = AT + timedelta(days=1)
        for clause in ({}, {"transition": {"running": "stay", "source": "Nghị định thử"}}):
            later += timedelta(hours=1)
            publish(later, time_limit=FIVE, **clause)
            with pytest.raises(errors.VersionStays) as stays:
                actions.change_version(city.act("processor", later), dossier=dossier, reason=WHY)
            assert "điều khoản chuyển tiếp" in stays.value.sentence
        assert get(dossier).version_id == first.version_id

    def test_and_only_who_works_on_it(self, city, first):
        dossier = received(city)
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        publish(AT + timedelta(days=1), transition=CLAUSE, time_limit=FIVE)
        later = AT + timedelta(days=2)
        for who, refused in (
            ("receptionist", errors.NotYours), ("signer", errors.DossierNotFound), ("citizen", errors.NotYours),
            ("other_processor", errors.DossierNotFound),
        ):  # fmt: skip
            with pytest.raises(refused):
                actions.change_version(city.act(who, later), dossier=dossier, reason=WHY)
        actions.change_version(city.act("head", later), dossier=dossier, reason=WHY)
        actions.withdraw(city.act("citizen", later), dossier=dossier)
        with pytest.raises(errors.MoveNotAllowed):
            actions.change_version(city.act("head", later), dossier=dossier, reason=WHY)


# Any versions ---------------------------------------------------------------------------------------------------------

NAMES = ("alpha", "beta", "gamma", "delta")
CHOICES = [{"value": "a", "label": {"vi": "A"}}, {"value": "b", "label": {"vi": "B"}}]
VALUES = {"text": "một câu", "number": 7, "yes_no": True, "date": "2026-09-01", "choice": "a"}
MORE_STEPS = {
    "key": "xac-minh", "order": 90, "stage": "processing", "role": "x", "action_vi": "Xác minh", "time_share": 0,
}  # fmt: skip


@st.composite
def versions(draw):
    """What one version asks, in any order: questions of any kind, papers, fees, a limit, steps."""
    kinds = {name: draw(st.sampled_from((None, *VALUES))) for name in NAMES}
    fields = [
        question(name, kind, draw(st.booleans()), **({"options": CHOICES} if kind == "choice" else {}))
        for name, kind in kinds.items()
        if kind
    ]
    papers = [
        {"key": f"giay-{n}", "name_vi": f"Giấy {n}", "type": draw(st.sampled_from(("copy", "original"))), "quantity": 1,
         "required": draw(st.booleans())}
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return {
        "fields": [*BASE, *fields],
        "papers": papers,
        "time_limit": {
            "value": draw(st.integers(1, 30)),
            "unit": draw(st.sampled_from(("working_days", "months"))),
        },
        "clock": {"on_supplement": draw(st.sampled_from(("restart", "pause")))},
        "more_steps": draw(st.booleans()),
        "transition": CLAUSE if draw(st.booleans()) else None,
    }


def publish_any(moment, version, slug):
    said = dict(version)
    if said.pop("more_steps"):
        steps = [dict(s) for s in catalogue.view_for(make.BUSINESS, AT).body["steps"]]
        last = max(n for n, s in enumerate(steps) if s["stage"] == "processing")
        steps.insert(last, {**MORE_STEPS, "order": steps[last]["order"]})
        for n, step in enumerate(steps, 1):
            step["order"] = n
        said["steps"] = steps
    if said["transition"] is None:
        said.pop("transition")
    return publish(moment, slug=slug, **said)


def fill_in(city, dossier, moment):
    """Answer and bring all that the present form asks for, as its page shows it."""
    row = get(dossier)
    view = queries.declared_view_of(row)
    known = queries.answers_of(row)
    said = {
        one.id: known.get(one.id, VALUES.get(one.type, ANSWERS.get(one.id)))
        for one in view.declaration.fields
    }
    actions.save_answers(city.act("citizen", moment), dossier=dossier, answers=said)
    there = {paper.key for paper in queries.papers_of(get(dossier))}
    for need in queries.papers_needed(view, said, moment.date(), channel=row.channel):
        if queries.must_upload(need) and need.key not in there:
            file = make.a_file(city, at=moment, name=f"{need.key}.pdf")
            actions.add_paper(city.act("citizen", moment), dossier=dossier, key=need.key, file=file)


def bring_to(city, state, moment, slug) -> str:
    dossier = begin(city, moment, slug=slug)
    if state == S.DRAFT:
        return dossier
    fill_in(city, dossier, moment)
    actions.submit(city.act("citizen", moment), dossier=dossier)
    if state != S.SUBMITTED:
        actions.receive(city.act("receptionist", moment), dossier=dossier)
    if state in (S.IN_PROCESS, S.SUPPLEMENT):
        actions.transfer(city.act("receptionist", moment), dossier=dossier)
    if state == S.SUPPLEMENT:
        asking = city.act("processor", moment)
        actions.ask_supplement(asking, dossier=dossier, items=ITEMS, reason=REASON)
    return dossier


def finish(city, dossier, moment) -> None:
    """From wherever it stands to its result in the applicant's hands, by what its pages offer."""
    state = get(dossier).business_state
    if state == S.DRAFT:
        fill_in(city, dossier, moment)
        actions.submit(city.act("citizen", moment), dossier=dossier)
    if get(dossier).business_state == S.SUBMITTED:
        actions.receive(city.act("receptionist", moment), dossier=dossier)
    if get(dossier).business_state == S.RECEIVED:
        actions.transfer(city.act("receptionist", moment), dossier=dossier)
    if get(dossier).business_state == S.SUPPLEMENT:
        actions.answer(city.act("citizen", moment), dossier=dossier)
    make.to_last_step(city, dossier, moment)
    actions.draft_result(city.act("processor", moment), dossier=dossier)
    actions.approve(city.act("signer", moment), dossier=dossier, number="1/KQ")
    if get(dossier).finance_state == "due":
        actions.record_cash(city.act("clerk", moment), dossier=dossier, receipt_number="BL-1")
    actions.hand_over(city.act("receptionist", moment), dossier=dossier)
    assert get(dossier).business_state == S.RETURNED


ROUND = count()
STATES = (S.DRAFT, S.SUBMITTED, S.RECEIVED, S.IN_PROCESS, S.SUPPLEMENT)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(versions(), min_size=4, max_size=4), st.data())
def test_begun_on_any_version_it_is_finished_after_three_more(city, four, data):
    """One dossier in each state, each later version in force a day later, some brought over by an officer."""
    moment, slug = AT, f"versioned-{next(ROUND)}"
    publish_any(moment, four[0], slug)
    begun = {state: bring_to(city, state, moment, slug) for state in STATES}
    pinned = {state: get(dossier).version_id for state, dossier in begun.items()}
    for version in four[1:]:
        moment += timedelta(days=1)
        publish_any(moment, version, slug)
        follow(begun[S.DRAFT], moment)
        over = data.draw(st.sampled_from((None, S.IN_PROCESS, S.SUPPLEMENT)))
        if over and version["transition"]:
            before = get(begun[over]).version_id
            try:
                act = city.act("processor", moment)
                actions.change_version(act, dossier=begun[over], reason=WHY)
                pinned[over] = get(begun[over]).version_id
            except (
                errors.VersionStays
            ):  # the same document was published again: there is nothing to go over to
                assert get(begun[over]).version_id == before
    for state in (S.RECEIVED, S.IN_PROCESS, S.SUPPLEMENT):
        assert get(begun[state]).version_id == pinned[state]
    assert get(begun[S.DRAFT]).declared_version_id == catalogue.view_for(slug, moment).version_id
    assert list(policy.differences()) == []
    for dossier in begun.values():
        finish(city, dossier, moment)
    assert list(policy.differences()) == []
    assert verify().good


@given(versions(), versions())
def test_the_list_of_changes_is_whole(one, other):
    """What one list adds the way back takes away; a version differs in nothing from itself."""

    def view(version):
        body = {"id": "x", "slug": "x", "name_vi": "X", "time_limit": version["time_limit"]}
        return ProcedureView({**body, "declaration": declaration(version["fields"], version["papers"])})

    there, back = changes(view(one), view(other)), changes(view(other), view(one))
    flip = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(c.what, c.how, c.name.vi) for c in there} == {(c.what, flip[c.how], c.name.vi) for c in back}
    assert changes(view(one), view(one)) == ()
    asked = {f["id"]: f for f in one["fields"]}, {f["id"]: f for f in other["fields"]}
    differing = {n for n in asked[0].keys() | asked[1].keys() if asked[0].get(n) != asked[1].get(n)}
    assert {c.name.vi for c in there if c.what == "question"} == {f"Câu {name}" for name in differing}
