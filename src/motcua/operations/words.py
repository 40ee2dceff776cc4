"""Names of figures, periods and purposes as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# measure -> (its name over a list and on a tile, its name in a table's head)
MEASURES = {
    "received": (pgettext_lazy("figure", "Hồ sơ tiếp nhận"), pgettext_lazy("figure", "Tiếp nhận")),
    "online": (pgettext_lazy("figure", "Hồ sơ nộp trực tuyến"), pgettext_lazy("figure", "Trực tuyến")),
    "resolved": (pgettext_lazy("figure", "Hồ sơ có kết quả"), pgettext_lazy("figure", "Có kết quả")),
    "on_time": (pgettext_lazy("figure", "Hồ sơ giải quyết đúng hạn"), pgettext_lazy("figure", "Đúng hạn")),
    "late": (pgettext_lazy("figure", "Hồ sơ giải quyết trễ hạn"), pgettext_lazy("figure", "Trễ hạn")),
    "no_limit": (
        pgettext_lazy("figure", "Hồ sơ có kết quả, không có thời hạn cố định"),
        pgettext_lazy("figure", "Không có hạn"),
    ),
    "refused": (pgettext_lazy("figure", "Hồ sơ bị từ chối tiếp nhận"), pgettext_lazy("figure", "Từ chối")),
    "withdrawn": (pgettext_lazy("figure", "Hồ sơ người nộp rút"), pgettext_lazy("figure", "Rút")),
    "stopped": (pgettext_lazy("figure", "Hồ sơ dừng giải quyết"), pgettext_lazy("figure", "Dừng")),
    "supplements": (pgettext_lazy("figure", "Yêu cầu bổ sung"), pgettext_lazy("figure", "Bổ sung")),
    "first_on_time": (
        pgettext_lazy("figure", "Hồ sơ có kết quả đúng hẹn lần đầu"),
        pgettext_lazy("figure", "Đúng hẹn lần đầu"),
    ),
    "first_late": (
        pgettext_lazy("figure", "Hồ sơ có kết quả trễ hẹn lần đầu"),
        pgettext_lazy("figure", "Trễ hẹn lần đầu"),
    ),
    "restarts": (
        pgettext_lazy("figure", "Lần tính lại thời hạn từ đầu"),
        pgettext_lazy("figure", "Tính lại từ đầu"),
    ),
    "beyond": (
        pgettext_lazy("figure", "Yêu cầu bổ sung muộn hoặc lặp lại"),
        pgettext_lazy("figure", "Bổ sung muộn, lặp lại"),
    ),
    "open": (pgettext_lazy("figure", "Hồ sơ đang giải quyết"), pgettext_lazy("figure", "Đang giải quyết")),
    "paused": (pgettext_lazy("figure", "Hồ sơ đang chờ người nộp"), pgettext_lazy("figure", "Chờ người nộp")),
    "soon": (pgettext_lazy("figure", "Hồ sơ sắp đến hạn"), pgettext_lazy("figure", "Sắp đến hạn")),
    "overdue": (pgettext_lazy("figure", "Hồ sơ đang quá hạn"), pgettext_lazy("figure", "Đang quá hạn")),
}


RATES = {"on_time": _("Tỷ lệ đúng hạn"), "first_on_time": _("Đúng hẹn lần đầu")}

PERIODS = {
    "today": _("Hôm nay"),
    "week": _("7 ngày"),
    "month": _("Tháng này"),
    "last_month": _("Tháng trước"),
    "range": _("Từ ngày đến ngày"),
}

PERIOD_PROBLEMS = {
    "order": _("Ngày đầu phải trước hoặc trùng ngày cuối."),
    "future": _("Ngày đầu còn ở phía trước, chưa có số liệu."),
    "too_long": _("Mỗi lần xem được nhiều nhất 366 ngày. Chọn khoảng ngắn hơn."),
    "date": _("Ngày chưa đúng. Ví dụ: 21/11/2026."),
}

TABLES = {
    "agency": (_("Theo cơ quan giải quyết"), pgettext_lazy("figure", "Cơ quan")),
    "desk": (_("Theo nơi tiếp nhận"), _("Nơi tiếp nhận")),
    "procedure": (_("Theo thủ tục"), pgettext_lazy("figure", "Thủ tục")),
    "day": (_("Theo ngày"), pgettext_lazy("figure", "Ngày")),
}

SOURCE = _("số liệu hồ sơ của hệ thống")
