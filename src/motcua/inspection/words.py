"""Words for what this room shows, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: dict[str, Any] = {
    "proposed": _("Chờ cho phép"),
    "open": _("Đang hiệu lực"),
    "later": _("Chưa đến ngày"),
    "over": _("Đã hết hạn"),
    "ended": _("Đã chấm dứt"),
}
VERBS: dict[str, Any] = {
    "dossier.change_version": _("Đổi phiên bản thủ tục"),
    "dossier.extend": _("Gia hạn"),
    "dossier.send_back": _("Trả lại bước trước"),
    "dossier.forward": _("Chuyển cơ quan khác"),
    "dossier.stop": _("Dừng giải quyết"),
    "dossier.recounted": _("Tính lại hạn vì lịch thay đổi"),
    "dossier.assign": _("Phân công lại"),
}
