"""How the API says no: every refusal, schema error or unreadable request leaves as a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from motcua.foundation.errors import Invalid, NotFound, Refusal, SignInNeeded, TooLarge, Unreadable
from motcua.foundation.middleware import problem_response


class ProblemField(Schema):
    """One thing that is wrong: where, which kind, in words."""

    field: str = ""
    code: str = ""
    message: str = ""


class Problem(Schema):
    """RFC 9457: `title` says what was refused, `detail` what to do next, `code` is for programs."""

    type: str
    title: str
    status: int
    detail: str = ""
    code: str = ""
    instance: str = ""
    problems: list[ProblemField] | None = None


# kind of schema error -> its sentence; {…} are filled from the error's own limits
_SENTENCES = {
    "missing": _("Mục này bắt buộc."),
    "extra_forbidden": _("Không có mục nào tên như vậy."),
    "string_type": _("Cần một chuỗi ký tự."),
    "string_too_long": _("Dài nhất {max_length} ký tự."),
    "string_too_short": _("Ngắn nhất {min_length} ký tự."),
    "string_pattern_mismatch": _("Không đúng dạng quy định."),
    "text_control": _("Có ký tự không lưu được."),
    "int_type": _("Cần một số nguyên."),
    "int_parsing": _("Cần một số nguyên."),
    "int_from_float": _("Cần một số nguyên."),
    "int_parsing_size": _("Số quá lớn."),
    "number_size": _("Số quá lớn."),
    "bool_type": _("Cần true hoặc false."),
    "bool_parsing": _("Cần true hoặc false."),
    "greater_than": _("Phải lớn hơn {gt}."),
    "greater_than_equal": _("Phải từ {ge} trở lên."),
    "less_than": _("Phải nhỏ hơn {lt}."),
    "less_than_equal": _("Nhiều nhất là {le}."),
    "literal_error": _("Chỉ nhận một trong các giá trị: {expected}."),
    "date": _("Cần một ngày có thật, dạng NĂM-THÁNG-NGÀY như 2026-11-20."),
    "list_type": _("Cần một danh sách."),
    "dict_type": _("Cần một đối tượng JSON."),
    "too_long": _("Nhiều nhất {max_length} mục."),
    "too_short": _("Ít nhất {min_length} mục."),
}
_OTHERWISE = _("Không đúng dạng quy định.")
_OBJECT = ("model_type", "model_attributes_type", "dataclass_type", "mapping_type")


def sentence_of(code: str, limits: dict[str, Any]) -> str:
    """What is wrong, in the reader's language; `limits` are the error's own."""
    if code.startswith("date"):
        code = "date"
    if code in _OBJECT:
        code = "dict_type"
    try:
        return str(_SENTENCES.get(code, _OTHERWISE)).format(**limits)
    except (KeyError, IndexError):
        return str(_OTHERWISE)


def _fields(problem: ValidationError) -> Iterator[dict[str, str]]:
    for error in problem.errors[:50]:
        place = [str(part) for part in error.get("loc", ())]
        # the first part says where in the request (body, query …), the second for a body the operation's argument
        kept = place[2:] if place[:1] in (["body"], ["form"], ["file"]) and len(place) > 2 else place[1:]
        code = str(error.get("type", ""))
        yield {
            "field": ".".join(kept)[:200],
            "code": code,
            "message": sentence_of(code, error.get("ctx") or {}),
        }


def answer_with(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as this request's answer."""
    return problem_response(refusal, request.path)


def install(api: NinjaAPI) -> NinjaAPI:
    """Give `api` our handlers. What is nobody's refusal (a bug, a full disk) goes on to the house's last pages."""
    kinds: dict[type[Exception], Any] = {
        Refusal: lambda problem: problem,
        ValidationError: lambda problem: Invalid(list(_fields(problem))),
        HttpError: _of_library,
        Http404: lambda problem: NotFound(),
        RequestDataTooBig: lambda problem: TooLarge(),
        UnreadablePostError: lambda problem: Unreadable(),
        SuspiciousOperation: lambda problem: Unreadable(),
        BadRequest: lambda problem: Unreadable(),
        MultiPartParserError: lambda problem: Unreadable(),
    }
    for kind, refusal_of in kinds.items():
        api.add_exception_handler(kind, _handler(refusal_of))
    return api


def _handler(refusal_of: Any) -> Any:
    return lambda request, problem: answer_with(request, refusal_of(problem))


def _of_library(problem: HttpError) -> Refusal:
    """What the API library itself refuses: a caller it does not know, or a body that the parser could not read."""
    if isinstance(problem.__cause__, Refusal):
        return problem.__cause__
    return SignInNeeded() if problem.status_code == 401 else Unreadable()
