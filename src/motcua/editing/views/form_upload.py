"""A paper form (.docx) becomes a draft."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.catalogue import queries as catalogue
from motcua.editing import actions
from motcua.editing.docx.opening import FORM_MB
from motcua.editing.errors import FormRefused
from motcua.foundation import limits
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.forms import act_of

FORMS_PER_MINUTE = 10


@administrators
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form_upload(request: HttpRequest) -> HttpResponse:
    """Choose a form; POST form (the file), procedure (an address of the catalogue, "" for a new one), act_id. The draft
    opens in the editor, with what a person has to look at."""
    given = request.POST if request.method == "POST" else request.GET
    slug = given.get("procedure", "").strip()[:140]
    procedure = catalogue.by_slug(slug) if slug else None
    problems = {}
    if request.method == "POST":
        actor = actor_of(request)
        limits.demand(f"editing.form:{actor.key}", per_minute=FORMS_PER_MINUTE)
        upload = request.FILES.get("form")
        if upload is None:
            problems["form"] = _("Chọn tệp .docx của biểu mẫu.")
        else:
            act = act_of(request, "editing.form")
            try:
                made = actions.start_from_form(act, source=upload, name=upload.name or "", slug=slug)
            except FormRefused as refusal:
                problems["form"] = f"{refusal.sentence} {refusal.way_out}"
            else:
                told = ngettext(
                    "Đã đọc biểu mẫu: %(fields)d câu hỏi. Còn %(n)d điều phải xem lại.",
                    "Đã đọc biểu mẫu: %(fields)d câu hỏi. Còn %(n)d điều phải xem lại.",
                    made["doubts"],
                ) % {"fields": made["fields"], "n": made["doubts"]}
                messages.success(request, told)
                return redirect("editing:show", draft=made["draft"])
    context = {
        "procedure": procedure,
        "problems": problems,
        "act_id": secrets.token_hex(12),
        "max_mb": FORM_MB,
        "accept": ".docx",
    }
    return render(request, "editing/form_upload.html", context, status=422 if problems else 200)
