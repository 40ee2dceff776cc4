"""What papers look like, for administrators: with people who do not exist, in force or as drafted; and the schema."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.foundation import limits
from motcua.foundation.doors import actor_of, administrators, public
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.time import now
from motcua.papers import queries

PICTURES_PER_MINUTE = 60
DRAFTS = "nhap"


def _wanted(request: HttpRequest) -> bool:
    """Whether the drafts are wanted, laid over what is in force (GET: ban=nhap)."""
    return request.GET.get("ban") == DRAFTS


def _address(name: str, drafts: bool, *args: Any) -> str:
    return reverse(f"papers:{name}", args=args) + (f"?{urlencode({'ban': DRAFTS})}" if drafts else "")


@administrators
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every paper with its form, layout and size, and which of them a draft would change."""
    drafts = _wanted(request)
    documents = queries.documents_at(now(), drafts=drafts)
    changed = queries.drafted()
    rows = []
    for kind, key in queries.sample_names(documents):
        form = documents[kind][key]
        layout = queries.layout_named(kind, key, documents)
        rows.append(
            {
                "title": form["title"],
                "form_no": form.get("form_no") or "",
                "layout": layout.key if layout else "",
                "size": layout.size if layout else "",
                "across": bool(layout and layout.across),
                "drafted": (kind, key) in changed
                or bool(layout and changed & {("papers", n) for n in layout.files}),
                "href": _address("show", drafts, kind, key),
            }
        )
    context = {
        "rows": rows,
        "drafts": drafts,
        "waiting": len(changed),
        "other": _address("list", not drafts),
    }
    return render(request, "papers/list.html", context)


@administrators
@never_cache
@require_safe
def show(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One paper as it would be printed, page by page. A fault of its layout is told in its place."""
    drafts = _wanted(request)
    documents = queries.documents_at(now(), drafts=drafts)
    found, fault, pages = None, None, 0
    try:
        found = queries.sample(kind, key, documents)
        pages = len(found.pictures(ppi=20))
    except NotFound:
        raise
    except Refusal as refusal:
        fault = refusal
    context = {
        "title": documents[kind][key]["title"],
        "found": found,
        "fault": fault,
        "pictures": [_address("picture", drafts, kind, key, page) for page in range(1, pages + 1)],
        "pdf": _address("pdf", drafts, kind, key),
        "back": _address("list", drafts),
        "drafts": drafts,
        "drafted": bool(queries.drafted()),
        "other": _address("show", not drafts, kind, key),
        "schema": reverse("papers:schema"),
        "unverified": documents[kind][key].get("unverified") or [],
    }
    return render(request, "papers/show.html", context)


def _limited(request: HttpRequest) -> None:
    limits.demand(f"papers:{actor_of(request).key}", per_minute=PICTURES_PER_MINUTE)


@administrators
@never_cache
@require_safe
def picture(request: HttpRequest, kind: str, key: str, page: int) -> HttpResponse:
    """One page of the example, as PNG."""
    _limited(request)
    made = queries.sample(kind, key, queries.documents_at(now(), drafts=_wanted(request))).pictures()
    if not 1 <= page <= len(made):
        raise NotFound()
    return HttpResponse(made[page - 1], content_type="image/png")


@administrators
@never_cache
@require_safe
def sample_pdf(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The example as the PDF it would be."""
    _limited(request)
    found = queries.sample(kind, key, queries.documents_at(now(), drafts=_wanted(request)))
    response = HttpResponse(found.pdf(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.name}.pdf"'
    return response


@public("the schema of what is attached to every paper; holds no data")
@require_safe
def record_schema(request: HttpRequest) -> HttpResponse:
    """The JSON schema of the record that is attached to every paper."""
    return JsonResponse(queries.schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})
