"""Why a file cannot become a draft. What to do next is said each time: the reader has a form and needs a draft."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Refusal


class FormRefused(Refusal):
    code, status = "editing.form_refused", 422
    message = _("Không đọc được biểu mẫu này.")
    next_step = _("Chọn tệp .docx khác, hoặc soạn tờ khai từ đầu.")


class OldWord(FormRefused):
    code = "editing.form_old_word"
    message = _("Tệp “{name}” là định dạng Word cũ (.doc) nên không đọc được.")
    next_step = _("Mở tệp bằng Word hoặc LibreOffice, chọn “Lưu thành” loại .docx rồi chọn lại tệp mới.")


class FormLocked(FormRefused):
    code = "editing.form_locked"
    message = _("Tệp “{name}” đặt mật khẩu nên không đọc được.")
    next_step = _("Mở tệp bằng Word, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ tài liệu), lưu lại rồi chọn lại.")


class NotAForm(FormRefused):
    code = "editing.form_not_docx"
    message = _("Tệp “{name}” không phải văn bản Word .docx (thấy {found}).")
    next_step = _(
        "Chọn tệp .docx của biểu mẫu. Bản PDF hoặc ảnh: tìm bản Word trên Cổng dịch vụ công quốc gia."
    )


class FormTooLarge(FormRefused):
    code, status = "editing.form_too_large", 413
    message = _("Tệp “{name}” quá lớn: biểu mẫu nặng nhất {most} MB.")
    next_step = _("Xóa ảnh và phần không thuộc biểu mẫu khỏi tệp, lưu lại rồi chọn lại.")


class FormBroken(FormRefused):
    code = "editing.form_broken"
    message = _("Tệp “{name}” bị hỏng nên không mở được.")
    next_step = _("Mở tệp bằng Word hoặc LibreOffice, lưu thành tệp .docx mới rồi chọn lại.")


class FormHostile(FormRefused):
    code = "editing.form_hostile"
    message = _(
        "Tệp “{name}” có nội dung bất thường (nén quá mức, có macro hoặc gọi ra ngoài) nên không nhận."
    )
    next_step = _("Chép phần chữ của biểu mẫu sang một văn bản mới, lưu thành .docx rồi chọn lại.")


class NothingAsked(FormRefused):
    code = "editing.form_asks_nothing"
    message = _("Trong tệp “{name}” không thấy chỗ nào để người dân điền.")
    next_step = _("Kiểm tra đây có phải tờ khai không. Nếu phải, hãy soạn tờ khai từ đầu.")
