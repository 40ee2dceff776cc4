"""What somebody in a chat channel writes: heard once, answered through the outbox, nothing kept of who it is.

The webhook is answered when the answer lies in the outbox, so what was acknowledged is said even after a crash.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.assistant import actions as assistant
from motcua.assistant.queries import shown, talks
from motcua.assistant.rules.replies import HAND_OVER
from motcua.assistant.rules.talking import State as Talk
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.crypto import blind
from motcua.foundation.errors import Refusal
from motcua.helpline import actions, queries, rules
from motcua.helpline.models import Guest, Heard, Outgoing
from motcua.helpline.outbox import NAME, put_out
from motcua.helpline.rules import Wish
from motcua.helpline.words import AGREEMENT, AGREEMENTS
from motcua.helpline.zalo.offers import Said

# Heard ---------------------------------------------------------------------------------------------------------------


def hear(said: Said, at: datetime) -> bool:
    """Take a message in and put the answer into the outbox; False when it was heard before. Broken off anywhere it may
    be called again: the assistant's act and the parts of the answer have their ids from the message."""
    key = guest_key(said.user)
    with transaction.atomic():
        guest = (
            Guest.objects.select_for_update(of=("self",))
            .select_related("conversation")
            .filter(key=key)
            .first()
        )
        if guest is None:
            guest = Guest.objects.create(key=key, last_at=at)
        alive = guest.conversation if _lives(guest.conversation) else None
        known, new = Heard.objects.get_or_create(
            message=said.message, defaults={"conversation": alive.public_id if alive else "", "at": at}
        )
        if known.done_at is not None:
            return False
        guest.last_at = at
        guest.save(update_fields=["last_at"])
    with override("vi"):
        text = _answer(guest, known, said, at)
    with transaction.atomic():
        if Heard.objects.filter(pk=known.pk, done_at=None).update(done_at=at):
            put_out(key, said.user, text, f"in:{said.message}", at)
    return True


def guest_key(user: str) -> str:
    """By what somebody in the channel is known again: a keyed hash, which tells nobody who she is."""
    return blind("helpline.guest", f"{NAME}|{user}")


def _lives(row: Any) -> bool:
    return row is not None and row.state != Talk.CLOSED


def _answer(guest: Guest, known: Heard, said: Said, at: datetime) -> str:
    act = new_act(system("helpline"), at=at, purpose="ask", act_id=f"{NAME}/{said.message}", channel="chat")
    text = said.text.strip()
    if not text:
        return _(
            "Tôi chỉ đọc được chữ. Bạn viết việc cần làm bằng vài từ, ví dụ “làm giấy khai sinh cần gì”."
        )
    wish = rules.wish(text)
    try:
        if wish == Wish.FORGET:
            return _forget(act, guest, known)
        if wish == Wish.PERSON:
            return _offer_person(guest, known, at)
        if guest.asked_agreement and wish in (Wish.YES, Wish.NO) and known.conversation:
            return _hand_over(act, guest, known, said.user, agreed=wish == Wish.YES)
        return _asked(act, guest, known, text)
    except Refusal as refusal:
        return f"{refusal.sentence} {refusal.way_out}"


def _forget(act: Act, guest: Guest, known: Heard) -> str:
    if known.conversation:
        assistant.erase(act, conversation=known.conversation)
    with transaction.atomic():
        Outgoing.objects.filter(guest=guest.key, state=Outgoing.State.WAITING).delete()
        Guest.objects.filter(pk=guest.pk).delete()
    return _("Đã xóa cuộc trò chuyện. Chúng tôi không giữ gì để biết bạn là ai.")


def _offer_person(guest: Guest, known: Heard, at: datetime) -> str:
    when = queries.hours(at)
    if not when.appointed:
        return (
            _("Ở đây chưa có tổng đài viên nào được cử để trả lời.")
            + " "
            + _("Bạn gọi hoặc đến bộ phận một cửa.")
        )
    if not known.conversation:
        return _("Bạn viết câu hỏi trước, rồi nhắn “gặp người” để cán bộ trả lời.")
    Guest.objects.filter(pk=guest.pk).update(asked_agreement=True)
    return "\n".join(
        [
            str(AGREEMENTS[AGREEMENT]),
            _("Trả lời ĐỒNG Ý; hoặc KHÔNG, khi đó cán bộ chỉ thấy câu hỏi cuối."),
            *([] if when.now else [_away(when)]),
        ]
    )


def _away(when: queries.Hours) -> str:
    from motcua.foundation.templatetags.ui import vi_datetime

    if when.next_at is None:
        return _("Bây giờ ngoài giờ làm việc; cán bộ sẽ trả lời khi có mặt.")
    return _("Bây giờ ngoài giờ làm việc; cán bộ có mặt từ {when}.").format(when=vi_datetime(when.next_at))


def _hand_over(act: Act, guest: Guest, known: Heard, user: str, *, agreed: bool) -> str:
    actions.ask(act, conversation=known.conversation, agreed=agreed)
    # Her id is kept now, sealed: the answer comes later than this message is forgotten.
    with transaction.atomic():
        row = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
        row.reach, row.asked_agreement = user, False
        row.save(update_fields=["reach", "asked_agreement"])
    when = queries.hours(act.at)
    told = _("Đã chuyển cho cán bộ. Câu trả lời sẽ đến ở đây.")
    return told if when.now else f"{told} {_away(when)}"


def _asked(act: Act, guest: Guest, known: Heard, text: str) -> str:
    said, picked = text, ""
    if known.conversation:
        row = talks.by_id(known.conversation)
        asked = talks.asked_of(row) if row.state == Talk.OPEN else {}
        picked = rules.picked(text, [each["value"] for each in asked.get("options") or []])
        if asked.get("kind") == "place" and not picked:
            picked = shown.commune_called(text, act.at)
        said = "" if picked and asked.get("kind") != "place" else text
    made = assistant.ask(act, question=said, picked=picked, conversation=known.conversation, channel="chat")
    row = talks.by_id(made["conversation"])
    Guest.objects.filter(pk=guest.pk).update(conversation=row, asked_agreement=False)
    if made["kind"] == "message":
        return ""  # a person reads it and answers
    kept = talks.turn(row, made["turn"])
    if kept.behaviour == HAND_OVER:  # here nothing but her yes hands over: that is what she is asked
        return _offer_person(guest, known, act.at)
    turn = shown.turn(kept, row)
    return written(turn, first=not known.conversation)


def written(turn: dict[str, Any], *, first: bool = False) -> str:
    """A turn of the assistant as plain lines: sentences, the question with numbered choices, a link for a button."""
    lines = []
    if first:
        hello = _(
            "Tôi là trợ lý tự động, không phải người. Nhắn GẶP NGƯỜI để gặp cán bộ, XÓA để xóa cuộc trò chuyện."
        )
        lines.append(hello)
    lines += [each["text"] for each in turn["sentences"]]
    asked = turn["asked"]
    if asked:
        lines += [asked["text"]] if asked["text"] not in lines else []
        lines += [f"{number}. {each['label']}" for number, each in enumerate(asked["options"], 1)]
        lines += [_("Trả lời bằng số.")] if asked["options"] else []
    if turn["button"]:
        href = turn["button"]["href"]
        lines.append(
            f"{turn['button']['text']}: {href if '://' in href else settings.MOTCUA.base_url + href}"
        )
    return "\n".join(lines)
