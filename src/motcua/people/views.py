"""Pages about people: what a citizen says about herself; for officers search, facts, differences, corrections."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.accounts import queries as accounts
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, officers, signed_in
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.people import actions, errors, looks, queries, rules
from motcua.people.words import label, sentence, source_words

DESK = rules.DESK
PURPOSE = "people.desk"
SEARCHES_PER_MINUTE = 60
OWN_FIELDS = ("full_name", "personal_number", "birth_on", "sex", "phone", "email")


def _posted(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in names}


def _problems(refusal: Refusal) -> dict[str, str]:
    if isinstance(refusal, Invalid) and refusal.problems:
        return {str(p.get("field", "")): str(p.get("message", "")) for p in refusal.problems}
    return {"": f"{refusal.sentence} {refusal.way_out}"}


def _tell(request: HttpRequest, refusal: Refusal) -> None:
    messages.error(request, " ".join([refusal.sentence, *filter(None, _problems(refusal).values())]))


# The citizen -------------------------------------------------------------------------------------------------


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """What the system fills forms with for this person: proven facts to read, or her own words to write."""
    actor = actor_of(request)
    account = accounts.account_by_id(actor.account_id)
    if account is None:
        raise errors.NoSuchAccount()
    known = queries.link_of(account.pk)
    problems: dict[str, str] = {}
    typed: dict[str, Any] = dict(known.declared) if known else {"full_name": account.display_name}
    if request.method == "POST":
        typed = _posted(request, OWN_FIELDS)
        try:
            actions.declare_self(
                act_of(request, "people.declare_self"), account=account.public_id, facts=typed
            )
            messages.success(request, _("Đã ghi. Các tờ khai mới sẽ được điền sẵn theo đây."))
            return redirect("people:me")
        except Refusal as refusal:
            problems = _problems(refusal)
    proven = known.party if known and known.proven else None
    context = {
        "typed": typed,
        "problems": problems,
        "officer": account.kind == "officer",
        "proven": [
            (label(f), _shown(f, getattr(proven, f))) for f in rules.FIELDS if proven and getattr(proven, f)
        ],
        "doubts": [sentence(code) for code in rules.doubts(rules.clean(typed))] if typed else [],
        "sexes": _sexes(),
        "act_id": new_act_id(),
    }
    return render(request, "people/me.html", context, status=422 if problems else 200)


def _sexes() -> list[tuple[str, str]]:
    return [("male", _("Nam")), ("female", _("Nữ")), ("other", _("Khác"))]


def _shown(field: str, value: Any) -> str:
    if field == "sex":
        return dict(_sexes()).get(value, value)
    if field == "address":
        return rules.address_text(value)
    if field == "birth_on" and len(value) == 10:
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return str(value)


def _shown_raw(known: queries.PartyView, field: str) -> str:
    """What stood in the box of the correction form, so that a field nobody touched changes nothing."""
    return _shown(field, known.birth_on) if field == "birth_on" else str(getattr(known, field))


# The desk ----------------------------------------------------------------------------------------------------


@officers(*rules.DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find a person by number, phone, tax code or name. By POST: what is typed must not stand in an address."""
    text = request.POST.get("q", "").strip()[:200]
    if text:
        # one budget with the counter's search: whoever collects a register searches faster than people do
        limits.demand(f"counter.search:{actor_of(request).key}", per_minute=SEARCHES_PER_MINUTE)
    found = queries.search(text) if text else []
    subjects = [line.subject for line in found]
    seen(actor_of(request), at=now(), purpose=PURPOSE, page="people.search", subjects=subjects)
    return render(request, "people/search.html", {"q": text, "found": found, "asked": bool(text)})


def _party(public_id: str) -> queries.PartyView:
    found = queries.party(public_id)
    if found is None:
        raise errors.NoSuchParty()
    return found


