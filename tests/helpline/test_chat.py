"""A chat channel and its twin: heard once, answered once, nothing kept of who it is, faults borne."""

from __future__ import annotations

import json
import types
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from motcua.assistant import actions as assistant
from motcua.assistant.models import Conversation, Turn
from motcua.foundation.models import RateWindow
from motcua.helpline import actions, chat, outbox
from motcua.helpline.models import ChannelToken, Guest, Handover, Heard, Outgoing
from motcua.helpline.zalo import channel
from motcua.helpline.zalo.offers import ChannelProblem
from motcua.helpline.zalo.twin import ZaloTwin
from tests.helpline.conftest import MOMENT

pytestmark = pytest.mark.django_db
HOOK, USER = "/tong-dai/kenh/zalo/", "6142494823558877"


@pytest.fixture
def zalo(desk, at, settings):
    """The channel open, with its twin: `zalo.write(text)` posts to our webhook, `zalo.send()` runs the outbox."""
    with ZaloTwin() as twin:
        given = {
            "zalo_app_id": twin.app_id, "zalo_webhook_secret": twin.secret, "zalo_app_secret": "app-secret",
            "zalo_refresh_token": twin.refresh, "zalo_api_url": twin.address, "zalo_oauth_url": twin.address,
        }  # fmt: skip
        settings.MOTCUA = settings.MOTCUA.model_copy(update=given)
        count = iter(range(1, 1000))

        def write(text, *, message="", moment=MOMENT, **more):
            known = message or f"m{next(count)}"
            body, signature = twin.event(USER, text, at=moment.timestamp(), message=known, **more)
            headers = {"X-ZEvent-Signature": signature}
            return Client().post(HOOK, body, content_type="application/json", headers=headers)

        def send(after=timedelta(0)):
            return outbox.send_waiting(channel(), MOMENT + after)

        def said():
            while send():
                pass
            told, twin.sent[:] = [text for _user, text in twin.sent], []
            return told

        yield types.SimpleNamespace(twin=twin, write=write, send=send, said=said)


@pytest.mark.sqlite
def test_it_is_closed_until_it_is_configured(desk, at):
    assert Client().post(HOOK, b"{}", content_type="application/json").status_code == 404
    assert channel() is None


def test_a_question_is_answered_with_its_sources_as_plain_lines(zalo):
    assert zalo.write("làm giấy khai sinh cần giấy gì").json() == {"taken": True}
    answer = "\n".join(zalo.said())
    assert "trợ lý tự động, không phải người" in answer and "khai sinh" in answer
    row = Conversation.objects.get()
    asked = Turn.objects.get().reply["asked"]
    assert row.channel == "chat" and asked and "1. " in answer and "Trả lời bằng số." in answer
    zalo.write("1")
    assert Turn.objects.filter(conversation=row).count() == 2 and Conversation.objects.count() == 1
    assert "trợ lý tự động" not in "\n".join(zalo.said())
    assert all(not left.text and not left.to for left in Outgoing.objects.all())


def test_sent_again_it_is_heard_once_and_answered_once(zalo):
    for _time in range(3):
        assert zalo.write("mất sổ đỏ", message="same").status_code == 200
    assert (Turn.objects.count(), Heard.objects.count()) == (1, 1)
    count = Outgoing.objects.count()
    assert len(zalo.said()) == count and zalo.said() == []


@pytest.mark.parametrize("broken", ["motcua.helpline.chat.put_out", "motcua.helpline.chat.written"])
def test_broken_off_before_the_answer_lies_ready_it_is_not_acknowledged_and_nothing_is_lost(
    zalo, monkeypatch, broken
):
    def breaks(*given, **named):
        raise RuntimeError("the power fails")

    with monkeypatch.context() as now:
        now.setattr(broken, breaks)
        with pytest.raises(RuntimeError):
            zalo.write("mất sổ đỏ", message="once")
    assert zalo.said() == []
    assert zalo.write("mất sổ đỏ", message="once").json() == {"taken": True}
    assert zalo.said() and Turn.objects.count() == 1


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "more",
    [
        {"signed": False},
        {"moment": MOMENT - timedelta(hours=14)},
        {"moment": MOMENT + timedelta(hours=1)},
    ],
)
def test_what_is_not_signed_or_too_old_is_not_read(zalo, more):
    assert zalo.write("mất sổ đỏ", **more).status_code == 403
    assert not Heard.objects.exists() and not Guest.objects.exists() and zalo.said() == []


