"""Words of the assistant's page, beside those that the packs hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# beginning of a path in a procedure -> (the section of its page, what the section is about)
SECTIONS = {
    "required_documents": ("papers", _("giấy tờ cần nộp")),
    "papers": ("papers", _("giấy tờ cần nộp")),
    "time_limit": ("how-long", _("thời hạn")),
    "fees": ("how-much", _("phí, lệ phí")),
    "channels": ("where", _("nơi nộp")),
    "doors": ("where", _("nơi nộp")),
    "competent": ("where", _("nơi nộp")),
    "agency": ("where", _("nơi nộp")),
    "steps": ("then", _("các bước")),
    "common_mistakes": ("mistakes", _("chỗ hay sai")),
    "legal_basis": ("law", _("căn cứ pháp luật")),
}
# what a sentence is about -> the heading over such sentences in a long answer
HEADINGS = {
    "case": _("Trường hợp của bạn"),
    "choice": _("Trường hợp của bạn"),
    "paper": _("Giấy tờ"),
    "held": _("Giấy tờ"),
    "fee": _("Phí, lệ phí"),
    "limit": _("Thời hạn"),
    "due": _("Thời hạn"),
    "where": _("Nơi nộp"),
    "step": _("Các bước"),
    "result": _("Kết quả"),
    "eligibility": _("Ai làm được"),
    "law": _("Quy định, căn cứ"),
    "note": _("Lưu ý"),
}
SOURCES = {
    "agency": _("thông tin của cơ quan"),
    "pack": _("quy định đã công bố"),
    "calendar": _("lịch làm việc"),
    "dossier": _("hồ sơ của bạn"),
}
WHYS = {
    "wrong_procedure": _("Không đúng thủ tục tôi hỏi"),
    "not_understood": _("Không hiểu câu hỏi"),
    "incomplete": _("Còn thiếu"),
    "out_of_date": _("Sai hoặc đã cũ"),
    "other": _("Lý do khác"),
}
EXAMPLES = (  # asked as they are: it understands Vietnamese
    gettext_noop("Làm giấy khai sinh cần gì?"),
    gettext_noop("Mất sổ đỏ thì làm thế nào?"),
    gettext_noop("Mở quán ăn phải đăng ký ở đâu?"),
)
