"""What the pages of the portal share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language

DECLARE, FOLLOW, HELP = "declare", "follow", "help"


def lang() -> str:
    """The language of the page."""
    return page_language()


def today() -> date:
    """The day in Viet Nam."""
    return local_date(now())


def moment() -> datetime:
    """The present moment, aware."""
    return now()


def revision_of(request: HttpRequest) -> int | None:
    """The revision that the form was drawn at, None when it says none."""
    given = request.POST.get("revision", "")
    return int(given) if given.isdigit() and len(given) < 10 else None


def own(request: HttpRequest, public_id: str, **more: Any):
    """A dossier of this person: filed by her account, hers by her number, or one she helps to declare; `more` are
    columns that the page wants beside it.

    Officers see dossiers at the counter, not here. Raises DossierNotFound.
    """
    actor = actor_of(request)
    dossier = dossiers.get_visible(actor, public_id, **more)
    if not dossiers.is_applicant(actor, dossier) and not dossiers.helps(actor, dossier):
        raise DossierNotFound()
    return dossier


def note_seen(request: HttpRequest, page: str, *dossier, purpose: str = FOLLOW) -> None:
    """One row of the access log for a page that shows personal data."""
    seen(
        actor_of(request),
        at=now(),
        purpose=purpose,
        page=f"portal:{page}",
        subjects=[each.subject for each in dossier],
    )


def problems_of(refusal: Refusal) -> dict[str, str]:
    """A refusal as {input: sentence}; under "" what belongs to no input."""
    if isinstance(refusal, Invalid) and refusal.problems:
        found: dict[str, str] = {}
        for problem in refusal.problems:
            found.setdefault(str(problem.get("field", "")), str(problem.get("message", "")))
        return found
    return {"": f"{refusal.sentence} {refusal.way_out}"}


def tell_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Say a refusal on the page that follows; what does not exist for this person is refused as it stands."""
    if refusal.status == DossierNotFound.status:
        raise refusal
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script of our own page asks for a piece of it."""
    return request.headers.get("X-Fragment") == "1"


def safe_integer(text: str | None) -> int | None:
    """A whole number from an address, None for anything else."""
    return int(text) if text and text.isdigit() and len(text) < 16 else None
