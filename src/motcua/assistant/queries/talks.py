"""Conversations: whose they are, what was said, what they lead to."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from motcua.assistant.errors import ConversationNotFound, NothingToOpen, TurnNotFound
from motcua.assistant.models import Conversation, Turn
from motcua.assistant.rules import talking
from motcua.assistant.rules.replies import Context
from motcua.assistant.rules.talking import Kind, State
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.view import value_at
from motcua.foundation.actors import Actor
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.kernel.text import clean_text

KEEP = "conversation-kept"
HELD_MOST = 50  # conversations of one day
SHOWN = 40  # turns on a page; what came before is still kept


def keep_days(on: date) -> int:
    """For how many days after its last turn a conversation is kept, as the packs say on a day."""
    version = store.current("values", KEEP)
    found = value_at(version.body.get("values") or {}, on) if version else None
    return talking.keep_days(found)


def conversation(actor: Actor, public_id: str) -> Conversation:
    """The conversation with this id, for whoever holds the id: of an account only for that account.

    Raises ConversationNotFound.
    """
    row = Conversation.objects.filter(public_id=public_id).first() if _is_id(public_id) else None
    if row is None or (row.account_id is not None and row.account_id != actor.account_id):
        raise ConversationNotFound()
    return row


def by_id(public_id: str) -> Conversation:
    """The conversation with this id, for people who answer (their own door says who). Raises ConversationNotFound."""
    row = Conversation.objects.filter(public_id=public_id).first() if _is_id(public_id) else None
    if row is None:
        raise ConversationNotFound()
    return row


def _is_id(text: str) -> bool:
    return len(text) == 26 and text.isascii() and text.isalnum()


def living(actor: Actor, public_id: str) -> Conversation | None:
    """The same, None for one that is over, erased or somebody else's."""
    try:
        row = conversation(actor, public_id)
    except ConversationNotFound:
        return None
    return None if row.state == State.CLOSED else row


def turns(row: Conversation, *, after: int = 0, limit: int = SHOWN) -> list[Turn]:
    """The last turns of a conversation, in their order; with `after` those behind that number."""
    found = Turn.objects.filter(conversation=row, number__gt=after).order_by("-number")[:limit]
    return list(found)[::-1]


def turn(row: Conversation, number: int) -> Turn:
    """One turn. Raises TurnNotFound."""
    found = Turn.objects.filter(conversation=row, number=number).first()
    if found is None:
        raise TurnNotFound()
    return found


def held_of(actor: Actor) -> list[dict[str, Any]]:
    """The conversations that are still those of an account, as she may take them along."""
    if not actor.account_id:
        return []
    rows = Conversation.objects.filter(account_id=actor.account_id).order_by("-last_at")[:HELD_MOST]
    return [
        {
            "begun_at": row.begun_at,
            "turns": [
                {
                    "at": each.at,
                    "question": each.question,
                    "answer": [one["text"] for one in sentences_of(each)] or each.said,
                    "useful": each.useful,
                }
                for each in turns(row, limit=talking.TURNS_MAX)
            ],
        }
        for row in rows
    ]


def context_of(row: Conversation) -> Context:
    """What the assistant remembers of a conversation."""
    return Context.from_data(json.loads(row.context) if row.context else None)


def asked_of(row: Conversation) -> dict[str, Any]:
    """What the assistant asked last and waits for: {key, text, kind, options}, {} for nothing."""
    last = Turn.objects.filter(conversation=row, kind=Kind.ANSWERED).order_by("-number").first()
    return asked_in(last) if last else {}


def asked_in(row: Turn) -> dict[str, Any]:
    """What a turn asks back: {key, text, kind, options}, {} for nothing."""
    return row.reply.get("asked") or _own(row).get("asked") or {}


def sentences_of(row: Turn) -> list[dict[str, Any]]:
    """All that was said in a turn, in its order, with the sources; what is sealed is opened."""
    said = list(row.reply.get("sentences") or [])
    for place, sentence in _own(row).get("sentences") or []:
        said.insert(place, sentence)
    return said


def _own(row: Turn) -> dict[str, Any]:
    return json.loads(row.own) if row.own else {}


def button_of(row: Turn) -> dict[str, Any]:
    """The button of a turn: {text, href, answers}, {} for none."""
    own = _own(row)
    button = row.reply.get("button") or own.get("button")
    return {**button, "answers": own.get("answers") or {}} if button else {}


def declaration_of(row: Conversation, at: datetime) -> tuple[Any, dict[str, Any]]:
    """(the view of the procedure that the conversation leads to, the answers that fill its declaration in before).

    Answers that do not fit the declaration are left out. Raises NothingToOpen.
    """
    last = next((each for each in reversed(turns(row)) if each.slug and each.reply.get("button")), None)
    if last is None:
        raise NothingToOpen()
    view = catalogue.view_for(catalogue.by_slug(last.slug), at)
    return view, fitting(view.declaration, button_of(last)["answers"], at)


def fitting(declaration: Any, answers: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Those of the answers that are answers to this declaration as it stands."""
    known = {name: value for name, value in answers.items() if declaration.field(name) is not None}
    problems = forms.check(declaration, known, local_date(at))
    wrong = {problem.field for problem in problems if not problem.missing}
    return {name: value for name, value in known.items() if name not in wrong}


def plain(text: str) -> str:
    """A question as it may be read: on as many lines as it has, no longer than one is."""
    return clean_text(text).strip()[: talking.QUESTION_MAX]
