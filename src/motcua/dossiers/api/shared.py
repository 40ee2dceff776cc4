"""What the operations of this room share: the router, the tokens, how a dossier is told."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from motcua.agencies import queries as agencies
from motcua.dossiers import queries, rules
from motcua.dossiers.errors import PurposeNeeded
from motcua.dossiers.models import Dossier
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.api import Token
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now

router = Router(tags=["dossiers"])
READ, WRITE = Token("dossiers:read"), Token("dossiers:write")
FILES_READ = Token("files:read")

# columns that leave as they are
PLAIN = (
    "reference",
    "code",
    "finance_state",
    "delivery_state",
    "sync_state",
    "channel",
    "started_at",
    "submitted_at",
    "received_at",
    "resolved_at",
    "returned_at",
    "closed_at",
    "due_on",
    "due_at",
    "first_due_on",
    "apology_by",
    "due_provisional",
    "outcome",
    "result_number",
    "revision",
)


def told(dossier: Dossier, actor: Actor, *, opened: bool = False) -> dict:
    """A dossier as its caller may see it; who works on it is told to officers only.

    Whose it is, is told to who has a part in it; to who only leads when she `opened` it for a purpose.
    """
    person = dossier.applicant if opened or not queries.only_leads(actor, dossier) else None
    worker = dossier.assigned_to if actor.roles else None
    # what is drafted and not signed is the desks' own affair
    is_decided = dossier.business_state in rules.RESOLVED
    return {
        "id": dossier.public_id,
        "procedure": dossier.procedure.slug,
        "state": dossier.business_state,
        "national_state": rules.NATIONAL_CODE[rules.State(dossier.business_state)],
        "applicant": {"id": person.public_id, "name": person.full_name} if person else None,
        "assigned_to": {"id": worker.public_id, "name": worker.display_name} if worker else None,
        "received_by": agency(dossier.received_by_id, actor.language),
        "competent_agency": agency(dossier.competent_agency_id, actor.language),
        "supported_by": agency(dossier.supported_by_id, actor.language),
        **{name: getattr(dossier, name) for name in PLAIN},
        **({} if is_decided or queries.at_work(actor, dossier) else {"outcome": ""}),
    }


def agency(agency_id: int | None, language: str) -> dict | None:
    """An agency by its code and name."""
    found = agencies.office(agency_id) if agency_id else None
    return {"code": found.code, "name": found.name(language)} if found else None


def opened(request: HttpRequest, public_id: str, page: str, purpose: str = "api") -> tuple[Actor, Dossier]:
    """The dossier for its reader, noted in the access log. Raises DossierNotFound: not there, or not hers;
    PurposeNeeded where she only leads and states none (header `X-Purpose`, one of `queries.PURPOSES`)."""
    actor = actor_of(request)
    row = queries.get_visible(actor, public_id)
    if queries.only_leads(actor, row):
        stated = request.headers.get("X-Purpose", "")
        if stated not in queries.PURPOSES:
            raise PurposeNeeded(known=", ".join(queries.PURPOSES))
        purpose = f"lead.{stated}"
    note_seen(actor, page, row, purpose=purpose)
    return actor, row


def note_seen(actor: Actor, page: str, *rows: Dossier, purpose: str = "api") -> None:
    """One row of the access log for one answer that holds personal data."""
    seen(actor, at=now(), purpose=purpose, page=f"api:{page}", subjects=[row.subject for row in rows])
