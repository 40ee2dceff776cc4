"""Names of columns, levels, measures and classes as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COLUMNS = {
    3: pgettext_lazy("II.06a", "Tổng số tiếp nhận"),
    4: pgettext_lazy("II.06a", "Trong kỳ, trực tuyến"),
    5: pgettext_lazy("II.06a", "Trong kỳ, trực tiếp hoặc bưu chính"),
    6: pgettext_lazy("II.06a", "Từ kỳ trước"),
    7: pgettext_lazy("II.06a", "Tổng số đã giải quyết"),
    8: pgettext_lazy("II.06a", "Trước hạn"),
    9: pgettext_lazy("II.06a", "Đúng hạn"),
    10: pgettext_lazy("II.06a", "Quá hạn"),
    11: pgettext_lazy("II.06a", "Tổng số đang giải quyết"),
    12: pgettext_lazy("II.06a", "Trong hạn"),
    13: pgettext_lazy("II.06a", "Đang quá hạn"),
}
LEVELS = {
    "ministry": _("Thủ tục giải quyết ở cấp bộ"),
    "province": _("Thủ tục giải quyết ở cấp tỉnh"),
    "district": _("Thủ tục giải quyết ở cấp huyện"),
    "commune": _("Thủ tục giải quyết ở cấp xã"),
    "other": _("Thủ tục giải quyết ở cơ quan khác"),
}
NOTES = {
    "withdrawn": _("hồ sơ rút sau tiếp nhận, tính vào cột 7"),
    "stopped": _("hồ sơ dừng giải quyết, tính vào cột 7"),
    "no_limit": _("hồ sơ không có thời hạn, tính là đúng hạn"),
    "handed_on": _("hồ sơ chuyển cho cơ quan khác trong kỳ, tính vào cột 7"),
    "late_entries": _("hồ sơ có từ trước mà báo cáo kỳ trước chưa có"),
}
CHECKS = {
    "3=4+5+6": _("cột 3 bằng cột 4 + 5 + 6"),
    "7=8+9+10": _("cột 7 bằng cột 8 + 9 + 10"),
    "11=12+13": _("cột 11 bằng cột 12 + 13"),
    "3=7+11": _("cột 3 bằng cột 7 + 11"),
    "6=11 before": _("cột 6 bằng cột 11 của kỳ trước"),
}
KINDS = {"report": _("Kỳ báo cáo (từ ngày 15 đến ngày 14)"), "calendar": _("Tháng dương lịch")}

MEASURES = {
    "received": _("Hồ sơ tiếp nhận trong tháng"),
    "in_time": _("Hồ sơ xong trước hạn, đúng hạn hoặc đang trong hạn"),
    "late": _("Hồ sơ trễ hạn"),
    "online": _("Hồ sơ nộp trực tuyến"),
    "money_due": _("Hồ sơ phải nộp tiền"),
    "with_fee_lines": _("Hồ sơ của thủ tục có thu phí"),
    "with_papers": _("Hồ sơ có giấy tờ"),
    "digitised": _("Hồ sơ có giấy tờ được số hóa đủ"),
    "reused": _("Hồ sơ dùng lại giấy tờ đã số hóa"),
    "dissatisfied": _("Hồ sơ bị đánh giá không hài lòng"),
    "blamed": _("Hồ sơ bị phản ánh"),
    "discontent": _("Hồ sơ trễ, bị đánh giá không hài lòng hoặc bị phản ánh"),
    "content": _("Hồ sơ không trễ, không bị chê, không bị phản ánh"),
    "apologised": _("Hồ sơ có văn bản xin lỗi"),
    "rated": _("Hồ sơ có đánh giá"),
    "resolved": _("Hồ sơ có kết quả trong tháng"),
    "resolved_in_time": _("Hồ sơ có kết quả trước hạn hoặc đúng hạn"),
    "resolved_late": _("Hồ sơ có kết quả trễ hạn"),
    "resolved_early": _("Hồ sơ có kết quả trước ngày hẹn"),
    "resolved_on_day": _("Hồ sơ có kết quả đúng ngày hẹn"),
    "never_asked": _("Hồ sơ có kết quả, không phải bổ sung"),
    "asked_once": _("Hồ sơ có kết quả, bổ sung một lần"),
    "e_result": _("Hồ sơ có tệp kết quả"),
}
CLASSES = {
    "excellent": _("Xuất sắc"),
    "good": _("Tốt"),
    "fair": _("Khá"),
    "average": _("Trung bình"),
    "weak": _("Yếu"),
}
INDICATORS = {
    1: _("Thời gian giải quyết so với quy định"),
    2: _("Thời gian của từng đơn vị so với quy định"),
    3: _("Số lần phải liên hệ người nộp hồ sơ"),
    4: _("Số cơ quan phải liên hệ"),
    5: _("Tổ chức bộ phận một cửa"),
    6: _("Công khai thủ tục"),
    7: _("Thái độ phục vụ"),
    8: _("Tiếp thu, trả lời phản ánh, kiến nghị"),
    9: _("Cung cấp dịch vụ công trực tuyến"),
}

PETITION_PROBLEMS = {
    "agency": _("Chọn cơ quan trong danh sách."),
    "name": _("Ghi họ và tên của bạn."),
    "phone": _("Ghi số điện thoại để cơ quan liên hệ khi cần, ví dụ 0912345678."),
    "text": _("Viết rõ nội dung, từ 20 đến 4000 ký tự."),
    "procedure": _("Không có thủ tục này; có thể để trống."),
    "why": _("Chọn một lý do."),
    "answer": _("Viết câu trả lời, từ 20 đến 4000 ký tự."),
}
PETITION_STATES = {
    "sent": _("Đã gửi, đang xem xét"),
    "accepted": _("Đã tiếp nhận, đang xử lý"),
    "answered": _("Đã trả lời"),
    "declined": _("Không tiếp nhận"),
}
DECLINES = {
    "complaint": _("Đây là khiếu nại hoặc tố cáo, theo luật riêng"),
    "unclear": _("Nội dung chưa rõ, chưa đủ để xem xét"),
    "not_ours": _("Không phải về thủ tục hành chính"),
    "abuse": _("Nội dung không phù hợp"),
}
NEWS = {"new": _("Mới"), "changed": _("Sửa đổi"), "withdrawn": _("Bãi bỏ")}
