"""How officers call a dossier's axes: short, for lists, files and buttons. Part of `queries`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: dict[str, Any] = {
    "draft": _("Bản nháp"),
    "submitted": _("Chờ tiếp nhận"),
    "door_supplement": _("Chờ người nộp bổ sung"),
    "refused": _("Từ chối tiếp nhận"),
    "received": _("Chờ chuyển xử lý"),
    "in_process": pgettext_lazy("desk", "Đang giải quyết"),
    "supplement": _("Chờ bổ sung"),
    "awaiting_payment": _("Chờ nộp nghĩa vụ tài chính"),
    "result_drafted": _("Chờ ký"),
    "result_ready": _("Chờ trả kết quả"),
    "returned": _("Đã trả kết quả"),
    "withdrawn": _("Đã rút"),
    "stopped": _("Đã dừng"),
}
CHANNELS: dict[str, Any] = {
    "online": _("Trực tuyến"),
    "api": _("Trực tuyến"),
    "assisted": _("Trực tuyến, có người giúp"),
    "counter": _("Tại quầy"),
    "post": _("Qua bưu chính"),
}
FINANCE: dict[str, Any] = {
    "none": _("Không có phí"),
    "unknown": _("Chưa rõ mức thu"),
    "due": _("Chưa thu đủ"),
    "paid": _("Đã thu"),
    "exempt": _("Miễn phí"),
    "refunded": _("Đã hoàn"),
}
OUTCOMES: dict[str, Any] = {"granted": _("Đồng ý"), "denied": _("Không đồng ý")}
