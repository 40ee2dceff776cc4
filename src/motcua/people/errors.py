"""Refusals of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchParty(NotFound):
    code = "people.no_such_party"
    message = _("Không có người hoặc tổ chức này.")
    next_step = _("Tìm lại bằng số định danh, số điện thoại hoặc họ tên.")


class BadFacts(Invalid):
    code = "people.bad_facts"
    message = _("Một số thông tin về người chưa đúng nên chưa được ghi nhận.")
    next_step = _("Sửa các mục được nêu rồi gửi lại.")


class NotForYou(Forbidden):
    code = "people.not_for_you"
    message = _("Chỉ cán bộ một cửa mới sửa được thông tin về người.")
    next_step = _("Nếu thông tin của bạn sai, hãy mang thẻ căn cước đến bộ phận một cửa.")


class NumberBelongsToAnother(Conflict):
    code = "people.number_belongs_to_another"
    message = _("Số định danh hoặc mã số thuế này đã thuộc về một người hoặc tổ chức khác trong hệ thống.")
    next_step = _("Mở người có số này và so sánh; nếu là một người, hãy gộp hai bản ghi.")


class NotTheSame(Conflict):
    code = "people.not_the_same"
    message = _("Hai bản ghi không phải của cùng một người nên không gộp được.")
    next_step = _("Kiểm tra lại thẻ căn cước của từng người.")


class PurposeNeeded(Invalid):
    code = "people.purpose_needed"
    message = _("Chỉ mở thông tin của một người khi có hồ sơ đang làm hoặc một lý do cụ thể.")
    next_step = _("Nhập mã hồ sơ bạn đang làm của người này, hoặc viết lý do; lần xem được ghi lại.")
    not_at_hand = _(
        "Không thấy hồ sơ này của người này trong số hồ sơ chưa kết thúc ở chỗ bạn. Kiểm tra lại mã, hoặc viết lý do."
    )
    too_short = _("Viết lý do bằng một câu, ví dụ: Người dân đến quầy nhờ sửa ngày sinh theo thẻ.")


class PhoneNotProven(Invalid):
    code = "people.phone_not_proven"
    message = _("Số điện thoại đã biết của một người nhận mã đồng ý thay họ nên không đổi được như mục khác.")
    next_step = _("Cán bộ một cửa xem thẻ căn cước của người đó rồi đổi, và ghi căn cứ sửa.")


class NoSuchDifference(NotFound):
    code = "people.no_such_difference"
    message = _("Điểm khác nhau này không còn chờ xử lý.")
    next_step = _("Tải lại trang để xem thông tin mới nhất.")


class NoSuchAccount(NotFound):
    code = "people.no_such_account"
    message = _("Không có tài khoản này.")
    next_step = _("Kiểm tra lại tên đăng nhập.")


class AlreadyLinked(Conflict):
    code = "people.already_linked"
    message = _("Tài khoản này đã gắn với một người khác.")
    next_step = _("Gỡ liên kết cũ sau khi kiểm tra giấy tờ, rồi gắn lại.")


class OwnLink(Forbidden):
    code = "people.own_link"
    message = _("Không ai tự gắn hoặc tự gỡ tài khoản của chính mình với một người.")
    next_step = _("Hãy nhờ đồng nghiệp kiểm tra thẻ của bạn rồi làm việc này.")


class CardNotSeen(Invalid):
    code = "people.card_not_seen"
    message = _("Chưa xác nhận đã xem thẻ căn cước của người này.")
    next_step = _("So thẻ với thông tin trên trang, đánh dấu đã xem rồi gửi lại.")
