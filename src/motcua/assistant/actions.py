"""Every change of conversations. A question reaches no table as it was typed: it is redacted before anything keeps it.

A question and its rating are no administrative acts and have no journal line; what hands a conversation to people,
closes or erases it has (docs/decisions/2026-11-22-the-question-log-forgets-who-asked.md).
"""

from __future__ import annotations

import json
import time as machine_time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.assistant import queries
from motcua.assistant.errors import (
    AgreementNeeded,
    ConversationNotFound,
    ConversationOver,
    MoveNotPossible,
    NothingToOpen,
    QuestionEmpty,
    RatingUnknown,
    TooManyTurns,
)
from motcua.assistant.events import ConversationErased, ConversationMoved, TurnSaid
from motcua.assistant.models import Conversation, Turn
from motcua.assistant.queries import talks
from motcua.assistant.rules import Context, Reply, talking
from motcua.assistant.rules.redacting import redact
from motcua.assistant.rules.replies import OWN_SOURCE
from motcua.assistant.rules.talking import Kind, State
from motcua.catalogue import queries as catalogue
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.foundation.acts import Act, Made, action, answered
from motcua.foundation.doors import OFFICER_ROLES
from motcua.foundation.errors import Forbidden, NotFound
from motcua.foundation.events import publish
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.identifiers import public_id

OWN_CHANNELS = ("web", "api")  # where who asks is who is answered; an officer asks for the caller


# Asking --------------------------------------------------------------------------------------------------------------


def ask(
    act: Act,
    *,
    question: str,
    picked: str = "",
    conversation: str = "",
    procedure: str = "",
    channel: str = "web",
    language: str = "vi",
) -> dict:
    """Ask the assistant, or write to the person who answers. Answers {conversation, turn, kind}; read the turn.

    Without `conversation` a new one begins; `procedure` is the slug of the page it begins on. `picked` is the value of
    a choice that was offered last. The answer is made before the transaction opens, so that nobody waits for it to
    write. Raises QuestionEmpty, ConversationNotFound, ConversationOver, TooManyTurns.
    """
    row = talks.conversation(act.actor, conversation) if conversation else None
    said, value = _said(row, question, picked)
    kept = {"conversation": conversation, "question": redact(said).text, "picked": value, "channel": channel}
    kept |= {"language": language, "procedure": procedure}
    done = answered(act, _keep, **kept, made=Made(None))
    if done is not None:
        return done
    if row is not None and row.state == State.WITH_PERSON:
        return _keep(act, **kept, made=Made(None))
    started = machine_time.perf_counter()
    known = _context(row, _slug(procedure), picked=bool(value))
    owner = act.actor if channel in OWN_CHANNELS else None
    reply = queries.reply(said, known, at=act.at, language=language, actor=owner, picked=value)
    latency = round((machine_time.perf_counter() - started) * 1000)
    return _keep(act, **kept, made=Made((reply, latency)))


def _said(row: Conversation | None, question: str, picked: str) -> tuple[str, str]:
    """(the words, the value of the choice). A choice that was not offered is no choice."""
    asked = talks.asked_of(row) if row and picked else {}
    label = next((one["label"] for one in asked.get("options") or [] if one["value"] == picked), "")
    if not label and asked.get("kind") == "place" and (area := agencies.area(picked)) is not None:
        label = area.name_vi
    said = talks.plain(question) or label
    if not said:
        raise QuestionEmpty([{"field": "question", "message": str(QuestionEmpty.message)}])
    return said, picked if label else ""


def _context(row: Conversation | None, slug: str, *, picked: bool) -> Context:
    """What is remembered. Whoever asks from the page of another procedure asks about that one, of the same place."""
    old = talks.context_of(row) if row else Context()
    return old if picked or slug in ("", old.slug) else Context(slug=slug, area=old.area)


def _slug(procedure: str) -> str:
    try:
        return catalogue.by_slug(procedure).slug if procedure else ""
    except NotFound:
        return ""


