"""Asking, answering, and taking along everything that is held."""

from __future__ import annotations

from typing import Any

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.foundation.access import offices_of
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import erase_personal, record
from motcua.foundation.time import local_date
from motcua.kernel.text import clean_text
from motcua.notices import actions as notices
from motcua.privacy import queries, rules
from motcua.privacy.errors import AlreadyAnswered, NotYoursToAnswer, RequestNotFound, TextNeeded, TooManyOpen
from motcua.privacy.models import DataRequest
from motcua.privacy.rules import Kind, State


def _said(text: str, field: str) -> str:
    kept = clean_text(text).strip()
    if not rules.TEXT_MIN <= len(kept) <= rules.TEXT_MAX:
        raise TextNeeded([{"field": field, "message": str(TextNeeded.message)}])
    return kept


@action("privacy.ask")
def ask(act: Act, *, kind: str, text: str, look: int | None = None) -> dict:
    """Ask for something about one's own data: `correct`, `erase`, or explain a `look` (its id), a `complaint`.

    It goes to the agency that looked, else to the one that has her newest dossier, else to the top. Answers {request,
    due_on}. Raises TextNeeded, LookNotFound, TooManyOpen, Forbidden for no account.
    """
    account = act.actor.account_id
    if account is None or kind not in set(Kind) or (kind == Kind.COMPLAINT) != (look is not None):
        raise Forbidden()
    said = _said(text, "text")
    if DataRequest.objects.filter(account=account, state=State.SENT).count() >= rules.OPEN_MOST:
        raise TooManyOpen(most=rules.OPEN_MOST)
    day = local_date(act.at)
    row = DataRequest(account_id=account, kind=kind, text=said, sent_at=act.at)
    row.due_on = rules.due_on(day, queries.answer_days(day))
    newest = next(iter(dossiers.mine(act.actor, limit=1)), None)
    offices = [newest.competent_agency_id, newest.desk_now_id] if newest else []
    if look is not None:
        entry, named = queries.own_look(act.actor, look)
        row.looked_by, row.looked_at, row.looked_for = entry.actor, entry.at, entry.purpose
        offices = [*offices_of(entry), *offices]
        first = next((name for name in named if name.startswith("dossier:")), None)
        row.dossier = dossiers.whole(first.removeprefix("dossier:")) if first else None
    row.agency_id = next((office for office in offices if office), None) or _top(day)
    row.save(force_insert=True)
    facts = {"kind": kind, "agency": row.agency_id, "due_on": row.due_on, "look": look}
    record(act, "data_request.sent", row.subject, facts=facts, personal={"text": said})
    return {"request": row.public_id, "due_on": row.due_on.isoformat()}


def _top(day: Any) -> int:
    """The province itself."""
    return next(office.id for office in agencies.offices(day) if office.parent_id is None)


@action("privacy.answer")
def answer(act: Act, *, request: str, text: str) -> dict:
    """Answer a request of an agency that one leads or administers; the person is told.

    Raises RequestNotFound, NotYoursToAnswer, AlreadyAnswered, TextNeeded.
    """
    row = DataRequest.objects.select_for_update().filter(public_id=request).first()
    if row is None or row.agency_id not in queries.answers_for(act.actor):
        raise RequestNotFound()
    if not rules.may_answer(row.account_id, row.looked_by, act.actor.account_id):
        raise NotYoursToAnswer()
    if row.state != State.SENT:
        raise AlreadyAnswered()
    said = _said(text, "answer")
    row.state, row.answer = State.ANSWERED, said
    row.answered_by_id, row.answered_at = act.actor.account_id, act.at
    row.save(update_fields=["state", "answer", "answered_by_id", "answered_at"])
    facts = {"late": local_date(act.at) > row.due_on}
    line = record(act, "data_request.answered", row.subject, facts=facts, personal={"answer": said})
    holder = f"account:{row.account_id}"
    notices.tell(
        [holder], kind="data_request.answered", subject=row.subject, seq=line.seq, at=act.at, params={}
    )
    return {"request": row.public_id, "state": row.state}


@action("privacy.take_along")
def take_along(act: Act) -> dict:
    """Note in the chain of one's account that everything held was handed out to it. Answers {account}."""
    account = queries.accounts.account_by_id(act.actor.account_id)
    if account is None:
        raise Forbidden()
    record(act, "account.data_taken", f"account:{account.public_id}")
    return {"account": account.public_id}


def erase(act: Act, dossier: Any) -> list[int]:
    """The words of answered requests about a look at a dossier go with it, within the act that erases it; no file.

    A draft's row goes as well: its requests let go of it. One that still waits keeps its words, for they are to be
    answered; a closed dossier is held back by such a one instead.
    """
    rows = DataRequest.objects.filter(dossier=dossier)
    is_draft = dossier.submitted_at is None
    blanked = rows.exclude(state=State.SENT) if is_draft else rows
    for row in blanked:
        erase_personal(row.subject)
        notices.forget(act, row.subject)
    blanked.update(text="", answer="", looked_by="")
    if is_draft:
        rows.update(dossier=None)
    return []
