"""Refusals of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class NoSuchDraft(NotFound):
    code = "editing.no_draft"
    message = _("Không có bản soạn nào ở địa chỉ này.")
    next_step = _("Mở danh sách bản soạn để tìm lại.")


class NoSuchPlace(NotFound):
    code = "editing.no_place"
    message = _("Bản soạn không còn mục “{place}”.")
    next_step = _("Mở lại phần ấy của bản soạn; có thể người khác vừa bỏ mục này.")


class BeingEdited(Conflict):
    code = "editing.being_edited"
    message = _("Thủ tục “{name}” đang có một bản soạn chưa xong.")
    next_step = _("Mở bản soạn ấy và làm tiếp, hoặc bỏ nó trước.")


class KeyTaken(Conflict):
    code = "editing.key_taken"
    message = _("Mã “{key}” đã là của một thủ tục khác.")
    next_step = _("Chọn mã khác, hoặc soạn bản mới của thủ tục ấy.")


class ChangedMeanwhile(Conflict):
    """Somebody else saved after this page was drawn. `draft`, `seen` and `now` are for the page that shows both."""

    code = "editing.changed_meanwhile"
    message = _("{who} vừa lưu bản soạn này sau khi bạn mở trang, nên nội dung của bạn chưa được lưu.")
    next_step = _("Xem điều người ấy đã đổi rồi lưu lại nội dung của bạn.")


class NotOpen(Conflict):
    code = "editing.not_open"
    message = _("Bản soạn này đã công bố hoặc đã bỏ nên không sửa được nữa.")
    next_step = _("Mở bản soạn mới từ bản đang có hiệu lực.")


class DocumentUnreadable(Invalid):
    """`problems` names the places."""

    code = "editing.unreadable"
    message = _("Không đọc được tài liệu thủ tục: {why}")
    next_step = _("Dùng tệp YAML của gói dữ liệu, hoặc tệp đã xuất từ trang soạn thủ tục.")


class DayWrong(Invalid):
    code = "editing.day_wrong"
    message = _("“{found}” không phải một ngày.")
    next_step = _("Ghi ngày hiệu lực như 01/01/2027, hoặc để trống để có hiệu lực ngay.")


class NothingToProve(Conflict):
    code = "editing.nothing_to_prove"
    message = _("Thủ tục “{name}” mới chỉ có tên, chưa có nội dung để chứng minh.")
    next_step = _("Cấu hình thủ tục trước: từ biểu mẫu .docx hoặc trong trang soạn thủ tục.")


class NotSound(Conflict):
    code = "editing.not_sound"
    message = _("Bản soạn còn {count} chỗ chưa đúng nên chưa công bố được.")
    next_step = _("Mở trang bản soạn, sửa từng chỗ được nêu.")


class NotProved(Conflict):
    code = "editing.not_proved"
    message = _("Bản soạn này hôm nay chưa được chứng minh, hoặc còn lỗi.")
    next_step = _("Bấm “Chứng minh”, sửa các lỗi được nêu, rồi công bố.")


class VersionMoved(Conflict):
    code = "editing.version_moved"
    message = _("Từ khi bạn mở trang, một bản khác của thủ tục này đã được công bố.")
    next_step = _("Xem điều đã đổi so với bản đang có hiệu lực rồi công bố, hoặc soạn lại từ bản ấy.")


class SecondPersonNeeded(Forbidden):
    code = "editing.second_person"
    message = _("Người soạn không tự công bố được: cần một người quản trị khác xem lại.")
    next_step = _("Gửi bản soạn để người khác xem và công bố.")


# A file that cannot become a draft: the reader has a form and needs a draft, so each says what to do next.


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