@action("assistant.ask")
def _keep(
    act: Act,
    *,
    conversation: str,
    question: str,
    picked: str,
    channel: str,
    language: str,
    procedure: str,
    made: Made,
) -> dict:
    """Keep a turn: the redacted question, and what was replied. `made` is (reply, milliseconds), None for words to a
    person."""
    row = _open(act, conversation, channel, language)
    kind = Kind.ANSWERED if made.value else Kind.MESSAGE
    turn = Turn(conversation=row, number=_next_number(row), kind=kind, at=act.at, question=question)
    if made.value:
        reply, turn.latency_ms = made.value
        _fill(turn, reply)
        row.context = json.dumps(talking.safe_context(reply.context).to_data(), ensure_ascii=False)
    turn.save(force_insert=True)
    row.last_at, row.language = act.at, language
    row.account_id = act.actor.account_id if channel in OWN_CHANNELS else None
    row.save(update_fields=["last_at", "language", "context", "account_id"])
    if kind == Kind.MESSAGE:
        _tell_turn(act, row, turn)
    return {"conversation": row.public_id, "turn": turn.number, "kind": str(kind)}


def _open(act: Act, conversation: str, channel: str, language: str) -> Conversation:
    if not conversation:
        return Conversation.objects.create(
            public_id=public_id(), channel=channel, language=language, begun_at=act.at, last_at=act.at
        )
    row = Conversation.objects.select_for_update().filter(public_id=conversation).first()
    if row is None:
        raise ConversationNotFound()
    if row.state == State.CLOSED:
        raise ConversationOver()
    return row


def _next_number(row: Conversation) -> int:
    last = Turn.objects.filter(conversation=row).order_by("-number").values_list("number", flat=True).first()
    if (last or 0) >= talking.TURNS_MAX:
        raise TooManyTurns(most=talking.TURNS_MAX)
    return (last or 0) + 1


def _fill(turn: Turn, reply: Reply) -> None:
    sentences = [asdict(sentence) for sentence in reply.sentences]
    own = [(place, one) for place, one in enumerate(sentences) if one["source"]["kind"] == OWN_SOURCE]
    rest = [one for one in sentences if one["source"]["kind"] != OWN_SOURCE]
    turn.behaviour, turn.intent = reply.behaviour[:24], reply.intent[:40]
    turn.slug, turn.code, turn.confidence = reply.slug[:140], (reply.code or "")[:40], reply.confidence
    turn.guesses = [[guess.slug, guess.code, round(guess.score, 4)] for guess in reply.guesses]
    turn.said = (
        redact("\n".join(one["text"] for one in rest)).text if own else "\n".join(one["text"] for one in rest)
    )
    answers = talking.safe_answers(reply.button.answers) if reply.button else {}
    asked = asdict(reply.asked) if reply.asked else None
    button = {"text": reply.button.text, "href": reply.button.href} if reply.button else None
    sealed: dict[str, Any] = {"sentences": own, "answers": answers} if own or answers else {}
    if own:  # the choices and the button name her dossiers as the sentences do
        sealed |= {"asked": asked, "button": button}
        asked = button = None
    turn.own = json.dumps(sealed, ensure_ascii=False) if sealed else None
    turn.reply = {
        "sentences": rest,
        "asked": asked,
        "button": button,
        "related": [asdict(guess) for guess in reply.related],
        "name": reply.name,
    }


def _tell_turn(act: Act, row: Conversation, turn: Turn) -> None:
    facts = {"turn": turn.number, "kind": str(turn.kind)}
    line = record(act, "conversation.said", row.subject, facts=facts)
    publish(act, TurnSaid(conversation=row.public_id, number=turn.number, kind=str(turn.kind)), line)


