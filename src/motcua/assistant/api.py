"""The assistant for programs: ask, rate, erase. The same actions as the page; nobody is signed in here."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Router, Status
from pydantic import Field

from motcua.assistant import actions, drawn
from motcua.assistant.queries import talks
from motcua.assistant.rules.talking import NOTE_MAX, QUESTION_MAX, WHYS
from motcua.foundation import limits
from motcua.foundation.acts import Act, new_act
from motcua.foundation.api import In, Out, PublicId, Text, act_of, answers, open_answers, open_door
from motcua.foundation.doors import actor_of
from motcua.foundation.ui.controls import page_language

router = Router(tags=["assistant"])
PUBLIC = open_door("It answers from what is published; a conversation is known only to who holds its id.")
ID = "[0-9A-HJKMNP-TV-Z]{26}"


class QuestionIn(In):
    """`conversation` goes on with one; `picked` is the value of an option of `asked`, or the code of a commune;
    `procedure` is what it is about to begin with."""

    question: Text(QUESTION_MAX) = Field(
        "", description="As people type it; numbers of persons are not kept."
    )
    conversation: str | None = Field(None, pattern=f"^{ID}$")
    picked: Text(140) = ""
    procedure: Text(140) = ""

    model_config = {"json_schema_extra": {"examples": [{"question": "làm giấy khai sinh cần giấy gì"}]}}


class SentenceSource(Out):
    """The field of a document that the sentence says: `kind` procedure, agency, pack, calendar or self."""

    kind: str
    key: str
    path: str
    code: str
    version: str
    on: str


class SaidSentence(Out):
    """`doubtful`: the field is marked unverified; `href`: where it can be read on this site, "" for nowhere."""

    text: str
    about: str
    doubtful: bool
    source: SentenceSource
    href: str


class AskedOption(Out):
    value: str
    label: str


class AskedBack(Out):
    """What must be known before this case can be answered: a choice, a place (a commune), or which procedure."""

    key: str
    text: str
    kind: Literal["choice", "place", "procedure"]
    options: list[AskedOption]


class NextButton(Out):
    text: str
    href: str


class GuessedProcedure(Out):
    slug: str
    code: str | None
    score: float


class RelatedProcedure(Out):
    slug: str
    name: str


class AssistantTurn(Out):
    """One turn. `kind` is `answered`, or `message` where a person answers instead of the machine."""

    conversation: str
    turn: int
    kind: Literal["answered", "message", "officer"]
    behaviour: str
    intent: str
    procedure: str | None
    code: str | None
    confidence: float
    sentences: list[SaidSentence]
    asked: AskedBack | None
    button: NextButton | None
    related: list[RelatedProcedure]
    guesses: list[GuessedProcedure]
    machine: bool = Field(description="Always true for `answered`: no person wrote it.")
    replayed: bool


class ConversationTurn(Out):
    number: int
    kind: Literal["answered", "message", "officer"]
    question: str = Field(description="As it was kept: without names and numbers.")
    sentences: list[SaidSentence]
    said: str = Field(description="What an officer wrote.")
    useful: bool | None


class ConversationOut(Out):
    """`state`: open (the machine answers), waiting_for_person, with_person, closed."""

    conversation: str
    state: Literal["open", "waiting_for_person", "with_person", "closed"]
    turns: list[ConversationTurn]


class RatingIn(In):
    useful: bool
    why: Literal[("", *WHYS)] = ""  # type: ignore[valid-type]
    note: Text(NOTE_MAX) = ""

    model_config = {"json_schema_extra": {"examples": [{"useful": False, "why": "incomplete"}]}}


class Rated(Out):
    conversation: str
    turn: int
    useful: bool
    replayed: bool


class Erased(Out):
    erased: int
    replayed: bool


def _act(request: HttpRequest, conversation: str = "") -> Act:
    """An act of nobody. All who have no token are one caller, so a key of theirs counts within a conversation only."""
    act = act_of(request, "ask")
    key = request.headers.get("Idempotency-Key")
    scoped = f"{conversation}/{key}" if key and conversation else None
    return new_act(act.actor, at=act.at, purpose=act.purpose, act_id=scoped, channel=act.channel)


def _demand(request: HttpRequest) -> None:
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"assistant:{caller}", per_minute=settings.MOTCUA.rate_assistant_per_minute)


@router.post("/questions", response=answers(AssistantTurn, 201), summary="Ask the assistant")
@PUBLIC
def ask(request: HttpRequest, body: QuestionIn) -> Status:
    """It answers from the published procedures, each sentence with its source, or asks one question back."""
    _demand(request)
    made = actions.ask(
        _act(request, body.conversation or ""),
        question=body.question,
        picked=body.picked,
        conversation=body.conversation or "",
        procedure=body.procedure,
        channel="api",
        language=page_language(),
    )
    row = talks.conversation(actor_of(request), made["conversation"])
    kept = talks.turn(row, made["turn"])
    shown = drawn.turn(kept, row)
    return Status(
        201,
        {
            "conversation": row.public_id,
            "turn": kept.number,
            "kind": kept.kind,
            "behaviour": kept.behaviour,
            "intent": kept.intent,
            "procedure": kept.slug or None,
            "code": kept.code or None,
            "confidence": kept.confidence,
            "sentences": [_sentence(each) for each in shown["sentences"]],
            "asked": shown["asked"],
            "button": shown["button"],
            "related": shown["related"],
            "guesses": [{"slug": slug, "code": code, "score": score} for slug, code, score in kept.guesses],
            "machine": kept.kind == "answered",
            "replayed": made["replayed"],
        },
    )


def _sentence(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("text", "about", "doubtful", "source", "href")}


@router.get(
    "/conversations/{id:conversation}", response=open_answers(ConversationOut), summary="What was said so far"
)
@PUBLIC
def show(request: HttpRequest, conversation: PublicId) -> dict:
    """For whoever holds its id; also where an officer's answers are read."""
    _demand(request)
    row = talks.conversation(actor_of(request), conversation)
    shown = drawn.turns(talks.turns(row), row)
    turns = [
        {
            **{name: turn[name] for name in ("number", "kind", "question", "said", "useful")},
            "sentences": [_sentence(each) for each in turn["sentences"]],
        }
        for turn in shown
    ]
    return {"conversation": row.public_id, "state": row.state, "turns": turns}


@router.post(
    "/conversations/{id:conversation}/turns/{int:turn}/rating",
    response=answers(Rated),
    summary="Say whether an answer helped",
)
@PUBLIC
def rate(
    request: HttpRequest, conversation: PublicId, body: RatingIn, turn: int = Path(..., ge=1, le=32767)
) -> dict:
    """Said again it replaces what was said before."""
    _demand(request)
    return actions.rate(
        _act(request, conversation), conversation=conversation, turn=turn, **body.model_dump()
    )


@router.post(
    "/conversations/{id:conversation}/erasure", response=answers(Erased), summary="Erase a conversation"
)
@PUBLIC
def erase(request: HttpRequest, conversation: PublicId) -> dict:
    """With all its turns, at once."""
    _demand(request)
    return actions.erase(_act(request, conversation), conversation=conversation)
