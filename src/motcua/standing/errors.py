"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid


class NoResult(Conflict):
    code = "standing.no_result"
    message = _("Hồ sơ này chưa có kết quả nào được cấp nên không có gì để thu hồi hay thay thế.")
    next_step = _("Mở lại hồ sơ để xem đang ở bước nào.")


class NotDecider(Forbidden):
    code = "standing.not_decider"
    message = _("Chỉ người ký hoặc văn thư của cơ quan đã cấp kết quả được ghi việc này.")
    next_step = _("Chuyển quyết định cho người ký hoặc văn thư của cơ quan đó.")


class AlreadyEnded(Conflict):
    code = "standing.already_ended"
    message = _("Kết quả này đã bị thu hồi hoặc thay thế.")
    next_step = _("Xem quyết định đã ghi; nếu quyết định đó bị hủy thì ghi khôi phục hiệu lực trước.")


class NotEnded(Conflict):
    code = "standing.not_ended"
    message = _("Kết quả này đang có hiệu lực nên không có gì để khôi phục.")
    next_step = _("Tải lại trang để xem trạng thái mới nhất.")


class RulingIncomplete(Invalid):
    code = "standing.incomplete"
    message = _("Quyết định chưa ghi đủ.")
    next_step = _("Sửa các ô được đánh dấu rồi ghi lại.")
