"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound


class RequestNotFound(NotFound):
    code = "certificates.not_found"
    message = _("Không tìm thấy yêu cầu chữ ký số này.")
    next_step = _("Mở lại trang chữ ký số, hoặc tìm hồ sơ theo mã.")


class NotYoursToRegister(Forbidden):
    code = "certificates.not_yours"
    message = _("Chỉ nơi tiếp nhận và đơn vị đang giữ hồ sơ làm việc này, và không ai làm cho chính mình.")
    next_step = _("Nhờ đồng nghiệp ở nơi tiếp nhận hồ sơ.")


class SomebodyElse(Forbidden):
    code = "certificates.somebody_else"
    message = _("Tài khoản này đã được xác thực là người khác với người xin chữ ký số.")
    next_step = _(
        "Chính người đó làm tiếp: bằng tài khoản của mình, hoặc bằng mã gửi đến điện thoại của mình."
    )


class NotNow(Conflict):
    code = "certificates.not_now"
    message = _("Yêu cầu đang ở trạng thái “{state}” nên chưa làm được việc này.")
    next_step = _("Tải lại trang để xem trạng thái mới nhất.")


class PrivateKeyRefused(Invalid):
    code = "certificates.private_key"
    message = _("Nội dung này có khóa bí mật. Chúng tôi không nhận và không lưu lại gì.")
    next_step = _(
        "Không gửi khóa bí mật cho ai. Nếu đã gửi cho người khác, hãy tạo khóa mới. Chỉ gửi yêu cầu cấp chứng thư"
        " (PKCS#10), bắt đầu bằng “BEGIN CERTIFICATE REQUEST”."
    )


class RequestUnreadable(Invalid):
    code = "certificates.unreadable"
    message = _("Nội dung này không phải yêu cầu cấp chứng thư số (PKCS#10), hoặc dài quá.")
    next_step = _("Gửi đúng tệp .csr hoặc .p10 mà ứng dụng tạo khóa đã lập.")


class KeyNotProved(Invalid):
    code = "certificates.not_proved"
    message = _("Chữ ký trong yêu cầu không đúng nên chưa chứng minh được bạn đang giữ khóa.")
    next_step = _("Lập lại yêu cầu bằng chính khóa đó rồi gửi nguyên tệp, không sửa.")


class KeyTooWeak(Invalid):
    code = "certificates.weak_key"
    message = _(
        "Khóa không đủ mạnh hoặc không đúng loại: cần RSA từ 2048 bit, hoặc ECDSA P-256, P-384, P-521."
    )
    next_step = _("Tạo khóa mới đúng loại rồi lập lại yêu cầu.")


class OtherPerson(Invalid):
    code = "certificates.other_person"
    message = _("Yêu cầu mang tên hoặc số định danh khác với hồ sơ.")
    next_step = _("Lập lại yêu cầu với đúng họ tên và số định danh, hoặc để trống hai mục này.")


class KeyTaken(Conflict):
    code = "certificates.key_taken"
    message = _("Khóa này đã được dùng cho một chứng thư khác.")
    next_step = _("Tạo một khóa mới rồi lập lại yêu cầu.")


class PaperNeeded(Invalid):
    code = "certificates.paper_needed"
    message = _("Chưa ghi giấy tờ đã xem, hoặc số của giấy tờ không đúng dạng.")
    next_step = _("Chọn loại giấy tờ và ghi đúng số in trên đó.")


class OtherNumber(Conflict):
    code = "certificates.other_number"
    message = _("Số trên thẻ khác với số định danh trong tờ khai.")
    next_step = _("Xem lại thẻ. Nếu tờ khai sai thì yêu cầu bổ sung; nếu là người khác thì từ chối.")


class PhotoNeeded(Invalid):
    code = "certificates.photo_needed"
    message = _("Chưa đối chiếu ảnh với người đến.")
    next_step = _("So ảnh trên giấy tờ với người đang có mặt rồi đánh dấu.")


class NoSuchBooth(Invalid):
    code = "certificates.no_booth"
    message = _("Điểm lưu động này không mở hôm nay.")
    next_step = _("Chọn điểm đang mở, hoặc chọn tại quầy.")


class BoothIncomplete(Invalid):
    code = "certificates.booth_incomplete"
    message = _(
        "Điểm lưu động cần tên, địa chỉ, ít nhất một ngày trong tuần và giờ mở, giờ đóng (mở trước đóng)."
    )
    next_step = _("Điền đủ các mục rồi lưu lại.")


class NotYourAgency(Forbidden):
    code = "certificates.not_your_agency"
    message = _("Bạn không phụ trách cơ quan này.")
    next_step = _("Nhờ người phụ trách cơ quan đó lập điểm lưu động.")


class WrongCode(NotFound):
    code = "certificates.wrong_code"
    message = _("Mã không đúng hoặc đã hết hạn.")
    next_step = _("Xem lại tin nhắn, hoặc nhờ nơi đăng ký gửi mã mới.")


class NoPhone(Conflict):
    code = "certificates.no_phone"
    message = _("Hồ sơ không có số điện thoại để gửi mã.")
    next_step = _("Yêu cầu bổ sung số điện thoại của chính người xin cấp.")


class CannotRenew(Conflict):
    code = "certificates.cannot_renew"
    message = _("Chứng thư này chưa đến lúc gia hạn, hoặc không còn gia hạn được.")
    next_step = _(
        "Gia hạn trong {days} ngày cuối trước khi hết hạn; đã hết hạn hoặc thu hồi thì xin cấp mới."
    )


class AlreadyRevoked(Conflict):
    code = "certificates.already_revoked"
    message = _("Chứng thư này đã bị thu hồi hoặc đang chờ thu hồi.")
    next_step = _("Cần chữ ký số khác thì xin cấp mới.")


class ReasonNeeded(Invalid):
    code = "certificates.reason_needed"
    message = _("Chưa chọn lý do thu hồi.")
    next_step = _("Chọn một lý do trong danh sách.")


REQUEST_PROBLEMS = {
    "private_key": PrivateKeyRefused,
    "too_long": RequestUnreadable,
    "unreadable": RequestUnreadable,
    "not_proved": KeyNotProved,
    "weak_key": KeyTooWeak,
    "other_person": OtherPerson,
}
