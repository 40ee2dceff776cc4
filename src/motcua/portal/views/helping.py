"""Assisted filing: a helper files under her own account for somebody who consents; her access ends at submission."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import FULL, LISTED
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.actions.helping import CONSENT_TEXT
from motcua.dossiers.errors import DossierNotFound
from motcua.files import actions as files
from motcua.foundation import limits
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.kernel.identifiers import parse_tracking, personal_number_problem, phone_problem
from motcua.kernel.identifiers import problem_sentence as identifier_problem
from motcua.kernel.text import Bilingual, sort_key_vi
from motcua.notices import queries as notices
from motcua.people import rules as people_rules
from motcua.portal import words
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import centre_options
from motcua.portal.views._common import HELP, lang, note_seen, own, problems_of, today
from motcua.portal.views.check import done_facts
from motcua.portal.views.start import chosen_centre

HELPERS = ("helper", "receptionist", "operator")
TYPED = ("person_name", "personal_number", "phone", "procedure", "agency")
PICTURES = ("jpeg", "png", "webp", "pdf")


@officers(*HELPERS)
@never_cache
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Start for somebody, and what one has helped with (POST: procedure, person_name, personal_number, phone, agency,
    act_id)."""
    if request.method == "POST":
        problems = _start_problems(request)
        if problems:
            typed = {name: request.POST.get(name, "") for name in TYPED}
            return show_again(request, request.path, {"problems": problems, "typed": typed})
        made = actions.start_helping(
            act_of(request, HELP),
            procedure=request.POST["procedure"],
            person_name=request.POST["person_name"],
            personal_number=request.POST.get("personal_number", ""),
            phone=request.POST.get("phone", ""),
            agency=chosen_centre(request),
        )
        return redirect("portal:consent", made["dossier"])
    said = what_was_said(request)
    typed = said.get("typed") or {"procedure": request.GET.get("procedure", "")[:140]}
    rows = dossiers.helped_by(actor_of(request).account_id)
    note_seen(request, "helping", *(row.dossier for row in rows if row.ended_at is None), purpose=HELP)
    context = {
        "typed": typed,
        "problems": said.get("problems", {}),
        "procedures": _procedures(),
        "centres": centre_options(today(), lang()),
        "chosen": typed.get("agency") or _own_centre(request),
        "open": [_open(row) for row in rows if row.ended_at is None],
        "past": [_past(row) for row in rows if row.ended_at is not None],
        "act_id": new_act_id(),
    }
    return render(request, "portal/helping.html", context)


def _start_problems(request: HttpRequest) -> dict[str, str]:
    problems = {}
    if not request.POST.get("person_name", "").strip():
        problems["person_name"] = _("Nhập họ tên người được giúp.")
    number = request.POST.get("personal_number", "").strip()
    if number and (code := personal_number_problem(number)):
        problems["personal_number"] = identifier_problem(code, lang())
    phone = request.POST.get("phone", "").strip()
    if phone and (code := phone_problem(phone)):
        problems["phone"] = identifier_problem(code, lang())
    if request.POST.get("procedure", "") not in {value for value, _label in _procedures()}:
        problems["procedure"] = _("Chọn thủ tục cần làm.")
    if not chosen_centre(request):
        problems["agency"] = _("Chọn nơi nộp hồ sơ.")
    return problems


def _procedures() -> list[tuple[str, Bilingual]]:
    """What can be filed online today, those with a declaration of their own first."""
    day, at = today(), now()
    found = []
    for view in catalogue.views(at):
        if view.coverage != LISTED and view.is_fileable(day, "online"):
            order = sort_key_vi(view.name.say(lang()))
            found.append((view.coverage != FULL, order, view.slug, view.name))
    return [(slug, name) for _rest, _order, slug, name in sorted(found, key=lambda each: each[:3])]


def _own_centre(request: HttpRequest) -> str:
    """The one-stop where the helper sits, or the one of her commune."""
    for agency_id in sorted(actor_of(request).agencies(*HELPERS)):
        office = agencies.office(agency_id)
        if office is None:
            continue
        if office.receives:
            return office.code
        near = agencies.receiving_agencies(today(), area=office.area_code)
        if near:
            return near[0].code
    return ""


def _open(row: Any) -> dict[str, Any]:
    page = "portal:tasks" if row.consented_at else "portal:consent"
    return {
        "person": row.person_name,
        "procedure": row.dossier.procedure,
        "at": row.dossier.started_at,
        "consented": row.consented_at is not None,
        "href": reverse(page, args=[row.dossier.public_id]),
    }


def _past(row: Any) -> dict[str, Any]:
    return {
        "reference": row.dossier.reference,
        "procedure": row.dossier.procedure,
        "at": row.ended_at,
        "state": words.state_name(row.dossier.business_state),
        "href": reverse("portal:helped", args=[row.dossier.reference]),
    }


