"""Every refusal of the room."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Busy, Conflict, Invalid, NotFound


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
    message = _("Tệp khóa không có khóa RSA từ 2048 bit hoặc ECDSA kèm chứng thư số.")
    next_step = _("Xin nơi cấp một tệp .p12 có đủ khóa và chứng thư số.")


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


class FileEncrypted(Invalid):
    code = "signing.file_encrypted"
    message = _("Chưa ký: tệp bị khóa bằng mật khẩu.")
    next_step = _("Bỏ mật khẩu của tệp rồi ký.")


class FileLocked(Conflict):
    code = "signing.file_locked"
    message = _("Chưa ký: tệp không nhận thêm chữ ký ở chỗ này.")
    next_step = _("Dùng tên khác cho ô ký, hoặc ký vào bản chưa bị chữ ký trước khóa lại.")


class EvidenceMissing(Busy):
    code = "signing.evidence_missing"
    message = _("Chưa ký: chưa đủ thông tin để chữ ký còn kiểm tra được lâu dài.")
    next_step = _("Thử lại khi nơi cấp chứng thư và nơi cấp dấu thời gian trả lời, hoặc ký mức B-T.")


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
    "locked": FileLocked,
    "certificate": EvidenceMissing,
}
