"""Words for what this room keeps, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

COLOURS: dict[str, Any] = {
    "indigo": _("Chàm"),
    "gold": _("Nghệ"),
    "ink": _("Mực"),
    "mist": _("Giấy"),
}
LABELS = _("Nhãn")
