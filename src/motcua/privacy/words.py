"""Words for what this room keeps, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "correct": _("Sửa thông tin sai"),
    "erase": _("Xóa dữ liệu không còn cần"),
    "complaint": _("Khiếu nại một lần xem"),
}
STATES: dict[str, Any] = {"sent": _("Chờ trả lời"), "answered": _("Đã trả lời")}
PURPOSES: dict[str, Any] = {
    "work": _("Giải quyết công việc"),
    "reason": _("Tra cứu, có ghi lý do"),
}
SUBJECTS: dict[str, Any] = {"party": _("Thông tin cá nhân"), "account": _("Tài khoản")}