def _why(request: HttpRequest, known: queries.PartyView, refusal: Refusal | None = None) -> HttpResponse:
    """The page that asks for the purpose; it tells nothing of the person."""
    context = {
        "public_id": known.public_id,
        "typed": request.POST,
        "problems": _problems(refusal) if refusal else {},
        "minutes": int(looks.LASTS.total_seconds() // 60),
    }
    return render(request, "people/why.html", context, status=refusal.status if refusal else 200)


def _stated(request: HttpRequest, known: queries.PartyView) -> looks.Look | None:
    """The purpose for which this record is open to the reader now, None when she has to tell it first."""
    look = looks.standing(request.session, known, at=now())
    if look is None and request.method == "GET" and (named := request.GET.get("ho-so", "")):
        try:
            look = looks.state(actor_of(request), known, at=now(), dossier=named)
        except errors.PurposeNeeded:
            return None
        looks.keep(request.session, known, look, at=now())
    return look


@officers(*DESK)
@never_cache
@require_POST
def state_purpose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say why this record is opened. POST dossier: code of one at hand, or reason: a sentence."""
    known = _party(public_id)
    typed = _posted(request, ("dossier", "reason"))
    try:
        look = looks.state(actor_of(request), known, at=now(), **typed)
    except errors.PurposeNeeded as refusal:
        return _why(request, known, refusal)
    looks.keep(request.session, known, look, at=now())
    return redirect("people:party", public_id=known.public_id)


@officers(*DESK)
@never_cache
@require_safe
def party(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is known of a party, how well it is proven, what was said differently; corrections. Shown for a purpose:
    the dossier at hand (GET ho-so) or one that was told before; else the page asks for it."""
    known, actor = _party(public_id), actor_of(request)
    look = _stated(request, known)
    if look is None:
        return _why(request, known)
    limits.demand(f"people.party:{actor.key}", per_minute=settings.MOTCUA.rate_people_per_minute)
    looks.note(actor, known, look, at=now())
    context = {
        "party": known,
        "source": source_words(known.provenance),
        "facts": [(label(field), _shown(field, getattr(known, field))) for field in rules.FIELDS],
        "doubts": [sentence(code) for code in rules.doubts(queries.plain_facts(known))],
        "differences": [
            {"view": d, "label": label(d.field), "known": _shown(d.field, d.known), "said": _shown(d.field, d.said),
             "source": source_words(d.source)}
            for d in queries.differences(known.id)
        ],
        "accounts": queries.accounts_of(known.id),
        "may_change_phone": not known.phone or actor.has_role(*rules.ONE_STOP),
        "sexes": _sexes(),
        "act_id": new_act_id(),
    }  # fmt: skip
    return render(request, "people/party.html", context)


CORRECTABLE = (
    "full_name",
    "personal_number",
    "birth_on",
    "sex",
    "ethnicity",
    "nationality",
    "phone",
    "email",
)


@officers(*rules.DESK)
@require_POST
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put facts right, with the reason; fields that were not changed are left alone."""
    known = _party(public_id)
    look = _stated(request, known)
    if look is None:
        return _why(request, known)
    typed = _posted(request, tuple(name for name in CORRECTABLE if name in request.POST))
    changes = {name: value for name, value in typed.items() if value != _shown_raw(known, name)}
    try:
        act = act_of(request, look.purpose)
        reason = request.POST.get("reason", "")
        done = actions.correct(act, party=known.public_id, changes=changes, reason=reason)
        if done["changed"]:
            messages.success(
                request, _("Đã sửa: %(fields)s.") % {"fields": ", ".join(map(label, done["changed"]))}
            )
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("people:party", public_id=known.public_id)


@officers(*rules.DESK)
@require_POST
def settle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide a difference: what was said becomes what is known, or stays a mistake."""
    back = _party(request.POST.get("back", ""))
    look = _stated(request, back)
    if look is None:
        return _why(request, back)
    try:
        if public_id not in {each.public_id for each in queries.differences(back.id)}:
            raise errors.NoSuchDifference()
        accept = request.POST.get("decision") == "accept"
        actions.settle_difference(act_of(request, look.purpose), difference=public_id, accept=accept)
        messages.success(request, _("Đã xử lý điểm khác nhau."))
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("people:party", public_id=back.public_id)


@officers(*rules.DESK)
@require_POST
def link(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card was seen: this account speaks for this person; an officer's account only says that it is hers."""
    known = _party(public_id)
    look = _stated(request, known)
    if look is None:
        return _why(request, known)
    try:
        account = accounts.account_by_login(request.POST.get("login_name", ""))
        if account is None or request.POST.get("seen") != "yes":
            raise errors.NoSuchAccount() if account is None else errors.CardNotSeen()
        actions.link_account(act_of(request, look.purpose), account=account.public_id, party=known.public_id)
        messages.success(request, _("Đã gắn tài khoản với người này."))
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("people:party", public_id=known.public_id)
