"""What the views of the counter share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.counter.errors import PurposeNeeded
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound, OwnDossier
from motcua.foundation import limits
from motcua.foundation import time as machine
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.purpose import stated
from motcua.foundation.time import local_date
from motcua.foundation.ui.controls import page_language
from motcua.issuing import queries as issued

WORKERS = ("receptionist", "processor", "head", "signer", "clerk", "leader")
DESK = ("receptionist", "clerk")
TEXT_MAX = 2000
SEARCHES_PER_MINUTE = 60  # people search one after the other; a program that collects searches faster


def moment() -> datetime:
    """The present moment, aware."""
    return machine.now()


def today() -> date:
    """The day in Viet Nam."""
    return local_date(moment())


def lang() -> str:
    """The language of the page: "vi" or "en"."""
    return page_language()


def revision_of(text: str | None) -> int | None:
    """The revision that a form was drawn at; None when it says none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def at_desk(request: HttpRequest, public_id: str):
    """A dossier that the officer sees by an office of hers; her own filings have pages of their own.

    Raises DossierNotFound, OwnDossier where her office would see it and she may not, PurposeNeeded where she only leads
    and has not said why she looks.
    """
    actor = actor_of(request)
    found = dossiers.get_visible(
        actor, public_id, signs_here=issued.signs_here("competent_agency_id", moment())
    )
    if not dossiers.at_work(actor, found):
        raise OwnDossier() if dossiers.sees_by_office(actor, found) else DossierNotFound()
    if not may_name(request, found):
        raise PurposeNeeded()
    return found


def remember_means(request: HttpRequest) -> None:
    """Hand the actor what she can sign with as her sitting keeps it, so that no page asks the database for it."""
    actor = actor_of(request)
    if not actor.has_role("signer", "clerk") or issued.MEANS in actor.extra:
        return
    known = issued.means_kept(request.session.get(issued.MEANS), moment())
    if known is None:
        known = issued.means_of(actor, moment())
        request.session[issued.MEANS] = issued.means_to_keep(known, moment())
    actor.extra[issued.MEANS] = known


def stated_purpose(request: HttpRequest) -> str:
    """Why this officer looks at names where she only leads; "" while she has not said so."""
    return stated(request, moment(), dossiers.PURPOSES)


def may_name(request: HttpRequest, dossier: Any) -> bool:
    """Whether the page may say whose dossier it is: to everybody with a part in it, to who only leads for a purpose."""
    return not dossiers.only_leads(actor_of(request), dossier) or bool(stated_purpose(request))


def log_seen(request: HttpRequest, page: str, purpose: str, subjects: Iterable[str]) -> None:
    """One entry of the access log for a page that shows personal data."""
    seen(actor_of(request), at=moment(), purpose=purpose, page=f"counter:{page}", subjects=subjects)


def demand_search(request: HttpRequest) -> None:
    """Count one search for a person: at the search box, at intake, by a card, and in the registry they share one
    budget. Raises TooMany."""
    limits.demand(f"counter.search:{actor_of(request).key}", per_minute=SEARCHES_PER_MINUTE)


def log_dossiers(
    request: HttpRequest, page: str, purpose: str, shown: Iterable[Any], *, others: Iterable[str] = ()
) -> None:
    """The same for dossiers, with `others` that the page names: where she only leads, for the purpose she stated;
    nothing while names are hidden."""
    actor, led, own = actor_of(request), [], list(others)
    for dossier in shown:
        (led if dossiers.only_leads(actor, dossier) else own).append(dossier.subject)
    log_seen(request, page, purpose, own)
    if why := stated_purpose(request) if led else "":
        log_seen(request, page, f"lead.{why}", led)


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script of our own page asks for a piece of it."""
    return request.headers.get("X-Fragment") == "1"


def words_of(refusal: Refusal) -> list[str]:
    """A refusal as sentences: what is wrong in single places, else the cause; the way out at the end."""
    single = [str(p.get("message") or "") for p in getattr(refusal, "problems", ()) if p.get("message")]
    return [*(single or [refusal.sentence]), refusal.way_out]


def problems_of(refusal: Refusal, field: str = "") -> dict[str, str]:
    """A refusal as {input: sentence}; what names no input itself stands at `field`, under "" where that is none."""
    if isinstance(refusal, Invalid) and refusal.problems:
        found: dict[str, str] = {}
        for problem in refusal.problems:
            found.setdefault(str(problem.get("field", "")), str(problem.get("message", "")))
        return found
    return {field: f"{refusal.sentence} {refusal.way_out}"}


def desks(actor: Actor) -> list[Office]:
    """The one-stops where the actor takes dossiers in, in Vietnamese order."""
    ids = {
        int(h.split(":")[1]) for h in actor.holders if h.startswith("office:") and h.endswith(":reception")
    }
    found = [office for id_ in ids if (office := agencies.office(id_))]
    return sorted(found, key=lambda office: office.name_vi)
