"""Words for what this room keeps, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: dict[str, Any] = {
    "pages": pgettext_lazy("scan", "Đang xếp trang"),
    "making": pgettext_lazy("scan", "Đang lập PDF/A"),
    "made": pgettext_lazy("scan", "Chờ kiểm tra"),
    "failed": pgettext_lazy("scan", "Chưa lập được"),
    "taken": pgettext_lazy("scan", "Đã vào hồ sơ"),
    "dropped": pgettext_lazy("scan", "Đã bỏ"),
}
TONES = {"pages": "rest", "making": "", "made": "warn", "failed": "wrong", "taken": "good", "dropped": "rest"}
SAID: dict[str, Any] = {
    "open": pgettext_lazy("proposal", "Chưa xử lý"),
    "accepted": pgettext_lazy("proposal", "Đã nhận vào tờ khai"),
    "noted": pgettext_lazy("proposal", "Đã ghi nhận điểm khác"),
    "dismissed": pgettext_lazy("proposal", "Không dùng"),
}
PROBLEMS: dict[str, Any] = {
    "unreadable": _("Có trang không mở được: tệp hỏng, có mật khẩu, hoặc trang quá lớn."),
    "too_large": _("Bản PDF lập ra lớn hơn mức cho phép. Chia giấy tờ thành nhiều phần rồi quét từng phần."),
    "store": _("Chưa ghi được tệp do lỗi nơi lưu. Thử lại sau ít phút."),
}
DIGITISED: dict[int, Any] = {
    0: _("Chưa số hóa"),
    1: _("Đã số hóa"),
    2: _("Dùng lại từ hồ sơ khác"),
    3: _("Dùng lại kết quả đã có"),
}


def state_word(state: str) -> str:
    return str(STATES.get(state, state))


def digitised_word(state: int) -> str:
    return str(DIGITISED.get(state, state))
