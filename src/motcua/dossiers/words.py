"""Names of states, verbs and letters as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import State

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

VERBS = {
    "submit": _("Nộp hồ sơ"),
    "receive": _("Tiếp nhận"),
    "ask_at_door": _("Yêu cầu bổ sung"),
    "refuse": _("Từ chối tiếp nhận"),
    "answer": _("Nộp bổ sung"),
    "transfer": _("Chuyển xử lý"),
    "take": _("Nhận việc"),
    "assign": _("Giao việc"),
    "advance": _("Xong bước này"),
    "ask_supplement": _("Yêu cầu bổ sung"),
    "ask_payment": _("Yêu cầu nộp tiền"),
    "confirm_payment": _("Xác nhận đã nộp tiền"),
    "extend": _("Xin lỗi và hẹn lại"),
    "forward": _("Chuyển cơ quan khác"),
    "draft_result": _("Trình kết quả"),
    "send_back": _("Trả lại để sửa"),
    "approve": _("Ký kết quả"),
    "take_over_result": _("Nhận kết quả từ hệ thống chủ quản"),
    "hand_over": _("Trả kết quả"),
    "record_cash": _("Thu tiền"),
    "record_refund": _("Hoàn tiền"),
    "rate": _("Đánh giá"),
    "withdraw": _("Rút hồ sơ"),
    "stop": _("Dừng giải quyết"),
}


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return str(STATES[State(state)])


def verb_name(verb: str) -> str:
    """The verb as it stands on a button."""
    return str(VERBS[verb])
