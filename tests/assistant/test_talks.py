"""Conversations: what is kept of a question and what never, whose they are, handing over, forgetting, opening."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.assistant import actions, errors
from motcua.assistant import queries as assistant
from motcua.assistant.models import Conversation, Turn
from motcua.assistant.queries import shown, talks
from motcua.assistant.rules import (
    ANSWER,
    Asked,
    Button,
    Choice,
    Context,
    Guess,
    Reply,
    Sentence,
    Source,
    talking,
)
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import ANONYMOUS
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import ActRecord, JournalLine, JournalPersonal
from motcua.foundation.packs import store
from motcua.privacy.export import held
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(hours=1)
PLANTED = ("001099012345", "0901234567", "lan.nguyen@gmail.com", "29A-123.45", "Trần Thị Bé")
TYPED = (
    "Tôi tên là Trần Thị Bé, CCCD 001099012345, gọi 0901 234 567 hoặc lan.nguyen@gmail.com, xe 29A-123.45, "
    "làm giấy khai sinh cho con mới sinh cần gì"
)


def someone(at=AT, act_id=None, actor=ANONYMOUS):
    return new_act(actor, at=at, purpose="ask", act_id=act_id)


def ask(question=TYPED, act=None, **more):
    return actions.ask(act or someone(), question=question, **more)


def says(monkeypatch, *sentences, **more):
    """The core says this, whatever is asked; the test is about what is kept of it."""
    told = Reply(ANSWER, "documents", sentences, more.pop("context", Context()), **more)
    monkeypatch.setattr(assistant, "reply", lambda *given, **named: told)


@pytest.fixture(autouse=True)
def core(monkeypatch):
    """Learning how people ask costs seconds; the journey of a birth asks the true core."""
    told = Sentence(
        "Giấy chứng sinh.", Source("procedure", "birth-registration", "required_documents"), "paper"
    )
    says(
        monkeypatch,
        told,
        slug="birth-registration",
        guesses=(Guess("birth-registration", "1.001193", "x", 0.9),),
    )


def everything_stored():
    """All text of all tables, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("foundation_packversion", "catalogue_", "foundation_packdocument")):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_what_says_who_somebody_is_reaches_no_table(city):
    made = ask()
    actions.rate(
        someone(), conversation=made["conversation"], turn=1, useful=False, why="other", note=f"Sai! {TYPED}"
    )
    stored = everything_stored()
    assert "[tên]" in stored and "cần gì" in stored
    for planted in PLANTED:
        assert planted not in stored and planted.replace(" ", "") not in stored
    turn = Turn.objects.get()
    assert (turn.useful, turn.why, turn.slug) == (False, "other", "birth-registration")
    assert turn.latency_ms >= 0 and turn.guesses and talks.sentences_of(turn)


def test_the_words_of_a_question_are_in_no_statement_and_no_log(city, caplog):
    with CaptureQueriesContext(connection) as told:
        ask()
    said = "\n".join(str(query["sql"]) for query in told.captured_queries) + caplog.text
    assert not [planted for planted in PLANTED if planted in said]


def test_a_failure_while_answering_tells_nobody_what_was_asked(city, monkeypatch, browse_stranger, caplog):
    def fails(question, *given, **named):
        raise ValueError("something is wrong with the core")

    monkeypatch.setattr(assistant, "reply", fails)
    answer = browse_stranger.post("/hoi-dap/", {"question": TYPED})
    said = answer.content.decode() + caplog.text
    assert answer.status_code == 500
    assert not [planted for planted in PLANTED if planted in said] and not Turn.objects.exists()


def test_a_question_sent_twice_is_answered_once_and_the_next_goes_on(city):
    act = someone(act_id="the-same-form-twice")
    first, again = ask(act=act), ask(act=act)
    assert (again["turn"], again["conversation"], again["replayed"]) == (1, first["conversation"], True)
    second = ask("lệ phí bao nhiêu", conversation=first["conversation"])
    assert (second["turn"], Turn.objects.count(), Conversation.objects.count()) == (2, 2, 1)
    assert not JournalLine.objects.filter(chain__startswith="conversation:").exists()
    with pytest.raises(errors.QuestionEmpty):
        ask("  \n", conversation=first["conversation"])
    with pytest.raises(errors.ConversationNotFound):
        ask("tiếp", conversation="0" * 26)
    monkey = Turn.objects.filter(number=2).update(number=talking.TURNS_MAX)
    assert monkey
    with pytest.raises(errors.TooManyTurns):
        ask("nữa", conversation=first["conversation"])


