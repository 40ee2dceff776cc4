"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class ListNotFound(NotFound):
    code = "retention.not_found"
    message = _("Không tìm thấy danh mục hủy này ở cơ quan bạn.")
    next_step = _("Mở lại trang lưu trữ để xem các danh mục đang có.")


class NotForYou(Forbidden):
    code = "retention.not_for_you"
    message = _("Việc này của văn thư hoặc người quản trị lập, người phụ trách cơ quan quyết định.")
    next_step = _("Nhờ người phụ trách cơ quan bạn.")


class SamePerson(Forbidden):
    code = "retention.same_person"
    message = _("Người lập danh mục hủy không tự quyết định được.")
    next_step = _("Nhờ người khác có thẩm quyền ở cơ quan xem và quyết định.")


class NotDue(Refusal):
    code, status = "retention.not_due", 409
    message = _(
        "Hồ sơ {code} chưa hết thời hạn lưu trữ, đã có trong danh mục khác, hoặc không thuộc cơ quan này."
    )
    next_step = _("Tải lại danh sách hồ sơ đến hạn rồi chọn lại.")


class HeldBack(Refusal):
    code, status = "retention.held_back", 409
    message = _("Hồ sơ {code} đang được giữ lại: {why}.")
    next_step = _("Chờ việc đó kết thúc; hồ sơ sẽ trở lại danh sách đến hạn.")


class NothingChosen(Invalid):
    code = "retention.nothing_chosen"
    message = _("Chưa chọn hồ sơ nào, hoặc chọn quá {most} hồ sơ.")
    next_step = _("Chọn ít nhất một hồ sơ của một cơ quan.")


class ReasonNeeded(Invalid):
    code = "retention.reason_needed"
    message = _("Chưa nêu lý do, hoặc lý do quá ngắn.")
    next_step = _("Viết lý do thành một câu.")


class NumberNeeded(Invalid):
    code = "retention.number_needed"
    message = _("Chưa ghi số quyết định hủy, hoặc số quá dài.")
    next_step = _("Ghi số, ký hiệu của quyết định.")


class AlreadyDecided(Conflict):
    code = "retention.already_decided"
    message = _("Danh mục này đã có quyết định.")
    next_step = _("Tải lại trang để xem quyết định.")


class HoldNotFound(NotFound):
    code = "retention.hold_not_found"
    message = _("Không tìm thấy lệnh giữ này, hoặc đã thôi giữ.")
    next_step = _("Tải lại trang lưu trữ.")