@pytest.mark.sqlite
def test_a_body_changed_on_the_way_or_no_event_of_ours(zalo):
    body, signature = zalo.twin.event(USER, "a", at=MOMENT.timestamp(), message="x")
    headers = {"X-ZEvent-Signature": signature}
    for wrong in (
        body.replace(b'"a"', b'"b"'),
        b"",
        b"[]",
        b'{"timestamp": "x"}',
        b"[" * 5000,
        b"x" * 70_000,
    ):
        answer = Client().post(HOOK, wrong, content_type="application/json", headers=headers)
        assert answer.status_code in (403, 413)
    assert zalo.write("", name="follow").json() == {"taken": False}
    assert zalo.write("", name="user_send_image").json() == {"taken": True}
    assert "chỉ đọc được chữ" in zalo.said()[0]


def test_nothing_says_who_it_is_and_erasing_erases(zalo):
    zalo.write("tôi là Trần Thị Bé 0901234567, mất sổ đỏ")
    zalo.said()
    with connection.cursor() as cursor:
        stored = ""
        for table in connection.introspection.table_names(cursor):
            if table.startswith(
                ("helpline_", "assistant_", "foundation_act", "foundation_rate", "foundation_journal")
            ):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                stored += str(cursor.fetchall())
    assert USER not in stored and "0901234567" not in stored and "Trần" not in stored
    zalo.write("xoá")
    assert zalo.said() == ["Đã xóa cuộc trò chuyện. Chúng tôi không giữ gì để biết bạn là ai."]
    assert not Conversation.objects.exists() and not Guest.objects.exists()


def test_what_fails_is_tried_again_in_its_order_and_given_up_at_last(zalo):
    zalo.twin.faults["status"] = 500
    zalo.write("mất sổ đỏ")
    zalo.write("làm giấy khai sinh")
    assert zalo.send() == 0 and zalo.send() == 0  # the next try is later
    assert Outgoing.objects.filter(tries=1).count() == 1  # what follows waits for what came first
    zalo.twin.faults.clear()
    assert zalo.send() == 0
    while zalo.send(timedelta(seconds=11)):
        pass
    assert not Outgoing.objects.filter(state="waiting").exists()
    texts = [text for _user, text in zalo.twin.sent]
    assert "sổ đỏ" in texts[0].lower() or "giấy chứng nhận" in texts[0].lower()
    zalo.twin.faults["status"] = 500
    zalo.write("mất sổ đỏ", message="hopeless")
    for hours in range(1, 9):
        zalo.send(timedelta(hours=2 * hours))
    lost = Outgoing.objects.get(state="failed")
    assert not lost.text and not lost.to


def test_tokens_are_renewed_kept_sealed_and_used_once(zalo, monkeypatch):
    zalo.write("mất sổ đỏ")
    zalo.send()
    assert zalo.twin.renewals == 1
    zalo.twin.faults["expired"] = True
    zalo.write("làm giấy khai sinh")
    zalo.said()
    row = ChannelToken.objects.get()
    assert (zalo.twin.renewals, row.refresh) == (2, zalo.twin.refresh)
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh FROM helpline_channeltoken")
        assert zalo.twin.refresh not in str(cursor.fetchall())
    ChannelToken.objects.update(access="", refresh="wrong")
    zalo.write("mất sổ đỏ")
    assert zalo.send() == 0 and Outgoing.objects.filter(state="waiting", tries=1).exists()