def test_a_conversation_of_an_account_is_hers_alone_while_it_lives(city):
    citizen, other = city.actor("citizen", AT), city.actor("other_citizen", AT)
    made = ask("làm giấy khai sinh", someone(actor=citizen))["conversation"]
    assert talks.living(citizen, made) and not talks.living(other, made) and not talks.living(ANONYMOUS, made)
    with pytest.raises(errors.ConversationNotFound):
        actions.erase(someone(actor=other), conversation=made)
    actions.close(someone(actor=citizen), conversation=made)
    row = Conversation.objects.get()
    assert (row.account_id, row.state) == (None, talking.State.CLOSED)
    with pytest.raises(errors.ConversationOver):
        ask("tiếp", someone(actor=citizen), conversation=made)


def test_what_is_said_of_her_own_dossiers_is_sealed_and_forgotten_with_the_conversation(city, monkeypatch):
    code = "H49.23.01-261005-0001"
    public = Sentence("Giấy khai sinh do xã cấp.", Source("procedure", "birth-registration", "result"))
    own = Sentence(f"Hồ sơ {code} đang chờ bạn.", Source("dossier", "0" * 26, "state"), "state")
    says(monkeypatch, own, public)
    ask("hồ sơ của tôi đâu", someone(actor=city.actor("citizen", AT)))
    assert code not in everything_stored()
    turn = Turn.objects.get()
    assert [one["text"] for one in talks.sentences_of(turn)] == [own.text, public.text]
    assert actions.let_go(AT + timedelta(hours=23), limit=9) == 0
    assert actions.let_go(AT + timedelta(hours=25), limit=9) == 1
    turn.refresh_from_db()
    assert [one["text"] for one in talks.sentences_of(turn)] == [public.text]
    assert Conversation.objects.get().account_id is None


def test_choices_and_button_that_name_her_dossiers_are_sealed_too(city, monkeypatch):
    code, page = "H49.23.01-261005-0001", f"/ho-so/{'1' * 26}/"
    own = Sentence(f"Bạn có 2 hồ sơ, {code} là một.", Source("dossier", "1" * 26, "state"), "state")
    which = Asked("dossier", "Bạn hỏi hồ sơ nào?", "choice", (Choice("1" * 26, f"Khai sinh · {code}"),))
    says(monkeypatch, own, asked=which, button=Button("Mở hồ sơ", page))
    made = ask("hồ sơ của tôi đâu", someone(actor=city.actor("citizen", AT)))["conversation"]
    held = everything_stored()
    assert code not in held and "1" * 26 not in held
    row, turn = Conversation.objects.get(), Turn.objects.get()
    assert talks.asked_of(row)["options"][0]["label"].endswith(code)
    assert shown.turn(turn, row)["asked"]["options"] and shown.turn(turn, row)["button"]["href"] == page
    assert actions._said(row, "", "1" * 26) == (f"Khai sinh · {code}", "1" * 26)
    actions.close(someone(actor=city.actor("citizen", AT)), conversation=made)
    turn.refresh_from_db()
    assert talks.asked_in(turn) == {} and talks.button_of(turn) == {}


def test_what_is_still_hers_is_among_what_she_takes_along(city):
    citizen = city.actor("citizen", AT)
    made = ask("làm giấy khai sinh", someone(actor=citizen))["conversation"]
    ask("mở quán ăn")
    document, _files = held(citizen, AT)
    (told,) = document["conversations"]
    assert [(turn["question"], turn["answer"]) for turn in told["turns"]] == [
        ("làm giấy khai sinh", ["Giấy chứng sinh."])
    ]
    actions.close(someone(actor=citizen), conversation=made)
    assert held(citizen, AT)[0]["conversations"] == []


