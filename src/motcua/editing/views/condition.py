"""A condition as a sentence: rows of field, comparison and value to choose, or its own language for what is richer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.editing import naming
from motcua.editing.errors import NoSuchPlace
from motcua.editing.rules import conditions
from motcua.editing.rules.conditions import Row, Wrong
from motcua.editing.rules.places import Place, at, said
from motcua.editing.slots import slots_for
from motcua.editing.views._common import Desk, language, meanwhile, page, place_in, save
from motcua.foundation.doors import administrators
from motcua.foundation.packs.meaning import check_condition
from motcua.foundation.ui.controls import control
from motcua.kernel.conditions import FieldType

ROWS_MOST = 12
KEYS = ("when", "check", "required")
WORDS: Mapping[str, Any] = {
    "=": pgettext_lazy("so sánh", "là"), "!=": pgettext_lazy("so sánh", "khác"),
    ">": gettext_lazy("lớn hơn, sau"), ">=": gettext_lazy("từ … trở lên, trở đi"),
    "<": gettext_lazy("nhỏ hơn, trước"), "<=": gettext_lazy("không quá, không sau"),
    "in": gettext_lazy("là một trong"), "not_in": gettext_lazy("không phải một trong"),
    "given": gettext_lazy("đã khai"), "empty": gettext_lazy("chưa khai"),
}  # fmt: skip
AGAINST: Mapping[str, Any] = {
    "field": gettext_lazy("câu trả lời khác"), "today": gettext_lazy("hôm nay, cộng hoặc trừ số ngày"),
}  # fmt: skip
LACKS: Mapping[str, Any] = {
    "subject": gettext_lazy("Chọn câu hỏi."), "op": gettext_lazy("Chọn cách so sánh."),
    "value": gettext_lazy("Chọn hoặc ghi giá trị."), "number": gettext_lazy("Đây phải là số, ví dụ 15."),
    "date": gettext_lazy("Đây phải là ngày, ví dụ 21/11/2026."), "field": gettext_lazy("Chọn câu hỏi cùng loại."),
}  # fmt: skip
FUNCTION_WORDS: Mapping[str, Any] = {
    "age": gettext_lazy("số tuổi theo “{name}”"), "days_since": gettext_lazy("số ngày kể từ “{name}”"),
    "count": gettext_lazy("số mục trong “{name}”"),
}  # fmt: skip


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, draft: str, place: str) -> HttpResponse:
    """The condition at a place. POST `go` draws the rows again, `save` keeps them, `text` keeps its own language,
    `drop` takes the condition away."""
    desk, here = Desk.of(request, draft), place_in(place)
    if not here or here[-1] not in KEYS or not isinstance(at(desk.document, here[:-1]), dict):
        raise NoSuchPlace(place=place[:80])
    types = desk.types_at(here)
    text = at(desk.document, here)
    if request.method == "GET":
        found = conditions.read(text) if isinstance(text, str) else None
        rows = conditions.rows_of(found, types) if found is not None else ("and", [])
        return _drawn(request, desk, here, types, text, rows)
    if "drop" in request.POST:
        return _kept(request, desk, here, types, None)
    if "text" in request.POST:
        return _kept(request, desk, here, types, request.POST.get("source", "").strip())
    joined, sent = _sent(request)
    if "save" not in request.POST:
        return _drawn(request, desk, here, types, text, (joined, sent))
    try:
        made = conditions.condition_of(joined, sent, types)
    except Wrong as wrong:
        return _drawn(request, desk, here, types, text, (joined, sent), wrong=wrong.rows)
    return _kept(request, desk, here, types, made.source() if sent else None, rows=(joined, sent))


def _sent(request: HttpRequest) -> tuple[str, list[Row]]:
    """The rows of the form, without those whose question is empty or that are to go."""
    post, rows = request.POST, []
    for n in range(ROWS_MOST):
        subject = post.get(f"subject-{n}", "")
        if not subject or post.get("remove") == str(n):
            continue
        values = tuple(value for value in post.getlist(f"value-{n}") if value.strip())
        rows.append(Row(subject[:140], post.get(f"op-{n}", ""), values))
    return ("or" if post.get("joined") == "or" else "and"), rows


def _kept(
    request: HttpRequest,
    desk: Desk,
    place: Place,
    types: Mapping[str, FieldType],
    text: str | None,
    rows: Any = None,
) -> HttpResponse:
    """Save a condition that can be read and meant; else its own sentences stand beside it."""
    told = [words for _place, _code, words in check_condition(text, place, types)] if text else []
    if told:
        sentences = [en if language() == "en" else vi for vi, en in told]
        return _drawn(request, desk, place, types, text, rows, sentences=sentences)
    # A question that is required under no condition any more is simply not required.
    gone = {"do": "set", "at": list(place), "value": False} if place[-1] == "required" else None
    change = (
        {"do": "set", "at": list(place), "value": text}
        if text
        else gone or {"do": "unset", "at": list(place)}
    )
    refusal = save(request, desk, [change])
    if refusal is not None:
        found = conditions.read(text) if text else None
        again = rows or (conditions.rows_of(found, types) if found is not None else ("and", []))
        return _drawn(
            request, desk, place, types, text, again, meanwhile=meanwhile(desk, request, refusal), status=409
        )
    return redirect(desk.address("row", said(place[:-1])))


def _drawn(
    request: HttpRequest,
    desk: Desk,
    place: Place,
    types: Mapping[str, FieldType],
    text: Any,
    rows: tuple[str, list[Row]] | None,
    *,
    wrong: Mapping[int, str] | None = None,
    sentences: list[str] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    found = conditions.read(text)
    joined, listed = rows or ("and", [])
    extra = [] if rows is None or len(listed) >= ROWS_MOST else [Row("")]
    slot = next(
        (s for _t, group in slots_for(place[:-1]) or () for s in group if s.place == place[-1:]), None
    )
    context = page(
        desk,
        heading=slot.label if slot else place[-1],
        kicker=naming.title(desk.document, place[:-1]),
        back=desk.address("row", said(place[:-1])),
        sentence=found.sentence(desk.labels, language()) if found is not None else "",
        source=text if isinstance(text, str) else "",
        rich=rows is None,
        joined=joined,
        rows=[_row(desk, types, n, one, (wrong or {}).get(n)) for n, one in enumerate([*listed, *extra])],
        sentences=sentences or [],
        join_options=[("and", _("và: mọi dòng đều đúng")), ("or", _("hoặc: một dòng đúng là đủ"))],
        names=[(name, desk.labels[name].text.say(language())) for name in types if name in desk.labels],
        **more,
    )
    return render(request, "editing/condition.html", context, status=status)


def _row(desk: Desk, types: Mapping[str, FieldType], n: int, row: Row, lack: str | None) -> dict[str, Any]:
    """The boxes of one row: the question, then what fits it."""
    lang, problem = language(), str(LACKS[lack]) if lack else None
    told = {"hide_label": False, "lang": lang}
    subject = control(
        "select", f"subject-{n}", _("Câu hỏi"), options=_subjects(desk, types), value=row.subject,
        problem=problem if lack == "subject" else None, **told,
    )  # fmt: skip
    kind = conditions.kind_of(row.subject, types)
    if kind is None:
        return {"number": n, "boxes": [subject], "empty": not row.subject}
    comparisons = [(op, _op_words(op)) for op in conditions.COMPARISONS[kind]]
    op = control(
        "select", f"op-{n}", _("So sánh"), options=comparisons, value=row.op, problem=problem if lack == "op" else None,
        **told,
    )  # fmt: skip
    value = _value(desk, types, n, row, kind, problem if lack not in (None, "subject", "op") else None)
    return {"number": n, "boxes": [subject, op, *([value] if value else [])], "empty": False}


def _op_words(op: str) -> str:
    plain, _colon, against = op.partition(":")
    return f"{WORDS[plain]} ({AGAINST[against]})" if against else str(WORDS[plain])


def _subjects(desk: Desk, types: Mapping[str, FieldType]) -> list[tuple[str, str]]:
    options = []
    for name, kind in types.items():
        text = desk.labels[name].text.say(language()) if name in desk.labels else name
        if kind.kind == "note":
            continue
        options.append((name, text))
        for function in conditions.FUNCTIONS.get(kind.kind, ()):
            options.append((f"{function}({name})", str(FUNCTION_WORDS[function]).format(name=text)))
    return options


def _value(
    desk: Desk, types: Mapping[str, FieldType], n: int, row: Row, kind: str, problem: str | None
) -> dict[str, Any] | None:
    name, label = f"value-{n}", _("Giá trị")
    if not row.op or row.op in ("given", "empty"):
        return None
    given: dict[str, Any] = {"problem": problem, "lang": language()}
    if row.op.endswith(":field"):
        same = [
            (o, t) for o, t in _subjects(desk, types) if "(" not in o and conditions.kind_of(o, types) == kind
        ]
        return control("select", name, label, options=same, value=row.value, **given)
    if row.op.endswith(":today"):
        return control(
            "number",
            name,
            _("Số ngày"),
            value=row.value,
            help=_("0 là hôm nay, -60 là 60 ngày trước."),
            **given,
        )
    if kind in ("choice", "choices"):
        said_ = desk.labels[row.subject].options if row.subject in desk.labels else {}
        options = [
            (key, said_[key].say(language()) if key in said_ else key) for key in types[row.subject].options
        ]
        many = row.op in ("in", "not_in")
        shown = list(row.values) if many else row.value
        return control("checkboxes" if many else "select", name, label, options=options, value=shown, **given)
    if kind == "yes_no":
        return control(
            "select",
            name,
            label,
            options=[("true", _("Có")), ("false", _("Không"))],
            value=row.value,
            **given,
        )
    return control({"date": "date"}.get(kind, "text"), name, label, value=row.value, **given)
