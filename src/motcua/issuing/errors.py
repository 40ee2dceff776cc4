"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class NoKey(NotFound):
    code = "issuing.no_key"
    message = _("Không có khóa ký này, hoặc khóa không phải của bạn.")
    next_step = _("Mở “Chữ ký số của tôi” để đăng ký khóa còn hạn.")


class NoAuthority(Forbidden):
    code = "issuing.no_authority"
    message = _("Bạn chưa được giao thẩm quyền ký kết quả của thủ tục này vào ngày hôm nay.")
    next_step = _(
        "Nhờ người quản trị ghi quyết định giao ký (TM., KT., TL., TUQ.), hoặc chuyển người có thẩm quyền ký."
    )


class NothingToSign(Refusal):
    code, status = "issuing.nothing_to_sign", 409
    message = _(
        "Kết quả này không ký số ở đây được: không đồng ý, do cán bộ đính kèm tệp, hoặc thủ tục chưa có mẫu."
    )
    next_step = _("Ký trên giấy rồi bấm “Ký kết quả”, hoặc trả lại để cán bộ trình bản theo mẫu.")


class BatchTooLarge(Refusal):
    code, status = "issuing.batch_too_large", 409
    message = _("Chưa ký hồ sơ này: một lần ký nhận nhiều nhất {most} hồ sơ.")
    next_step = _("Chọn những hồ sơ chưa ký rồi ký tiếp một lần nữa.")


class NoPlace(Refusal):
    code, status = "issuing.no_place", 409
    message = _("Mẫu của kết quả này không có chỗ cho người ký.")
    next_step = _("Nhờ người quản trị sửa mẫu giấy tờ rồi ký lại.")


class KeyOfAnother(Invalid):
    code = "issuing.key_of_another"
    message = _("Chứng thư số mang tên “{named}”, không phải “{holder}”.")
    next_step = _("Dùng chứng thư cấp cho đúng người hoặc đúng cơ quan; tên khác thì xin cấp lại.")


class AuthorityIncomplete(Invalid):
    code = "issuing.authority_incomplete"
    message = _("Quyết định giao ký còn thiếu phần bắt buộc.")
    next_step = _("Điền các ô được nêu rồi lưu lại.")


class NotASigner(Refusal):
    code, status = "issuing.not_a_signer", 409
    message = _("Người này không giữ vị trí ký tại cơ quan đã chọn.")
    next_step = _("Bổ nhiệm vị trí “Lãnh đạo ký” trước, rồi ghi quyết định giao ký.")


class NoSuchAuthority(NotFound):
    code = "issuing.no_such_authority"
    message = _("Không có quyết định giao ký này ở cơ quan bạn quản trị.")
    next_step = _("Tải lại trang để xem các quyết định đang dùng.")


class AuthorityEnded(Conflict):
    code = "issuing.authority_ended"
    message = _("Quyết định giao ký này đã kết thúc.")
    next_step = _("Ghi một quyết định mới nếu còn cần.")


class NotYours(Forbidden):
    code = "issuing.not_yours"
    message = _("Việc này do người quản trị của cơ quan hoặc văn thư làm.")
    next_step = _("Đề nghị người quản trị cơ quan bạn.")


class SymbolWrong(Invalid):
    code = "issuing.symbol_wrong"
    message = _("Ký hiệu văn bản chỉ gồm chữ, số, dấu gạch và không dài quá 30 ký tự.")
    next_step = _("Ví dụ: GPXD-UBND.")


class NotSigned(Refusal):
    code, status = "issuing.not_signed", 409
    message = _("Hồ sơ này chưa có kết quả ký số chờ đóng dấu.")
    next_step = _("Mở lại hồ sơ để xem việc tiếp theo.")


class SecretNeeded(Invalid):
    code = "issuing.secret_needed"
    message = _("Chưa nhập mã PIN của khóa ký.")
    next_step = _("Nhập mã PIN rồi ký lại; mã không được lưu ở đâu cả.")


class NoSuchDoor(Invalid):
    code = "issuing.no_such_door"
    message = _("Nơi này chưa dùng loại khóa ký đó.")
    next_step = _("Chọn loại khóa khác, hoặc nhờ người vận hành khai báo thiết bị hay dịch vụ ký số.")
