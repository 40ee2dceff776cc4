"""“Kho giấy tờ của tôi”: what the city holds of oneself, what it remembers by it, and what one agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers import queries as dossiers
from motcua.files import actions as file_actions
from motcua.files import queries as files
from motcua.files.rules import KINDS, USUAL
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.ui.words import say_date, say_number
from motcua.portal import words
from motcua.portal.views._common import lang, moment, tell_refusal, today
from motcua.registers import actions, queries
from motcua.registers.errors import HoldingNotFound, NobodyKnown
from motcua.registers.rules import Origin, Said

STORE = "store"


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def store(request: HttpRequest) -> HttpResponse:
    """Papers, facts and agreements of the proven person (POST: kind, name, paper, act_id: lay a paper in)."""
    actor, at = actor_of(request), moment()
    if actor.party_id is None:
        return render(request, "portal/store_nobody.html", {"refusal": NobodyKnown()})
    if request.method == "POST":
        return _keep(request)
    held = queries.store_of(actor.party_id, at)
    said = queries.consents_of(actor.party_id)
    names = agencies.names({each.row.agency_id for each in held if each.row.agency_id}, lang())
    seen(actor, at=at, purpose=STORE, page="portal:store", subjects=[row.row.subject for row in held])
    context = {
        "papers": [_line(each, names) for each in held if each.row.ended_at is None],
        "former": [_line(each, names) for each in held if each.row.ended_at is not None],
        "facts": [_fact(each) for each in queries.facts_of(actor.party_id, at) if each.holds_on(today())],
        "consents": [_consent(row) for row in said],
        "kinds": sorted(
            ((k.id, k.name.say(lang())) for k in queries.kinds_at(at).by_id.values()), key=lambda k: k[1]
        ),
        "accept": ",".join(f".{KINDS[kind].ending}" for kind in USUAL),
        "saved": sum(row.state == Said.GIVEN and row.demanded for row in said),
        "act_id": new_act_id(),
    }
    return render(request, "portal/store.html", context)


def _keep(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("paper")
    if upload is None:
        messages.error(request, _("Chưa có tệp nào được chọn. Chọn tệp hoặc chụp ảnh rồi bấm lưu."))
        return redirect("portal:store")
    given = (request.POST.get("act_id") or new_act_id())[:60]
    try:
        kept = file_actions.keep(act_of(request, STORE, act_id=f"{given}/file"), upload)
        actions.keep_paper(
            act_of(request, STORE, act_id=f"{given}/paper"),
            kind=request.POST.get("kind", "")[:80],
            file=kept["file"],
            name=request.POST.get("name", "")[:300],
        )
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return redirect("portal:store")
    messages.success(request, _("Đã lưu giấy vào kho của bạn."))
    return redirect("portal:store")


def _line(each: queries.Stored, names: Mapping[int, str]) -> dict[str, Any]:
    """A paper of the store in a list."""
    row = each.row
    return {
        "id": row.public_id,
        "name": row.name,
        "number": row.number,
        "href": reverse("portal:store_paper", args=[row.public_id]),
        "origin": words.say(words.ORIGINS, row.origin),
        "agency": names.get(row.agency_id, ""),
        "at": row.at,
        "state": row.digitised,
        "state_word": words.say(words.DIGITISED, str(row.digitised)),
        "codes": each.codes,
        "kinds": [kind.name for kind in each.kinds],
        "valid_to": each.valid_to,
        "over": each.valid_to is not None and each.valid_to < today(),
        "used": each.used,
        "ended": row.ended_at,
    }


def _fact(each: queries.FactView) -> dict[str, Any]:
    return {
        "name": each.name,
        "rows": [
            {"label": field.label.say(lang()), "value": say_value(field.type, value)}
            for field, value in each.fields
        ],
        "from": each.valid_from,
        "to": each.valid_to,
        "source": each.holding,
        "disputed": each.disputed_at,
        "doubts": [said for doubt in each.register.doubts if (said := doubt.partition(": ")[2])]
        if each.register
        else [],
    }


def say_value(kind: str, value: Any) -> str:
    """A value of a register in words of the page's language."""
    if kind == "address":
        return dossiers.address_text(value)
    if kind == "date":
        return say_date(value)
    if isinstance(value, Mapping):
        return str(value.get(lang()) or value.get("vi", ""))
    return say_number(value, lang()) if kind == "number" and isinstance(value, int) else str(value)


