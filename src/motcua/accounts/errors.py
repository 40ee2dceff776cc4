"""Refusals of this room. None of them tells whether a login name exists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded


class WrongSignIn(SignInNeeded):
    code = "accounts.wrong_sign_in"
    message = _("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    next_step = _("Kiểm tra lại rồi thử lần nữa; sau 5 lần sai, tên đăng nhập này bị khóa 15 phút.")


class WrongCode(SignInNeeded):
    code = "accounts.wrong_code"
    message = _("Mã xác thực chưa đúng hoặc đã hết hạn.")
    next_step = _("Chờ mã mới trong ứng dụng xác thực rồi nhập lại, hoặc dùng một mã khôi phục.")


class Locked(SignInNeeded):
    code, status = "accounts.locked", 423
    message = _("Tên đăng nhập này đang bị khóa vì nhập sai nhiều lần.")
    next_step = _(
        "Thử lại sau {time}; nếu bạn quên mật khẩu, hãy liên hệ người quản trị hoặc bộ phận một cửa."
    )


class SwitchedOff(Forbidden):
    code = "accounts.switched_off"
    message = _("Tài khoản này đã ngừng hoạt động.")
    next_step = _("Liên hệ người quản trị của cơ quan để mở lại.")


class LeftIdle(Forbidden):
    code = "accounts.left_idle"
    message = _("Tài khoản này đã ngừng vì hơn {days} ngày không được sử dụng.")
    next_step = _("Liên hệ người quản trị của cơ quan để mở lại.")


class SessionLocked(SignInNeeded):
    code = "accounts.session_locked"
    message = _("Phiên làm việc đã khóa vì lâu không thao tác. Nội dung bạn đã nhập chưa mất.")
    next_step = _("Nhập lại mật khẩu để tiếp tục.")


class WeakPassword(Invalid):
    code = "accounts.weak_password"
    message = _("Mật khẩu này chưa đủ an toàn.")
    next_step = _("Chọn mật khẩu khác theo các điều được nêu.")


class WrongPassword(Invalid):
    code = "accounts.wrong_password"
    message = _("Mật khẩu hiện tại chưa đúng.")
    next_step = _("Nhập lại mật khẩu bạn đang dùng.")


class BadLoginName(Invalid):
    code = "accounts.bad_login_name"
    message = _(
        "Tên đăng nhập phải là số điện thoại, địa chỉ thư điện tử hoặc tên gồm chữ thường không dấu và số."
    )
    next_step = _("Ví dụ: 0912345678, an@vidu.vn hoặc nguyen.van.an.")


class BadDisplayName(Invalid):
    code = "accounts.bad_display_name"
    message = _("Họ tên còn trống, quá dài hoặc có ký tự không dùng trong họ tên.")
    next_step = _("Nhập họ tên như trên thẻ căn cước.")


class LoginNameTaken(Conflict):
    code = "accounts.login_name_taken"
    message = _("Không tạo được tài khoản với tên đăng nhập này.")
    next_step = _(
        "Nếu bạn đã có tài khoản, hãy đăng nhập; nếu chưa, hãy dùng số điện thoại hoặc thư điện tử khác."
    )


class NoSuchAccount(NotFound):
    code = "accounts.no_such_account"
    message = _("Không có tài khoản này.")
    next_step = _("Kiểm tra lại tên đăng nhập.")


class NotAllowed(Forbidden):
    code = "accounts.not_allowed"
    message = _("Bạn không được thay đổi tài khoản này.")
    next_step = _("Việc này dành cho chính chủ tài khoản hoặc người quản trị.")


class NoSuchScope(Invalid):
    code = "accounts.no_such_scope"
    message = _("Không có phạm vi: {scopes}.")
    next_step = _("Các phạm vi dùng được: {known}.")


class NoSuchToken(NotFound):
    code = "accounts.no_such_token"
    message = _("Không có khóa truy cập này hoặc khóa đã bị thu hồi.")
    next_step = _("Xem các khóa đang dùng bằng `motcua token list`.")


class AlreadyEnrolled(Conflict):
    code = "accounts.already_enrolled"
    message = _("Tài khoản này đã có ứng dụng xác thực.")
    next_step = _("Muốn đổi điện thoại, hãy nhờ người quản trị đặt lại bước xác thực.")


def weak(problems: list[Any]) -> WeakPassword:
    """A WeakPassword naming everything that is wrong with the password."""
    return WeakPassword([{"field": "password", "code": "weak", "message": str(text)} for text in problems])


def in_field(refusal: type[Invalid], field: str) -> Invalid:
    """The refusal, told beside the form field it is about."""
    code = refusal.code.rpartition(".")[2]
    return refusal([{"field": field, "code": code, "message": f"{refusal.message} {refusal.next_step}"}])
