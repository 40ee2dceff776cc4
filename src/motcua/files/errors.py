"""Every refusal of the stored files."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import NotFound, Refusal


class FileRefused(Refusal):
    code, status = "files.refused", 422
    message = _("Tệp này không nhận được.")
    next_step = _("Chọn tệp khác rồi gửi lại.")


class FileEmpty(FileRefused):
    code = "files.empty"
    message = _("Tệp “{name}” rỗng, không có nội dung.")
    next_step = _("Kiểm tra lại tệp trên máy rồi chọn lại, hoặc chụp lại giấy tờ.")


class FileTooLarge(FileRefused):
    code, status = "files.too_large", 413
    message = _("Tệp “{name}” lớn hơn mức cho phép là {most} MB.")
    next_step = _("Chụp hoặc quét lại với độ phân giải thấp hơn, hoặc chia thành nhiều tệp.")


class KindNotAccepted(FileRefused):
    code = "files.kind_not_accepted"
    message = _("Tệp “{name}” không phải loại được nhận (thấy {found}).")
    next_step = _("Chọn tệp loại {accepted}, hoặc chụp ảnh giấy tờ.")


class FileBroken(FileRefused):
    code = "files.broken"
    message = _("Tệp “{name}” bị hỏng hoặc không đúng với loại của nó nên không mở được.")
    next_step = _("Mở thử tệp trên máy, lưu lại rồi chọn lại, hoặc chụp lại giấy tờ.")


class PictureTooLarge(FileRefused):
    code = "files.picture_too_large"
    message = _("Ảnh “{name}” quá lớn: nhiều nhất là {most} triệu điểm ảnh.")
    next_step = _("Chụp lại ở chế độ thường hoặc thu nhỏ ảnh.")


class FileSuspicious(FileRefused):
    code = "files.suspicious"
    message = _(
        "Tệp “{name}” có nội dung bất thường (nén quá mức, có macro hoặc ghép nhiều loại) nên không nhận."
    )
    next_step = _("Lưu lại thành PDF rồi gửi, hoặc chụp ảnh giấy tờ.")


class FileInfected(FileRefused):
    code = "files.infected"
    message = _("Tệp “{name}” chứa mã độc ({virus}) nên không nhận. Tệp không được lưu lại.")
    next_step = _("Quét vi-rút trên máy của bạn, rồi quét hoặc chụp lại giấy tờ và gửi tệp mới.")


class StoreFull(Refusal):
    code, status = "files.store_full", 503
    message = _("Nơi lưu tệp sắp đầy nên tạm thời chưa nhận được tệp. Chưa có gì bị thay đổi.")
    next_step = _("Thử lại sau; phần đã khai vẫn được giữ. Cần gấp, hãy nộp giấy tờ tại bộ phận một cửa.")


class StoreBroken(Refusal):
    code, status = "files.store_broken", 503
    message = _("Chưa ghi hoặc đọc được tệp do lỗi nơi lưu. Chưa có gì bị thay đổi.")
    next_step = _("Thử lại sau ít phút; nếu vẫn lỗi, hãy báo bộ phận một cửa.")


class FileNotFound(NotFound):
    code = "files.not_found"
    message = _("Không tìm thấy tệp này.")
    next_step = _("Mở lại từ trang hồ sơ, hoặc gửi lại tệp.")
