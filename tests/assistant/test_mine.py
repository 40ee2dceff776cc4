"""One's own dossiers in the assistant: told by the clock, hers alone, logged like every other look."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.assistant import mine, replying
from motcua.assistant.rules import Context, normal
from motcua.dossiers import actions
from motcua.forecast import queries as forecasts
from motcua.foundation.access import who_saw
from motcua.foundation.actors import ANONYMOUS
from tests.dossiers import factories as make
from tests.registers.factories import known

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(days=1)


def tell(city, who="citizen", question="hồ sơ của tôi đến đâu rồi", **more):
    return mine.tell(city.actor(who, AT), question, at=AT, **more)


def texts(told):
    return [sentence.text for sentence in told.sentences]


def test_the_only_open_one_is_told_with_its_day_and_why_it_is_that_day(city):
    dossier = make.get(make.in_process(city, procedure=make.PERMIT))
    told = tell(city)
    said = texts(told)
    assert said[0].startswith("Cấp giấy phép xây dựng") and dossier.code in said[0]
    assert said[0].endswith("Ủy ban nhân dân phường Bãi Cháy đang giải quyết.")
    due = next(each for each in told.sentences if each.source.path == "due_on")
    assert f"{dossier.due_on:%d/%m/%Y}" in due.text and due.text.startswith("Hẹn trả: ")
    assert any(text.startswith("Vì sao là ngày ấy: ") for text in said)
    assert said[-1] == "Bạn chưa phải làm gì thêm." and told.asked is None
    assert {each.source.kind for each in told.sentences} == {"dossier"}
    assert told.button.href == f"/ho-so/{dossier.public_id}/"
    entry = who_saw(dossier.subject).first()
    assert (entry.purpose, entry.page, entry.actor) == (
        "follow",
        "assistant:mine",
        city.actor("citizen", AT).key,
    )
    assert not any("Dự báo" in text for text in said)  # nothing was learnt yet: nothing is promised


def test_what_was_asked_is_said_first_and_in_the_readers_language(city):
    make.in_process(city)
    assert tell(city, aspect="when").sentences[0].about == "due"
    assert tell(city, aspect="do").sentences[0].text == "Bạn chưa phải làm gì thêm."
    english = texts(tell(city, language="en"))
    assert any(text.startswith("Due: ") for text in english) and "Bạn" not in " ".join(english)


def test_what_she_must_bring_is_told_with_the_door_to_it(city):
    dossier = make.asked(city)
    told = tell(city)
    said = texts(told)
    assert f"Lý do cơ quan nêu: {make.REASON}" in said and f"Bạn bổ sung: {make.ITEMS[0]['text']}" in said
    assert "Ngày hẹn trả được tính lại khi bạn đã trả lời." in said
    assert told.button.href == f"/ho-so/{dossier}/bo-sung/" and not any("Hẹn trả:" in text for text in said)


def test_a_draft_says_that_nobody_has_it(city):
    dossier = make.draft(city)
    told = tell(city)
    assert "Chưa cơ quan nào nhận được" in texts(told)[0] and told.button.href == f"/ho-so/{dossier}/khai/"


def test_a_result_is_to_be_collected_with_what_is_still_to_be_paid(city):
    make.ready(city, procedure=make.BUSINESS)
    said = texts(tell(city))
    assert "Bạn đến" in said[0] and said[-1].startswith(
        ("Bạn nộp ", "Bạn không phải nộp thêm tiền", "Lệ phí")
    )


def test_of_several_it_is_asked_which_one_and_the_picked_one_is_told(city):
    filed = [make.submitted(city), make.asked(city, procedure=make.BUSINESS)]
    told = tell(city)
    assert texts(told)[0] == "Bạn có 2 hồ sơ đang mở." and told.asked.key == mine.KEY
    assert texts(told)[1:] == [f"{option.label}." for option in told.asked.options]
    assert [option.value for option in told.asked.options] == filed[::-1]  # the one that waits for her first
    assert "Chờ bổ sung giấy tờ" in told.asked.options[0].label
    assert "đang kiểm tra" in texts(tell(city, picked=filed[0]))[0]
    one = tell(city, slug=make.BUSINESS)
    assert one.asked is None and "chờ bạn bổ sung" in texts(one)[0]


def test_a_code_opens_hers_and_tells_nothing_of_anybody_elses(city):
    hers, his = make.get(make.received(city)), make.get(make.received(city, by="other_citizen"))
    assert hers.code in texts(tell(city, question=f"cho hỏi {hers.code} tới đâu rồi"))[0]
    assert hers.code in texts(tell(city, question=f"mã {hers.reference.lower()} sao rồi"))[0]
    nobody = texts(tell(city, question="H49.71-261005-9999 đến đâu rồi"))
    looks = who_saw(his.subject).count()
    for who in ("citizen", "receptionist", "leader"):  # by their positions these may see it; here nobody may
        for told in (
            tell(city, who, question=f"hồ sơ {his.code}"),
            tell(city, who, question=f"hồ sơ {his.reference}"),
            tell(city, who, picked=his.public_id),
            tell(city, who, picked="\x00"),
        ):
            assert texts(told) == nobody and told.button is None and told.asked is None
    assert who_saw(his.subject).count() == looks
    assert texts(tell(city, "receptionist")) == ["Bạn chưa có hồ sơ nào như vậy."]


def test_her_own_code_and_anothers_cost_the_database_alike(city):
    his = make.get(make.received(city, by="other_citizen"))
    actor = city.actor("citizen", AT)
    costs = []
    for code in (his.code, "H49.71-261005-9999"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            mine.tell(actor, code, at=AT)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 2


def test_who_is_not_signed_in_is_told_where_to_and_nothing_is_looked_up(city, django_assert_num_queries):
    code = make.get(make.received(city)).code
    for actor in (None, ANONYMOUS, replace(city.actor("citizen", AT), scopes=frozenset({"catalogue:read"}))):
        with django_assert_num_queries(0):
            told = mine.tell(actor, f"{code} đến đâu rồi", at=AT)
        assert [each.link for each in told.sentences] == ["/account/sign-in/?next=/ho-so/", "/tra-cuu/"]
        assert told.button.href == "/account/sign-in/?next=/ho-so/"


def test_a_telling_costs_a_bounded_number_of_statements(city, django_assert_max_num_queries):
    for _each in range(3):
        actions.withdraw(city.act("citizen", make.AT), dossier=make.submitted(city), reason="Nộp nhầm.")
    make.asked(city)
    actor = city.actor("citizen", AT)
    with django_assert_max_num_queries(15):
        assert mine.tell(actor, at=AT).asked is None


def test_a_forecast_is_told_as_one_and_only_where_it_may_be(city, monkeypatch):
    dossier = make.get(make.in_process(city, procedure=make.PERMIT))
    day = dossier.due_on
    forecast = forecasts.Forecast(dossier.due_at, day, "in_time", "procedure", 200)
    monkeypatch.setattr(
        mine.forecasts, "promised", lambda row, at: forecast if row.pk == dossier.pk else None
    )
    (told,) = [each for each in tell(city).sentences if each.source.path == "forecast"]
    assert f"{day:%d/%m/%Y}" in told.text and "không thay ngày hẹn trả" in told.text


def test_a_turn_asks_which_one_and_goes_on_with_what_was_picked(city):
    first, _second = make.submitted(city), make.asked(city, procedure=make.BUSINESS)
    question = normal.read("hồ sơ của tôi đến đâu rồi", {}, ())
    turn = replying._Turn(None, question, Context(), AT, "vi", city.actor("citizen", AT), "status", ())
    which = replying._mine(turn)
    assert which.behaviour == "my_dossiers" and which.asked.key == which.context.asked == mine.KEY
    told = replying._picked(replace(turn, context=which.context), first)
    assert "đang kiểm tra" in told.text and told.button.href == f"/ho-so/{first}/" and not told.context.asked
    nobody = replying._mine(replace(turn, actor=None))
    assert nobody.button.href.startswith("/account/sign-in/")


def test_what_the_city_has_of_her_is_not_asked_of_her_again(city):
    known(city)
    asked = "làm giấy khai sinh cho con tôi cần giấy tờ gì"
    hers = replying.reply(asked, at=AT, actor=city.actor("citizen", AT))
    held = [each for each in hers.sentences if each.about == "held"]
    assert held and all("thành phố đã có của bạn" in each.text for each in held)
    assert {each.source.kind for each in held} == {
        "dossier"
    }  # sealed with the conversation, and never handed to a model
    assert who_saw(f"account:{city.accounts['citizen'].pk}").first().page == "assistant:papers"
    for nobody in (None, city.actor("other_citizen", AT), city.actor("receptionist", AT)):
        assert not any(each.about == "held" for each in replying.reply(asked, at=AT, actor=nobody).sentences)
    behalf = replying.reply("làm hộ giấy khai sinh cho hàng xóm", at=AT, actor=city.actor("citizen", AT))
    assert not any(each.about == "held" for each in behalf.sentences)
