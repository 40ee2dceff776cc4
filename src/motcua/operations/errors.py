"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import NotFound


class NoSuchFigure(NotFound):
    code = "operations.no_such_figure"
    message = _("Không có chỉ tiêu này.")
    next_step = _("Mở trang Tình hình giải quyết và chọn một con số ở đó.")
