"""The words of the room: states and reasons."""

from django.utils.translation import gettext_lazy as _

from motcua.standing.rules import Kind, Reason

KINDS = {
    Kind.WITHDRAWN: _("Đã thu hồi"),
    Kind.REPLACED: _("Đã được thay thế"),
    Kind.REINSTATED: _("Đã khôi phục hiệu lực"),
}
VERBS = {
    Kind.WITHDRAWN: _("Thu hồi kết quả"),
    Kind.REPLACED: _("Thay bằng kết quả khác"),
    Kind.REINSTATED: _("Khôi phục hiệu lực"),
}
REASONS = {
    Reason.MISTAKE: _("Có sai sót khi cấp"),
    Reason.UNLAWFUL: _("Cấp không đúng quy định"),
    Reason.FALSE_PAPERS: _("Giấy tờ dùng để cấp không đúng sự thật"),
    Reason.CHANGED: _("Nội dung thay đổi, cấp bản mới"),
    Reason.REQUESTED: _("Theo đề nghị của người được cấp"),
    Reason.APPEAL: _("Theo kết quả giải quyết khiếu nại hoặc bản án"),
}
