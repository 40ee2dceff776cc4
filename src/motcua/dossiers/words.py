"""Names of states, verbs and letters as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.dossiers.rules import State

# why somebody who leads, and has no other part in the case, looks at names: the person can read it in the access log
PURPOSES = {
    "overdue": _("Đôn đốc hồ sơ chậm"),
    "assignment": _("Phân công, điều hành xử lý"),
    "complaint": _("Trả lời phản ánh, kiến nghị"),
    "inspection": _("Kiểm tra, thanh tra"),
}

STATES = {
    State.DRAFT: _("Bản nháp, chưa nộp"),
    State.SUBMITTED: _("Đã nộp, chờ tiếp nhận"),
    State.DOOR_SUPPLEMENT: _("Chờ bạn bổ sung trước khi tiếp nhận"),
    State.REFUSED: _("Không được tiếp nhận"),
    State.RECEIVED: _("Đã tiếp nhận"),
    State.IN_PROCESS: _("Đang giải quyết"),
    State.SUPPLEMENT: _("Chờ bổ sung giấy tờ"),
    State.AWAITING_PAYMENT: _("Chờ nộp phí, lệ phí"),
    State.RESULT_DRAFTED: _("Đã trình ký kết quả"),
    State.RESULT_READY: _("Đã có kết quả, chờ trả"),
    State.RETURNED: _("Đã trả kết quả"),
    State.WITHDRAWN: _("Đã rút hồ sơ"),
    State.STOPPED: _("Đã dừng giải quyết"),
}

# What stands on a button: in a context of its own, for elsewhere the same words name a list or a role.
VERBS = {
    "submit": pgettext_lazy("việc", "Nộp hồ sơ"),
    "discard": pgettext_lazy("việc", "Xóa bản nháp"),
    "receive": pgettext_lazy("việc", "Tiếp nhận"),
    "ask_at_door": pgettext_lazy("việc", "Yêu cầu bổ sung"),
    "refuse": pgettext_lazy("việc", "Từ chối tiếp nhận"),
    "answer": pgettext_lazy("việc", "Nộp bổ sung"),
    "transfer": pgettext_lazy("việc", "Chuyển xử lý"),
    "take": pgettext_lazy("việc", "Nhận việc"),
    "assign": pgettext_lazy("việc", "Giao việc"),
    "advance": pgettext_lazy("việc", "Xong bước này"),
    "ask_supplement": pgettext_lazy("việc", "Yêu cầu bổ sung"),
    "ask_payment": pgettext_lazy("việc", "Yêu cầu nộp tiền"),
    "confirm_payment": pgettext_lazy("việc", "Xác nhận đã nộp tiền"),
    "extend": pgettext_lazy("việc", "Xin lỗi và hẹn lại"),
    "forward": pgettext_lazy("việc", "Chuyển cơ quan khác"),
    "draft_result": pgettext_lazy("việc", "Trình kết quả"),
    "send_back": pgettext_lazy("việc", "Trả lại để sửa"),
    "sign": pgettext_lazy("việc", "Ký số kết quả"),
    "approve": pgettext_lazy("việc", "Ký kết quả"),
    "seal": pgettext_lazy("việc", "Cấp số, đóng dấu"),
    "take_over_result": pgettext_lazy("việc", "Nhận kết quả từ hệ thống chủ quản"),
    "hand_over": pgettext_lazy("việc", "Trả kết quả"),
    "record_cash": pgettext_lazy("việc", "Thu tiền"),
    "record_refund": pgettext_lazy("việc", "Hoàn tiền"),
    "rate": pgettext_lazy("việc", "Đánh giá"),
    "withdraw": pgettext_lazy("việc", "Rút hồ sơ"),
    "stop": pgettext_lazy("việc", "Dừng giải quyết"),
    "change_version": pgettext_lazy("việc", "Chuyển sang phiên bản mới"),
}


CONSENTS = {
    "known": _("Bằng mã gửi đến số điện thoại đã biết của người nộp ({phone})"),
    "typed": _("Bằng mã gửi đến số điện thoại do người giúp nhập ({phone})"),
    "slip": _("Bằng phiếu đồng ý có chữ ký"),
}


UNVERIFIED = pgettext_lazy("căn cứ", "chưa kiểm chứng")  # beside a ground that the pack is not sure of

# why a received dossier stays on the version of its reception
NO_NEWER = _("chưa có phiên bản mới hơn của thủ tục.")
NO_CLAUSE = _("phiên bản mới không có điều khoản chuyển tiếp cho phép chuyển hồ sơ đang giải quyết.")


def consent_told(how: str, phone: str) -> str:
    """How somebody agreed to be helped, in the reader's language; `phone` is only the end of the number."""
    return str(CONSENTS[how]).format(phone=phone)


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return str(STATES[State(state)])


def verb_name(verb: str) -> str:
    """The verb as it stands on a button."""
    return str(VERBS[verb])
