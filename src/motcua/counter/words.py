"""Words of the desk: codes of the rooms below as officers say them. Short: they stand in lists and on buttons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.dossiers.queries import desk_words

STATES = desk_words.STATES
STATE_TONES = {
    "submitted": "", "received": "", "in_process": "", "result_drafted": "", "result_ready": "good",
    "returned": "good", "refused": "wrong", "stopped": "wrong", "withdrawn": "rest", "supplement": "warn",
    "door_supplement": "warn", "awaiting_payment": "warn",
}  # fmt: skip

TO_SEAL = _("Đã ký số, chờ đóng dấu")

TABS: dict[str, Any] = {
    "me": _("Việc của tôi"),
    "reception": _("Một cửa"),
    "clerk": _("Chờ đóng dấu, chờ trả"),
    "process": _("Chờ người nhận xử lý"),
    "sign": _("Chờ ký"),
    "lead": _("Của đơn vị"),
}

# The verb as a button says it, the imperative of one decision.
VERBS: dict[str, Any] = {
    "receive": pgettext_lazy("desk", "Tiếp nhận"),
    "ask_at_door": _("Yêu cầu bổ sung (mẫu 02)"),
    "refuse": _("Từ chối tiếp nhận (mẫu 03)"),
    "transfer": _("Chuyển xử lý"),
    "take": _("Nhận xử lý"),
    "assign": _("Giao cho người khác"),
    "advance": _("Xong bước này"),
    "ask_supplement": _("Yêu cầu bổ sung (mẫu 02)"),
    "answer": _("Nhận giấy tờ bổ sung tại quầy"),
    "ask_payment": _("Yêu cầu nghĩa vụ tài chính"),
    "confirm_payment": _("Xác nhận đã nộp tiền"),
    "extend": _("Xin lỗi và hẹn lại (mẫu 04)"),
    "draft_result": _("Trình ký kết quả"),
    "send_back": _("Trả lại để sửa"),
    "sign": _("Ký số kết quả"),
    "approve": pgettext_lazy("desk", "Ký kết quả"),
    "seal": _("Cấp số, đóng dấu"),
    "take_over_result": _("Nhận kết quả từ hệ thống chủ quản"),
    "hand_over": _("Trả kết quả"),
    "record_cash": _("Thu tiền mặt"),
    "record_refund": _("Hoàn tiền đã thu"),
    "forward": _("Chuyển cơ quan khác giải quyết"),
    "stop": _("Dừng giải quyết (mẫu 05)"),
    "withdraw": _("Rút hồ sơ theo yêu cầu"),
    "change_version": _("Chuyển sang phiên bản mới của thủ tục"),
}

# What was done, for messages and the journal.
DONE: dict[str, Any] = {
    "draft_started": _("Bắt đầu khai"),
    "draft_saved": _("Lưu tờ khai"),
    "agency_chosen": _("Chọn nơi nộp"),
    "help_started": _("Bắt đầu giúp khai"),
    "consent_asked": _("Gửi mã đồng ý"),
    "consented": _("Người được giúp đồng ý"),
    "consent_code_wrong": _("Nhập sai mã đồng ý"),
    "consent_void": _("Người được giúp đã đổi, cần đồng ý lại"),
    "paper_added": pgettext_lazy("journal", "Thêm giấy tờ"),
    "paper_removed": _("Bỏ giấy tờ"),
    "paper_digitised": _("Số hóa giấy tờ"),
    "scan_value_accepted": _("Nhận giá trị từ bản quét vào tờ khai"),
    "submit": _("Đã nộp"),
    "receive": _("Đã tiếp nhận"),
    "ask_at_door": _("Đã yêu cầu bổ sung trước tiếp nhận"),
    "refuse": _("Đã từ chối tiếp nhận"),
    "transfer": _("Đã chuyển xử lý"),
    "take": _("Đã nhận xử lý"),
    "assign": _("Đã giao việc"),
    "advance": _("Đã xong một bước"),
    "ask_supplement": _("Đã yêu cầu bổ sung"),
    "answer": _("Đã nhận bổ sung"),
    "ask_payment": _("Đã yêu cầu nghĩa vụ tài chính"),
    "confirm_payment": _("Đã xác nhận nộp tiền"),
    "extend": _("Đã xin lỗi và hẹn lại"),
    "draft_result": _("Đã trình ký"),
    "send_back": _("Đã trả lại để sửa"),
    "sign": _("Đã ký số kết quả"),
    "approve": _("Đã ký kết quả"),
    "seal": _("Đã cấp số, đóng dấu"),
    "take_over_result": _("Đã nhận kết quả từ hệ thống chủ quản"),
    "hand_over": _("Đã trả kết quả"),
    "cash_taken": _("Đã thu tiền mặt"),
    "refunded": _("Đã hoàn tiền"),
    "record_refund": _("Đã hoàn tiền"),
    "record_cash": _("Đã thu tiền mặt"),
    "forward": _("Đã chuyển cơ quan khác"),
    "passed_on": _("Sắp xếp lại bộ máy: đã chuyển cơ quan kế thừa, ngày hẹn giữ nguyên"),
    "passed_back": _("Hoàn tác sắp xếp bộ máy: đã trở về cơ quan trước"),
    "rate": _("Người nộp đã đánh giá"),
    "withdraw": _("Đã rút hồ sơ"),
    "stop": _("Đã dừng giải quyết"),
    "change_version": _("Đã chuyển sang phiên bản mới của thủ tục"),
    "version_followed": _("Bản nháp theo phiên bản mới của thủ tục"),
    "version_seen": _("Đã xem những điều đã đổi"),
    "task_opened": _("Đã giao việc cho cơ quan phối hợp"),
    "task_consulted": _("Đã lấy ý kiến"),
    "task_taken": _("Cơ quan được giao đã nhận việc"),
    "task_answered": _("Cơ quan được giao đã trả lời"),
    "task_declined": _("Cơ quan được giao đã từ chối"),
    "task_recalled": _("Đã thu hồi việc đã giao"),
    "task_released": _("Việc đã giao trở lại danh sách chung của cơ quan"),
    "task_asked_again": _("Đã giao lại việc"),
    "task_ended": _("Việc đã giao không cần nữa"),
    "task_late": _("Trả lời quá hạn"),
    "task_passed_on": _("Sắp xếp lại bộ máy: việc đã giao chuyển cho cơ quan kế thừa, hạn giữ nguyên"),
    "task_passed_back": _("Hoàn tác sắp xếp bộ máy: việc đã giao trở về cơ quan trước"),
    "result_withdrawn": _("Đã thu hồi kết quả"),
    "result_replaced": _("Đã thay kết quả bằng bản khác"),
    "result_reinstated": _("Đã khôi phục hiệu lực của kết quả"),
    "note_written": _("Đã ghi chú nội bộ"),
    "note_edited": _("Đã sửa ghi chú nội bộ"),
    "note_withdrawn": _("Đã rút ghi chú nội bộ"),
    "label_on": _("Đã gắn nhãn"),
    "label_off": _("Đã gỡ nhãn"),
}

PAPER_FORMS: tuple[tuple[str, Any], ...] = (
    ("original", _("Bản chính")),
    ("certified_copy", _("Bản sao chứng thực")),
    ("copy", _("Bản chụp")),
    ("present_only", _("Chỉ xuất trình")),
)
PAPER_WORDS: dict[str, Any] = dict(PAPER_FORMS) | {"electronic": _("Bản điện tử")}

LETTERS: dict[str, Any] = {
    "receipt": _("Giấy tiếp nhận và hẹn trả (mẫu 01)"),
    "supplement-request": _("Phiếu yêu cầu bổ sung (mẫu 02)"),
    "refusal": _("Phiếu từ chối (mẫu 03)"),
    "apology": _("Văn bản xin lỗi và hẹn lại (mẫu 04)"),
    "stop-notice": _("Thông báo dừng giải quyết (mẫu 05)"),
    "denial": _("Thông báo không đồng ý"),
    "payment-request": _("Thông báo nghĩa vụ tài chính"),
    "remark": _("Ý kiến trả lại của người ký"),
}

FACTS: dict[str, Any] = {
    "full_name": _("Họ và tên"),
    "personal_number": _("Số định danh"),
    "birth_on": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "ethnicity": _("Dân tộc"),
    "nationality": _("Quốc tịch"),
    "tax_code": _("Mã số thuế"),
    "phone": _("Điện thoại"),
    "email": _("Thư điện tử"),
    "address": _("Nơi cư trú"),
}
SEXES: dict[str, Any] = {"male": _("Nam"), "female": _("Nữ"), "other": pgettext_lazy("sex", "Khác")}
SOURCES: dict[str, Any] = {"declared": _("tự khai"), "card": _("theo thẻ"), "verified": _("đã đối chiếu")}

CHANNELS = desk_words.CHANNELS
FINANCE = desk_words.FINANCE
OUTCOMES = desk_words.OUTCOMES
WAYS: tuple[tuple[str, Any], ...] = (
    ("counter", _("Trao tại quầy")),
    ("post", _("Gửi qua bưu chính")),
    ("portal", _("Trả bản điện tử")),
)

RECEIVERS: tuple[tuple[str, Any], ...] = (
    ("self", _("Chính người nộp")),
    ("authorised", _("Người được ủy quyền, người nhà")),
)

# In a batch, what wants a tick of its own: why, over its rows; and what is said of a row that was not ticked.
BATCH_ASKS: dict[str, dict[str, Any]] = {
    "denied": {
        "title": _("Không đồng ý"),
        "text": _("Đọc lý do của từng hồ sơ rồi đánh dấu hồ sơ bạn ký."),
    },
    "unpaid": {
        "title": _("Chưa thu phí, mức thu chưa rõ"),
        "text": _("Thu tiền ở từng hồ sơ, hoặc đánh dấu hồ sơ mà bạn đã kiểm tra là không còn gì phải thu."),
    },
}
UNTICKED: dict[str, Any] = {
    "denied": _("Kết quả là không đồng ý và chưa được đánh dấu riêng để ký."),
    "unpaid": _("Chưa thu phí, mức thu chưa rõ; chưa xác nhận là không còn gì phải thu."),
}

# What people most often have certified; the officer may type any other. Kept in Vietnamese on the letter.
COPY_TITLES = (
    "Căn cước", "Giấy khai sinh", "Bằng tốt nghiệp", "Bảng điểm", "Giấy đăng ký kết hôn", "Sổ hộ khẩu cũ",
    "Giấy chứng nhận quyền sử dụng đất", "Giấy phép lái xe", "Đăng ký xe", "Hợp đồng lao động",
    "Giấy chứng nhận đăng ký doanh nghiệp", "Học bạ", "Chứng chỉ", "Quyết định",
)  # fmt: skip


def done_word(verb: str) -> str:
    """What a journal verb ("dossier.receive") did, in the reader's language; the verb itself when it has no word."""
    name = verb.rpartition(".")[2]
    return str(DONE.get(name, name))


# What a forecast says, and how it looks: a word, a tone, a shape; beside the due date, never instead of it.
FORECASTS: dict[str, tuple[Any, str, str]] = {
    "in_time": (_("Dự báo kịp hạn"), "good", "check"),
    "late": (_("Dự báo quá hạn"), "warn", "clock"),
    "longer": (_("Lâu hơn 9/10 hồ sơ tương tự"), "warn", "clock"),
    "no_due": (_("Dự báo xong"), "plain", "clock"),
}
ALIKE: dict[str, Any] = {
    "unit": _("cùng thủ tục, cùng bước, cùng cơ quan"),
    "step": _("cùng thủ tục, cùng bước"),
    "stage": _("cùng khâu, mọi thủ tục"),
    "all": _("mọi thủ tục"),
}


def forecast_told(found: Any) -> dict[str, Any]:
    """A forecast as pages show it: its word, tone and icon, the day (None where none is left to name), what it is
    learnt from."""
    word, tone, icon = FORECASTS[found.word]
    on = None if found.word == "longer" else found.on
    return {"word": word, "tone": tone, "icon": icon, "on": on, "alike": ALIKE[found.level], "n": found.n}
