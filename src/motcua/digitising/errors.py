"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class ScanNotFound(NotFound):
    code = "digitising.not_found"
    message = _("Không tìm thấy bản quét này trong hồ sơ.")
    next_step = _("Mở lại trang số hóa của hồ sơ.")


class MayNotDigitise(Forbidden):
    code = "digitising.not_yours"
    message = _("Chỉ nơi tiếp nhận và đơn vị đang giải quyết hồ sơ được số hóa giấy tờ của hồ sơ.")
    next_step = _("Nhờ nơi đang giữ hồ sơ giấy quét, hoặc hỏi người phụ trách.")


class NothingToScan(Invalid):
    code = "digitising.nothing_given"
    message = _("Chưa chọn tệp quét hoặc ảnh chụp nào.")
    next_step = _("Chọn một tệp PDF nhiều trang, hoặc nhiều ảnh, rồi gửi lại.")


class TooManyPages(Refusal):
    code, status = "digitising.too_many_pages", 422
    message = _("Bản quét có quá nhiều trang: nhiều nhất là {most} trang một giấy tờ.")
    next_step = _("Chia giấy tờ thành nhiều phần rồi quét từng phần.")


class TooManyScans(Refusal):
    code, status = "digitising.too_many_scans", 409
    message = _("Hồ sơ đã có {most} bản quét.")
    next_step = _("Bỏ bớt bản quét không dùng rồi quét tiếp.")


class ScanUnreadable(Refusal):
    code, status = "digitising.unreadable", 422
    message = _("Tệp “{name}” không mở được: hỏng, có mật khẩu, hoặc trang quá lớn.")
    next_step = _("Quét lại, hoặc lưu lại thành PDF không có mật khẩu.")


class NoPages(Refusal):
    code, status = "digitising.no_pages", 409
    message = _("Bản quét không còn trang nào.")
    next_step = _("Giữ lại ít nhất một trang, hoặc bỏ cả bản quét.")


class ScanBusy(Conflict):
    code = "digitising.busy"
    message = _("Bản quét này đang ở trạng thái “{state}” nên chưa làm được việc này.")
    next_step = _("Tải lại trang để xem trạng thái mới nhất.")


class ProposalGone(NotFound):
    code = "digitising.no_proposal"
    message = _("Không tìm thấy giá trị gợi ý này, hoặc đã có người xử lý.")
    next_step = _("Tải lại trang bản quét.")


class TypedStays(Conflict):
    code = "digitising.typed_stays"
    message = _("Mục “{field}” đã có giá trị do người khai nhập nên không bị ghi đè.")
    next_step = _("So hai giá trị; nếu khác nhau thì ghi nhận điểm khác để trao đổi với người nộp.")


class NotFilledNow(Refusal):
    code, status = "digitising.not_filled_now", 409
    message = _("Tờ khai đã nộp nên không điền thêm được ở bước này.")
    next_step = _("Ghi nhận điểm khác, hoặc yêu cầu bổ sung để tờ khai được mở lại.")


class ValueDoesNotFit(Invalid):
    code = "digitising.value_does_not_fit"
    message = _("Giá trị “{value}” không hợp với mục “{field}”.")
    next_step = _("Sửa lại giá trị cho đúng với ảnh rồi nhận.")


class ScanNotTaken(Refusal):
    code, status = "digitising.not_taken", 409
    message = _("Bản quét chưa được đưa vào hồ sơ nên chưa ký số được.")
    next_step = _("Xem lại bản quét, đưa vào hồ sơ, rồi ký.")


class AlreadyCertified(Refusal):
    code, status = "digitising.already_certified", 409
    message = _("Bản quét này đã được ký số.")
    next_step = _("Mở bản đã ký từ trang hồ sơ.")


class NotCertifiable(Refusal):
    code, status = "digitising.not_certifiable", 409
    message = _("Giấy tờ này được nộp là bản chụp nên không ký sao y từ bản chính được.")
    next_step = _("Quét từ bản chính hoặc bản sao có chứng thực rồi ký.")
