"""What the pages share."""

from __future__ import annotations

import base64
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from motcua.certificates import queries, rules, words
from motcua.certificates.models import Order, Request
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import new_act_id
from motcua.foundation.ui.controls import page_language


def lang() -> str:
    """The language of the page."""
    return page_language()


def content_of(request: HttpRequest) -> str:
    """What was pasted or uploaded as a request for a certificate, as text; it goes into no message, log or session."""
    given = request.FILES.get("file")
    if given is None:
        return request.POST.get("content", "")[: rules.REQUEST_BYTES_MAX + 1]
    raw = given.read(rules.REQUEST_BYTES_MAX + 1)
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        return base64.b64encode(raw).decode()


def tell(request: HttpRequest, refusal: Refusal) -> None:
    """The sentence of a refusal over the next page."""
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")


def shown(row: Request, at: datetime, language: str) -> dict[str, Any]:
    """A request as its pages show it: where it stands, what is missing, orders, certificates."""
    person, orders = queries.person_of(row.dossier), queries.orders_of(row)
    facts = queries.facts_of(row, person, orders)
    stage = rules.stage(facts)
    lacking = rules.missing(facts) if stage not in ("issued", "ended", "waiting", "activation") else ()
    issue = next((each for each in orders if each.kind == rules.Kind.ISSUE), None)
    open_now = {(each.kind, each.of_id) for each in orders if each.state in rules.OPEN}
    certificates = [_certificate(each, at, open_now) for each in queries.certificates_of(row)]
    return {
        "row": row,
        "dossier": row.dossier,
        "code": row.dossier.code or row.dossier.reference,
        "person": person,
        "born": _day(person.birth_on),
        "stage": stage,
        "stage_word": words.stage_word(stage),
        "tone": words.TONES.get(stage, "warn"),
        "next_step": words.NEXT[stage],
        "missing": lacking,
        "missing_words": [words.MISSING[each] for each in lacking],
        "consent_words": row.consent.get(language) or row.consent.get("vi", ""),
        "consent_how": words.CONSENTS.get(row.consent_how, ""),
        "identity_how": words.IDENTITY.get(row.identity_how, ""),
        "checked": facts.identity,
        "paper": words.PAPERS.get(row.paper, ""),
        "key_place": words.KEY_PLACES[row.key_place],
        "device": row.key_place == rules.KeyPlace.DEVICE,
        "way": row.booth.name_vi if row.booth else words.WAYS[row.way],
        "trouble": words.trouble_word(issue.trouble) if issue else "",
        "said": issue.said if issue else "",
        "activation": issue.activation if issue and issue.state == rules.State.ACTIVATION else "",
        "orders": [_order(each) for each in orders],
        "certificates": certificates,
        "reasons": list(words.REASONS.items()),
        "act_id": new_act_id(),
        "takes_key": facts.key_place == rules.KeyPlace.DEVICE
        and stage in ("consent", "identity", "key", "reception", "ready", "failed"),
    }


def booth_rows(led: frozenset[int], today: date, language: str) -> list[dict[str, Any]]:
    """The booths as a table shows them; `led` are the agencies whose booths may be ended."""
    english = language == "en"
    return [
        {
            "row": each,
            "name": each.name_en if english and each.name_en else each.name_vi,
            "agency": each.agency.name_en if english and each.agency.name_en else each.agency.name_vi,
            "days": ", ".join(str(words.DAYS[day]) for day in each.days),
            "over": each.until_on is not None and each.until_on < today,
            "may": each.agency_id in led and each.until_on is None,
        }
        for each in queries.booths()
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _order(each: Order) -> dict[str, Any]:
    return {
        "order": each,
        "kind": words.KINDS[each.kind],
        "state": words.STATES[each.state],
        "where": each.booth.name_vi if each.booth else words.WAYS[each.way],
        "trouble": words.trouble_word(each.trouble),
        "activation": each.activation if each.state == rules.State.ACTIVATION else "",
    }


def _certificate(each: Any, at: datetime, open_now: set[tuple[str, int | None]]) -> dict[str, Any]:
    standing = queries.standing_of(each, at)
    renewing, revoking = ((kind, each.pk) in open_now for kind in (rules.Kind.RENEW, rules.Kind.REVOKE))
    return {
        "row": each,
        "standing": words.STANDINGS[standing],
        "tone": words.STANDING_TONES[standing],
        "place": words.KEY_PLACES[each.key_place],
        "device": each.key_place == rules.KeyPlace.DEVICE,
        "may_renew": queries.may_renew(each, at) and not renewing,
        "may_revoke": standing in ("valid", "replaced", "coming") and not revoking,
        "revoking": revoking and each.revoked_at is None,
        "why": words.REASONS.get(each.revoked_why, ""),
    }
