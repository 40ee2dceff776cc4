"""Every refusal of the registers room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Forbidden, NotFound, Refusal


class NobodyKnown(Forbidden):
    """The account is not proved to be a person: a store belongs to a person."""

    code = "registers.nobody_known"
    message = _("Tài khoản này chưa được định danh nên chưa có kho giấy tờ.")
    next_step = _("Đăng nhập bằng tài khoản định danh, hoặc mang căn cước đến bộ phận một cửa để xác nhận.")


class HoldingNotFound(NotFound):
    """No such paper in this person's store."""

    code = "registers.holding_not_found"
    message = _("Kho giấy tờ của bạn không có giấy này.")
    next_step = _("Mở kho giấy tờ để xem những giấy đang có.")


class NotOffered(Refusal):
    """The city cannot answer this paper for this dossier."""

    code, status = "registers.not_offered", 409
    message = _("Thành phố không có giấy này để dùng lại cho hồ sơ.")
    next_step = _("Tải lại trang giấy tờ. Nếu vẫn không có, hãy nộp giấy của bạn.")


class NothingSaid(Refusal):
    """There is no agreement to take back."""

    code, status = "registers.nothing_said", 409
    message = _("Không có sự đồng ý nào đang có hiệu lực cho giấy này.")
    next_step = _("Tải lại trang để xem giấy tờ hiện nay của hồ sơ.")


class KindUnknown(Refusal):
    """No such kind of paper in the packs."""

    code, status = "registers.kind_unknown", 422
    message = _("Chưa chọn loại giấy tờ.")
    next_step = _("Chọn một loại trong danh sách rồi lưu lại.")


class StoreFull(Refusal):
    """The store of one person is bounded."""

    code, status = "registers.store_full", 409
    message = _("Kho của bạn đã có {most} giấy tự tải lên, là mức nhiều nhất.")
    next_step = _("Bỏ bớt giấy không dùng nữa rồi thêm giấy mới.")
