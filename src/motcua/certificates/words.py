"""Words for what this room keeps, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STAGES: dict[str, Any] = {
    "consent": pgettext_lazy("certificate request", "Chờ đồng ý chuyển thông tin"),
    "identity": pgettext_lazy("certificate request", "Chờ đối chiếu giấy tờ"),
    "key": pgettext_lazy("certificate request", "Chờ khóa của người xin cấp"),
    "reception": pgettext_lazy("certificate request", "Chờ tiếp nhận, chuyển hồ sơ"),
    "ready": pgettext_lazy("certificate request", "Đủ để chuyển nơi cấp"),
    "waiting": pgettext_lazy("certificate request", "Đã chuyển, chờ nơi cấp"),
    "activation": pgettext_lazy("certificate request", "Chờ kích hoạt trên điện thoại"),
    "failed": pgettext_lazy("certificate request", "Nơi cấp chưa cấp"),
    "issued": pgettext_lazy("certificate request", "Đã cấp"),
    "ended": pgettext_lazy("certificate request", "Đã kết thúc"),
}
TONES = {
    "issued": "good",
    "failed": "wrong",
    "ended": "rest",
    "waiting": "",
    "ready": "",
    "reception": "plain",
}
# what each stage means to the person herself, and what she does next
NEXT: dict[str, Any] = {
    "consent": _("Cần bạn đồng ý để thông tin của bạn được chuyển cho nơi cấp."),
    "identity": _("Mang căn cước đến nơi tiếp nhận hồ sơ hoặc một điểm lưu động để đối chiếu."),
    "key": _("Tạo khóa trên máy của bạn rồi gửi yêu cầu cấp chứng thư ở dưới."),
    "reception": _("Bạn không phải làm gì: nơi tiếp nhận đang xem hồ sơ."),
    "ready": _("Bạn không phải làm gì: yêu cầu sắp được chuyển cho nơi cấp."),
    "waiting": _("Bạn không phải làm gì: nơi cấp đang xử lý. Nơi cấp chậm thì yêu cầu tự chuyển lại."),
    "activation": _("Mở trang của nơi cấp trên điện thoại của bạn, đặt mã PIN. Khóa được tạo lúc đó."),
    "failed": _("Nơi cấp chưa cấp được. Nơi tiếp nhận sẽ liên hệ, hoặc bạn gửi lại yêu cầu mới."),
    "issued": _("Chứng thư số của bạn ở dưới."),
    "ended": _("Hồ sơ đã kết thúc mà không cấp chứng thư. Bạn có thể nộp hồ sơ mới."),
}
MISSING: dict[str, Any] = {
    "consent": _("sự đồng ý chuyển thông tin"),
    "identity": _("việc đối chiếu giấy tờ và ảnh"),
    "key": _("yêu cầu cấp chứng thư từ máy của người đó"),
    "reception": _("việc tiếp nhận và chuyển hồ sơ"),
}
STANDINGS: dict[str, Any] = {
    "valid": pgettext_lazy("certificate", "Còn hiệu lực"),
    "coming": pgettext_lazy("certificate", "Chưa có hiệu lực"),
    "expired": pgettext_lazy("certificate", "Đã hết hạn"),
    "revoked": pgettext_lazy("certificate", "Đã thu hồi"),
    "replaced": pgettext_lazy("certificate", "Đã được gia hạn bằng chứng thư mới"),
}
STANDING_TONES = {"valid": "good", "revoked": "wrong", "expired": "rest", "replaced": "rest", "coming": ""}
KEY_PLACES: dict[str, Any] = {
    "device": _("Trên máy hoặc thẻ của người xin cấp"),
    "remote": _("Ở dịch vụ ký từ xa của nơi cấp"),
}
WAYS: dict[str, Any] = {
    "desk": _("Tại quầy"),
    "booth": _("Điểm lưu động"),
    "online": _("Trực tuyến"),
    "authority": _("Do nơi cấp"),
}
PAPERS: dict[str, Any] = {
    "card": _("Thẻ căn cước"),
    "electronic_card": _("Căn cước điện tử trên VNeID"),
    "passport": _("Hộ chiếu"),
}
IDENTITY: dict[str, Any] = {
    "desk": _("Cán bộ đã đối chiếu giấy tờ và ảnh"),
    "provider": _("Theo mức xác thực của tài khoản đăng nhập"),
    "card": _("Tài khoản đã được gắn với thẻ căn cước tại quầy"),
}
CONSENTS: dict[str, Any] = {
    "form": _("Đồng ý trong tờ khai"),
    "phone": _("Đồng ý trên điện thoại của mình"),
    "slip": _("Đã ký phiếu đồng ý tại nơi đăng ký"),
}
KINDS: dict[str, Any] = {
    "issue": pgettext_lazy("certificate order", "Cấp mới"),
    "renew": pgettext_lazy("certificate order", "Gia hạn"),
    "revoke": pgettext_lazy("certificate order", "Thu hồi"),
}
STATES: dict[str, Any] = {
    "waiting": pgettext_lazy("certificate order", "Chờ nơi cấp"),
    "activation": pgettext_lazy("certificate order", "Chờ kích hoạt trên điện thoại"),
    "done": pgettext_lazy("certificate order", "Xong"),
    "failed": pgettext_lazy("certificate order", "Không thành"),
    "dropped": pgettext_lazy("certificate order", "Đã bỏ"),
}
REASONS: dict[str, Any] = {
    "key_compromise": _("Mất máy, lộ khóa hoặc lộ mã PIN"),
    "superseded": _("Đã có chữ ký số khác thay"),
    "affiliation_changed": _("Thông tin trong chứng thư đã thay đổi"),
    "cessation_of_operation": _("Không dùng nữa"),
    "unspecified": _("Lý do khác"),
}
TROUBLES: dict[str, Any] = {
    "down": _("Nơi cấp không trả lời; yêu cầu tự chuyển lại."),
    "no_authority": _("Hệ thống chưa nối với nơi cấp nào. Nhờ người quản trị đặt địa chỉ nơi cấp."),
    "unsafe_address": _("Địa chỉ nơi cấp không dùng được. Nhờ người quản trị kiểm tra."),
    "wrong_answer": _("Nơi cấp trả lời không đúng; yêu cầu tự chuyển lại."),
    "not_admitted": _("Nơi cấp không nhận tài khoản của hệ thống. Nhờ người quản trị kiểm tra."),
    "conflict": _("Nơi cấp đã có yêu cầu này với nội dung khác."),
    "revocation_unknown": _("Chưa biết chứng thư nhận về có bị thu hồi hay không; sẽ hỏi lại."),
    "refused": _("Nơi cấp từ chối."),
    "not_activated": _("Quá hạn mà chưa kích hoạt khóa."),
    "other_key": _("Chứng thư nhận về không ứng với khóa trong yêu cầu, nên không dùng."),
    "other_name": _("Chứng thư nhận về mang tên người khác, nên không dùng."),
    "other_number": _("Chứng thư nhận về mang số định danh khác, nên không dùng."),
    "untrusted": _("Chứng thư nhận về không dẫn đến gốc tin cậy công cộng nào đã biết, nên không dùng."),
    "unusable": _("Chứng thư nhận về không dùng được."),
}
MEASURES: dict[str, Any] = {
    "requested": _("Xin cấp"),
    "issued": pgettext_lazy("certificate", "Đã cấp"),
    "renewed": pgettext_lazy("certificate", "Đã gia hạn"),
    "revoked": pgettext_lazy("certificate", "Đã thu hồi"),
}
DAYS: dict[str, Any] = {
    "1": _("Thứ Hai"),
    "2": _("Thứ Ba"),
    "3": _("Thứ Tư"),
    "4": _("Thứ Năm"),
    "5": _("Thứ Sáu"),
    "6": _("Thứ Bảy"),
    "7": _("Chủ Nhật"),
}


def stage_word(stage: str) -> str:
    return str(STAGES.get(stage, stage))


def trouble_word(code: str) -> str:
    return str(TROUBLES.get(code) or TROUBLES["unusable"]) if code else ""
