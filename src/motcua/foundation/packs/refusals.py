"""What the store of packs refuses."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Invalid, NotFound


class NoDraft(NotFound):
    code = "packs.no_draft"
    message = _("Không có bản nháp nào của {kind}/{key}.")
    next_step = _("Nạp lại gói dữ liệu hoặc soạn bản nháp trước khi công bố.")


class NothingPublished(NotFound):
    code = "packs.nothing_published"
    message = _("Chưa có bản nào của {kind}/{key} đang có hiệu lực.")
    next_step = _("Kiểm tra tên tài liệu, hoặc công bố bản nháp trước.")


class DraftChanged(Conflict):
    code = "packs.draft_changed"
    message = _("Bản nháp của {kind}/{key} đã khác bản bạn vừa xem.")
    next_step = _("Xem lại điểm khác biệt rồi công bố.")


class TooEarly(Conflict):
    code = "packs.too_early"
    message = _("{kind}/{key}: bản đang công bố có hiệu lực từ {since}, bản mới phải có hiệu lực sau đó.")
    next_step = _("Chọn thời điểm hiệu lực sau thời điểm đó.")


class NameTooLong(Invalid):
    code = "packs.name_too_long"
    message = _("Tên tài liệu {kind}/{key} quá dài.")
    next_step = _("Đặt tên ngắn hơn (cả nhóm và tên không quá {most} ký tự).")
