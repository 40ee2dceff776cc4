"""Refusals of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchReorganisation(NotFound):
    code = "reorganisation.none"
    message = _("Không có gói sắp xếp bộ máy “{key}” đang có hiệu lực.")
    next_step = _("Xem các gói bằng `motcua reorganise list`, hoặc công bố gói trước.")


class NotYours(Forbidden):
    code = "reorganisation.not_yours"
    message = _("Bạn không quản trị cơ quan này nên không quyết định được.")
    next_step = _("Nhờ người quản trị của cơ quan đó hoặc của tỉnh thực hiện.")


class TooEarly(Conflict):
    code = "reorganisation.too_early"
    message = _("Việc sắp xếp có hiệu lực từ ngày {on}, hôm nay chưa tới.")
    next_step = _("Xem trước và quyết định chỗ chưa rõ; đến ngày thì áp dụng.")


class Undecided(Conflict):
    code = "reorganisation.undecided"
    message = _("Còn {dossiers} hồ sơ và {positions} vị trí chưa biết chuyển về đâu.")
    next_step = _("Xem danh sách bằng `motcua reorganise preview {key}`, quyết định từng việc hoặc theo quy tắc, "
                  "hoặc áp dụng phần đã rõ với `--partly`.")  # fmt: skip


class NothingToUndo(Conflict):
    code = "reorganisation.nothing_to_undo"
    message = _("Gói sắp xếp “{key}” chưa được áp dụng nên không có gì để hoàn tác.")
    next_step = _("Xem tình trạng bằng `motcua reorganise list`.")


class BeingUndone(Conflict):
    code = "reorganisation.being_undone"
    message = _("Gói sắp xếp “{key}” đang được hoàn tác.")
    next_step = _("Chạy tiếp `motcua reorganise undo {key}` cho xong rồi mới áp dụng lại.")


class NotApplying(Conflict):
    code = "reorganisation.not_applying"
    message = _("Lần áp dụng này đã xong hoặc đã đổi trạng thái.")
    next_step = _("Xem tình trạng bằng `motcua reorganise list`.")


class DecisionWrong(Invalid):
    code = "reorganisation.decision_wrong"
    message = _("Quyết định thứ {number} chưa dùng được: {what}")
    next_step = _("Sửa quyết định ấy rồi gửi lại; chưa quyết định nào được ghi.")
