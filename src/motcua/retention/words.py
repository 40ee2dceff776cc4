"""Words for what this room keeps, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: dict[str, Any] = {
    "proposed": _("Chờ quyết định"),
    "confirmed": _("Đã quyết định, đang hủy"),
    "refused": _("Không hủy"),
    "done": _("Đã hủy xong"),
}
ITEM_STATES: dict[str, Any] = {
    "waiting": _("Chưa hủy"),
    "destroyed": _("Đã hủy"),
    "kept": _("Giữ lại"),
}
WHY: dict[str, Any] = {
    "complaint": _("có phản ánh chưa trả lời"),
    "complaint_about_a_look": _("có khiếu nại về một lần xem chưa trả lời"),
    "certificate_in_force": _("có chứng thư số còn hiệu lực"),
    "legal_hold": _("có lệnh giữ hồ sơ"),
    "inspection": _("đang trong cuộc thanh tra"),
    "not_due": _("thời hạn lưu trữ đã thay đổi"),
}