@action("assistant.rate")
def rate(
    act: Act, *, conversation: str, turn: int, useful: bool | None, why: str = "", note: str = ""
) -> dict:
    """Say whether an answer helped, and, if not, why. Said again it replaces what was said before.

    Raises ConversationNotFound, TurnNotFound, RatingUnknown.
    """
    row = talks.turn(talks.conversation(act.actor, conversation), turn)
    if useful is None or (why and why not in talking.WHYS):
        raise RatingUnknown([{"field": "useful", "message": str(RatingUnknown.message)}])
    row.useful, row.rated_at = useful, act.at
    row.why = "" if useful else why
    row.note = "" if useful else redact(talks.plain(note)[: talking.NOTE_MAX]).text
    row.save(update_fields=["useful", "why", "note", "rated_at"])
    return {"conversation": conversation, "turn": turn, "useful": useful}


# People who answer ---------------------------------------------------------------------------------------------------


def _move(act: Act, row: Conversation, verb: str, **facts: Any) -> dict:
    after = talking.next_state(row.state, verb)
    if after is None:
        raise ConversationOver() if row.state == State.CLOSED else MoveNotPossible()
    row.state = after
    if after == State.CLOSED:
        row.closed_at, row.account_id = act.at, None
        Turn.objects.filter(conversation=row, own__isnull=False).update(own=None)
    row.save(update_fields=["state", "closed_at", "account_id", "last_at"])
    line = record(act, f"conversation.{verb}", row.subject, facts={"channel": row.channel, **facts})
    publish(act, ConversationMoved(conversation=row.public_id, verb=verb, after=str(after)), line)
    return {"conversation": row.public_id, "state": str(after)}


def _locked(row: Conversation) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=row.pk)


@action("assistant.ask_person")
def ask_person(act: Act, *, conversation: str, agreed: bool) -> dict:
    """Ask that a person answers; `agreed`: she lets officers read this conversation. Answers {conversation, state}.

    Raises ConversationNotFound, AgreementNeeded, MoveNotPossible, ConversationOver.
    """
    row = _locked(talks.conversation(act.actor, conversation))
    if not agreed:
        raise AgreementNeeded([{"field": "agreed", "message": str(AgreementNeeded.message)}])
    row.last_at = act.at
    return _move(act, row, "ask_person")


@action("assistant.take_over")
def take_over(act: Act, *, conversation: str) -> dict:
    """An officer takes a waiting conversation. Who may is said by the room that shows the queue; here: any officer.

    Raises Forbidden, ConversationNotFound, MoveNotPossible, ConversationOver.
    """
    _demand_officer(act)
    return _move(act, _locked(talks.by_id(conversation)), "take_over")


@action("assistant.say")
def say(act: Act, *, conversation: str, text: str) -> dict:
    """An officer answers. Her words are kept without personal numbers too. Answers {conversation, turn}.

    Raises Forbidden, ConversationNotFound, MoveNotPossible (nobody took it over), QuestionEmpty, TooManyTurns.
    """
    _demand_officer(act)
    row = _locked(talks.by_id(conversation))
    if row.state != State.WITH_PERSON:
        raise MoveNotPossible()
    said = talks.plain(text)
    if not said:
        raise QuestionEmpty([{"field": "text", "message": str(QuestionEmpty.message)}])
    turn = Turn(conversation=row, number=_next_number(row), kind=Kind.OFFICER, at=act.at)
    turn.said, turn.officer_id = redact(said).text, act.actor.account_id
    turn.save(force_insert=True)
    row.last_at = act.at
    row.save(update_fields=["last_at"])
    _tell_turn(act, row, turn)
    return {"conversation": row.public_id, "turn": turn.number}


@action("assistant.give_back")
def give_back(act: Act, *, conversation: str) -> dict:
    """The machine answers again. Raises Forbidden, ConversationNotFound, MoveNotPossible."""
    _demand_officer(act)
    return _move(act, _locked(talks.by_id(conversation)), "give_back")


def _demand_officer(act: Act) -> None:
    if not act.actor.has_role(*OFFICER_ROLES):
        raise Forbidden()


# Ending --------------------------------------------------------------------------------------------------------------


