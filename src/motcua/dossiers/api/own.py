"""What is the caller's own: who she is, what is new; and following a dossier without a token."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from motcua.accounts import queries as accounts
from motcua.dossiers import queries, rules
from motcua.dossiers.api.shapes import AgencyRef
from motcua.dossiers.api.shared import READ, WRITE, agency
from motcua.dossiers.errors import DossierNotFound
from motcua.foundation.actors import Actor
from motcua.foundation.api import Out, act_of, answers, open_answers, open_door, read_answers
from motcua.foundation.doors import actor_of
from motcua.foundation.limits import demand
from motcua.kernel.identifiers import parse_tracking
from motcua.notices import actions as telling
from motcua.notices import queries as notice_queries

me = Router(tags=["me"])
notices = Router(tags=["notices"])
tracking = Router(tags=["tracking"])
NOTICES_MAX = 100


class PositionOut(Out):
    role: str
    agency: AgencyRef


class DeskOut(Out):
    """A desk whose worklist the caller may read, and how much waits there (counted up to 1,000)."""

    desk: str
    agency: AgencyRef | None
    waiting: int


class MeOut(Out):
    account: str
    name: str
    scopes: list[str]
    positions: list[PositionOut]
    desks: list[DeskOut]


class NoticeOut(Out):
    """`kind` is `dossier.<verb>`; `params` hold ids, codes and days, never names."""

    id: str
    kind: str
    at: datetime
    read: bool
    params: dict[str, Any]


class NoticeList(Out):
    items: list[NoticeOut]


class ReadOut(Out):
    read: int


class ProgressOut(Out):
    """Progress only: no name, no answer. A legal code may be anybody's guess and tells no procedure."""

    state: str
    national_state: int | None
    procedure: str | None
    code: str | None
    received_by: AgencyRef | None
    competent_agency: AgencyRef | None
    submitted_at: datetime | None
    received_at: datetime | None
    resolved_at: datetime | None
    due_on: date | None
    due_provisional: bool


@me.get(
    "", auth=READ, response=read_answers(MeOut), summary="Who the token is, where it sits, what waits there"
)
def show(request: HttpRequest) -> dict:
    actor = actor_of(request)
    account = accounts.account_by_id(actor.account_id)
    desks = sorted(h for h in actor.holders if h.startswith(("office:", "account:")))
    waiting = queries.waiting_counts(desks)
    return {
        "account": account.public_id if account else "",
        "name": actor.label,
        "scopes": sorted(actor.scopes or ()),
        "positions": [
            {"role": role, "agency": agency(id_, actor.language)} for role, id_ in sorted(actor.roles)
        ],
        "desks": [_desk(actor, holder, waiting[holder]) for holder in desks],
    }


def _desk(actor: Actor, holder: str, waiting: int) -> dict:
    kind, id_, *word = holder.split(":")
    office = agency(int(id_), actor.language) if kind == "office" else None
    return {"desk": word[0] if word else "own", "agency": office, "waiting": min(waiting, 1000)}


@notices.get("", auth=READ, response=read_answers(NoticeList), summary="What is new, newest first")
def index(request: HttpRequest, limit: int = Query(50, ge=1, le=NOTICES_MAX)) -> dict:
    found = notice_queries.notices_for(telling.own_holders(actor_of(request)), limit=limit)
    return {
        "items": [
            {"id": n.public_id, "kind": n.kind, "at": n.at, "read": n.read_at is not None, "params": n.params}
            for n in found
        ]
    }


@notices.post("/read", auth=WRITE, response=answers(ReadOut), summary="Mark everything as read")
def read(request: HttpRequest) -> dict:
    """Answers how many were new. Sent twice it changes nothing more."""
    return {"read": telling.mark_read(act_of(request, "follow"))["read"]}


@tracking.get(
    "/{code}",
    auth=None,
    response=open_answers(ProgressOut),
    summary="Progress by tracking reference or legal code",
)
@open_door("TT 01/2018/TT-VPCP art. 16: progress can be followed by code; no personal data is shown")
def track(request: HttpRequest, code: str) -> dict:
    """As often as a person would ask: 429 beyond."""
    caller = request.META.get("REMOTE_ADDR", "")
    demand(f"track:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    found = queries.find_tracked(code[:80])
    if found is None:
        raise DossierNotFound()
    language = getattr(request, "LANGUAGE_CODE", "vi")[:2]
    return {
        "state": found.business_state,
        "national_state": rules.NATIONAL_CODE[rules.State(found.business_state)],
        "procedure": found.procedure.slug if parse_tracking(code) else None,
        "received_by": agency(found.received_by_id, language),
        "competent_agency": agency(found.competent_agency_id, language),
        **{
            name: getattr(found, name)
            for name in ("code", "submitted_at", "received_at", "resolved_at", "due_on", "due_provisional")
        },
    }
