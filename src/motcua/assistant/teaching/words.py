"""Words of the editors' pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.assistant.rules import teaching

TROUBLES = {
    "asked_back": _("Hỏi lại người dân"),
    "refused": _("Từ chối trả lời"),
    "handed_over": _("Chuyển cho cán bộ"),
    "not_useful": _("Bị chê là không hữu ích"),
}
BEHAVIOURS = {
    "answer": _("trả lời"),
    "ask_back": _("hỏi lại"),
    "hand_over": _("chuyển cán bộ"),
    "small_talk": _("chào hỏi"),
    "my_dossiers": _("hồ sơ của người hỏi"),
    "refuse_personal_data": _("từ chối: dữ liệu của người khác"),
    "resist_injection": _("từ chối: câu lệnh lạ"),
    "stay_polite": _("từ chối: lời xúc phạm"),
    "decline_redirect": _("từ chối: ngoài phạm vi"),
    "refuse_illegal": _("từ chối: việc trái pháp luật"),
    "no_decision": _("từ chối: không hứa thay cơ quan"),
}
CHANNELS = {
    "web": _("trang web"),
    "api": _("ứng dụng khác"),
    "helpline": _("tổng đài"),
    "chat": _("kênh nhắn tin"),
}
WHYS_ASIDE = {
    "not_ours": _("Không phải việc của cơ quan nhà nước"),
    "known": _("Đã trả lời đúng, không cần sửa"),
    "unclear": _("Không rõ người hỏi muốn gì"),
    "other": _("Lý do khác (ghi bên dưới)"),
}
STATES = {
    teaching.State.OPEN: _("Đang soạn"),
    teaching.State.OFFERED: _("Chờ người thứ hai công bố"),
    teaching.State.PUBLISHED: _("Đã công bố"),
    teaching.State.DISCARDED: _("Đã bỏ"),
}
HOWS = {
    "opened": _("Phải từ chối mà nay trả lời"),
    "silenced": _("Trả lời được mà nay bị từ chối"),
    "worse": _("Trở nên sai"),
    "better": _("Trở nên đúng"),
    "other": _("Trả lời khác đi, không đúng hơn cũng không sai hơn"),
}
COSTS = {
    "hit1": _("tỷ lệ tìm đúng ngay giảm quá 1 điểm phần trăm"),
    "opened": _("có câu phải từ chối mà nay trả lời"),
    "silenced": _("quá nửa phần trăm số câu trả lời được mà nay bị từ chối"),
    "confident": _("câu sai mà quả quyết tăng quá nửa điểm phần trăm"),
}
FIGURES = {
    "hit@1": _("Tìm đúng ngay thủ tục đầu tiên"),
    "hit@3": _("Đúng trong ba thủ tục đầu"),
    "answered": _("Trả lời"),
    "asked_back": _("Hỏi lại"),
    "refused": _("Từ chối"),
    "handed_over": _("Chuyển cán bộ"),
    "wrong_but_confident": _("Sai mà quả quyết"),
    "out_of_scope_handled": _("Ngoài phạm vi, xử lý đúng"),
    "behaviour_as_expected": _("Đúng cách xử sự mong đợi"),
}
FEWER_IS_BETTER = ("wrong_but_confident",)
INTENTS = {
    "documents": _("giấy tờ cần nộp"),
    "time_limit": _("bao lâu xong"),
    "fee": _("phí, lệ phí"),
    "where_to_submit": _("nộp ở đâu"),
    "steps": _("các bước"),
    "eligibility": _("tôi có làm được không"),
    "which_procedure": _("cần thủ tục nào"),
    "status": _("hồ sơ của tôi đến đâu"),
    "complaint": _("phản ánh, khiếu nại"),
    "small_talk": _("chào hỏi"),
    "person": _("muốn gặp người"),
}
LIMITS = {
    "refuse_personal_data": _("Hỏi dữ liệu của người khác"),
    "resist_injection": _("Ra lệnh cho máy"),
    "stay_polite": _("Lời xúc phạm"),
    "decline_redirect": _("Ngoài phạm vi"),
    "refuse_illegal": _("Việc trái pháp luật"),
    "no_decision": _("Đòi máy quyết định, hứa kết quả"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of entry: its name on a button, and what it does in one sentence."""

    name: Any
    lead: Any


KINDS = {
    "asked": Kind(
        _("Người dân hỏi thủ tục như thế này"),
        _("Những câu này dẫn đến một thủ tục; trợ lý học cả những câu gần giống."),
    ),
    "answers": Kind(
        _("Câu hỏi – câu trả lời"),
        _("Khi câu hỏi có những từ này, trợ lý nói đúng câu trả lời bạn ghi, kèm nguồn."),
    ),
    "words": Kind(_("Từ đời thường"), _("Từ người dân nói và từ mà giấy tờ dùng.")),
    "short": Kind(_("Từ viết tắt"), _("Được đọc thành từ đầy đủ trong mọi câu hỏi.")),
    "old_terms": Kind(_("Từ của quy định cũ"), _("Trợ lý nói quy định nay thế nào khi gặp từ này.")),
    "cases": Kind(
        _("Từ cho biết trường hợp"), _("Từ trả lời sẵn một câu của tờ khai, để không phải hỏi lại.")
    ),
    "intents": Kind(_("Từ cho biết muốn hỏi gì"), _("Giấy tờ, phí, thời hạn, nơi nộp…")),
    "limits": Kind(
        _("Từ phải từ chối"),
        _("Câu có những từ này bị từ chối, trừ khi rõ là việc khác. Từ ngắn dễ từ chối nhầm: xem so sánh."),
    ),
}
