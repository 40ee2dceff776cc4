"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class RequestNotFound(NotFound):
    code = "privacy.not_found"
    message = _("Không tìm thấy yêu cầu này.")
    next_step = _("Mở lại danh sách yêu cầu.")


class LookNotFound(NotFound):
    code = "privacy.look_not_found"
    message = _("Không tìm thấy lần xem này trong nhật ký về dữ liệu của bạn.")
    next_step = _("Mở lại trang dữ liệu của bạn rồi chọn lần xem.")


class TextNeeded(Invalid):
    code = "privacy.text_needed"
    message = _("Chưa viết nội dung, hoặc nội dung quá ngắn hay quá dài.")
    next_step = _("Viết rõ điều bạn muốn trong vài câu.")


class TooManyOpen(Refusal):
    code, status = "privacy.too_many_open", 409
    message = _("Bạn đang có {most} yêu cầu chưa được trả lời.")
    next_step = _("Chờ trả lời rồi gửi tiếp.")


class NotYoursToAnswer(Forbidden):
    code = "privacy.not_yours_to_answer"
    message = _("Yêu cầu này do bạn gửi, hoặc khiếu nại chính lần xem của bạn.")
    next_step = _("Người khác ở cơ quan trả lời.")


class AlreadyAnswered(Conflict):
    code = "privacy.already_answered"
    message = _("Yêu cầu này đã được trả lời.")
    next_step = _("Tải lại trang để xem câu trả lời.")
