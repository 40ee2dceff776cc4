"""Words of the portal: codes of packs and rooms as citizens read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules import State

PAPER_TYPES = {
    "original": _("Bản chính"),
    "certified_copy": _("Bản sao có chứng thực"),
    "copy": _("Bản chụp"),
    "present_only": _("Chỉ cho xem bản chính, không phải nộp"),
    "electronic": _("Bản điện tử"),
}
APPLICANTS = {
    "cong_dan_viet_nam": _("Công dân Việt Nam"),
    "nguoi_viet_nam_dinh_cu_o_nuoc_ngoai": _("Người Việt Nam định cư ở nước ngoài"),
    "nguoi_nuoc_ngoai": _("Người nước ngoài"),
    "doanh_nghiep": _("Doanh nghiệp"),
    "to_chuc": _("Tổ chức"),
    "ho_kinh_doanh": _("Hộ kinh doanh"),
    "hop_tac_xa": _("Hợp tác xã"),
}
LEVELS = {
    "commune": _("Cấp xã"),
    "province": _("Cấp tỉnh"),
    "both": _("Cấp xã hoặc cấp tỉnh"),
    "ministry": _("Bộ, ngành"),
    "district-before-2025": _("Cấp huyện (trước 01/07/2025)"),
}
STAGES = {
    "applicant": _("Bạn"),
    "reception": _("Bộ phận một cửa"),
    "processing": _("Cơ quan giải quyết"),
    "signing": _("Người có thẩm quyền ký"),
    "external": _("Cơ quan phối hợp"),
}
MONEY = {"fee": _("Phí"), "duty": _("Lệ phí")}
PER = {
    "dossier": _("một hồ sơ"),
    "copy": _("một bản"),
    "page": _("một trang"),
    "item": _("một mục"),
    "person": _("một người"),
}
CHANNELS = {
    "online": _("Trực tuyến"),
    "in_person": _("Trực tiếp"),
    "post": _("Qua bưu điện"),
    "phone": _("Qua điện thoại"),
}
ORIGINS = {
    "uploaded": _("Bạn tải lên"),
    "checked": _("Đã kiểm tra trong một hồ sơ"),
    "result": _("Kết quả giải quyết"),
}
# The digitisation state of a paper, as the one-stop counts it.
DIGITISED = {
    "0": _("chưa số hóa"),
    "1": _("đã số hóa"),
    "2": _("dùng lại giấy của hồ sơ khác"),
    "3": _("dùng lại kết quả đã có"),
}
SAID = {
    "given": _("Đang dùng lại"),
    "refused": _("Bạn tự nộp"),
    "withdrawn": _("Đã rút lại"),
}
CHANNELS_SAID = {"online": _("trên cổng"), "api": _("qua ứng dụng")}
LAW_NOTES = {
    "changed": _("Quy định thay đổi"),
    "suspended": _("Quy định đang tạm ngưng áp dụng"),
    "expiring": _("Quy định sắp hết hiệu lực"),
    "replaced": _("Quy định đã được thay thế"),
}
# What an unverified mark is about, by the first part of its path.
DOUBTS = {
    "steps.time_share": _("Thời gian của từng bước"),
    "steps.role": _("Người làm từng bước"),
    "steps.action_vi": _("Lời mô tả từng bước"),
    "steps": _("Các bước"),
    "online_level": _("Mức độ trực tuyến"),
    "fees.money": _("Cách gọi phí, lệ phí"),
    "fees": _("Mức phí, lệ phí"),
    "common_mistakes": _("Những chỗ hay sai"),
    "owner": _("Hệ thống cấp kết quả"),
    "time_limit": _("Thời hạn giải quyết"),
    "required_documents": _("Giấy tờ cần nộp"),
    "result": _("Kết quả"),
    "channels": _("Cách nộp"),
    "legal_basis": _("Căn cứ pháp luật"),
    "name_vi": _("Tên thủ tục"),
    "responsible_agency_type": _("Cơ quan giải quyết"),
    "related_codes": _("Thủ tục liên quan"),
    "level": _("Cấp giải quyết"),
    "notes": _("Ghi chú"),
}
EVENT_ICONS = {
    "sinh-con": "people",
    "ket-hon": "star",
    "nguoi-than-mat": "sun",
    "chuyen-nha": "home",
    "mua-ban-nha-dat": "key",
    "xay-nha": "building",
    "mo-quan-an": "inbox",
    "mat-giay-to": "card",
    "mat-so-do": "file",
    "con-di-hoc": "edit",
    "tuoi-gia": "person",
    "gia-dinh-kho-khan": "shield",
}
FRONT_EVENTS = tuple(EVENT_ICONS)
TONES = {
    State.DRAFT: "rest",
    State.SUBMITTED: "",
    State.DOOR_SUPPLEMENT: "warn",
    State.SUPPLEMENT: "warn",
    State.AWAITING_PAYMENT: "warn",
    State.RECEIVED: "",
    State.IN_PROCESS: "",
    State.RESULT_DRAFTED: "",
    State.RESULT_READY: "good",
    State.RETURNED: "good",
    State.REFUSED: "wrong",
    State.WITHDRAWN: "rest",
    State.STOPPED: "wrong",
}
# What became of the work of another agency; {name} is what it was asked.
TASK_ENDS = {
    "done": _("Đã xong: {name}"),
    "declined": _("Không làm được: {name}"),
    "recalled": _("Đã thu hồi: {name}"),
    "ended": _("Không phải làm nữa: {name}"),
}
HAPPENED = {
    "started": _("Bạn bắt đầu khai"),
    "submitted": _("Đã nộp hồ sơ"),
    "received": _("Bộ phận một cửa đã tiếp nhận"),
    "resolved_granted": _("Đã có kết quả"),
    "resolved_denied": _("Đã có kết quả: không đồng ý"),
    "returned": _("Đã trả kết quả"),
    "refused": _("Không được tiếp nhận"),
    "withdrawn": _("Bạn đã rút hồ sơ"),
    "stopped": _("Cơ quan đã dừng giải quyết"),
    "supplement-request": _("Cơ quan yêu cầu bổ sung"),
    "apology": _("Xin lỗi và hẹn lại ngày trả"),
    "denial": _("Thông báo không đồng ý"),
    "payment-request": _("Cơ quan yêu cầu nộp tiền"),
    "answered": _("Bạn đã trả lời yêu cầu"),
    "step_done": _("Xong một bước"),
    "passed_on": _("Bộ máy được sắp xếp lại: cơ quan kế thừa nhận hồ sơ. Mã hồ sơ và ngày hẹn giữ nguyên"),
    "passed_back": _("Hồ sơ trở về cơ quan trước. Mã hồ sơ và ngày hẹn giữ nguyên"),
}
# Kinds of letters that are between officers and no business of the page.
INNER_LETTERS = frozenset({"remark"})
LETTERS = {
    "receipt": _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "supplement-request": _("Phiếu yêu cầu bổ sung hồ sơ"),
    "refusal": _("Phiếu từ chối tiếp nhận hồ sơ"),
    "apology": _("Thư xin lỗi và hẹn lại"),
    "stop-notice": _("Thông báo dừng giải quyết hồ sơ"),
    "denial": _("Thông báo kết quả: không đồng ý"),
    "payment-request": _("Thông báo nộp tiền"),
}
NOTICES = {
    "helpline.answered": _("Cán bộ tổng đài đã trả lời bạn trong cuộc trò chuyện với trợ lý."),
    "dossier.submit": _("Hồ sơ đã được nộp và đang chờ tiếp nhận."),
    "dossier.receive": _("Hồ sơ đã được tiếp nhận."),
    "dossier.ask_at_door": _("Bạn cần bổ sung thì hồ sơ mới được tiếp nhận."),
    "dossier.refuse": _("Hồ sơ không được tiếp nhận. Mở ra để xem lý do."),
    "dossier.ask_supplement": _("Bạn cần bổ sung giấy tờ cho hồ sơ."),
    "dossier.ask_payment": _("Bạn cần nộp tiền để hồ sơ được giải quyết tiếp."),
    "dossier.extend": _("Cơ quan xin lỗi và hẹn lại ngày trả kết quả."),
    "dossier.due_moved_calendar": _(
        "Ngày hẹn trả được tính lại vì lịch làm việc đã đổi. Mở ra để xem ngày mới."
    ),
    "dossier.due_moved_version": _("Ngày hẹn trả đã đổi vì hồ sơ chuyển sang phiên bản mới của thủ tục."),
    "dossier.approve": _("Kết quả đã được ký."),
    "dossier.seal": _("Kết quả đã được ký số và đóng dấu."),
    "dossier.take_over_result": _("Kết quả đã có."),
    "dossier.hand_over": _("Kết quả đã được trả."),
    "dossier.withdraw": _("Hồ sơ đã được rút."),
    "dossier.stop": _("Cơ quan đã dừng giải quyết hồ sơ. Mở ra để xem lý do."),
    "data_request.answered": _("Yêu cầu về dữ liệu của bạn đã được trả lời. Mở trang “Dữ liệu của tôi”."),
    "task.late": _("Cơ quan được giao việc đã quá hạn trả lời."),
    "dossier.passed_on": _(
        "Bộ máy được sắp xếp lại: cơ quan kế thừa giải quyết tiếp hồ sơ của bạn. Mã hồ sơ và ngày hẹn giữ nguyên."
    ),
    "result.withdrawn": _("Kết quả đã cấp bị thu hồi. Mở ra để xem quyết định."),
    "result.replaced": _("Kết quả đã cấp được thay bằng bản khác. Mở ra để xem quyết định."),
    "result.reinstated": _("Kết quả đã cấp được khôi phục hiệu lực."),
    "certificate.key": _(
        "Đã đối chiếu giấy tờ của bạn. Hãy tạo khóa trên máy của bạn rồi gửi yêu cầu cấp chứng thư."
    ),
    "certificate.activation": _("Nơi cấp chờ bạn kích hoạt chữ ký số trên điện thoại."),
    "certificate.failed": _("Nơi cấp chứng thư số chưa làm được việc bạn yêu cầu. Mở ra để xem."),
    "certificate.renewed": _("Chứng thư số của bạn đã được gia hạn."),
    "certificate.revoked": _("Chứng thư số của bạn đã bị thu hồi."),
    "dossier.passed_back": _("Hồ sơ của bạn trở về cơ quan trước. Mã hồ sơ và ngày hẹn giữ nguyên."),
}
# The wording to which somebody consents who is helped. The key is kept with the dossier (dossiers.actions.helping).
CONSENT_TEXTS = {
    "assisted-filing-2026-11": _(
        "Tôi đồng ý để người giúp khai và nộp hồ sơ này thay tôi. Tôi đã được nghe đọc lại nội dung khai. "
        "Sau khi nộp, người giúp không xem được hồ sơ nữa."
    ),
}


def say(words: dict[str, Any], code: str) -> str:
    """The words for a code; the code itself where nobody has written any."""
    return str(words.get(code, code))


def tone(state: str) -> str:
    """The tone of a state's tag."""
    return TONES[State(state)]


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return dossiers.state_name(state)


def doubt(mark: str) -> str:
    """What an unverified mark is about, with the pack's own remark behind it."""
    path, _colon, remark = mark.partition(":")
    path = path.strip()
    while path and path not in DOUBTS:
        path = path.rpartition(".")[0]
    about = str(DOUBTS.get(path, _("Điểm khác")))
    return f"{about}: {remark.strip()}" if remark.strip() else about


WEEKDAY_SHORT = (
    _("thứ Hai"),
    _("thứ Ba"),
    _("thứ Tư"),
    _("thứ Năm"),
    _("thứ Sáu"),
    _("thứ Bảy"),
    _("Chủ nhật"),
)
