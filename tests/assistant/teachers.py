"""Editors, and questions that went wrong."""

from __future__ import annotations

from datetime import timedelta

from motcua.assistant.models import Conversation, Turn
from motcua.assistant.rules import likeness
from motcua.assistant.rules.talking import Kind
from motcua.assistant.teaching import actions
from tests.dossiers.factories import AT

BIRTH = "birth-registration"


def asked(*questions, behaviour="ask_back", at=AT - timedelta(days=1), channel="web", guesses=(), **more):
    """One conversation in which each question got a turn of this behaviour; returns it."""
    row = Conversation.objects.create(channel=channel, begun_at=at, last_at=at)
    Turn.objects.bulk_create(
        Turn(conversation=row, number=number, kind=Kind.ANSWERED, at=at, question=question, behaviour=behaviour,
             guesses=[[slug, None, 0.4] for slug in guesses], **more)
        for number, question in enumerate(questions, 1)
    )  # fmt: skip
    return row


def wording(question):
    return likeness.fingerprint(likeness.telling_words(question))


def taught(city, label="asked", entry=None, who="admin", **more):
    """An entry added to the open lesson by somebody; returns the answer of the action."""
    entry = entry or {"procedure": BIRTH, "ask": ["ra phường lấy sổ cho em bé"]}
    return actions.teach(city.act(who, AT), label=label, entry=entry, **more)


def answer(**more):
    said = {"vi": "Chợ mở lại ngày 15/10/2026.", "en": "The market opens again on 15/10/2026."}
    return {"ask": ["chợ … mở lại"], "say": said, "source": "Thông báo 12/TB-UBND ngày 01/10/2026", **more}
