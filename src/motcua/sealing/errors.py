"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import NotFound, Refusal


class KeyUnusable(Refusal):
    code = "sealing.key_unusable"
    message = _(
        "Khóa niêm phong sổ nhật ký không dùng được: thiếu tệp, sai loại khóa, hoặc người khác đọc được tệp."
    )
    next_step = _("Đặt lại tệp khóa P-256 (PEM) với quyền 600, theo trang vận hành sổ nhật ký.")


class SealsForked(Refusal):
    code = "sealing.forked"
    message = _("Niêm phong số {number} trong cơ sở dữ liệu khác bản đã lưu bên ngoài.")
    next_step = _("Dừng niêm phong, giữ nguyên hiện trạng và đối chiếu bằng motcua journal verify.")


class CopyUnreadable(Refusal):
    code = "sealing.copy_unreadable"
    message = _("Bản lưu các gốc niêm phong bên ngoài (var/seals/roots.txt) có dòng không đọc được.")
    next_step = _(
        "Cất tệp hỏng đi nơi khác, đối chiếu bằng motcua journal verify; lần niêm phong sau ghi lại tệp từ đầu."
    )


class NoSuchLine(NotFound):
    code = "sealing.no_such_line"
    message = _("Sổ nhật ký không có chuỗi hoặc dòng này.")
    next_step = _("Xem lại mã của chuỗi và số dòng.")


class RangeWrong(Refusal):
    code, status = "sealing.range_wrong", 422
    message = _("Khoảng ngày chưa đúng: từ ngày đến ngày, nhiều nhất {days} ngày.")
    next_step = _("Chọn lại hai ngày; muốn nhiều hơn thì tải từng khoảng.")
