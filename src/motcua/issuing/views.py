"""Keys, decisions and the register of what was issued; and what a signer looks at before she signs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound, OwnDossier
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.purpose import own_address
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language
from motcua.issuing import actions, making, queries, rules, words
from motcua.issuing.errors import NoAuthority
from motcua.papers import queries as papers
from motcua.signing import queries as signing

FILE_MAX = 200_000  # bytes; a PKCS#12 file has a few thousand
PAGES_MAX = 20


def _told(refusal: Refusal) -> str:
    return f"{refusal.sentence} {refusal.way_out}"


# What is put before the signer ---------------------------------------------------------------------------------------


@officers("signer")
@never_cache
@require_GET
def draft(request: HttpRequest, public_id: str, page: int) -> HttpResponse:
    """A page (from 1) of the result as it would be signed now, as a picture: a draft is no file to take along."""
    actor, at = actor_of(request), now()
    found = dossiers.get_visible(actor, public_id)
    if not dossiers.at_work(actor, found):
        raise OwnDossier() if dossiers.sees_by_office(actor, found) else DossierNotFound()
    authority = queries.authority_on(actor, found, at)
    if authority is None:
        raise NoAuthority()
    capacity = "\n".join(rules.capacity_lines(authority))
    record, layout, _symbol = queries.record_to_sign(found, at, signer=actor.label, capacity=capacity)
    pages = papers.pictures(record, layout)
    if not 1 <= page <= min(len(pages), PAGES_MAX):
        raise NotFound()
    seen(actor, at=at, purpose="process", page="issuing:draft", subjects=[found.subject])
    return HttpResponse(pages[page - 1], content_type="image/png")


# Keys ----------------------------------------------------------------------------------------------------------------


@officers("signer", "clerk", "administrator")
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """One's keys and the seals one keeps. POST kind (trial | file | token | remote), agency, secret and the place."""
    actor, at = actor_of(request), now()
    problem = ""
    if request.method == "POST":
        try:
            _add(request)
            request.session.pop(queries.MEANS, None)
            messages.success(request, _("Đã đăng ký khóa ký."))
            return redirect("issuing:keys")
        except Refusal as refusal:
            problem = _told(refusal)
    context = {
        "rows": queries.keys_of(actor, at),
        "at": at,
        "offices": _offices(request),
        "kinds": [(kind, word) for kind, word in words.KINDS if kind in making.kinds()],
        "kind": request.POST.get("kind") or "file",
        "all_kinds": words.KINDS,
        "agency": request.POST.get("agency", ""),
        "trial": signing.is_trial(),
        "tokens": "token" in making.kinds(),
        "remote": "remote" in making.kinds(),
        "problem": problem,
        "act_id": new_act_id(),
    }
    return render(request, "issuing/keys.html", context, status=422 if problem else 200)


def _offices(request: HttpRequest) -> list[tuple[str, str]]:
    """The agencies whose seal she may register, after "my own signature"."""
    actor = actor_of(request)
    found = sorted(actor.agencies("clerk") | actor.agencies("administrator"))
    offices = [office for id_ in found if (office := agencies.office(id_)) is not None]
    return [("", _("Chữ ký của tôi")), *((each.public_id, each.name(page_language())) for each in offices)]


def _add(request: HttpRequest) -> None:
    given = {name: request.POST.get(name, "").strip()[:300] for name in ("kind", "agency", *words.PLACES)}
    act, secret = act_of(request, "signing"), request.POST.get("secret", "")[:200]
    if given["kind"] == "trial":
        actions.trial_key(act, secret=secret, agency=given["agency"])
        return
    place: dict[str, Any] = {name: given[name] for name in words.PLACES_OF.get(given["kind"], ())}
    if given["kind"] == "file":
        upload = request.FILES.get("file")
        place = {"content": upload.read(FILE_MAX) if upload is not None else b""}
    actions.add_key(act, kind=given["kind"], place=place, secret=secret, agency=given["agency"])


@officers("signer", "clerk", "administrator")
@require_POST
def withdraw_key(request: HttpRequest, key: str) -> HttpResponse:
    """Use a key no more."""
    actions.withdraw_key(act_of(request, "signing"), key=key)
    request.session.pop(queries.MEANS, None)
    messages.success(request, _("Khóa này không còn dùng để ký nữa. Chữ ký đã có vẫn còn giá trị."))
    return redirect("issuing:keys")


