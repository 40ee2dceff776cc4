"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Invalid, NotFound, Refusal


class ConversationNotFound(NotFound):
    code = "assistant.conversation_not_found"
    message = _("Không tìm thấy cuộc trò chuyện này, hoặc nó đã được xóa.")
    next_step = _("Bắt đầu một cuộc trò chuyện mới.")


class TurnNotFound(NotFound):
    code = "assistant.turn_not_found"
    message = _("Không tìm thấy câu trả lời này trong cuộc trò chuyện.")
    next_step = _("Tải lại trang để xem các câu trả lời hiện có.")


class QuestionEmpty(Invalid):
    code = "assistant.question_empty"
    message = _("Bạn chưa viết câu hỏi.")
    next_step = _("Viết việc bạn cần làm bằng vài từ, ví dụ “làm giấy khai sinh”, rồi gửi.")


class TooManyTurns(Refusal):
    code, status = "assistant.too_many_turns", 409
    message = _("Cuộc trò chuyện này đã dài {most} lượt.")
    next_step = _("Bắt đầu một cuộc trò chuyện mới.")


class ConversationOver(Refusal):
    code, status = "assistant.conversation_over", 409
    message = _("Cuộc trò chuyện này đã kết thúc.")
    next_step = _("Bắt đầu một cuộc trò chuyện mới.")


class MoveNotPossible(Refusal):
    code, status = "assistant.move_not_possible", 409
    message = _("Việc này chưa làm được ở bước hiện tại của cuộc trò chuyện.")
    next_step = _("Tải lại trang để xem cuộc trò chuyện đang ở bước nào.")


class AgreementNeeded(Invalid):
    code = "assistant.agreement_needed"
    message = _("Bạn chưa đồng ý cho cán bộ đọc cuộc trò chuyện này.")
    next_step = _("Đánh dấu đồng ý rồi gửi lại; hoặc gọi số ở cuối trang.")


class NothingToOpen(Refusal):
    code, status = "assistant.nothing_to_open", 409
    message = _("Cuộc trò chuyện này chưa dẫn đến tờ khai nào nộp được tại đây.")
    next_step = _("Hỏi rõ việc bạn cần làm, hoặc tìm thủ tục từ trang đầu.")


class RatingUnknown(Invalid):
    code = "assistant.rating_unknown"
    message = _("Không rõ câu trả lời hữu ích hay không.")
    next_step = _("Chọn “Hữu ích” hoặc “Không hữu ích”.")
