"""A person is asked for: what is handed over, who takes it, who reads what, what becomes of the answer."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from motcua.agencies.models import Position
from motcua.assistant import actions as assistant
from motcua.assistant.models import Conversation, Turn
from motcua.foundation.errors import Forbidden
from motcua.foundation.models import AccessEntry, JournalLine
from motcua.foundation.worker import drain
from motcua.helpline import actions, errors, queries, rules
from motcua.helpline.models import Handover, Proposal
from motcua.helpline.words import AGREEMENT, AGREEMENTS
from motcua.notices.models import Notice
from tests.helpline.conftest import MOMENT
from tests.portal.pages import text
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
FIRST = "Tôi là Trần Thị Bé, số 0901234567, làm giấy khai sinh cần gì"
LAST = "không hiểu, ai giải thích giúp"


@pytest.fixture
def talk(act):
    made = assistant.ask(act(), question=FIRST)
    assistant.ask(act(), question=LAST, conversation=made["conversation"])
    return made["conversation"]


def asked(act, talk, *, agreed=True):
    return actions.ask(act(), conversation=talk, agreed=agreed)["handover"]


def test_what_she_agreed_to_is_what_is_read_and_nothing_before(act, talk, desk):
    whole = queries.transcript(Conversation.objects.get())
    assert [turn["number"] for turn in whole] == [1, 2] and "[tên]" in whole[0]["question"]
    handover = asked(act, talk, agreed=False)
    row = Handover.objects.get()
    assert (row.from_turn, row.agreed, row.reason) == (2, False, rules.Reason.UNSURE)
    assert row.agreement == AGREEMENT and row.agreement_text == str(AGREEMENTS[AGREEMENT])
    actions.take(act("operator"), handover=handover)
    read = queries.transcript(row.conversation, row.from_turn)
    assert [turn["question"] for turn in read] == [LAST]
    # later she agrees to more; less than before it never becomes
    asked(act, talk, agreed=True)
    asked(act, talk, agreed=False)
    row.refresh_from_db()
    assert (row.from_turn, row.agreed) == (1, True) and Handover.objects.count() == 1


def test_what_is_said_to_the_machine_afterwards_is_nobody_elses(act, talk, desk, browse, at):  # noqa: F811
    assistant.ask(act(), question="cho tôi gặp nhân viên tư vấn", conversation=talk)
    handover = asked(act, talk, agreed=False)
    row = Handover.objects.get()
    assert row.from_turn == 2  # her question; that she wants a person is none
    actions.take(act("operator"), handover=handover)
    actions.close(act("operator"), handover=handover, outcome="answered")
    later = act(at=MOMENT + timedelta(minutes=5))
    assistant.ask(later, question="làm lại sổ đỏ bị mất cần gì", conversation=talk)
    page = text(client_of(desk.accounts["operator"]).get(f"/tong-dai/yeu-cau/{handover}/"))
    assert LAST in page and "sổ đỏ bị mất" not in page
    row.refresh_from_db()
    read = queries.transcript(row.conversation, row.from_turn, row.closed_at)
    assert [turn["number"] for turn in read] == [2, 3]


def test_only_operators_and_only_whoever_took_it(act, talk, desk):
    handover = asked(act, talk)
    for name in ("receptionist", "leader", "admin", "helper", "citizen"):
        actor = desk.actor(name, MOMENT)
        assert not queries.waiting(actor) and not queries.visible_to(actor).exists()
        for verb in (actions.take, actions.release):
            with pytest.raises(Forbidden):
                verb(act(name), handover=handover)
    operator, colleague = (desk.actor(name, MOMENT) for name in ("operator", "colleague"))
    assert [row.public_id for row in queries.waiting(colleague)] == [handover]
    with pytest.raises(errors.NotTakenByYou):
        queries.readable(operator, handover)  # who waits is known; the words only to who took it
    with pytest.raises(errors.NotTakenByYou):
        actions.say(act("operator"), handover=handover, text="Chào bạn")
    actions.take(act("operator"), handover=handover)
    actions.take(act("operator"), handover=handover)  # taken is taken
    with pytest.raises(errors.TakenByAnother):
        actions.take(act("colleague"), handover=handover)
    with pytest.raises(errors.NotTakenByYou):
        queries.readable(colleague, handover)
    actions.release(act("operator"), handover=handover)
    actions.take(act("colleague"), handover=handover)
    assert queries.readable(colleague, handover).officer_id == desk.accounts["colleague"].pk


@pytest.mark.django_db(transaction=True)
def test_two_operators_never_take_the_same(act, talk, desk):
    handover, start, told = asked(act, talk), Barrier(2), []

    def run(mine):
        try:
            start.wait()
            actions.take(mine, handover=handover)
            told.append("taken")
        except errors.TakenByAnother:
            told.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act(name),)) for name in ("operator", "colleague")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["refused", "taken"]
    assert JournalLine.objects.filter(verb="handover.taken").count() == 1


def test_the_answer_reaches_her_and_becomes_a_proposal(act, talk, desk, browse, at):  # noqa: F811
    Conversation.objects.update(account=desk.accounts["citizen"])
    handover = actions.ask(act("citizen"), conversation=talk, agreed=True)["handover"]
    actions.take(act("operator"), handover=handover)
    with pytest.raises(errors.AnswerEmpty):
        actions.say(act("operator"), handover=handover, text=" ")
    actions.say(act("operator"), handover=handover, text="Chị mang giấy chứng sinh. Gọi 0912345678 nếu cần.")
    drain()
    assert Notice.objects.get().kind == "helpline.answered"
    assert "Cán bộ tổng đài đã trả lời" in text(browse("citizen").get("/ho-so/"))
    with pytest.raises(errors.ClosingWrong) as wrong:
        actions.close(
            act("operator"), handover=handover, outcome="answered", propose=True, article="Luật nào đó"
        )
    assert {each["field"] for each in wrong.value.problems} == {"question", "answer", "article"}
    made = actions.close(
        act("operator"),
        handover=handover,
        outcome="answered",
        propose=True,
        question="Làm khai sinh cho con bà Trần Thị Bé cần gì?",
        answer="Giấy chứng sinh. Gọi 0912345678.",
        slug="birth-registration",
        path="required_documents",
    )
    row = Proposal.objects.get()
    assert [row] == queries.proposals() and row.public_id == made["proposal"]
    assert "Trần" not in row.question and "0912" not in row.answer and (row.slug, row.article) != ("", "x")
    assert (
        Conversation.objects.get().state == "open"
    )  # the machine answers again; what was said stays to be read
    assert "0912345678" not in Turn.objects.get(kind="officer").said
    drain()
    assert Handover.objects.get().outcome == "answered"


@pytest.mark.sqlite
@pytest.mark.parametrize("slug", ["nothing", ""])
def test_a_proposal_without_a_source_is_none(act, talk, desk, slug):
    handover = asked(act, talk)
    actions.take(act("operator"), handover=handover)
    given = {"question": "Hỏi?", "answer": "Đáp.", "slug": slug, "path": "fees"}
    with pytest.raises(errors.ClosingWrong):
        actions.close(act("operator"), handover=handover, outcome="answered", propose=True, **given)
    assert Handover.objects.get().state == rules.State.TAKEN and not Proposal.objects.exists()


def test_editors_settle_a_proposal_once(act, talk, desk):
    handover = asked(act, talk)
    actions.take(act("operator"), handover=handover)
    given = {"question": "Hỏi?", "answer": "Đáp.", "article": "Điều 15 Luật 60/2014/QH13"}
    made = actions.close(act("operator"), handover=handover, outcome="answered", propose=True, **given)
    with pytest.raises(Forbidden):
        actions.settle(act("operator"), proposal=made["proposal"], verdict="accepted")
    with pytest.raises(errors.VerdictWrong):
        actions.settle(act("admin"), proposal=made["proposal"], verdict="declined")
    actions.settle(act("admin"), proposal=made["proposal"], verdict="declined", note="Đã có câu này")
    with pytest.raises(errors.ProposalSettled):
        actions.settle(act("admin"), proposal=made["proposal"], verdict="accepted")
    assert not queries.proposals() and queries.proposals(state="declined")[0].note == "Đã có câu này"


def test_the_assistants_own_form_leads_into_the_queue_and_out_of_it(act, talk, desk):
    assistant.ask_person(act(), conversation=talk, agreed=True)
    drain()
    row = Handover.objects.get()
    assert (row.state, row.agreement) == (rules.State.WAITING, "assistant")
    assistant.give_back(act("operator"), conversation=talk)
    drain()
    row.refresh_from_db()
    assert (row.state, row.outcome) == (rules.State.CLOSED, rules.Outcome.WITHDRAWN)
    assistant.ask_person(act(), conversation=talk, agreed=True)
    drain()
    assistant.erase(act(), conversation=talk)
    assert not Handover.objects.exists()


def test_nobody_is_asked_for_where_nobody_is_appointed(act, talk, desk):
    Position.objects.filter(role="operator").delete()
    with pytest.raises(errors.NobodyAnswers):
        asked(act, talk)
    assert not queries.hours(MOMENT).appointed and not queries.people_answer(MOMENT)


@pytest.mark.sqlite
def test_outside_office_hours_it_says_when_somebody_is_there(act, talk, desk):
    assert queries.hours(MOMENT).now
    friday_evening = MOMENT + timedelta(days=4, hours=9)
    found = queries.hours(friday_evening)
    assert found.appointed and not found.now
    assert found.next_at.date() == (MOMENT + timedelta(days=7)).date() and found.next_at.hour in (7, 8)
    handover = asked(act, talk)
    actions.take(act("operator"), handover=handover)
    assert assistant.let_go(MOMENT + timedelta(days=3), limit=5) == 0  # a weekend is not too long to wait
    actions.release(act("operator"), handover=handover)
    assert actions.give_up(act(at=MOMENT + timedelta(days=8)), limit=5) == 1
    assert Handover.objects.get().outcome == rules.Outcome.WITHDRAWN


@pytest.mark.sqlite
def test_the_pages_by_hand(act, talk, desk, browse, at):  # noqa: F811
    stranger, operator = browse(), browse("operator")
    page = stranger.get(f"/tong-dai/gap/{talk}/")
    assert "cán bộ sẽ đọc" in text(page) and "0901" not in text(page) and "•••" in text(page)
    assert stranger.post(f"/tong-dai/gap/{talk}/", {"agreed": "all"}).status_code == 302
    assert "chờ được 0 phút" in text(stranger.get(f"/tong-dai/gap/{talk}/"))
    handover = Handover.objects.get().public_id
    Handover.objects.update(waiting_since=MOMENT - timedelta(minutes=25))
    listed = text(operator.get("/tong-dai/"))
    assert "25 phút" in listed and "chờ lâu" in listed and "khai sinh" not in listed
    assert browse("receptionist").get("/tong-dai/").status_code == 403
    home = f"/tong-dai/yeu-cau/{handover}/"
    assert operator.get(home).status_code == 403
    operator.post(f"{home}take/", {"act_id": "take-it-once-0001"})
    assert "làm giấy khai sinh" in text(operator.get(home))
    entry = AccessEntry.objects.get(page="helpline:handover")
    assert entry.purpose == "helpline.answer" and entry.subjects.get().subject == f"conversation:{talk}"
    assert operator.post(f"{home}say/", {"text": "Chào chị"}).status_code == 302
    wrong = operator.post(f"{home}close/", {"outcome": "", "propose": "1", "question": "Câu tôi gõ"})
    assert wrong.status_code == 422 and "Câu tôi gõ" in wrong.content.decode()
    assert operator.post(f"{home}close/", {"outcome": "sent_on"}).status_code == 302
    assert operator.post(f"{home}nothing/").status_code == 404
    assert "Đã hướng dẫn nơi khác" in text(operator.get(home))


def test_editors_make_a_proposal_an_answer_or_say_why_not(act, talk, desk, at):  # noqa: F811
    handover = asked(act, talk)
    actions.take(act("operator"), handover=handover)
    given = {
        "question": "chợ mở lại khi nào",
        "answer": "Chợ mở ngày 15.",
        "article": "Điều 15 Luật 60/2014/QH13",
    }
    made = actions.close(act("operator"), handover=handover, outcome="answered", propose=True, **given)[
        "proposal"
    ]
    admin, home = client_of(desk.accounts["admin"]), "/soan-tro-ly/"
    listed = admin.get(home).content.decode()
    assert "Chợ mở ngày 15." in listed and f"?de_nghi={made}" in listed
    admin.post(f"{home}de-nghi/", {"proposal": made, "note": "không"})
    assert queries.proposals(), "a word is no reason"
    form = admin.get(f"{home}them/answers/", {"de_nghi": made}).content.decode()
    assert given["question"] in form and given["article"] in form
    sent = {
        "do": "add",
        "de_nghi": made,
        "said": given["question"],
        "vi": given["answer"],
        "source": given["article"],
    }
    admin.post(f"{home}them/answers/", sent)
    assert queries.proposals(), "without English it is not taught, and still waits"
    assert admin.post(f"{home}them/answers/", {**sent, "en": "It opens on the 15th."}).status_code == 302
    assert [each.public_id for each in queries.proposals(state="accepted")] == [made]
    assert "Chợ mở ngày 15." not in admin.get(home).content.decode()
