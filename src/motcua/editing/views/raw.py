"""What has no page of boxes, as the YAML of the pack: joint tasks, clock rules, transition, doors, notes on the law."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.editing import naming
from motcua.editing.checking import faults
from motcua.editing.errors import NoSuchPlace
from motcua.editing.rules import places
from motcua.editing.views._common import Desk, language, meanwhile, page, save
from motcua.editing.yamls import text_of
from motcua.foundation.doors import administrators
from motcua.foundation.packs.reader import ReadProblem, read_data

TITLES = {
    "bundle": _("Thủ tục liên thông: việc của từng cơ quan"), "clock": _("Quy tắc tính thời hạn riêng"),
    "transition": _("Chuyển tiếp cho hồ sơ đang giải quyết"), "doors": _("Cổng nộp riêng"),
    "law_notes": _("Ghi chú về thay đổi pháp luật"),
}  # fmt: skip
TEXT_MAX = 200_000


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def raw(request: HttpRequest, draft: str, key: str) -> HttpResponse:
    """One part as text. An empty text takes the part away; what cannot be read is told with its line."""
    desk = Desk.of(request, draft)
    if key not in naming.RAW:
        raise NoSuchPlace(place=key[:40])
    if request.method == "GET":
        value = desk.document.get(key)
        return _drawn(request, desk, key, "" if value is None else text_of({key: value}), desk.document)
    text = request.POST.get("text", "")[:TEXT_MAX]
    try:
        said = read_data(text) if text.strip() else {}
        if not isinstance(said, dict) or set(said) - {key}:
            raise ReadProblem(
                [(1, (), "wrong", (f"dòng đầu phải là “{key}:”.", f"the first line is “{key}:”."))]
            )
    except ReadProblem as problem:
        told = [(line, words[1] if language() == "en" else words[0]) for line, _p, _c, words in problem.found]
        return _drawn(request, desk, key, text, desk.document, told=told)
    change: dict[str, Any] = {"do": "unset", "at": [key]}
    if said.get(key) is not None:
        change = {"do": "set", "at": [key], "value": said[key]}
    refusal = save(request, desk, [change])
    if refusal is not None:
        after = places.changed(desk.document, [change])
        more = meanwhile(desk, request, refusal)
        return _drawn(request, desk, key, text, after, meanwhile=more, status=409)
    return redirect(desk.address("raw", key))


def _drawn(
    request: HttpRequest,
    desk: Desk,
    key: str,
    text: str,
    document: dict[str, Any],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    found = [one for one in faults(document, desk.standing) if one.place[:1] == (key,)]
    context = page(desk, key=key, heading=TITLES[key], text=text, faults=desk.told(found), **more)
    return render(request, "editing/raw.html", context, status=status)
