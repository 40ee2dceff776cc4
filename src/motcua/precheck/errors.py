"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Refusal


class NotBeingFiled(Refusal):
    code, status = "precheck.not_being_filed", 409
    message = _("Hồ sơ này đã nộp và không chờ bổ sung nên không soát trước khi nộp được nữa.")
    next_step = _("Xem tình trạng ở trang hồ sơ; nơi tiếp nhận sẽ báo nếu còn thiếu gì.")
