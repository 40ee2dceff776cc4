"""The desk: who waits for what, checking identity, sending the code, asking again, revoking; where booths stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.certificates import actions, queries, rules, words
from motcua.certificates.authority import opened
from motcua.certificates.authority.door import AuthorityProblem
from motcua.certificates.views._common import booth_rows, lang, shown, tell
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now

PURPOSE = "certificates.desk"


@officers(*rules.FIGURES)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Requests under way, what waits for the authority, whether there is one."""
    actor = actor_of(request)
    lines = queries.open_lines(actor)
    context = {
        "lines": [
            {"line": each, "stage": words.stage_word(each.stage), "tone": words.TONES.get(each.stage, "warn"),
             "way": each.row.booth.name_vi if each.row.booth else words.WAYS[each.row.way]}
            for each in lines
        ],
        "orders": [
            {"order": each, "kind": words.KINDS[each.kind], "trouble": words.trouble_word(each.trouble),
             "code": each.request.dossier.code or each.request.dossier.reference}
            for each in queries.late_orders(actor)
        ],
        "no_authority": _no_authority(),
        "keeps_booths": actor.has_role(*rules.LEADERS),
        "procedure": rules.PROCEDURE,
        "registers": actor.has_role("receptionist"),
    }  # fmt: skip
    return render(request, "certificates/desk.html", context)


def _no_authority() -> bool:
    try:
        return opened() is None
    except AuthorityProblem:
        return True


@officers(*rules.DESK)
@never_cache
@require_safe
def one(request: HttpRequest, certificate_request: str) -> HttpResponse:
    """One request at the desk, and what is to do; who read it is kept."""
    actor, at = actor_of(request), now()
    row = queries.at_desk(actor, certificate_request)
    seen(actor, at=at, purpose=PURPOSE, page="certificates.desk", subjects=[row.dossier.subject])
    context = {
        **shown(row, at, lang()),
        "may": queries.may_register(actor, row),
        "papers": list(words.PAPERS.items()),
        "booths": _options(queries.booths_here(actor, local_date(at))),
        "phone_page": request.build_absolute_uri(reverse("certificates:enter")),
    }
    return render(request, "certificates/at_desk.html", context)


def _options(found: list[Any]) -> list[tuple[str, str]]:
    return [(rules.Way.DESK.value, _("Tại quầy")), *((each.public_id, each.name_vi) for each in found)]


@officers(*rules.DESK)
@never_cache
@require_safe
def slip(request: HttpRequest, certificate_request: str) -> HttpResponse:
    """The consent as a paper to be signed: the very words, and by which their version is known."""
    actor, at = actor_of(request), now()
    row = queries.at_desk(actor, certificate_request)
    seen(actor, at=at, purpose=PURPOSE, page="certificates.slip", subjects=[row.dossier.subject])
    office = agencies.names([row.agency_id], "vi") if row.agency_id else {}
    context = {
        "row": row,
        "person": queries.person_of(row.dossier),
        "code": row.dossier.code or row.dossier.reference,
        "office": office.get(row.agency_id or 0, ""),
        "officer": actor.label,
        "day": local_date(at),
    }
    return render(request, "certificates/slip.html", context)


@officers(*rules.DESK)
@require_POST
def act(request: HttpRequest, certificate_request: str, certificate_verb: str) -> HttpResponse:
    """Do one thing: identity (POST paper, number, photo, booth, slip), code, again, revoke (certificate, reason, booth,
    photo)."""
    made, post, row = act_of(request, PURPOSE), request.POST, certificate_request
    verbs: dict[str, tuple[Callable[[], dict], str]] = {
        "identity": (
            lambda: actions.check_identity(
                made, request=row, paper=post.get("paper", ""), number=post.get("number", ""),
                photo=post.get("photo") == "yes", booth=post.get("booth", ""), slip=post.get("slip") == "yes",
            ),
            _("Đã ghi việc đối chiếu."),
        ),
        "code": (lambda: _code(made, row), _("Đã gửi mã đến điện thoại của người xin cấp.")),
        "again": (lambda: actions.hand_over_again(made, request=row), _("Đã chuyển lại cho nơi cấp.")),
        "revoke": (
            lambda: actions.revoke(
                made, request=row, certificate=post.get("certificate", ""), reason=post.get("reason", ""),
                booth=post.get("booth", ""), photo=post.get("photo") == "yes",
            ),
            _("Đã chuyển yêu cầu thu hồi cho nơi cấp."),
        ),
    }  # fmt: skip
    if certificate_verb not in verbs:
        raise NotFound()
    queries.at_desk(actor_of(request), row)
    do, said = verbs[certificate_verb]
    try:
        do()
        messages.success(request, said)
    except NotFound:
        raise
    except Refusal as refusal:
        tell(request, refusal)
    return redirect("certificates:at_desk", row)


def _code(made: Any, row: str) -> dict:
    limits.demand(f"certificates.code:{row}", per_minute=settings.MOTCUA.rate_code_per_minute)
    return actions.send_code(made, request=row)


@officers(*rules.FIGURES)
@never_cache
@require_http_methods(["GET", "POST"])
def booths(request: HttpRequest) -> HttpResponse:
    """Where booths stand; who leads adds one (POST agency, name_vi, name_en, address, day…, opens, closes)."""
    actor, language = actor_of(request), lang()
    if request.method == "POST":
        post = request.POST
        try:
            actions.keep_booth(
                act_of(request, PURPOSE),
                agency=post.get("agency", ""),
                name_vi=post.get("name_vi", ""),
                name_en=post.get("name_en", ""),
                address=post.get("address", ""),
                days=post.getlist("day"),
                opens=post.get("opens", ""),
                closes=post.get("closes", ""),
            )
            messages.success(request, _("Đã lập điểm lưu động."))
        except Refusal as refusal:
            tell(request, refusal)
        return redirect("certificates:booths")
    led, today = queries.led(actor), local_date(now())
    own = [office for office in agencies.offices(today) if office.id in led and _sets_up(office, actor)]
    names = agencies.names([office.id for office in own], language)
    context = {
        "booths": booth_rows(led, today, language),
        "agencies": [(office.code, names[office.id]) for office in own],
        "days": list(words.DAYS.items()),
        "act_id": new_act_id(),
    }
    return render(request, "certificates/booths.html", context)


def _sets_up(office: Any, actor: Any) -> bool:
    """Those that register people, and her own; the list of a whole province has no others."""
    return bool(office.receives) or office.id in actor.agencies(*rules.LEADERS)


@officers(*rules.LEADERS)
@require_POST
def end_booth(request: HttpRequest, booth: str) -> HttpResponse:
    """A booth stands no longer after today (POST act_id)."""
    try:
        actions.end_booth(act_of(request, PURPOSE), booth=booth)
        messages.success(request, _("Điểm này không mở nữa sau hôm nay."))
    except Refusal as refusal:
        tell(request, refusal)
    return redirect("certificates:booths")