def _helped_draft(request: HttpRequest, public_id: str) -> tuple[Any, Any]:
    """The draft one helps with, and the help. Raises DossierNotFound for anything else."""
    dossier = own(request, public_id)
    help_given = dossiers.assistance_of(dossier)
    if help_given is None or help_given.ended_at is not None:
        raise DossierNotFound()
    if help_given.helper_id != actor_of(request).account_id:
        raise DossierNotFound()
    return dossier, help_given


@officers(*HELPERS)
@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """The person consents: by the code on his phone, or by a signed slip (POST: step = send | code | slip)."""
    dossier, help_given = _helped_draft(request, public_id)
    if request.method == "POST":
        try:
            problems = _consent_step(request, dossier, help_given)
            if not problems and request.POST.get("step") in ("code", "slip"):
                messages.success(request, _("Đã ghi nhận sự đồng ý."))
                return redirect("portal:tasks", public_id)
            if not problems:
                return redirect("portal:consent", public_id)
        except Refusal as refusal:
            problems = {
                request.POST.get("step", ""): f"{refusal.sentence} {refusal.way_out}",
                **problems_of(refusal),
            }
        return show_again(
            request, request.path, {"problems": problems, "phone": request.POST.get("phone", "")}
        )
    said = what_was_said(request)
    note_seen(request, "consent", dossier, purpose=HELP)
    at = now()
    sent = help_given.code_until is not None and at <= help_given.code_until
    was_known = help_given.sent_to == "known"
    message = notices.last_message(dossier.subject, "consent", at=at) if sent else None
    context = {
        "dossier": dossier,
        "help": help_given,
        "procedure": dossier.procedure,
        "text": words.CONSENT_TEXTS[CONSENT_TEXT],
        "sent": sent,
        "until": help_given.code_until,
        "simulated": message.text if message and settings.MOTCUA.simulation else "",
        "problems": said.get("problems", {}),
        # a number that the registry knows is told by its end only
        "typed_phone": said.get("phone") or ("" if was_known else help_given.phone),
        "sent_to": people_rules.masked_phone(help_given.phone) if sent else "",
        "was_known": was_known,
        "act_ids": [new_act_id() for _each in range(3)],
    }
    return render(request, "portal/consent.html", context)


def _consent_step(request: HttpRequest, dossier: Any, help_given: Any) -> dict[str, str]:
    step, public_id = request.POST.get("step", ""), dossier.public_id
    if step == "send":
        phone = request.POST.get("phone", "")
        if phone.strip() and (code := phone_problem(phone)):
            return {"phone": identifier_problem(code, lang())}
        limits.demand(f"code:{public_id}", per_minute=settings.MOTCUA.rate_code_per_minute)
        actions.ask_consent(act_of(request, HELP), dossier=public_id, phone=phone)
    elif step == "code":
        answer = actions.confirm_consent(
            act_of(request, HELP), dossier=public_id, code=request.POST.get("code", "")
        )
        if not answer["consented"]:
            return {"code": _("Mã chưa đúng. Nhờ họ đọc lại từng số trong tin nhắn.")}
    elif step == "slip":
        upload = request.FILES.get("slip")
        if upload is None:
            return {"slip": _("Chụp hoặc chọn tệp phiếu có chữ ký.")}
        act = act_of(request, HELP)
        kept = files.keep(act.part("file"), upload, accept=PICTURES)
        actions.hand_in_slip(act, dossier=public_id, file=kept["file"])
    return {}


@officers(*HELPERS)
@never_cache
@require_GET
def slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The consent slip to print, to be signed by the person who is helped."""
    dossier, help_given = _helped_draft(request, public_id)
    office = agencies.office(dossier.supported_by_id) if dossier.supported_by_id else None
    note_seen(request, "slip", dossier, purpose=HELP)
    with translation.override("vi"):  # a paper to be signed is in Vietnamese whatever the helper reads
        text = str(words.CONSENT_TEXTS[CONSENT_TEXT])
    context = {
        "dossier": dossier,
        "help": help_given,
        "view": dossiers.declared_view_of(dossier),
        "office": office.name_vi if office else "",
        "helper": actor_of(request).label,
        "text": text,
        "back": reverse("portal:consent", args=[public_id]),
        "day": today(),
    }
    return render(request, "portal/slip.html", context)


@officers(*HELPERS)
@never_cache
@require_GET
def helped(request: HttpRequest, reference: str) -> HttpResponse:
    """After the submission: the reference to hand to the person. The content is no longer for the helper's eyes."""
    wanted = parse_tracking(reference)
    rows = dossiers.helped_by(actor_of(request).account_id, limit=500)
    row = next((row for row in rows if row.ended_at and row.dossier.reference == wanted), None)
    if row is None:
        raise DossierNotFound()
    return render(request, "portal/helped.html", done_facts(row.dossier))