@pytest.mark.parametrize(
    ("fault", "code", "maybe"), [("rubbish", "wrong_answer", True), ("slow", "slow", True)]
)
def test_where_nobody_knows_whether_it_was_taken(zalo, fault, code, maybe):
    zalo.twin.faults[fault] = 1 if fault == "rubbish" else 0.3
    spoken = channel().__class__(**{**channel().__dict__, "seconds": 0.1})
    access = spoken.renew(zalo.twin.refresh).access if fault == "rubbish" else "x"
    with pytest.raises(ChannelProblem) as told:
        spoken.send(access, USER, "chào")
    assert (told.value.code, told.value.maybe_done) == (code, maybe)


@pytest.mark.sqlite
def test_no_token_goes_where_others_may_read_it(zalo):
    away = channel().__class__(**{**channel().__dict__, "api": "http://example.org"})
    with pytest.raises(ChannelProblem) as told:
        away.send("secret", USER, "chào")
    assert told.value.code == "unsafe_address" and "secret" not in repr(channel())


def test_a_person_answers_in_the_channel_and_then_her_id_is_forgotten(zalo, act):
    zalo.write("gặp người")
    assert "viết câu hỏi trước" in zalo.said()[0]
    zalo.write("không hiểu, ai giải thích giúp")
    zalo.write("đồng ý")  # nobody asked her to agree to anything
    assert not Handover.objects.exists()
    zalo.said()
    zalo.write("gặp người thật")
    assert "ĐỒNG Ý" in zalo.said()[0]
    zalo.write("không")
    assert "Đã chuyển cho cán bộ" in zalo.said()[0]
    row = Handover.objects.get()
    assert (row.agreed, row.channel) == (False, "chat") and Guest.objects.get().reach == USER
    actions.take(act("operator"), handover=row.public_id)
    zalo.write("tôi cần nói về sổ đỏ")  # to the officer: the machine is silent
    assert zalo.said() == []
    actions.say(act("operator"), handover=row.public_id, text="Chị mang sổ cũ đến.\n" + "x " * 1500)
    told = zalo.said()
    assert told[0].startswith("Cán bộ trả lời: Chị mang sổ cũ đến.") and len(told) > 1
    actions.close(act("operator"), handover=row.public_id, outcome="answered")
    assert Guest.objects.get().reach is None


def test_a_person_is_not_promised_before_she_has_said_yes(zalo):
    zalo.write("mất sổ đỏ")
    zalo.said()
    zalo.write("tôi muốn nói chuyện với một cán bộ")  # no word of the channel: the assistant understands it
    told = "\n".join(zalo.said())
    assert "ĐỒNG Ý" in told and "chuyển bạn tới" not in told and not Handover.objects.exists()
    zalo.write("đồng ý")
    assert "Đã chuyển cho cán bộ" in zalo.said()[0] and Handover.objects.get().agreed


@pytest.mark.sqlite
def test_too_many_messages_are_sent_back_for_later(zalo, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_chat_per_minute": 1})
    RateWindow.objects.all().delete()
    statuses = [zalo.write("mất sổ đỏ", message=f"n{n}").status_code for n in range(3)]
    assert 429 in statuses and Heard.objects.count() < 3


@pytest.mark.sqlite
def test_at_night_ids_are_forgotten(zalo):
    zalo.write("mất sổ đỏ")
    zalo.said()
    outbox.forget(MOMENT + timedelta(hours=49))
    assert not Heard.objects.exists() and not Outgoing.objects.exists() and Guest.objects.exists()
    outbox.forget(MOMENT + timedelta(days=31))
    assert not Guest.objects.exists()


@pytest.mark.sqlite
def test_the_twin_writes_over_the_network(zalo):
    body = json.dumps(
        {"webhook": "http://127.0.0.1:9/none", "user": "u", "text": "t", "message": "m"}
    ).encode()
    import urllib.error
    import urllib.request

    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(urllib.request.Request(f"{zalo.twin.address}/twin/write", body), timeout=5)  # noqa: S310
    assert told.value.code == 400
    assert chat.guest_key(USER) != USER and assistant is not None
