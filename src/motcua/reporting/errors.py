"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Invalid, NotFound, Refusal


class NoSuchReport(NotFound):
    code = "reporting.no_such_report"
    message = _("Không có báo cáo này, hoặc bạn không phụ trách cơ quan của nó.")
    next_step = _("Mở trang Báo cáo và chọn cơ quan, kỳ ở đó.")


class PeriodWrong(Invalid):
    code = "reporting.period_wrong"
    message = _("Kỳ báo cáo chưa đúng.")
    next_step = _("Ghi tháng của kỳ như 2026-10.")


class PeriodNotOver(Refusal):
    code = "reporting.period_not_over"
    message = _("Kỳ này đến hết ngày {last} mới khóa sổ, nên chưa chốt được.")
    next_step = _("Xem số tạm tính; chốt từ ngày hôm sau ngày cuối kỳ.")


class FormerNotClosed(Refusal):
    code = "reporting.former_not_closed"
    message = _("Kỳ trước ({label}) chưa chốt, nên cột 6 của kỳ này chưa có căn cứ.")
    next_step = _("Chốt lần lượt từng kỳ, bắt đầu từ kỳ {label}.")


class ReasonMissing(Invalid):
    code = "reporting.reason_missing"
    message = _("Báo cáo kỳ này đã chốt. Bản sửa cần lý do, từ 10 đến 1000 ký tự.")
    next_step = _("Ghi vì sao số liệu đã chốt phải sửa.")


class NothingCorrected(Refusal):
    code = "reporting.nothing_corrected"
    message = _("Số liệu vẫn đúng như bản đã chốt, không có gì để sửa.")
    next_step = _("Giữ bản đã chốt.")


class PetitionNotFound(NotFound):
    code = "reporting.petition_not_found"
    message = _("Không có phản ánh, kiến nghị nào với mã này.")
    next_step = _("Xem lại từng chữ, từng số của mã.")


class PetitionIncomplete(Invalid):
    code = "reporting.petition_incomplete"
    message = _("Phản ánh, kiến nghị chưa đủ nội dung nên chưa được nhận.")
    next_step = _("Điền các mục được nêu rồi gửi lại.")


class PetitionMoved(Refusal):
    code = "reporting.petition_moved"
    message = _("Phản ánh này đã được xử lý ở bước khác.")
    next_step = _("Tải lại trang để xem tình trạng mới.")


class NotAgreed(Invalid):
    code = "reporting.not_agreed"
    message = _("Chưa có xác nhận đã che thông tin cá nhân, nên chưa công khai.")
    next_step = _("Đọc lại bản công khai, che thông tin cá nhân, rồi đánh dấu xác nhận.")


class AlreadyRated(Refusal):
    code = "reporting.already_rated"
    message = _("Bạn đã đánh giá câu trả lời này rồi, hoặc chưa có câu trả lời.")
    next_step = _("Nếu còn ý kiến, hãy gửi phản ánh mới.")
