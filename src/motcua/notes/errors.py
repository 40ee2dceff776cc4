"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class NoteNotFound(NotFound):
    code = "notes.not_found"
    message = _("Không tìm thấy ghi chú này trong hồ sơ.")
    next_step = _("Tải lại hồ sơ để xem các ghi chú hiện có.")


class NoteEmpty(Invalid):
    code = "notes.empty"
    message = _("Ghi chú chưa có nội dung, hoặc dài quá {most} ký tự.")
    next_step = _("Viết ngắn gọn điều đồng nghiệp cần biết rồi lưu lại.")


class NoteNotYours(Forbidden):
    code = "notes.not_yours"
    message = _("Ghi chú này do người khác viết.")
    next_step = _("Viết một ghi chú mới; người phụ trách đơn vị có thể rút ghi chú không còn đúng.")


class NoteWithdrawn(Refusal):
    code, status = "notes.withdrawn", 409
    message = _("Ghi chú này đã được rút.")
    next_step = _("Viết một ghi chú mới nếu còn cần.")


class NoteChangedMeanwhile(Conflict):
    code = "notes.changed_meanwhile"
    message = _("Ghi chú này vừa được sửa ở một cửa sổ khác.")
    next_step = _("Tải lại hồ sơ, đọc bản mới rồi sửa tiếp.")


class WithdrawalReason(Invalid):
    code = "notes.reason_needed"
    message = _("Chưa nêu vì sao rút ghi chú, hoặc lý do quá ngắn.")
    next_step = _("Ghi lý do thành một câu; lý do được giữ cùng ghi chú.")


class TooManyNotes(Refusal):
    code, status = "notes.too_many", 409
    message = _("Hồ sơ này đã có {most} ghi chú.")
    next_step = _("Sửa ghi chú bạn đã viết thay vì thêm ghi chú mới.")


class LabelNotFound(NotFound):
    code = "notes.label_not_found"
    message = _("Không tìm thấy nhãn này ở cơ quan bạn.")
    next_step = _("Tải lại trang để xem các nhãn đang dùng.")


class LabelNotYours(Forbidden):
    code = "notes.label_not_yours"
    message = _("Nhãn này của cơ quan khác, hoặc không còn dùng.")
    next_step = _("Chọn một nhãn của cơ quan bạn.")


class MayNotMakeLabels(Forbidden):
    code = "notes.may_not_make_labels"
    message = _("Nhãn của cơ quan này do người phụ trách hoặc người quản trị lập.")
    next_step = _("Đề nghị người phụ trách đơn vị bạn lập hoặc sửa nhãn.")


class LabelNameWrong(Invalid):
    code = "notes.label_name_wrong"
    message = _("Tên nhãn còn trống, dài quá {most} ký tự, hoặc cơ quan đã có nhãn cùng tên.")
    next_step = _("Chọn một tên ngắn khác.")


class ColourUnknown(Invalid):
    code = "notes.colour_unknown"
    message = _("Không có màu nhãn này.")
    next_step = _("Chọn một trong các màu được nêu.")


class TooManyLabels(Refusal):
    code, status = "notes.too_many_labels", 409
    message = _("Đã đủ {most} nhãn.")
    next_step = _("Bỏ bớt nhãn không còn dùng rồi thêm nhãn mới.")
