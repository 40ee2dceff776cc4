"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class NobodyAnswers(Refusal):
    code, status = "helpline.nobody_answers", 409
    message = _("Ở đây chưa có tổng đài viên nào được cử để trả lời.")
    next_step = _("Gọi số ở cuối trang, hoặc đến bộ phận một cửa.")


class HandoverNotFound(NotFound):
    code = "helpline.handover_not_found"
    message = _("Không tìm thấy yêu cầu này, hoặc cuộc trò chuyện đã được xóa.")
    next_step = _("Mở lại danh sách yêu cầu đang chờ.")


class TakenByAnother(Conflict):
    code = "helpline.taken_by_another"
    message = _("Người khác vừa nhận yêu cầu này.")
    next_step = _("Mở lại danh sách và nhận yêu cầu khác.")


class NotTakenByYou(Forbidden):
    code = "helpline.not_taken_by_you"
    message = _("Bạn chưa nhận yêu cầu này.")
    next_step = _("Nhận yêu cầu ở danh sách đang chờ rồi mới xem và trả lời.")


class HandoverOver(Conflict):
    code = "helpline.handover_over"
    message = _("Yêu cầu này đã kết thúc.")
    next_step = _("Mở lại danh sách yêu cầu đang chờ.")


class AnswerEmpty(Invalid):
    code = "helpline.answer_empty"
    message = _("Câu trả lời trống hoặc dài hơn {most} ký tự.")
    next_step = _("Viết câu trả lời, chia thành nhiều lần nếu dài, rồi gửi lại.")


class ClosingWrong(Invalid):
    code = "helpline.closing_wrong"
    message = _("Chưa kết thúc được yêu cầu này.")
    next_step = _("Sửa mục được nêu rồi gửi lại.")


class ProposalNotFound(NotFound):
    code = "helpline.proposal_not_found"
    message = _("Không tìm thấy câu trả lời được đề xuất này.")
    next_step = _("Mở lại danh sách đề xuất.")


class ProposalSettled(Conflict):
    code = "helpline.proposal_settled"
    message = _("Đề xuất này đã được người khác quyết định.")
    next_step = _("Mở lại danh sách đề xuất.")


class VerdictWrong(Invalid):
    code = "helpline.verdict_wrong"
    message = _("Chưa rõ nhận hay không nhận đề xuất, hoặc thiếu lý do không nhận.")
    next_step = _("Chọn nhận hoặc không nhận; không nhận thì ghi lý do.")


class CallWrong(Invalid):
    code = "helpline.call_wrong"
    message = _("Chưa ghi được cuộc gọi.")
    next_step = _("Chọn đã giải quyết hay chưa rồi ghi lại.")


class ChannelClosed(NotFound):
    code = "helpline.channel_closed"
    message = _("Kênh này chưa được bật.")
    next_step = _("Người vận hành đặt các giá trị của kênh theo trang cài đặt.")


class NotFromChannel(Forbidden):
    code = "helpline.not_from_channel"
    message = _("Tin này không mang chữ ký đúng của kênh, hoặc đã quá cũ.")
    next_step = _("Kiểm tra khóa bí mật của kênh ở hai bên và giờ của máy chủ.")