@officers("signer", "clerk")
@require_POST
def send_code(request: HttpRequest, key: str) -> HttpResponse:
    """Have the remote service send a one-time code. POST secret, next (an address of ours)."""
    try:
        sent = actions.ask_code(
            act_of(request, "signing"), key=key, secret=request.POST.get("secret", "")[:200]
        )
        told = _("Đã gửi mã một lần đến người giữ khóa.") if sent else _("Khóa này không cần mã một lần.")
        messages.success(request, told)
    except Refusal as refusal:
        messages.error(request, _told(refusal))
    return redirect(own_address(request.POST.get("next", "")) or "issuing:keys")


# Decisions -----------------------------------------------------------------------------------------------------------

TYPED = (
    "office", "signer", "capacity", "body", "head_title", "own_title", "decision", "decision_on", "valid_from",
    "valid_to", "procedures",
)  # fmt: skip


@officers("administrator")
@never_cache
@require_http_methods(["GET", "POST"])
def authorities(request: HttpRequest) -> HttpResponse:
    """Who may sign what for whom, in the agencies one administers. POST one decision more."""
    actor, at = actor_of(request), now()
    typed = {name: request.POST.get(name, "").strip()[:2000] for name in TYPED}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _grant(request, typed)
            messages.success(request, _("Đã ghi quyết định giao ký."))
            return redirect("issuing:authorities")
        except Refusal as refusal:
            fields = {str(each["field"]): str(each["message"]) for each in getattr(refusal, "problems", ())}
            problems = fields or {"own_title": _told(refusal)}
    context = {
        "rows": [_authority(row) for row in queries.authorities_at(actor, at)],
        "signers": _signers(request),
        "capacities": words.CAPACITIES,
        "typed": typed,
        "problems": problems,
        "unverified": rules.UNVERIFIED,
        "act_id": new_act_id(),
    }
    return render(request, "issuing/authorities.html", context, status=422 if problems else 200)


def _signers(request: HttpRequest) -> list[tuple[str, str]]:
    """(account:agency, name, agency) of who holds the position of a signer in the agencies one administers."""
    actor, at = actor_of(request), now()
    ids = [
        office.id for office in agencies.offices(local_date(at)) if queries.administers(actor, office.id, at)
    ]
    held = agencies.holders_at(ids, at, "signer") if ids else []
    names = accounts.labels({one.account_id for one in held})
    found = []
    for one in held:
        office = agencies.office(one.agency_id)
        if office is not None:
            label = f"{names.get(one.account_id, '')}, {office.name(page_language())}"
            found.append((f"{one.account_id}:{office.public_id}", label))
    return sorted(found, key=lambda pair: pair[1])


def _grant(request: HttpRequest, typed: dict[str, str]) -> None:
    account, _colon, office = typed["signer"].partition(":")
    actions.grant_authority(
        act_of(request, "signing"),
        agency=office,
        account=int(account) if account.isascii() and account.isdigit() and len(account) < 15 else 0,
        capacity=typed["capacity"],
        own_title=typed["own_title"],
        head_title=typed["head_title"],
        body=typed["body"],
        procedures=[each for each in typed["procedures"].replace(",", " ").split() if each],
        decision=typed["decision"],
        decision_on=_iso(typed["decision_on"]),
        valid_from=_iso(typed["valid_from"]),
        valid_to=_iso(typed["valid_to"]),
    )


def _iso(text: str) -> str:
    """A day as people type it, as machines do; what is no day stays as it is, and is refused by the action."""
    parts = text.split("/")
    return "-".join(part.zfill(2) for part in reversed(parts)) if len(parts) == 3 else text


def _authority(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": row.account.display_name,
        "agency": row.agency,
        "lines": rules.capacity_lines(queries.given(row)),
        "decision": row.decision_number,
        "decision_on": row.decision_on,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "procedures": row.procedures.split(),
        "ended_at": row.ended_at,
    }


@officers("administrator")
@require_POST
def end_authority(request: HttpRequest, authority: str) -> HttpResponse:
    """A decision holds no longer."""
    actions.end_authority(act_of(request, "signing"), authority=authority)
    messages.success(request, _("Quyết định giao ký đã kết thúc."))
    return redirect("issuing:authorities")


# The register --------------------------------------------------------------------------------------------------------


@officers("clerk", "signer", "leader")
@never_cache
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """What one's agencies issued in a year: number, day, kind, who signed, who sealed. GET nam."""
    actor, at = actor_of(request), now()
    known = queries.years(local_date(at))
    said = request.GET.get("nam", "")
    year = int(said) if said.isascii() and said.isdigit() and int(said[:4]) in known else known[0]
    rows = queries.issued_by(actor.agencies("clerk", "signer", "leader"), year)
    context = {"rows": rows, "year": year, "years": known}
    return render(request, "issuing/register.html", context)
