"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Invalid, NotFound, Refusal


class PaperNotReady(Refusal):
    code, status = "papers.not_ready", 409
    message = _("Bản PDF của giấy này đang được lập.")
    next_step = _("Mở lại sau ít giây; trong khi chờ có thể xem và in giấy từ trang hồ sơ.")


class NoLayout(NotFound):
    code = "papers.no_layout"
    message = _("Chưa có bố cục nào được công bố cho loại giấy “{kind}”.")
    next_step = _("Nhờ người quản trị nạp và công bố gói dữ liệu (kind papers).")


class LayoutFaulty(Invalid):
    code = "papers.layout_faulty"
    message = _("Bố cục “{layout}” có lỗi nên không dựng được giấy: {problem}")
    next_step = _("Sửa bố cục trong gói dữ liệu rồi nạp lại; bản đang công bố không đổi.")


class BookTooLong(Invalid):
    code = "papers.book_too_long"
    message = _("Sổ này có {rows} dòng; một tệp PDF chỉ lập được đến {most} dòng.")
    next_step = _("In từ trang sổ (nút In phiếu này), hoặc tải danh sách hồ sơ thành tệp bảng tính.")