def test_old_conversations_are_erased_after_the_days_of_the_pack(city):
    assert (
        talks.keep_days(AT.date())
        == store.current("values", talks.KEEP).body["values"]["2026-01-01"]["value"]
    )
    ask()
    days = timedelta(days=talks.keep_days(AT.date()))
    assert actions.forget(AT + days, limit=9) == 0
    assert actions.forget(AT + days + timedelta(minutes=1), limit=9) == 1
    assert not Turn.objects.exists()


def test_she_can_have_it_erased(city):
    citizen = city.actor("citizen", AT)
    first = ask("làm giấy khai sinh", someone(actor=citizen))["conversation"]
    ask("mất sổ đỏ", someone(actor=citizen))
    stranger = ask("mở quán ăn")["conversation"]
    actions.erase(someone(actor=citizen), conversation=first)
    assert actions.erase_mine(someone(actor=citizen))["erased"] == 1
    assert list(Conversation.objects.values_list("public_id", flat=True)) == [stranger]
    assert JournalLine.objects.filter(verb="conversation.erased").count() == 2
    assert not JournalPersonal.objects.filter(line__chain__startswith="conversation:").exists()
    assert verify().findings == []


def test_a_person_answers_in_turn_with_what_she_agreed_to_show(city):
    made = ask("làm giấy khai sinh")["conversation"]
    officer, citizen = city.act("receptionist", AT), someone()
    with pytest.raises(errors.AgreementNeeded):
        actions.ask_person(citizen, conversation=made, agreed=False)
    with pytest.raises(errors.MoveNotPossible):
        actions.say(officer, conversation=made, text="Chào bạn")
    actions.ask_person(citizen, conversation=made, agreed=True)
    assert actions.take_over(city.act("receptionist", AT), conversation=made)["state"] == "with_person"
    wrote = ask("Tôi là Lê Thị Hoa, 0901234567", conversation=made)
    assert wrote["kind"] == "message"
    actions.say(city.act("receptionist", AT), conversation=made, text="Bạn mang giấy chứng sinh đến.")
    kinds = [(turn.kind, turn.question or turn.said) for turn in talks.turns(talks.by_id(made), after=1)]
    assert kinds == [("message", "Tôi là [tên], [số]"), ("officer", "Bạn mang giấy chứng sinh đến.")]
    assert actions.give_back(city.act("receptionist", AT), conversation=made)["state"] == "open"
    assert ask("lệ phí bao nhiêu", conversation=made)["kind"] == "answered"
    for stranger in (someone(), city.act("citizen", AT)):
        with pytest.raises(errors.Refusal):
            actions.take_over(stranger, conversation=made)
    assert verify().findings == []


def test_it_opens_a_declaration_filled_in_with_what_was_answered(city, monkeypatch):
    told = Sentence("Bạn khai được ngay.", Source("self", "ready"), "talk")
    answers = {
        "parents_married": False,
        "child_full_name": "Lê Thị Hoa",
        "child_sex": "neither",
        "unknown": 1,
    }
    says(
        monkeypatch,
        told,
        slug="birth-registration",
        button=Button("Mở tờ khai", "/hoi-dap/to-khai/", answers),
        context=Context(slug="birth-registration", answers=answers),
    )
    with pytest.raises(errors.NothingToOpen):
        empty = Conversation.objects.create(channel="web", begun_at=AT, last_at=AT)
        actions.open_declaration(city.act("citizen", AT), conversation=empty.public_id)
    made = ask("làm giấy khai sinh")["conversation"]
    assert "Lê Thị Hoa" not in everything_stored(), "a name among the answers is no answer that was picked"
    opened = actions.open_declaration(city.act("citizen", AT), conversation=made, agency="qn-bai-chay-centre")
    draft = dossiers.get_visible(city.actor("citizen", AT), opened["dossier"])
    kept = dossiers.answers_of(draft)
    assert opened["filled"] == ["parents_married"] and kept["parents_married"] is False
    assert kept["full_name"] == "Nguyễn Thị Lan", "what the city knows of her stays"
    assert ActRecord.objects.filter(verb="assistant.open_declaration").count() == 1
