"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Forbidden, Invalid, NotFound, Refusal


class NoSuchPlace(NotFound):
    code = "queue.no_such_place"
    message = _("Cơ quan này không có quầy lấy số, hoặc bạn không làm việc ở đó.")
    next_step = _("Chọn cơ quan của bạn trong danh sách.")


class DeviceUnknown(Forbidden):
    code = "queue.device_unknown"
    message = _("Máy này chưa được phép lấy số hoặc hiện số.")
    next_step = _(
        "Người phụ trách mở trang Máy lấy số, màn hình, lập máy rồi mở liên kết của máy trên chính máy này."
    )


class DeviceIncomplete(Invalid):
    code = "queue.device_incomplete"
    message = _("Chưa đủ thông tin của máy.")
    next_step = _("Chọn cơ quan, loại máy và đặt tên từ 2 đến 60 ký tự.")


class NoSuchService(Invalid):
    code = "queue.no_such_service"
    message = _("Ở đây không có loại dịch vụ này.")
    next_step = _("Chọn một loại dịch vụ trên màn hình.")


class NotOpen(Refusal):
    code = "queue.not_open"
    message = _("Ngoài giờ làm việc nên chưa phát số.")
    next_step = _("Số được phát lại từ {when}.")


class NoSuchTicket(NotFound):
    code = "queue.no_such_ticket"
    message = _("Không có số thứ tự này, hoặc số không thuộc cơ quan của bạn.")
    next_step = _("Xem lại phiếu, hoặc lấy số mới ở máy lấy số.")


class TicketMoved(Refusal):
    code = "queue.ticket_moved"
    message = _("Số {code} không còn ở bước này.")
    next_step = _("Tải lại trang để xem tình trạng mới.")


class CallAgainFirst(Refusal):
    code = "queue.call_again_first"
    message = _("Số {code} mới được gọi {calls} lần, cần gọi đủ {needed} lần.")
    next_step = _("Gọi lại số này trước khi ghi là vắng mặt.")


class CameBackAlready(Refusal):
    code = "queue.came_back_already"
    message = _("Số {code} đã được quay lại hàng chờ một lần.")
    next_step = _("Mời người dân lấy số mới.")


class WindowTaken(Refusal):
    code = "queue.window_taken"
    message = _("Quầy {number} đang có người mở.")
    next_step = _("Chọn quầy khác, hoặc đóng quầy ấy nếu không còn ai ngồi.")


class WindowWrong(Invalid):
    code = "queue.window_wrong"
    message = _("Số quầy hoặc loại dịch vụ chưa đúng.")
    next_step = _("Chọn một quầy trong danh sách; không chọn dịch vụ nào là phục vụ tất cả.")


class WindowClosed(Refusal):
    code = "queue.window_closed"
    message = _("Bạn chưa mở quầy nào.")
    next_step = _("Mở quầy của bạn rồi gọi số.")


class WindowBusy(Refusal):
    code = "queue.window_busy"
    message = _("Quầy này đang có số {code}.")
    next_step = _("Kết thúc, chuyển, hoặc trả số ấy về hàng chờ rồi gọi số tiếp theo.")


class NobodyWaits(Refusal):
    code = "queue.nobody_waits"
    message = _("Không còn ai chờ ở các dịch vụ của quầy này.")
    next_step = _("Chờ người lấy số mới, hoặc mở thêm dịch vụ cho quầy.")


class DayWrong(Invalid):
    code = "queue.day_wrong"
    message = _("Ngày chưa đúng.")
    next_step = _("Ghi ngày như 21/11/2026.")


class NoSuchFigure(NotFound):
    code = "queue.no_such_figure"
    message = _("Không có con số này.")
    next_step = _("Mở trang Thời gian chờ và chọn ở đó.")
