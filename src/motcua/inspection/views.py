"""Pages of inspections: mandates for who decides about them, and what a standing mandate opens to its holder."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.files import queries as files
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, administrators, officers, signed_in
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.inspection import actions, queries
from motcua.inspection.errors import MandateWrong, SampleWrong
from motcua.inspection.models import Mandate, Sample
from motcua.inspection.rules import (
    DAYS_MOST,
    GRANTERS,
    PERIOD_DAYS_MOST,
    POPULATION_MOST,
    SAMPLE_MOST,
    may_grant,
)
from motcua.inspection.words import STATES, VERBS

PURPOSE = "lead.inspection"  # the person whose data it is reads “Kiểm tra, thanh tra”


def _language() -> str:
    return (get_language() or "vi")[:2]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _tell(request: HttpRequest, refusal: Refusal) -> None:
    if refusal.status in (403, 404):
        raise refusal
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")


def _state(row: Mandate, today: date) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.granted_at is None:
        return "proposed"
    if row.last < today:
        return "over"
    return "later" if today < row.first else "open"


def _row(row: Mandate, actor: Any) -> dict[str, Any]:
    today = local_date(now())
    state = _state(row, today)
    mine = row.agency_id in queries.within(actor)
    return {
        "row": row,
        "agency": row.agency.name_en if _language() == "en" and row.agency.name_en else row.agency.name_vi,
        "state": STATES[state],
        "open": state == "open" and row.inspector_id == actor.account_id,
        "may_grant": mine
        and state == "proposed"
        and may_grant(row.proposed_by_id, row.inspector_id, actor.account_id),
        "may_end": mine and state in ("proposed", "open", "later"),
    }


# Mandates ----------------------------------------------------------------------------------------------------------


@signed_in
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The mandates over one's agencies, and those one holds."""
    actor = actor_of(request)
    proposes = actor.has_role("administrator")
    context = {
        "rows": [_row(row, actor) for row in queries.mandates(actor)],
        "proposes": proposes,
        "offices": _offices(actor) if proposes else [],
        "days_most": DAYS_MOST,
        "act_id": new_act_id(),
    }
    return render(request, "inspection/board.html", context)


def _offices(actor: Any) -> list[tuple[str, str]]:
    mine = agencies.below(actor.agencies("administrator"))
    today = local_date(now())
    return [(one.code, one.name(_language())) for one in agencies.offices(today) if one.id in mine]


@administrators
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a mandate (POST act_id, agency, inspector, number, first, last, reason)."""
    post = request.POST
    first, last = _day(post.get("first")), _day(post.get("last"))
    try:
        if first is None or last is None:
            raise MandateWrong(days=DAYS_MOST)
        words = {name: post.get(name, "") for name in ("agency", "inspector", "number", "reason")}
        actions.propose(act_of(request, PURPOSE), first=first, last=last, **words)
        messages.success(request, _("Đã lập; một người khác có thẩm quyền phải cho phép."))
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("inspection:board")


@officers(*GRANTERS)
@require_POST
def decide(request: HttpRequest, mandate: str, verb: str) -> HttpResponse:
    """Grant or end a mandate (POST act_id)."""
    verbs = {"grant": actions.grant, "end": actions.end}
    if verb not in verbs:
        raise NotFound()
    queries.known(actor_of(request), mandate)
    try:
        verbs[verb](act_of(request, PURPOSE), mandate=mandate)
        messages.success(request, _("Đã ghi."))
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("inspection:board")


# What a mandate opens ----------------------------------------------------------------------------------------------


@signed_in
@never_cache
@require_safe
def room(request: HttpRequest, mandate: str) -> HttpResponse:
    """The inspector's own room: the mandate, drawing a sample, samples drawn."""
    actor = actor_of(request)
    row = queries.standing(actor, mandate, now())
    context = {
        **_row(row, actor),
        "samples": queries.samples(row),
        "most": SAMPLE_MOST,
        "act_id": new_act_id(),
        "seed": secrets.token_hex(8),
    }
    return render(request, "inspection/room.html", context)


@signed_in
@require_POST
def draw(request: HttpRequest, mandate: str) -> HttpResponse:
    """Draw a sample (POST act_id, seed, first, last, size)."""
    post = request.POST
    first, last, size = _day(post.get("first")), _day(post.get("last")), post.get("size", "")
    queries.standing(actor_of(request), mandate, now())
    try:
        if first is None or last is None or not (size.isascii() and size.isdigit() and len(size) < 5):
            raise SampleWrong(most=SAMPLE_MOST, population=POPULATION_MOST)
        drawn = actions.draw(
            act_of(request, PURPOSE),
            mandate=mandate,
            seed=post.get("seed", ""),
            first=first,
            last=last,
            size=int(size),
        )
        return redirect("inspection:sample", mandate, drawn["sample"])
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("inspection:room", mandate)


