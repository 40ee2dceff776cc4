"""What the journal's verbs about an account are called on a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_EVENTS = {
    "account.created": _("Tài khoản được tạo"),
    "account.signed_in": _("Đăng nhập thành công"),
    "account.signed_out": _("Đã đăng xuất"),
    "account.sign_in_failed": _("Nhập sai mật khẩu hoặc mã"),
    "account.locked": _("Tạm khóa vì nhập sai nhiều lần"),
    "account.unlocked": _("Mở lại màn hình đã khóa"),
    "account.lock_cleared": _("Người quản trị mở khóa"),
    "account.password_changed": _("Đã đổi mật khẩu"),
    "account.password_set": _("Người quản trị cấp lại mật khẩu"),
    "account.renamed": _("Đổi tên hiển thị"),
    "account.language_changed": _("Đổi ngôn ngữ"),
    "account.totp_begun": _("Bắt đầu đăng ký ứng dụng xác thực"),
    "account.totp_enrolled": _("Đã đăng ký ứng dụng xác thực"),
    "account.totp_reset": _("Người quản trị đặt lại bước xác thực"),
    "account.recovery_code_used": _("Dùng mã khôi phục"),
    "account.recovery_codes_replaced": _("Đổi các mã khôi phục"),
    "account.disabled": _("Ngừng tài khoản"),
    "account.enabled": _("Mở lại tài khoản"),
    "account.token_created": _("Cấp khóa truy cập cho chương trình"),
    "account.token_revoked": _("Thu hồi khóa truy cập"),
    "account.form_held": _("Giữ biểu mẫu khi màn hình khóa"),
    "account.held_form_discarded": _("Bỏ biểu mẫu được giữ"),
    "account.declared_self": _("Tự khai thông tin của mình"),
    "account.linked": _("Gắn với người trên thẻ căn cước"),
    "account.unlinked": _("Gỡ khỏi người trên thẻ căn cước"),
    "position.granted": _("Được giao vị trí"),
    "position.ended": _("Kết thúc vị trí"),
}


def event_words(verb: str) -> str:
    """The verb in the reader's language; the verb itself when no room has named it."""
    return str(_EVENTS.get(verb, verb))
