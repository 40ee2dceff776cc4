"""The 1022 desk: words in, the card and the next question out; by keyboard, in one request; counted, nobody named."""

from __future__ import annotations

import re

import pytest

from motcua.assistant.models import Conversation, Turn
from motcua.helpline import actions, errors
from motcua.helpline.models import Call
from tests.portal.pages import text
from tests.portal.statements import statements

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
HOME = "/tong-dai/cuoc-goi/"
SPOKEN = "ờ a lô dạ cho em hỏi là em số 0901234567 ừm làm làm giấy khai sinh cho con thì cần giấy tờ gì"


@pytest.fixture
def operator(desk, browse):
    return browse("operator")


def begin(operator, said=SPOKEN):
    return operator.post(HOME, {"said": said, "act_id": f"call-{said[:20]}"})["Location"]


def test_spoken_words_lead_to_the_card_and_the_next_question(operator):
    address = begin(operator)
    row = Conversation.objects.get()
    assert address == f"{HOME}{row.public_id}/" and (row.channel, row.account_id) == ("helpline", None)
    page = operator.get(address)
    said = text(page)
    for part in ("Giấy tờ", "Phí, lệ phí", "Nơi nộp", "Hỏi người gọi", "Nộp giúp người gọi", "nguồn"):
        assert part in said
    assert "0901234567" not in said and "•••" in said
    assert (
        page.content.decode().count("<h1") == 1
        and "/giup-nop/?procedure=birth-registration" in page.content.decode()
    )
    summary = re.search(r'id="summary">(.*?)</pre>', page.content.decode(), re.DOTALL)[1]
    assert len(summary) <= 600 and "/thu-tuc/birth-registration/" in summary


def test_a_number_typed_answers_the_question_in_the_same_request(operator):
    address = begin(operator)
    assert "<datalist" in operator.get(address).content.decode()  # a place is typed
    operator.post(address, {"said": "ờ phường bãi cháy", "act_id": "a-place-typed-1"})
    asked = Turn.objects.get(number=2).reply["asked"]
    first = asked["options"][0]
    with statements() as told:
        page = operator.post(address, {"said": "1", "act_id": "a-number-typed-1"})
    assert page.status_code == 200 and len(told.work) <= 60
    turn = Turn.objects.get(number=3)
    assert turn.question == first["label"]
    # sent again (a page loaded anew) it is the same utterance
    operator.post(address, {"said": "1", "act_id": "a-number-typed-1"})
    assert Turn.objects.count() == 3


def test_another_guess_is_taken_over(operator):
    address = begin(operator, "làm sổ đỏ")
    page = operator.post(address, {"procedure": "birth-registration", "act_id": "another-guess-1"})
    assert Turn.objects.get(number=2).slug == "birth-registration"
    assert "Đăng ký khai sinh" in text(page) or "khai sinh" in text(page)


def test_nothing_said_is_refused_on_the_page(operator):
    empty = operator.post(HOME, {"said": "  "})
    assert empty.status_code == 422 and not Conversation.objects.exists()


def test_a_call_is_counted_once_and_says_nothing_of_the_caller(operator, act):
    address = begin(operator)
    talk = Conversation.objects.get().public_id
    with pytest.raises(errors.CallWrong):
        actions.log_call(act("operator"), conversation=talk, resolved="maybe")
    assert operator.post(f"{address}ghi/", {"resolved": "yes"})["Location"] == HOME
    call = Call.objects.get()
    assert (call.slug, call.resolved, call.seconds) == ("birth-registration", "yes", 0)
    assert "0 phút 0 giây" in text(operator.get(HOME)) and Conversation.objects.get().state == "closed"
    with pytest.raises(errors.CallWrong):
        actions.log_call(act("colleague"), conversation=talk, resolved="yes")


def test_only_operators_and_only_calls(operator, browse, act, talk_of_a_citizen):
    assert browse("receptionist").get(HOME).status_code == 403
    assert browse("citizen").post(HOME, {"said": "x"}).status_code == 403
    assert operator.get(f"{HOME}{talk_of_a_citizen}/").status_code == 404
    with pytest.raises(errors.CallWrong):
        actions.log_call(act("operator"), conversation=talk_of_a_citizen, resolved="yes")


@pytest.fixture
def talk_of_a_citizen(act):
    from motcua.assistant import actions as assistant

    return assistant.ask(act(), question="mất sổ đỏ")["conversation"]