@signed_in
@never_cache
@require_safe
def sample(request: HttpRequest, mandate: str, sample: str) -> HttpResponse:
    """The dossiers of a sample in the order drawn, and how to draw it again."""
    actor, at = actor_of(request), now()
    row = queries.standing(actor, mandate, at)
    drawn = queries.samples(row).filter(public_id=sample).first()
    if drawn is None:
        raise NotFound()
    found = {one.public_id: one for one in queries.dossiers_of(row, drawn.dossiers)}
    rows = [found[one] for one in drawn.dossiers if one in found]
    seen(actor, at=at, purpose=PURPOSE, page="inspection.sample", subjects=[one.subject for one in rows])
    return render(
        request, "inspection/sample.html", {**_row(row, actor), "sample": drawn, **_listed(rows, drawn)}
    )


def _listed(rows: list[Any], drawn: Sample) -> dict[str, Any]:
    english = _language() == "en"
    return {
        "gone": len(drawn.dossiers) - len(rows),
        "dossiers": [
            {
                "dossier": one,
                "procedure": one.procedure.name_en
                if english and one.procedure.name_en
                else one.procedure.short_name_vi,
                "late": bool(one.due_at and (one.resolved_at or now()) > one.due_at),
            }
            for one in rows
        ],
    }


def _first(found: list[Any]) -> tuple[list[Any], bool]:
    """The rows that are shown, and whether there are more."""
    return found[: queries.SHOWN_MAX], len(found) > queries.SHOWN_MAX


@signed_in
@never_cache
@require_safe
def overrides(request: HttpRequest, mandate: str) -> HttpResponse:
    """What was decided otherwise than planned, who opened records for a purpose, which calendars changed (GET from,
    to; else the last month)."""
    actor, at = actor_of(request), now()
    row = queries.standing(actor, mandate, at)
    last = _day(request.GET.get("to")) or local_date(at)
    first = _day(request.GET.get("from")) or last.replace(day=1)
    fits = (last - first).days < PERIOD_DAYS_MOST
    ids = queries.population(row, first, last) if fits and first <= last else []
    found, cut = _first(queries.overrides(ids[:POPULATION_MOST]))
    codes = {one.public_id: one for one in queries.dossiers_of(row, sorted({each.dossier for each in found}))}
    seen(
        actor,
        at=at,
        purpose=PURPOSE,
        page="inspection.overrides",
        subjects=[one.subject for one in codes.values()],
    )
    opened, opened_cut = _first(queries.opened_for_a_purpose(row, first, last))
    calendars, calendars_cut = _first(queries.calendars_changed(first, last))
    keys = {each.actor for each in (*found, *opened)}
    numbers = {
        key: int(key.removeprefix("account:")) for key in keys if key.removeprefix("account:").isdigit()
    }
    labels = accounts.labels(numbers.values())
    names = {key: labels.get(number, key) for key, number in numbers.items()}
    context = {
        **_row(row, actor),
        "first": first,
        "last": last,
        "overrides": [
            {"one": each, "code": codes[each.dossier].code, "what": VERBS[each.verb],
             "who": names.get(each.actor, each.actor)}
            for each in found
            if each.dossier in codes
        ],
        "opened": [
            {"one": each, "who": names.get(each.actor, each.actor),
             "why": dossiers.PURPOSES.get(each.purpose.removeprefix("lead."), _("Tra cứu, có ghi lý do"))}
            for each in opened
        ],
        "calendars": calendars,
        # an inspector who takes a part for the whole finds too little
        "more": {
            "overrides": cut or not fits or len(ids) > POPULATION_MOST,
            "opened": opened_cut,
            "calendars": calendars_cut,
        },
    }  # fmt: skip
    return render(request, "inspection/overrides.html", context)


@signed_in
@require_POST
def export(request: HttpRequest, mandate: str, dossier: str) -> StreamingHttpResponse:
    """One dossier as a sealed export (POST act_id)."""
    actor, act = actor_of(request), act_of(request, PURPOSE)
    found = queries.dossier_of(queries.standing(actor, mandate, act.at), dossier)
    noted = actions.carry_away(act, mandate=mandate, dossier=dossier)
    seen(actor, at=act.at, purpose=PURPOSE, page="inspection.export", subjects=[found.subject])
    answer = StreamingHttpResponse(
        files.packed(*actions.sealed_export(found, noted["sha256"])), content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="ho-so-{found.code or found.reference}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
