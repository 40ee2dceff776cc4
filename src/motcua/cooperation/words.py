"""Words of joint tasks: states, roles and verbs as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: dict[str, Any] = {
    "waiting": _("Chưa đến lượt"),
    "open": pgettext_lazy("task", "Đang làm"),
    "done": pgettext_lazy("task", "Đã trả lời"),
    "declined": pgettext_lazy("task", "Đã từ chối"),
    "recalled": pgettext_lazy("task", "Đã thu hồi"),
    "ended": pgettext_lazy("task", "Đã thôi"),
}
TONES = {
    "open": "",
    "waiting": "rest",
    "done": "good",
    "declined": "wrong",
    "recalled": "rest",
    "ended": "rest",
}
ROLES: dict[str, Any] = {"lead": _("Chủ trì"), "cooperating": _("Phối hợp"), "consulted": _("Cho ý kiến")}
VERBS: dict[str, Any] = {
    "take": pgettext_lazy("task", "Nhận việc"),
    "answer": pgettext_lazy("task", "Trả lời"),
    "decline": pgettext_lazy("task", "Từ chối, nêu lý do"),
    "recall": pgettext_lazy("task", "Thu hồi"),
    "ask_again": pgettext_lazy("task", "Giao lại"),
}
DONE: dict[str, Any] = {
    "take": pgettext_lazy("task", "Đã nhận việc."),
    "answer": pgettext_lazy("task", "Đã gửi trả lời."),
    "decline": pgettext_lazy("task", "Đã từ chối, lý do đã gửi cơ quan chủ trì."),
    "recall": pgettext_lazy("task", "Đã thu hồi."),
    "ask_again": pgettext_lazy("task", "Đã giao lại."),
}


def state_word(state: str) -> str:
    return str(STATES.get(state, state))
