"""The few pages that belong to no room: health, the language switch, and the last-resort error pages."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

import motcua
from motcua.foundation.actors import ANONYMOUS
from motcua.foundation.doors import public


@public("monitors ask whether the site and its database answer; the answer holds no data")
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "no answer"}, status=503)
    return JsonResponse({"status": "ok", "version": motcua.__version__})


@public("choosing a language needs no account")
def language(request: HttpRequest) -> HttpResponse:
    """Set the language cookie and go back to the page the reader came from (POST, field `language`)."""
    return set_language(request)


def _page(request: HttpRequest, status: int, title: str, message: str, next_step: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "status": status,
            "title": title,
            "detail": message,
            "next_step": next_step,
        }
        return JsonResponse(
            problem,
            status=status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    context = {"title": title, "message": message, "next_step": next_step, "status": status}
    return render(request, "config/problem.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself cannot be read (too many fields, a forged host)."""
    return _page(
        request,
        400,
        _("Không đọc được yêu cầu"),
        _("Trình duyệt đã gửi một yêu cầu mà hệ thống không đọc được. Chưa có gì thay đổi."),
        _("Hãy quay lại trang trước, tải lại trang rồi thử lần nữa."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself; refusals of rooms are told by the foundation."""
    return _page(
        request,
        403,
        _("Bạn chưa được phép xem trang này"),
        _("Trang này chỉ dành cho người có trách nhiệm."),
        _("Hãy đăng nhập bằng tài khoản phù hợp hoặc về trang đầu."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such address."""
    return _page(
        request,
        404,
        _("Không tìm thấy trang này"),
        _("Địa chỉ có thể đã gõ sai, hoặc trang đã được chuyển đi."),
        _("Hãy kiểm tra lại địa chỉ hoặc tìm từ trang đầu."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Says the id of the request, by which the log line is found."""
    reference = getattr(request, "request_id", "")
    request.actor = ANONYMOUS  # type: ignore[attr-defined]  # the database may be what failed: draw the page without it
    return _page(
        request,
        500,
        _("Hệ thống gặp lỗi"),
        _("Lỗi này là của chúng tôi. Việc bạn vừa làm chưa được ghi nhận."),
        _("Hãy thử lại sau ít phút. Nếu vẫn lỗi, hãy báo mã này cho bộ phận hỗ trợ: %(reference)s.")
        % {"reference": reference},
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the form token: the page was open too long, or the form came from elsewhere."""
    return _page(
        request,
        403,
        _("Trang đã mở quá lâu"),
        _("Để bảo vệ bạn, biểu mẫu này không còn hiệu lực nên chưa có gì được gửi. Phần đã lưu vẫn còn."),
        _("Hãy quay lại trang trước, tải lại trang rồi gửi lại; nếu được hỏi, hãy đăng nhập lại."),
    )
