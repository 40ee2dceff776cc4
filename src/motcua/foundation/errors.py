"""Refusals: what the product says when it will not do a thing, in the reader's language.

A refusal has a code for machines and the help desk, a sentence that names the cause, and a next step.
Rooms subclass these in their own `errors.py`; one middleware turns them into a page or a problem (RFC 9457).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818  it is an answer, not an error
    """Base of every refusal. Keyword arguments fill the placeholders of `message` and `next_step`."""

    code = "refused"
    status = 409
    message: Any = _("Yêu cầu này chưa thực hiện được.")
    next_step: Any = _("Kiểm tra lại rồi thử lần nữa, hoặc hỏi bộ phận một cửa.")

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"

    @property
    def sentence(self) -> str:
        return str(self.message).format(**self.params)

    @property
    def way_out(self) -> str:
        return str(self.next_step).format(**self.params)


class Forbidden(Refusal):
    code, status = "forbidden", 403
    message = _("Bạn không có quyền xem hoặc làm việc này.")
    next_step = _("Nếu bạn cho rằng đây là nhầm lẫn, hãy liên hệ người quản trị của cơ quan bạn.")


class SignInNeeded(Refusal):
    code, status = "sign_in_needed", 401
    message = _("Bạn cần đăng nhập để tiếp tục.")
    next_step = _("Đăng nhập rồi thực hiện lại; nội dung đã nhập vẫn được giữ.")


class NotFound(Refusal):
    code, status = "not_found", 404
    message = _("Không tìm thấy nội dung bạn cần.")
    next_step = _("Kiểm tra lại mã hoặc đường dẫn, hoặc tìm từ trang đầu.")


class Conflict(Refusal):
    code, status = "conflict", 409
    message = _("Nội dung này vừa được người khác thay đổi.")
    next_step = _("Tải lại trang để xem bản mới nhất rồi làm tiếp.")


class ActMismatch(Conflict):
    code = "act_mismatch"
    message = _("Mã thao tác này đã được dùng cho một nội dung khác.")
    next_step = _("Mở lại biểu mẫu để lấy mã thao tác mới rồi gửi lại.")


class Invalid(Refusal):
    """Bad input: `problems` is a list of {field, code, message}; nothing was changed."""

    code, status = "invalid", 422
    message = _("Một số nội dung chưa đúng nên chưa được ghi nhận.")
    next_step = _("Sửa các mục được nêu rồi gửi lại.")

    def __init__(self, problems: list[dict] | None = None, **params: Any) -> None:
        super().__init__(**params)
        self.problems = problems or []


class TooMany(Refusal):
    code, status = "too_many", 429
    message = _("Bạn thao tác quá nhanh.")
    next_step = _("Vui lòng chờ một phút rồi thử lại.")


class Busy(Refusal):
    code, status = "busy", 503
    message = _("Hệ thống đang bận nên chưa ghi được. Chưa có gì bị thay đổi.")
    next_step = _("Chờ ít phút rồi thử lại; bạn không cần nhập lại nội dung.")


class Unreadable(Invalid):
    code, status = "unreadable", 400
    message = _("Không đọc được yêu cầu. Chưa có gì thay đổi.")
    next_step = _("Gửi lại nội dung đúng dạng: JSON bằng UTF-8, không lồng quá sâu.")


class WrongMethod(Refusal):
    code, status = "wrong_method", 405
    message = _("Địa chỉ này không nhận phương thức {method}.")
    next_step = _("Dùng một trong các phương thức: {allowed}.")


class TooLarge(Refusal):
    code, status = "too_large", 413
    message = _("Nội dung gửi lên quá lớn nên chưa có gì được ghi nhận.")
    next_step = _("Chia nhỏ nội dung rồi gửi lại.")


class WrongType(Refusal):
    code, status = "wrong_type", 415
    message = _("Kiểu nội dung của yêu cầu không đúng.")
    next_step = _("Gửi với tiêu đề Content-Type: {expected}.")
