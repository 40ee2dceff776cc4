"""What people find at the door for machines: a page about the API, and its documents as plain text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

import motcua
from motcua.foundation.api import SCOPES
from motcua.foundation.doors import public

from . import paths
from .api import api

JSON, HTML = "application/json", "text/html"
HOME = "api/v1/"
# address under the API -> the page of the docs that is shown there
DOCUMENTS = {"use-the-api.md": "how-to/use-the-api.md", "reference.md": "reference/api.md"}
# resource -> what it is for, in the order of the API
RESOURCES = {
    "procedures": _("Thủ tục: hỏi gì, bao lâu, bao nhiêu tiền, tờ khai ra sao."),
    "agencies": _("Cơ quan và bộ phận một cửa, xưa và nay."),
    "assistant": _("Trợ lý hỏi đáp: mỗi câu trả lời kèm nguồn; đánh giá, xóa cuộc trò chuyện."),
    "dossiers": _("Hồ sơ: khai, nộp, tiếp nhận, giải quyết, trả kết quả."),
    "tasks": _("Phối hợp, lấy ý kiến: việc của từng cơ quan trên một hồ sơ, mỗi việc một thời hạn."),
    "store": _("Kho giấy tờ và dữ kiện của chính mình: xem, đồng ý hay không cho dùng lại."),
    "labels": _("Nhãn mà cơ quan dùng để xếp việc, và hồ sơ mang nhãn."),
    "queue": _("Lấy số, gọi số ở bộ phận một cửa: ai đang chờ, quầy nào gọi."),
    "petitions": _("Phản ánh, kiến nghị: gửi, theo dõi, trả lời, bản công khai."),
    "files": _("Tệp: gửi lên trước, rồi gắn vào hồ sơ."),
    "tracking": _("Tiến độ theo mã tra cứu hoặc mã hồ sơ."),
    "reporting": _("Báo cáo kỳ và bộ chỉ số của cơ quan mình phụ trách."),
    "reorganisations": _("Sắp xếp bộ máy: văn bản đã công bố và việc sẽ chuyển về đâu."),
    "seals": _("Gốc đã ký của sổ nhật ký: niêm phong, ngày, khóa."),
    "notices": _("Tin báo gửi cho tài khoản."),
    "me": _("Khóa là của ai, làm ở đâu, việc gì đang chờ."),
}


@cache
def scopes_of() -> dict[str, list[str]]:
    """Resource → the scopes that its operations ask for; empty where none asks for a token."""
    found: dict[str, list[str]] = {}
    for address, methods in api.get_openapi_schema()["paths"].items():
        scopes = found.setdefault(address.split("/")[3], [])
        for operation in methods.values():
            scopes += [scope for need in operation.get("security") or [] for scope in need["bearer"]]
    return {resource: sorted(set(scopes)) for resource, scopes in found.items()}


@public("says what the API is and where it is described; holds no data")
@csrf_exempt  # it only ever answers GET; a program that posts here is told so, not asked for a form's token
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """A page for browsers; JSON for a program, also for one that does not say what it likes."""
    wanted = request.get_preferred_type([JSON, HTML])
    home = reverse("api_front")
    answer = _page(request, home) if wanted == HTML else JsonResponse(_facts(home))
    patch_vary_headers(answer, ["Accept"])
    return answer


def _facts(home: str) -> dict[str, Any]:
    return {
        "name": "Một Cửa",
        "version": motcua.__version__,
        "openapi": f"{home}openapi.json",
        "documents": [home + name for name in shown_documents()],
        "resources": {name: home + name for name in scopes_of()},
        "authorization": "Bearer",
        "scopes": dict(SCOPES),
    }


def _page(request: HttpRequest, home: str) -> HttpResponse:
    resources = [
        {"address": home + name, "what": RESOURCES.get(name, ""), "scopes": scopes}
        for name, scopes in scopes_of().items()
    ]
    context = {
        "home": home,
        "base": request.build_absolute_uri(home).rstrip("/"),
        "documents": shown_documents(),
        "resources": resources,
        "per_minute": settings.MOTCUA.rate_api_per_minute,
    }
    return render(request, "config/api.html", context)


@cache
def shown_documents() -> dict[str, Path]:
    """Address → file, for those documents that this installation has."""
    files = {name: paths.default_docs() / page for name, page in DOCUMENTS.items()}
    return {name: file for name, file in files.items() if file.is_file()}


def document(file: Path) -> Callable[..., HttpResponse]:
    """The view of one page of the docs, as it is written: browsers show plain text, and save Markdown."""

    @public("the documentation of the API; holds no data")
    @csrf_exempt
    @require_safe
    def shown(request: HttpRequest) -> HttpResponse:
        return HttpResponse(file.read_text("utf-8"), content_type="text/plain; charset=utf-8")

    return shown


def addresses() -> list[URLPattern]:
    """The pages for people, to stand before the API's own addresses."""
    documents = [path(HOME + name, document(file)) for name, file in shown_documents().items()]
    return [path(HOME, front, name="api_front"), *documents]
