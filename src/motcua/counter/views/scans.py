"""The scanning desk of a dossier: pages in order, the PDF/A that was made of them, what was read beside the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.counter import words as desk_words
from motcua.counter.base import WORKERS, at_desk, lang, log_dossiers, moment, problems_of, words_of
from motcua.counter.errors import UnknownVerb
from motcua.digitising import actions, rules
from motcua.digitising import queries as scans
from motcua.digitising.errors import MayNotDigitise, ScanNotFound
from motcua.dossiers import queries as dossiers
from motcua.files import actions as files
from motcua.files import queries as stored
from motcua.files.rules import accept_attribute
from motcua.foundation.acts import Act
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.issuing import queries as issuing
from motcua.signing import actions as signing

LOOK_AGAIN_SECONDS = 3
KEY_BYTES_MAX = 100_000
OTHER = "other"


@officers(*WORKERS)
@never_cache
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, public_id: str) -> HttpResponse:
    """The scans of a dossier, and beginning one. POST files, what (paper-ID, or key-KEY), name, form, act_id."""
    found = at_desk(request, public_id)
    if not dossiers.may_digitise(actor_of(request), found):
        raise MayNotDigitise()
    problems: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        act = act_of(request, "digitise")
        try:
            done = actions.begin(act, dossier=public_id, files=_kept(request, act), **_target(request.POST))
        except Refusal as refusal:
            problems, status = problems_of(refusal, "files"), refusal.status
        else:
            return redirect("counter:scan", public_id, done["scan"])
    log_dossiers(request, "scans", "digitise", [found])
    return render(request, "counter/scans/desk.html", _desk(request, found, problems), status=status)


def _kept(request: HttpRequest, act: Act) -> list[str]:
    """The uploaded files, each kept as a part of the act."""
    given = request.FILES.getlist("files")[: rules.UPLOADS_MAX]
    return [
        files.keep(act.part(f"file-{number}"), upload, accept=rules.KINDS)["file"]
        for number, upload in enumerate(given)
        if upload
    ]


def _target(post: Mapping[str, Any]) -> dict[str, Any]:
    kind, _dash, which = str(post.get("what") or "").partition("-")
    if kind == "paper" and which.isascii() and which.isdigit() and len(which) < 15:
        return {"paper": int(which)}
    form = str(post.get("form") or "original")[:20]
    name = str(post.get("name") or "")[:300] if which in ("", OTHER) else ""
    return {"key": which[:80] or OTHER, "form": form, "name": name}


def _desk(request: HttpRequest, found: Any, problems: Mapping[str, str]) -> dict[str, Any]:
    papers = dossiers.papers_of(found)
    there = {row.key for row in papers}
    waiting = [(f"paper-{row.pk}", row.name) for row in papers if row.file_id is None]
    known = dossiers.declared_view_of(found).papers
    further = [(f"key-{each.key}", each.name.say(lang())) for each in known if each.key not in there]
    return {
        "dossier": found,
        "scans": [_listed(found, row) for row in scans.scans_of(found)],
        "options": [*waiting, *further, (f"key-{OTHER}", _("Giấy tờ khác"))],
        "forms": [(each, desk_words.PAPER_WORDS[each]) for each in rules.FORMS],
        "typed": {
            "what": request.POST.get("what") or request.GET.get("giay", ""),
            "form": request.POST.get("form", "original"),
            "name": request.POST.get("name", ""),
        },
        "accept": accept_attribute(rules.KINDS),
        "can_read": scans.can_read(),
        "problems": problems,
        "most": rules.PAGES_MAX,
        "act_id": new_act_id(),
    }


def _listed(found: Any, row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "href": reverse("counter:scan", args=[found.public_id, row.public_id]),
        "state": scans.STATES[row.state],
        "tone": scans.TONES[row.state],
        "pages": row.page_count,
        "at": row.begun_at,
        "by": row.begun_by.display_name,
        "certified": row.certified_id is not None,
    }


def _scan(request: HttpRequest, public_id: str, scan: str) -> tuple[Any, Any]:
    found = at_desk(request, public_id)
    if not dossiers.may_digitise(actor_of(request), found):
        raise MayNotDigitise()
    return found, scans.get_scan(found, scan)


@officers(*WORKERS)
@never_cache
@require_GET
def scan(request: HttpRequest, public_id: str, scan: str) -> HttpResponse:
    """One scan: its pages while they are put in order; then the PDF with what was read. While it is being made the page
    looks again by itself."""
    found, row = _scan(request, public_id, scan)
    return _page(request, found, row)


def _page(
    request: HttpRequest, found: Any, row: Any, problems: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    actor, pages = actor_of(request), scans.pages_of(row)
    looked_at = row.state in (rules.State.MADE, rules.State.TAKEN)
    told = scans.told_of(row, lang()) if looked_at else []
    may_fill = scans.may_fill(actor, found)
    context = {
        "dossier": found,
        "scan": row,
        "state": scans.STATES[row.state],
        "tone": scans.TONES[row.state],
        "problem": scans.PROBLEMS.get(row.problem, ""),
        "pages": [
            {
                "id": page.pk,
                "number": number,
                "picture": reverse("counter:scan_page", args=[found.public_id, row.public_id, number]),
                "proposals": [each for each in told if each.page == number - 1],
            }
            for number, page in enumerate(pages, 1)
        ],
        "ready": sum(page.picture_id is not None for page in pages),
        "quality": scans.quality_of(pages),
        "open": [each for each in told if each.state == "open" and each.compared != "same"],
        "same": [each for each in told if each.state == "open" and each.compared == "same"],
        "decided": [each for each in told if each.state != "open"],
        "may_fill": may_fill,
        "can_read": scans.can_read(),
        "turns": [(0, _("Giữ nguyên")), (90, "90°"), (180, "180°"), (270, "270°")],
        "accept": accept_attribute(rules.KINDS),
        "agencies": _agencies(actor, found) if row.state == rules.State.TAKEN else [],
        "keys": _keys(actor) if row.state == rules.State.TAKEN else [],
        "may_certify": row.state == rules.State.TAKEN
        and not row.certified_id
        and row.form in rules.COPY_FORMS,
        "problems": problems or {},
        "act_id": new_act_id(),
    }
    log_dossiers(request, "scan", "digitise", [found])
    response = render(request, "counter/scans/scan.html", context, status=status)
    if row.state == rules.State.MAKING:
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


def _keys(actor: Any) -> list[tuple[str, str]]:
    """The keys she signs with, kept by their place; what is no personal key (a seal) signs no copy."""
    at = moment()
    found = [key for key in issuing.keys_of(actor, at) if key.account_id == actor.account_id]
    return [(key.public_id, key.holder) for key in found if key.valid_from <= at <= key.valid_to]


def _agencies(actor: Any, found: Any) -> list[tuple[str, str]]:
    """The offices of hers that have the dossier: in whose name she certifies."""
    ids = {found.desk_now_id, found.competent_agency_id} & set(actor.agencies())
    offices = [office for id_ in ids if id_ is not None and (office := agencies.office(id_))]
    return sorted((office.code, office.name_vi) for office in offices)


@officers(*WORKERS)
@require_POST
def pages(request: HttpRequest, public_id: str, scan: str) -> HttpResponse:
    """Put pages in order and, with do=make, have the PDF made; do=add adds files. POST place-ID, turn-ID, out-ID."""
    found, row = _scan(request, public_id, scan)
    act, do = act_of(request, "digitise"), request.POST.get("do", "")
    try:
        if do == "add":
            actions.add_pages(act, scan=scan, files=_kept(request, act))
        else:
            there = scans.pages_of(row)
            if row.state == rules.State.PAGES:
                actions.arrange(act.part("order"), scan=scan, pages=_order(request.POST, there))
            if do == "make":
                actions.make(act.part("make"), scan=scan)
    except Refusal as refusal:
        return _page(request, found, row, problems_of(refusal, "files"), refusal.status)
    return redirect("counter:scan", public_id, scan)


def _order(post: Mapping[str, Any], there: list[Any]) -> list[dict[str, Any]]:
    def number(name: str, usual: int) -> int:
        said = str(post.get(name) or "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else usual

    return [
        {
            "page": page.pk,
            "place": number(f"place-{page.pk}", at),
            "turn": number(f"turn-{page.pk}", 0),
            "out": post.get(f"out-{page.pk}") == "1",
        }
        for at, page in enumerate(there, 1)
    ]


def _proposal(request: HttpRequest) -> int:
    said = request.POST.get("proposal", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 15 else 0


def _take(request: HttpRequest, act: Act, scan: str) -> str:
    actions.take(act, scan=scan)
    return _("Đã đưa bản số hóa vào hồ sơ.")


def _drop(request: HttpRequest, act: Act, scan: str) -> str:
    actions.drop(act, scan=scan)
    return _("Đã bỏ bản quét.")


def _accept(request: HttpRequest, act: Act, scan: str) -> str:
    number = _proposal(request)
    actions.accept(act, scan=scan, proposal=number, value=request.POST.get("value", "")[:2000])
    return _("Đã điền giá trị vào tờ khai.")


def _note(request: HttpRequest, act: Act, scan: str) -> str:
    actions.note_difference(act, scan=scan, proposal=_proposal(request))
    return _("Đã ghi nhận điểm khác vào ghi chú của hồ sơ.")


def _dismiss(request: HttpRequest, act: Act, scan: str) -> str:
    actions.dismiss(act, scan=scan, proposal=_proposal(request))
    return _("Đã bỏ giá trị gợi ý.")


def _certify(request: HttpRequest, act: Act, scan: str) -> str:
    code = request.POST.get("agency", "")
    office = agencies.by_code(code) if code.isprintable() else None
    if office is None or office.id not in act.actor.agencies():
        raise MayNotDigitise()
    secret = request.POST.get("password", "")
    if chosen := request.POST.get("own", "")[:26]:
        kept = issuing.key_row(act.actor, chosen)
        key = signing.open_door(kept.kind, kept.place, secret)
    else:
        upload = request.FILES.get("key")
        key = signing.open_key(upload.read(KEY_BYTES_MAX) if upload else b"", secret)
    with closing(key):
        actions.certify(act, scan=scan, key=key, agency=office.name_vi)
    return _("Đã ký số bản sao.")


VERBS: dict[str, Callable[[HttpRequest, Act, str], str]] = {
    "take": _take,
    "drop": _drop,
    "accept": _accept,
    "note": _note,
    "dismiss": _dismiss,
    "certify": _certify,
}


@officers(*WORKERS)
@never_cache
@require_POST
def act(request: HttpRequest, public_id: str, scan: str, scan_verb: str) -> HttpResponse:
    """Do one thing with a scan: take, drop, accept, note, dismiss (POST proposal, value), certify (POST own (a key
    of hers) or key (a file), password, agency). What is refused is told on the page."""
    if scan_verb not in VERBS:
        raise UnknownVerb()
    found, row = _scan(request, public_id, scan)
    try:
        told = VERBS[scan_verb](request, act_of(request, "digitise"), scan)
    except Refusal as refusal:
        field = f"p{_proposal(request)}" if scan_verb in ("accept", "note", "dismiss") else scan_verb
        row = scans.get_scan(found, scan)
        return _page(request, found, row, {field: " ".join(words_of(refusal))}, refusal.status)
    messages.success(request, told)
    if scan_verb == "drop":
        return redirect("counter:scans", public_id)
    place = f"#goi-y-{_proposal(request)}" if _proposal(request) else ""
    return redirect(reverse("counter:scan", args=[public_id, scan]) + place)


@officers(*WORKERS)
@never_cache
@require_GET
def page(request: HttpRequest, public_id: str, scan: str, number: int) -> HttpResponse:
    """One page of a scan as a picture."""
    found, row = _scan(request, public_id, scan)
    content = scans.page_picture(row, number - 1)
    log_dossiers(request, "scan-page", "digitise", [found])
    response = HttpResponse(content, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@officers(*WORKERS)
@never_cache
@require_GET
def made(request: HttpRequest, public_id: str, scan: str) -> HttpResponse:
    """The PDF/A of a scan, signed where it was certified."""
    found, row = _scan(request, public_id, scan)
    file = row.certified or row.made
    if file is None:
        raise ScanNotFound()
    log_dossiers(request, "scan-file", "digitise", [found])
    return stored.file_response(file)
