"""The few pages that belong to no room: health, the language switch, and the last-resort error pages."""

import errno
import sys

from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

import motcua
from motcua.foundation.actors import ANONYMOUS
from motcua.foundation.doors import public
from motcua.foundation.middleware import BUSY_SECONDS, PROBLEM_TYPE


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
            "title": title,
            "status": status,
            "detail": f"{message} {next_step}",
            "code": f"http.{status}",
            "instance": request.path,
        }
        return JsonResponse(
            problem,
            status=status,
            content_type=PROBLEM_TYPE,
            headers={"Retry-After": str(BUSY_SECONDS)} if status == 503 else None,
            json_dumps_params={"ensure_ascii": False},
        )
    context = {"title": title, "message": message, "next_step": next_step, "status": status}
    return render(request, "ui/problem.html", context, status=status)


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


def _is_full(problem: BaseException | None) -> bool:
    """Tell whether the disk or the database had no room left."""
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return isinstance(problem, DatabaseError) and "full" in str(problem)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Says the id of the request, by which the log line is found.

    A full disk and a database that is away or too busy are told as such, with 503: trying again helps.
    """
    reference = getattr(request, "request_id", "")
    request.actor = ANONYMOUS  # type: ignore[attr-defined]  # the database may be what failed: draw the page without it
    problem = sys.exc_info()[1]  # Django calls this inside its `except`
    if _is_full(problem):
        return _out_of_room(request)
    if isinstance(problem, OperationalError):
        return _busy(request)
    return _page(
        request,
        500,
        _("Hệ thống gặp lỗi"),
        _("Lỗi này là của chúng tôi. Việc bạn vừa làm chưa được ghi nhận."),
        _("Hãy thử lại sau ít phút. Nếu vẫn lỗi, hãy báo mã này cho bộ phận hỗ trợ: %(reference)s.")
        % {"reference": reference},
    )


def too_large(request: HttpRequest, most_mb: int) -> HttpResponse:
    """413: the request is larger than this installation takes."""
    return _page(
        request,
        413,
        _("Nội dung gửi lên quá lớn"),
        _("Mỗi lần chỉ gửi được nhiều nhất %(most)d MB nên chưa có gì được ghi nhận.") % {"most": most_mb},
        _("Hãy gửi từng tệp một, hoặc chụp lại giấy tờ với dung lượng nhỏ hơn."),
    )


def without_length(request: HttpRequest) -> HttpResponse:
    """411: the request does not say how long it is (RFC 9110, 15.5.12)."""
    return _page(
        request,
        411,
        _("Yêu cầu không cho biết độ dài"),
        _("Chương trình gửi nội dung mà không kèm độ dài nên chưa có gì được ghi nhận."),
        _("Hãy gửi lại với tiêu đề Content-Length, không gửi từng đoạn (chunked)."),
    )


def _out_of_room(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        503,
        _("Hệ thống tạm hết chỗ lưu"),
        _("Việc bạn vừa làm chưa được ghi nhận; những gì đã lưu trước đó vẫn còn nguyên."),
        _("Hãy thử lại sau. Bộ phận kỹ thuật đã được báo."),
    )


def _busy(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        503,
        _("Hệ thống đang bận"),
        _("Có quá nhiều việc cùng lúc nên việc bạn vừa làm chưa được ghi nhận."),
        _("Hãy thử lại sau ít phút; phần đã lưu vẫn còn."),
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
