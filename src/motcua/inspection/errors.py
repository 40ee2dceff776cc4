"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound


class MandateNotFound(NotFound):
    code = "inspection.not_found"
    message = _("Không tìm thấy cuộc thanh tra này.")
    next_step = _("Mở lại danh sách các cuộc thanh tra.")


class NoMandate(Forbidden):
    code = "inspection.no_mandate"
    message = _("Bạn không có quyết định thanh tra còn hiệu lực cho việc này.")
    next_step = _("Quyền xem chấm dứt ngay khi hết hạn; liên hệ người quản trị nếu cần quyết định mới.")


class NotYours(Forbidden):
    code = "inspection.not_yours"
    message = _("Người quản trị lập, một người phụ trách hoặc quản trị khác cho phép cuộc thanh tra.")
    next_step = _("Nhờ người có thẩm quyền khác ở cơ quan.")


class MandateWrong(Invalid):
    code = "inspection.mandate_wrong"
    message = _(
        "Quyết định thanh tra còn thiếu hoặc sai: số, cơ quan, người thanh tra, thời gian (không quá {days} ngày), "
        "lý do."
    )
    next_step = _("Sửa phần còn thiếu rồi ghi lại.")


class AlreadyDecided(Conflict):
    code = "inspection.already_decided"
    message = _("Cuộc thanh tra này đã được cho phép hoặc đã kết thúc.")
    next_step = _("Tải lại trang.")


class SampleWrong(Invalid):
    code = "inspection.sample_wrong"
    message = _(
        "Mẫu cần một khoảng ngày không quá một năm, cỡ mẫu từ 1 đến {most}, không quá {population} hồ sơ."
    )
    next_step = _("Chọn khoảng ngày ngắn hơn hoặc cỡ mẫu nhỏ hơn.")
