"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class TaskNotFound(NotFound):
    code = "cooperation.not_found"
    message = _("Không tìm thấy việc phối hợp này, hoặc cơ quan bạn không được giao.")
    next_step = _("Mở lại danh sách “Phối hợp, lấy ý kiến” để xem các việc của cơ quan bạn.")


class TaskMoveNotAllowed(Refusal):
    code, status = "cooperation.move_not_allowed", 409
    message = _("Việc này đang ở trạng thái “{state}” nên chưa làm được.")
    next_step = _("Tải lại trang để xem những gì làm được lúc này.")


class TaskNotYours(Forbidden):
    code = "cooperation.not_yours"
    message = _("Việc này do cơ quan khác làm.")
    next_step = _("Hỏi người phụ trách nếu cơ quan bạn được giao việc này.")


class TaskChangedMeanwhile(Conflict):
    code = "cooperation.changed_meanwhile"
    message = _("Việc này vừa được người khác cập nhật trong lúc bạn đang làm.")
    next_step = _("Tải lại trang để xem thay đổi rồi làm tiếp; chưa có gì bị ghi đè.")


class NothingAnswered(Invalid):
    code = "cooperation.nothing_answered"
    message = _("Câu trả lời chưa có nội dung, số văn bản hay tệp nào.")
    next_step = _("Ghi ý kiến hoặc kết quả, số văn bản, hoặc kèm tệp rồi gửi lại.")


class QuestionNeeded(Invalid):
    code = "cooperation.question_needed"
    message = _("Nội dung lấy ý kiến còn thiếu hoặc quá ngắn.")
    next_step = _("Ghi rõ cần cơ quan đó cho ý kiến về việc gì.")


class WhyNeeded(Invalid):
    code = "cooperation.why_needed"
    message = _("Chưa nêu lý do, hoặc lý do quá ngắn.")
    next_step = _("Ghi lý do thành một câu để cơ quan kia và người dân hiểu.")


class AnswerDayWrong(Invalid):
    code = "cooperation.answer_day_wrong"
    message = _("Ngày trả lời phải là ngày làm việc chưa qua và không sau ngày hẹn trả {due}.")
    next_step = _("Chọn một ngày sớm hơn ngày hẹn trả; nếu không kịp thì xin lỗi và hẹn lại trước.")


class CannotAskThere(Refusal):
    code, status = "cooperation.cannot_ask_there", 409
    message = _("Không lấy ý kiến của cơ quan này được.")
    next_step = _("Chọn một cơ quan khác đang hoạt động, không phải cơ quan đang giải quyết hồ sơ.")


class NotInProcess(Refusal):
    code, status = "cooperation.not_in_process", 409
    message = _("Chỉ lấy ý kiến khi hồ sơ đang được giải quyết.")
    next_step = _("Mở hồ sơ để xem hồ sơ đang ở bước nào.")


class NoSuchPaper(Refusal):
    code, status = "cooperation.no_such_paper", 409
    message = _("Giấy tờ được chọn không có trong hồ sơ.")
    next_step = _("Chọn lại giấy tờ gửi kèm.")


class TooManyQuestions(Refusal):
    code, status = "cooperation.too_many_questions", 409
    message = _("Hồ sơ đã có {most} việc lấy ý kiến chưa trả lời.")
    next_step = _("Chờ trả lời hoặc thu hồi bớt rồi hỏi tiếp.")


class NobodyThere(Refusal):
    code, status = "cooperation.nobody_there", 409
    message = _("Chưa xác định được cơ quan phối hợp cho việc “{name}” ở nơi này.")
    next_step = _("Báo người quản trị bổ sung cơ quan vào gói dữ liệu rồi chuyển lại hồ sơ.")
