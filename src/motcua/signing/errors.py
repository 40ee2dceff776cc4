"""Every refusal of the room."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Busy, Conflict, Invalid, NotFound, Refusal
from motcua.signing.keys.door import KeyProblem


class NoTrialAuthority(NotFound):
    code = "signing.no_trial_authority"
    message = _("Ở đây không có nơi cấp chứng thư số mô phỏng này.")
    next_step = _("Dùng chứng thư của nơi cấp thật; nơi cấp mô phỏng chỉ có khi chạy thử.")


class NoSuchCertificate(NotFound):
    code = "signing.no_such_certificate"
    message = _("Nơi cấp mô phỏng không cấp chứng thư số {serial}.")
    next_step = _("Xem số của chứng thư khi cấp, hoặc trong kết quả kiểm tra chữ ký.")


class WrongName(Invalid):
    code = "signing.wrong_name"
    message = _("Tên trong chứng thư số phải có và không dài quá {most} chữ.")
    next_step = _("Rút gọn tên người, tên cơ quan hoặc chức vụ rồi cấp lại.")


class WrongPassword(Invalid):
    code = "signing.wrong_password"
    message = _("Không mở được khóa: mật khẩu sai hoặc tệp không phải PKCS#12.")
    next_step = _("Kiểm tra mật khẩu và tệp .p12 rồi thử lại.")


class KeyUnusable(Invalid):
    code = "signing.key_unusable"
    message = _("Khóa không dùng được: cần khóa RSA từ 2048 bit hoặc ECDSA kèm chứng thư số của chính nó.")
    next_step = _("Xin nơi cấp khóa và chứng thư số đúng loại; tệp .p12 phải có đủ cả hai.")


class Untrusted(Conflict):
    code = "signing.untrusted"
    message = _("Chưa ký: chứng thư số không dẫn đến gốc tin cậy nào đã biết.")
    next_step = _("Dùng chứng thư của nơi cấp được tin cậy, hoặc nhờ người quản trị thêm gốc tin cậy.")


class WrongUsage(Conflict):
    code = "signing.wrong_usage"
    message = _("Chưa ký: chứng thư số này không được cấp để ký văn bản.")
    next_step = _("Dùng chứng thư được cấp để ký văn bản.")


class NotYetValid(Conflict):
    code = "signing.not_yet_valid"
    message = _("Chưa ký: chứng thư số chưa có hiệu lực.")
    next_step = _("Kiểm tra đồng hồ của máy, hoặc chờ đến ngày chứng thư có hiệu lực.")


class Expired(Conflict):
    code = "signing.expired"
    message = _("Chưa ký: chứng thư số đã hết hạn.")
    next_step = _("Gia hạn chứng thư ở nơi cấp rồi ký lại.")


class Revoked(Conflict):
    code = "signing.revoked"
    message = _("Chưa ký: chứng thư số đã bị thu hồi.")
    next_step = _("Xin nơi cấp chứng thư mới.")


class RevocationUnknown(Busy):
    code = "signing.revocation_unknown"
    message = _("Chưa ký: chưa biết chứng thư số có bị thu hồi hay không.")
    next_step = _("Nơi cấp chưa trả lời. Kiểm tra mạng rồi thử lại sau ít phút.")


class NoTimeStamp(Busy):
    code = "signing.no_time_stamp"
    message = _("Chưa ký: không có dấu thời gian.")
    next_step = _("Chỉ ra nơi cấp dấu thời gian; nếu đã có, thử lại sau ít phút.")


class FileUnreadable(Invalid):
    code = "signing.file_unreadable"
    message = _("Chưa ký: tệp không phải PDF hoặc đã hỏng.")
    next_step = _("Xuất lại tệp PDF từ bản gốc rồi ký.")


class DataUnreadable(Invalid):
    code = "signing.data_unreadable"
    message = _("Chưa ký: tệp không phải JSON (UTF-8).")
    next_step = _("Sửa tệp cho đúng JSON rồi ký.")


class FileEncrypted(Invalid):
    code = "signing.file_encrypted"
    message = _("Chưa ký: tệp bị khóa bằng mật khẩu.")
    next_step = _("Bỏ mật khẩu của tệp rồi ký.")


class FileLocked(Conflict):
    code = "signing.file_locked"
    message = _("Chưa ký: tệp không nhận thêm chữ ký ở chỗ này.")
    next_step = _("Dùng tên khác cho ô ký, hoặc ký vào bản chưa bị chữ ký trước khóa lại.")


class AlreadySigned(Conflict):
    code = "signing.already_signed"
    message = _("Chưa ký thêm: tệp đã có chữ ký ở ô này.")
    next_step = _("Không cần ký lại. Muốn ký thêm, dùng ô ký khác.")


class EvidenceMissing(Busy):
    code = "signing.evidence_missing"
    message = _("Chưa ký: chưa đủ thông tin để chữ ký còn kiểm tra được lâu dài.")
    next_step = _("Thử lại khi nơi cấp chứng thư và nơi cấp dấu thời gian trả lời, hoặc ký mức B-T.")


class UnknownDoor(Invalid):
    code = "signing.unknown_door"
    message = _("Chưa rõ khóa nằm ở đâu.")
    next_step = _("Chọn tệp PKCS#12, thiết bị ký hoặc dịch vụ ký từ xa và điền đủ thông tin của nó.")


class NoTokenSupport(Conflict):
    code = "signing.no_token_support"
    message = _("Máy này chưa có phần mềm để dùng thiết bị ký.")
    next_step = _("Nhờ người quản trị cài gói python-pkcs11 (pip install motcua[token]).")


class NoTokenModule(Conflict):
    code = "signing.no_token_module"
    message = _("Không nạp được thư viện PKCS#11 của thiết bị ký.")
    next_step = _("Nhờ người quản trị cài phần mềm của hãng thiết bị và kiểm tra đường dẫn thư viện.")


class NoToken(Conflict):
    code = "signing.no_token"
    message = _("Không thấy thiết bị ký.")
    next_step = _("Cắm thiết bị, kiểm tra tên của nó rồi thử lại.")


class WhichToken(Conflict):
    code = "signing.which_token"
    message = _("Có nhiều thiết bị ký được cắm cùng lúc.")
    next_step = _("Nêu tên thiết bị, hoặc chỉ cắm thiết bị cần dùng.")


class TokenGone(Busy):
    code = "signing.token_gone"
    message = _("Chưa ký: thiết bị ký không trả lời nữa.")
    next_step = _("Cắm lại thiết bị, mở khóa rồi ký tiếp những tệp chưa ký.")


class TokenBusy(Busy):
    code = "signing.token_busy"
    message = _("Thiết bị ký đang được một phiên khác dùng.")
    next_step = _("Chờ phiên kia xong rồi thử lại.")


class WrongPin(Invalid):
    code = "signing.wrong_pin"
    message = _("Chưa ký: mã PIN không đúng.")
    next_step = _("Nhập lại mã PIN. Nhập sai nhiều lần, thiết bị hoặc dịch vụ sẽ khóa.")


class PinLocked(Conflict):
    code = "signing.pin_locked"
    message = _("Chưa ký: mã PIN đã bị khóa vì nhập sai nhiều lần.")
    next_step = _("Mang thiết bị đến nơi cấp chứng thư, hoặc hỏi dịch vụ ký, để mở khóa.")


class PinExpired(Conflict):
    code = "signing.pin_expired"
    message = _("Chưa ký: mã PIN chưa đặt hoặc đã hết hạn.")
    next_step = _("Đặt mã PIN mới bằng phần mềm của thiết bị rồi ký.")


class NoSuchKey(NotFound):
    code = "signing.no_such_key"
    message = _("Không thấy đúng một khóa ký có tên này.")
    next_step = _("Kiểm tra tên khóa trên thiết bị hoặc mã chứng thư ở dịch vụ ký.")


class NoCertificate(Conflict):
    code = "signing.no_certificate"
    message = _("Khóa này không kèm chứng thư số.")
    next_step = _("Chép chứng thư của khóa vào thiết bị, hoặc xin nơi cấp làm lại.")


class ServiceAddress(Invalid):
    code = "signing.service_address"
    message = _("Địa chỉ dịch vụ ký từ xa không dùng được.")
    next_step = _("Dùng địa chỉ https:// mà dịch vụ công bố.")


class ServiceDown(Busy):
    code = "signing.service_down"
    message = _("Chưa ký: dịch vụ ký từ xa không trả lời.")
    next_step = _("Thử lại sau ít phút; những tệp chưa ký vẫn còn nguyên.")


class ServiceWrong(Busy):
    code = "signing.service_wrong"
    message = _("Chưa ký: dịch vụ ký từ xa trả lời không đúng.")
    next_step = _("Thử lại; nếu còn lỗi, báo cho đơn vị vận hành dịch vụ.")


class ServiceRefused(Conflict):
    code = "signing.service_refused"
    message = _("Chưa ký: dịch vụ ký từ xa không nhận yêu cầu.")
    next_step = _("Nhờ người quản trị kiểm tra tài khoản của hệ thống ở dịch vụ ký.")


class KeyDisabled(Conflict):
    code = "signing.key_disabled"
    message = _("Chưa ký: khóa ở dịch vụ ký từ xa đang bị tạm khóa.")
    next_step = _("Hỏi dịch vụ ký để mở lại khóa.")


class KeyUnsupported(Conflict):
    code = "signing.key_unsupported"
    message = _("Chưa ký: khóa này phải được xác nhận bằng cách mà ở đây chưa dùng được.")
    next_step = _("Xin dịch vụ ký cho xác nhận bằng mã PIN, mã dùng một lần, hoặc ứng dụng của dịch vụ.")


class PinNeeded(Invalid):
    code = "signing.pin_needed"
    message = _("Chưa ký: cần mã PIN của khóa.")
    next_step = _("Nhập mã PIN rồi ký.")


class OtpNeeded(Invalid):
    code = "signing.otp_needed"
    message = _("Chưa ký: cần mã dùng một lần.")
    next_step = _("Lấy mã mới ở dịch vụ ký, nhập mã rồi ký.")


class WrongOtp(Invalid):
    code = "signing.wrong_otp"
    message = _("Chưa ký: mã dùng một lần không đúng hoặc đã hết hạn.")
    next_step = _("Lấy mã mới ở dịch vụ ký, nhập mã rồi ký.")


class OtpUsed(Conflict):
    code = "signing.otp_used"
    message = _("Chưa ký: mã dùng một lần đã dùng cho các tệp trước.")
    next_step = _("Lấy mã mới rồi ký tiếp những tệp chưa ký.")


class AuthorisationExpired(Conflict):
    code = "signing.authorisation_expired"
    message = _("Chưa ký: xác nhận ở dịch vụ ký đã hết hạn hoặc không dùng cho tệp này.")
    next_step = _("Xác nhận lại rồi ký tiếp những tệp chưa ký.")


class TooManyAtOnce(Conflict):
    code = "signing.too_many_at_once"
    message = _("Chưa ký: dịch vụ ký không cho ký nhiều tệp như vậy trong một lần xác nhận.")
    next_step = _("Ký ít tệp hơn trong một lần.")


class WrongSignature(Conflict):
    code = "signing.wrong_signature"
    message = _("Chưa ký: chữ ký nhận về không khớp với chứng thư số.")
    next_step = _("Báo cho nơi quản lý thiết bị hoặc dịch vụ ký; không dùng tệp nào của lần ký này.")


class KeyClosed(Conflict):
    code = "signing.key_closed"
    message = _("Chưa ký: khóa đã đóng.")
    next_step = _("Mở lại khóa rồi ký.")


# what the check before signing says -> the refusal
BEFORE_SIGNING = {
    "untrusted": Untrusted,
    "wrong_usage": WrongUsage,
    "not_yet_valid": NotYetValid,
    "expired": Expired,
    "revoked": Revoked,
    "revocation_unknown": RevocationUnknown,
}
# what the signing of the file says -> the refusal
NOT_SIGNABLE = {
    "unreadable": FileUnreadable,
    "encrypted": FileEncrypted,
    "signed": AlreadySigned,
    "locked": FileLocked,
    "certificate": EvidenceMissing,
}
# what a door to a key says -> the refusal
KEY_PROBLEMS: dict[str, type[Refusal]] = {
    "wrong_password": WrongPassword,
    "unusable": KeyUnusable,
    "unknown_door": UnknownDoor,
    "closed": KeyClosed,
    "no_pkcs11": NoTokenSupport,
    "no_module": NoTokenModule,
    "no_token": NoToken,
    "which_token": WhichToken,
    "token_gone": TokenGone,
    "token_busy": TokenBusy,
    "wrong_pin": WrongPin,
    "pin_locked": PinLocked,
    "pin_expired": PinExpired,
    "no_such_key": NoSuchKey,
    "no_certificate": NoCertificate,
    "wrong_signature": WrongSignature,
    "unsafe_address": ServiceAddress,
    "service_down": ServiceDown,
    "wrong_answer": ServiceWrong,
    "service_refused": ServiceRefused,
    "key_disabled": KeyDisabled,
    "unsupported": KeyUnsupported,
    "pin_needed": PinNeeded,
    "otp_needed": OtpNeeded,
    "wrong_otp": WrongOtp,
    "otp_used": OtpUsed,
    "expired": AuthorisationExpired,
    "too_many": TooManyAtOnce,
}


def refusal_of(problem: KeyProblem) -> Refusal:
    """The refusal that tells what a door to a key said."""
    return KEY_PROBLEMS.get(problem.code, KeyUnusable)()
