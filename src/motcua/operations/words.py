"""Names of figures, periods and purposes as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# measure -> (its name over a list and on a tile, its name in a table's head)
MEASURES = {
    "received": (_("Hồ sơ tiếp nhận"), _("Tiếp nhận")),
    "online": (_("Hồ sơ nộp trực tuyến"), _("Trực tuyến")),
    "resolved": (_("Hồ sơ có kết quả"), _("Có kết quả")),
    "on_time": (_("Hồ sơ giải quyết đúng hạn"), _("Đúng hạn")),
    "late": (_("Hồ sơ giải quyết trễ hạn"), _("Trễ hạn")),
    "no_limit": (_("Hồ sơ có kết quả, không có thời hạn cố định"), _("Không có hạn")),
    "refused": (_("Hồ sơ bị từ chối tiếp nhận"), _("Từ chối")),
    "withdrawn": (_("Hồ sơ người nộp rút"), _("Rút")),
    "stopped": (_("Hồ sơ dừng giải quyết"), _("Dừng")),
    "supplements": (_("Yêu cầu bổ sung"), _("Bổ sung")),
    "open": (_("Hồ sơ đang giải quyết"), _("Đang giải quyết")),
    "paused": (_("Hồ sơ đang chờ người nộp"), _("Chờ người nộp")),
    "soon": (_("Hồ sơ sắp đến hạn"), _("Sắp đến hạn")),
    "overdue": (_("Hồ sơ đang quá hạn"), _("Đang quá hạn")),
}

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
    "agency": (_("Theo cơ quan giải quyết"), _("Cơ quan")),
    "desk": (_("Theo nơi tiếp nhận"), _("Nơi tiếp nhận")),
    "procedure": (_("Theo thủ tục"), _("Thủ tục")),
    "day": (_("Theo ngày"), _("Ngày")),
}

# why a leader wants to see names: stands in the access log, which the person herself can read
PURPOSES = {
    "overdue": _("Đôn đốc hồ sơ chậm"),
    "complaint": _("Trả lời phản ánh, kiến nghị"),
    "inspection": _("Kiểm tra, thanh tra"),
}

SOURCE = _("số liệu hồ sơ của hệ thống")
