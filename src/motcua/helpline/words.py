"""Words of this room's pages, and the words to which somebody agrees."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.helpline.rules import FIELDS, Outcome, Reason, Resolved

# version -> what she agrees to. A changed sentence is a new version; the words she read are kept beside her answer.
AGREEMENTS = {
    "2026-11": _(
        "Tôi đồng ý cho cán bộ tổng đài đọc cuộc trò chuyện hiện ở trên, đã bỏ tên và số giấy tờ, để trả lời tôi. "
        "Tôi xóa được cuộc trò chuyện bất cứ lúc nào."
    )
}
AGREEMENT = "2026-11"
ASSISTANT_PAGE = "assistant"  # the agreement of the assistant's own form, when no page of ours was opened
ASSISTANT_AGREEMENT = _("Tôi đồng ý cho cán bộ đọc cuộc trò chuyện này để trả lời.")

REASONS = {
    Reason.ASKED: _("Muốn gặp người"),
    Reason.UNSURE: _("Trợ lý chưa trả lời được"),
    Reason.UNHAPPY: _("Chê câu trả lời của trợ lý"),
}
OUTCOMES = {
    Outcome.ANSWERED: _("Đã trả lời"),
    Outcome.SENT_ON: _("Đã hướng dẫn nơi khác giải quyết"),
    Outcome.UNREACHABLE: _("Người hỏi không còn trả lời"),
    Outcome.WITHDRAWN: _("Người hỏi đã rút"),
}
RESOLVED = {
    Resolved.YES: _("Đã giải quyết"),
    Resolved.NO: _("Chưa giải quyết được"),
    Resolved.HANDED: _("Chuyển nơi khác hoặc nộp giúp"),
}
CHANNELS = {
    "web": _("Trang web"),
    "api": _("Chương trình khác"),
    "helpline": _("Điện thoại"),
    "chat": _("Nhắn tin"),
}
FIELD_WORDS = dict(
    zip(
        FIELDS,
        (
            _("giấy tờ cần nộp"),
            _("thời hạn"),
            _("phí, lệ phí"),
            _("nơi nộp"),
            _("các bước"),
            _("kết quả"),
            _("điều kiện"),
            _("căn cứ pháp luật"),
        ),
        strict=True,
    )
)
CARD = {
    "papers": _("Giấy tờ"),
    "fee": _("Phí, lệ phí"),
    "time": _("Thời hạn"),
    "where": _("Nơi nộp"),
    "more": _("Còn lưu ý"),
}
