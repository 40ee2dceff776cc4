"""What the counter refuses."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Invalid, NotFound, Refusal


class CardUnreadable(Invalid):
    code = "counter.card_unreadable"
    message = _("Chưa đọc được thẻ. {why}")
    next_step = _("Quét lại, dùng máy ảnh, hoặc tìm theo số định danh in trên thẻ.")


class VisitOver(NotFound):
    code = "counter.visit_over"
    message = _("Lượt phục vụ này đã kết thúc hoặc không phải của bạn.")
    next_step = _("Quét lại thẻ hoặc tìm lại người này để bắt đầu lượt mới. Hồ sơ đã tiếp nhận vẫn còn.")


class NoDesk(Refusal):
    code, status = "counter.no_desk", 403
    message = _("Bạn chưa được phân công tiếp nhận tại bộ phận một cửa nào.")
    next_step = _("Nhờ người quản trị gán vị trí tiếp nhận cho tài khoản của bạn.")


class NothingPicked(Invalid):
    code = "counter.nothing_picked"
    message = _("Chưa chọn hồ sơ nào.")
    next_step = _("Đánh dấu ít nhất một hồ sơ trong danh sách rồi chọn việc cần làm.")


class NotReadable(Invalid):
    code = "counter.not_readable"
    message = _("Có mục nhập chưa đúng nên chưa ghi nhận.")
    next_step = _("Sửa mục được nêu rồi gửi lại.")


class UnknownVerb(NotFound):
    code = "counter.unknown_verb"
    message = _("Không có việc này.")
    next_step = _("Mở lại hồ sơ để xem các việc làm được.")


class NoSuchWork(NotFound):
    code = "counter.no_such_work"
    message = _("Việc nền này không còn ở trạng thái lỗi.")
    next_step = _("Tải lại danh sách; có thể người khác đã xử lý.")


class PurposeNeeded(Refusal):
    code, status = "counter.purpose_needed", 403
    message = _("Bạn theo dõi hồ sơ này mà không trực tiếp giải quyết, nên cần nêu mục đích trước khi xem.")
    next_step = _("Mở trang của hồ sơ và chọn mục đích; chỉ phải nêu một lần cho cả buổi.")


class ListNameNeeded(Invalid):
    code = "counter.list_name_needed"
    message = _("Chưa đặt tên cho danh sách.")
    next_step = _("Đặt một tên ngắn, ví dụ “Khai sinh chờ ký”, rồi lưu lại.")


class TooManyLists(Refusal):
    code, status = "counter.too_many_lists", 409
    message = _("Bạn đã lưu {most} danh sách.")
    next_step = _("Bỏ một danh sách không dùng nữa rồi lưu lại.")


class NoSuchList(NotFound):
    code = "counter.no_such_list"
    message = _("Không có danh sách đã lưu này.")
    next_step = _("Mở lại trang để xem các danh sách của bạn.")