def _consent(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "dossier": row.dossier,
        "words": row.words.get(lang()) or row.words.get("vi", ""),
        "source": row.source.get(lang()) or row.source.get("vi", ""),
        "state": words.say(words.SAID, row.state),
        "given": row.state == Said.GIVEN and row.basis == "consent",
        "law": row.basis == "law",
        "at": row.at,
        "channel": words.say(words.CHANNELS_SAID, row.channel),
        "version": row.text_version[:12],
        "withdrawn": row.withdrawn_at,
    }


@signed_in
@never_cache
@require_GET
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """One paper: where it comes from, how long it is valid, where it was re-used, who has looked at it."""
    actor, at = actor_of(request), moment()
    row = queries.holding_of(actor, public_id)
    each = queries.stored_one(row, at)
    looks = [look for look in queries.looks_at(row) if look.actor != actor.key]
    names = agencies.names({office for look in looks for office in _offices(look.office)}, lang())
    context = {
        "each": _line(each, agencies.names([row.agency_id] if row.agency_id else [], lang())),
        "facts": [_fact(fact) for fact in each.facts],
        "file": row.origin != Origin.RESULT and row.file_id is not None,
        "dossier": row.dossier if _sees(actor, row.dossier) else "",
        "uploaded": row.origin == Origin.UPLOADED and row.ended_at is None,
        "looks": [{"at": look.at, "who": _who(look.office, names)} for look in looks],
        "used_in": [said for said in queries.used_in(row) if _sees(actor, said.dossier)],
        "act_id": new_act_id(),
    }
    seen(actor, at=at, purpose=STORE, page="portal:store_paper", subjects=[row.subject])
    return render(request, "portal/store_paper.html", context)


def _offices(told: str) -> list[int]:
    """The agencies of an entry in the access log: "office:12:reception,office:13:process"."""
    parts = [part.split(":") for part in told.split(",")]
    return [int(part[1]) for part in parts if len(part) > 1 and part[1].isdigit()]


def _who(office: str, names: Mapping[int, str]) -> str:
    said = dict.fromkeys(names[i] for i in _offices(office) if i in names)
    return "; ".join(said) or _("Chương trình của nền tảng")


def _sees(actor: Any, dossier: str) -> bool:
    return bool(dossier) and dossiers.visible_to(actor).filter(public_id=dossier).exists()


@signed_in
@require_GET
def paper_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file of a paper that she uploaded or handed in. A result is had from its dossier: money may be due."""
    actor = actor_of(request)
    row = queries.holding_of(actor, public_id)
    if row.file is None or row.origin == Origin.RESULT:
        raise HoldingNotFound()
    seen(actor, at=moment(), purpose=STORE, page="portal:store_file", subjects=[row.subject])
    return files.file_response(row.file)


@signed_in
@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an uploaded paper out of the store (POST: act_id)."""
    try:
        actions.drop_paper(act_of(request, STORE), holding=public_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return redirect("portal:store")
    messages.success(request, _("Đã bỏ giấy ra khỏi kho của bạn."))
    return redirect("portal:store")


@signed_in
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an agreement back (POST: act_id): the paper leaves the dossier, unless that was decided already."""
    try:
        said = queries.said_by(actor_of(request), public_id)
        dossier_actions.withdraw_reuse(act_of(request, STORE), dossier=said.dossier, papers=[said.key])
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return redirect("portal:store")
    messages.success(request, _("Đã rút lại sự đồng ý. Giấy ấy không còn trong hồ sơ."))
    return redirect("portal:store")
