"""Every change of the helpline: who answers, what is proposed to editors, which calls there were."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.assistant import actions as assistant
from motcua.assistant.queries import talks
from motcua.assistant.rules.redacting import redact
from motcua.assistant.rules.talking import Kind
from motcua.assistant.rules.talking import State as Talk
from motcua.catalogue import queries as catalogue
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Forbidden
from motcua.foundation.events import publish
from motcua.foundation.journal import record
from motcua.helpline import outbox, queries, rules
from motcua.helpline.errors import (
    AnswerEmpty,
    CallWrong,
    ClosingWrong,
    HandoverNotFound,
    HandoverOver,
    NobodyAnswers,
    NotTakenByYou,
    ProposalNotFound,
    ProposalSettled,
    TakenByAnother,
    VerdictWrong,
)
from motcua.helpline.events import AnswerProposed, HandoverMoved
from motcua.helpline.models import Call, Handover, Proposal
from motcua.helpline.rules import Outcome, Resolved, State, Verdict
from motcua.helpline.words import AGREEMENT, AGREEMENTS, ASSISTANT_AGREEMENT, ASSISTANT_PAGE
from motcua.kernel.text import clean_text, one_line

CALL_CHANNEL = "helpline"
NOTE_MAX = 500


# Asking for a person -------------------------------------------------------------------------------------------------


@action("helpline.ask")
def ask(act: Act, *, conversation: str, agreed: bool) -> dict:
    """Ask for a person. `agreed`: she may read the whole conversation; else she reads from the last question on.

    Asked again while it is open, it may only widen what is handed over. Answers {handover, conversation, state}.
    Raises NobodyAnswers, ConversationNotFound, ConversationOver, MoveNotPossible.
    """
    if not queries.people_answer(act.at):
        raise NobodyAnswers()
    row = talks.conversation(act.actor, conversation)
    known = queries.open_of(row)
    if known is None:
        # What is handed over is bounded here; that she wants somebody to read at all is what the assistant asks for.
        assistant.ask_person.inside(act, conversation=conversation, agreed=True)
        known = _queue(act, row, agreed=agreed, version=AGREEMENT, text=str(AGREEMENTS[AGREEMENT]))
    elif agreed and not known.agreed:
        known.agreed, known.from_turn = True, 1
        known.agreement, known.agreement_text = AGREEMENT, str(AGREEMENTS[AGREEMENT])
        known.save(update_fields=["agreed", "from_turn", "agreement", "agreement_text"])
        record(act, "handover.widened", row.subject, facts={"handover": known.public_id})
    return _told(known)


def queue(act: Act, conversation: str) -> None:
    """Put a conversation into the queue for which a person was asked by the assistant's own form or its API; one that
    is there already stays as it is. Call it in a transaction."""
    row = talks.by_id(conversation)
    if row.state == Talk.WAITING and queries.open_of(row) is None:
        _queue(act, row, agreed=True, version=ASSISTANT_PAGE, text=str(ASSISTANT_AGREEMENT))


def _queue(act: Act, row: Any, *, agreed: bool, version: str, text: str) -> Handover:
    turns = [turn for turn in talks.turns(row) if turn.kind == Kind.ANSWERED]
    last = turns[-1] if turns else None
    made = Handover.objects.create(
        conversation=row,
        reason=rules.reason_of(last.behaviour if last else "", last.useful if last else None),
        channel=row.channel,
        language=row.language,
        from_turn=1 if agreed else queries.last_question(row),
        agreed=agreed,
        agreement=version,
        agreement_text=text,
        waiting_since=act.at,
    )
    _tell(act, made, "asked", agreed=agreed, agreement=version)
    return made


def _tell(act: Act, row: Handover, verb: str, **facts: Any) -> None:
    told = {"handover": row.public_id, "reason": row.reason, "channel": row.channel, **facts}
    line = record(act, f"handover.{verb}", row.conversation.subject, facts=told)
    publish(act, HandoverMoved(handover=row.public_id, verb=verb, after=row.state), line)


def _told(row: Handover) -> dict:
    return {"handover": row.public_id, "conversation": row.conversation.public_id, "state": row.state}


# Answering -----------------------------------------------------------------------------------------------------------


def _locked(act: Act, handover: str) -> Handover:
    if not queries.answers(act.actor):
        raise Forbidden()
    rows = Handover.objects.select_for_update(of=("self",)).select_related("conversation")
    row = rows.filter(public_id=handover).first() if handover.isalnum() else None
    if row is None:
        raise HandoverNotFound()
    return row


def _mine(act: Act, handover: str) -> Handover:
    row = _locked(act, handover)
    if row.state == State.CLOSED:
        raise HandoverOver()
    if row.officer_id != act.actor.account_id:
        raise NotTakenByYou()
    return row


@action("helpline.take")
def take(act: Act, *, handover: str) -> dict:
    """Take a request: from now on one reads it and answers. Taken by oneself already, it changes nothing.

    Raises Forbidden, HandoverNotFound, HandoverOver, TakenByAnother, ConversationOver.
    """
    row = _locked(act, handover)
    if row.state == State.CLOSED:
        raise HandoverOver()
    if row.state == State.TAKEN:
        if row.officer_id != act.actor.account_id:
            raise TakenByAnother()
        return _told(row)
    if row.conversation.state != Talk.WITH_PERSON:  # put back by a colleague, it stayed with people
        assistant.take_over.inside(act, conversation=row.conversation.public_id)
    row.state, row.officer_id, row.taken_at = State.TAKEN, act.actor.account_id, act.at
    row.save(update_fields=["state", "officer_id", "taken_at"])
    _tell(act, row, "taken", waited=rules.waited_minutes(row.waiting_since, act.at))
    return _told(row)


@action("helpline.release")
def release(act: Act, *, handover: str) -> dict:
    """Put a request back for a colleague: it waits again since it first did. Raises as `take`, NotTakenByYou."""
    row = _mine(act, handover)
    row.state, row.officer_id, row.taken_at = State.WAITING, None, None
    row.save(update_fields=["state", "officer_id", "taken_at"])
    _tell(act, row, "released")
    return _told(row)


@action("helpline.say")
def say(act: Act, *, handover: str, text: str) -> dict:
    """Answer, or ask back. Answers {handover, conversation, state, turn}.

    Raises as `release`, AnswerEmpty, TooManyTurns.
    """
    row = _mine(act, handover)
    said = clean_text(text).strip()
    if not 1 <= len(said) <= rules.ANSWER_MAX:
        wrong = AnswerEmpty(most=rules.ANSWER_MAX)
        raise AnswerEmpty([{"field": "text", "message": wrong.sentence}], most=rules.ANSWER_MAX)
    made = {"turn": 0}
    for part in rules.parts(said, _SAID_MOST):
        made = assistant.say.inside(act, conversation=row.conversation.public_id, text=part)
        kept = talks.turn(row.conversation, made["turn"])
        outbox.tell_guest(row.conversation.public_id, kept.number, kept.said, act.at)
    if row.answered_at is None:
        row.answered_at = act.at
        row.save(update_fields=["answered_at"])
        _tell(act, row, "answered", waited=rules.waited_minutes(row.waiting_since, act.at))
    return _told(row) | {"turn": made["turn"]}


_SAID_MOST = 1000  # characters that the assistant keeps of one turn


@action("helpline.close")
def close(
    act: Act,
    *,
    handover: str,
    outcome: str,
    propose: bool = False,
    question: str = "",
    answer: str = "",
    slug: str = "",
    path: str = "",
    article: str = "",
) -> dict:
    """End a request: the machine answers again. With `propose` the question and its answer go to the editors, with
    their source: the field `path` of the procedure `slug`, or an `article`.

    Answers {handover, conversation, state, proposal: public id or ""}. Raises as `release`, ClosingWrong.
    """
    row = _mine(act, handover)
    problems = (
        [] if outcome in rules.OUTCOMES else [{"field": "outcome", "message": str(ClosingWrong.message)}]
    )
    known = {"question": question, "answer": answer, "slug": slug, "path": path, "article": article}
    if propose:
        problems += _wrong_proposal(**known)
    if problems:
        raise ClosingWrong(problems)
    made = _propose(act, row, **known).public_id if propose else ""
    _end(act, row, Outcome(outcome), proposal=made)
    if row.conversation.state in (Talk.WITH_PERSON, Talk.WAITING):
        assistant.give_back.inside(act, conversation=row.conversation.public_id)
    return _told(row) | {"proposal": made}


def _end(act: Act, row: Handover, outcome: Outcome, **facts: Any) -> None:
    row.state, row.outcome, row.closed_at = State.CLOSED, outcome, act.at
    row.save(update_fields=["state", "outcome", "closed_at"])
    outbox.owe_nothing(row.conversation.public_id)
    _tell(act, row, "closed", outcome=str(outcome), **facts)


def withdraw(act: Act, conversation: str) -> None:
    """The conversation ended, or the machine answers it again: nobody waits any more. Call it in a transaction."""
    for row in Handover.objects.filter(conversation__public_id=conversation).exclude(state=State.CLOSED):
        _end(act, row, Outcome.WITHDRAWN)


def give_up(act: Act, *, limit: int) -> int:
    """End requests that nobody took for days, and those whose conversation is over; returns how many. Call it in a
    transaction."""
    is_old = Q(state=State.WAITING, waiting_since__lt=act.at - rules.HANDOVERS_KEPT)
    rows = Handover.objects.exclude(state=State.CLOSED).filter(is_old | Q(conversation__state=Talk.CLOSED))
    found = list(rows.select_related("conversation").order_by("waiting_since")[:limit])
    for row in found:
        _end(act, row, Outcome.WITHDRAWN)
    return len(found)


# Proposed answers ----------------------------------------------------------------------------------------------------


def _wrong_proposal(question: str, answer: str, slug: str, path: str, article: str) -> list[dict]:
    problems = []
    if not one_line(question):
        problems.append({"field": "question", "message": _("Ghi câu hỏi, không kèm tên hay số của ai.")})
    if not clean_text(answer).strip():
        problems.append({"field": "answer", "message": _("Ghi câu trả lời mẫu.")})
    if article:
        if not rules.names_an_article(one_line(article)):
            said = _("Ghi điều và số văn bản, ví dụ “Điều 15 Luật 60/2014/QH13”.")
            problems.append({"field": "article", "message": said})
    elif path not in rules.FIELDS or not _is_full(slug):
        said = _("Chọn mục của thủ tục làm nguồn, hoặc ghi điều luật.")
        problems.append({"field": "source", "message": said})
    return problems


def _is_full(slug: str) -> bool:
    return any(not hit.is_listed for hit in catalogue.hits_of([slug]))


def _propose(
    act: Act, row: Handover, *, question: str, answer: str, slug: str, path: str, article: str
) -> Proposal:
    made = Proposal.objects.create(
        handover=row,
        question=redact(one_line(question)[:1000]).text,
        answer=redact(clean_text(answer).strip()[: rules.ANSWER_MAX]).text,
        language=row.language,
        slug="" if article else slug,
        path="" if article else path,
        article=one_line(article),
        proposed_at=act.at,
        proposed_by_id=act.actor.account_id,
    )
    facts = {"handover": row.public_id, "slug": made.slug, "path": made.path, "article": made.article}
    line = record(act, "proposal.made", made.subject, facts=facts)
    publish(act, AnswerProposed(proposal=made.public_id), line)
    return made


@action("helpline.settle")
def settle(act: Act, *, proposal: str, verdict: str, note: str = "") -> dict:
    """Accept or decline a proposed answer, by an editor (administrator); what an accepted one becomes is the editor's
    own act. Answers {proposal, state}. Raises Forbidden, ProposalNotFound, ProposalSettled, VerdictWrong.
    """
    if not act.actor.has_role("administrator"):
        raise Forbidden()
    row = (
        Proposal.objects.select_for_update().filter(public_id=proposal).first()
        if proposal.isalnum()
        else None
    )
    if row is None:
        raise ProposalNotFound()
    if row.state != Verdict.OPEN:
        raise ProposalSettled()
    said = one_line(note)[:NOTE_MAX]
    if verdict not in (Verdict.ACCEPTED, Verdict.DECLINED) or (verdict == Verdict.DECLINED and not said):
        raise VerdictWrong([{"field": "verdict", "message": str(VerdictWrong.message)}])
    row.state, row.note = Verdict(verdict), said
    row.settled_at, row.settled_by_id = act.at, act.actor.account_id
    row.save(update_fields=["state", "note", "settled_at", "settled_by_id"])
    record(act, f"proposal.{verdict}", row.subject, facts={"verdict": verdict})
    return {"proposal": row.public_id, "state": str(row.state)}


def settle_within(act: Act, proposal: str, taken: bool, note: str) -> dict:
    """Settle a proposal within the act of an editor who took it over into what is taught, or not; as `settle`."""
    verdict = Verdict.ACCEPTED if taken else Verdict.DECLINED
    return settle.inside(act, proposal=proposal, verdict=str(verdict), note=note)  # type: ignore[attr-defined]


# Calls ---------------------------------------------------------------------------------------------------------------


@action("helpline.log_call")
def log_call(act: Act, *, conversation: str, resolved: str) -> dict:
    """Count a call that is over: how long, about what, whether it was settled. The conversation is closed.

    Answers {call, seconds}. Raises Forbidden, ConversationNotFound, CallWrong (also for one that was logged).
    """
    if not queries.answers(act.actor):
        raise Forbidden()
    row = talks.by_id(conversation)
    if (
        resolved not in set(Resolved)
        or row.channel != CALL_CHANNEL
        or Call.objects.filter(conversation=row).exists()
    ):
        raise CallWrong([{"field": "resolved", "message": str(CallWrong.message)}])
    turns = [turn for turn in talks.turns(row) if turn.kind == Kind.ANSWERED]
    about = next((turn for turn in reversed(turns) if turn.slug), turns[-1] if turns else None)
    made = Call.objects.create(
        conversation=row,
        officer_id=act.actor.account_id,
        begun_at=row.begun_at,
        ended_at=act.at,
        intent=about.intent if about else "",
        slug=about.slug if about else "",
        resolved=resolved,
    )
    facts = {"seconds": made.seconds, "slug": made.slug, "intent": made.intent, "resolved": resolved}
    record(act, "call.logged", f"call:{made.public_id}", facts=facts)
    if row.state != Talk.CLOSED:
        assistant.close.inside(act, conversation=row.public_id)
    return {"call": made.public_id, "seconds": made.seconds}