@action("assistant.close")
def close(act: Act, *, conversation: str) -> dict:
    """End a conversation: it is kept without an owner. By who holds it, or an officer.

    Raises ConversationNotFound, ConversationOver.
    """
    officer = act.actor.has_role(*OFFICER_ROLES)
    row = talks.by_id(conversation) if officer else talks.conversation(act.actor, conversation)
    return _move(act, _locked(row), "close")


@action("assistant.erase")
def erase(act: Act, *, conversation: str) -> dict:
    """Erase a conversation with all its turns, because she wants it gone. Raises ConversationNotFound."""
    row = _locked(talks.conversation(act.actor, conversation))
    return {"erased": _erase(act, [row])}


@action("assistant.erase_mine")
def erase_mine(act: Act) -> dict:
    """Erase every conversation that still belongs to the account. Answers {erased: how many}."""
    if not act.actor.account_id:
        raise Forbidden()
    return {"erased": _erase(act, Conversation.objects.filter(account_id=act.actor.account_id))}


def _erase(act: Act, rows: Iterable[Conversation]) -> int:
    count = 0
    for row in rows:
        line = record(act, "conversation.erased", row.subject, facts={"turns": row.turns.count()})
        publish(act, ConversationErased(conversation=row.public_id), line)
        row.delete()
        count += 1
    return count


def forget_dossier(act: Act, dossier: Any) -> list[int]:
    """What was said about a dossier goes with it, within the act that erases it. Lets go of no file."""
    if dossier.filer_id:
        Turn.objects.filter(conversation__account_id=dossier.filer_id, own__isnull=False).update(own=None)
    return []


def let_go(at: datetime, *, limit: int) -> int:
    """Conversations that nobody went on with for a day belong to nobody any more; returns how many (call it in a
    transaction)."""
    idle = Conversation.objects.exclude(state=State.CLOSED).filter(last_at__lt=at - talking.IDLE)
    with_people = (State.WAITING, State.WITH_PERSON)
    idle = idle.exclude(state__in=with_people, last_at__gte=at - talking.IDLE_WITH_PEOPLE)
    found = list(idle.order_by("last_at").values_list("pk", flat=True)[:limit])
    Turn.objects.filter(conversation__in=found, own__isnull=False).update(own=None)
    return Conversation.objects.filter(pk__in=found).update(state=State.CLOSED, closed_at=at, account=None)


def forget(at: datetime, *, limit: int) -> int:
    """Erase conversations whose last turn is longer ago than the packs allow; returns how many (call it in a
    transaction)."""
    before = talking.forget_before(at, talks.keep_days(local_date(at)))
    found = list(
        Conversation.objects.filter(last_at__lt=before)
        .order_by("last_at")
        .values_list("pk", flat=True)[:limit]
    )
    Conversation.objects.filter(pk__in=found).delete()
    return len(found)


# What it leads to ----------------------------------------------------------------------------------------------------


@action("assistant.open_declaration")
def open_declaration(act: Act, *, conversation: str, agency: str | None = None) -> dict:
    """Begin the declaration that a conversation leads to, filled in with what was answered there.

    What the city knows of her stays where the conversation says nothing else. Answers {dossier, reference, filled}.
    Raises ConversationNotFound, NothingToOpen, and as `dossiers.start_draft`.
    """
    row = talks.conversation(act.actor, conversation)
    view, given = talks.declaration_of(row, act.at)
    if not view.is_fileable(local_date(act.at), "online"):
        raise NothingToOpen()
    made = dossiers.start_draft.inside(act, procedure=view.slug, agency=agency)
    if given:
        draft = dossier_queries.get_visible(act.actor, made["dossier"])
        merged = {**dossier_queries.answers_of(draft), **given}
        dossiers.save_answers.inside(act, dossier=made["dossier"], answers=merged)
    return {"dossier": made["dossier"], "reference": made.get("reference"), "filled": sorted(given)}


def centre_for(context: Context, at: datetime) -> str:
    """The code of the one-stop of the commune that was named in a conversation, "" for none."""
    found = agencies.receiving_agencies(local_date(at), area=context.area) if context.area else []
    return found[0].code if found else ""
