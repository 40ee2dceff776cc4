"""Refusals of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchAgency(NotFound):
    code = "agencies.no_such_agency"
    message = _("Không có cơ quan này.")
    next_step = _("Tìm cơ quan trong danh sách rồi thử lại.")


class AgencyNotThere(Conflict):
    code = "agencies.not_there"
    message = _("“{agency}” không hoạt động vào ngày {on}.")
    next_step = _("Chọn cơ quan kế thừa, xem ở trang của cơ quan này.")


class NoSuchAccount(NotFound):
    code = "agencies.no_such_account"
    message = _("Không có tài khoản này.")
    next_step = _("Tạo tài khoản cho cán bộ trước, rồi giao vị trí.")


class NotAnOfficer(Conflict):
    code = "agencies.not_an_officer"
    message = _("Tài khoản này là tài khoản người dân nên không giữ vị trí ở cơ quan.")
    next_step = _("Tạo một tài khoản cán bộ riêng cho công việc.")


class NoSuchRole(Invalid):
    code = "agencies.no_such_role"
    message = _("Không có vai trò “{role}”.")
    next_step = _("Chọn một vai trò trong danh sách.")


class AlreadyHolds(Conflict):
    code = "agencies.already_holds"
    message = _("Tài khoản này đang giữ vị trí đó rồi.")
    next_step = _("Không cần làm gì thêm; muốn đổi thời hạn thì kết thúc vị trí cũ trước.")


class NotYours(Forbidden):
    code = "agencies.not_yours"
    message = _("Bạn không quản trị cơ quan này.")
    next_step = _("Nhờ người quản trị của cơ quan đó hoặc của tỉnh thực hiện.")


class OwnPosition(Forbidden):
    code = "agencies.own_position"
    message = _("Không ai tự giao vị trí cho mình.")
    next_step = _("Nhờ một người quản trị khác thực hiện.")


class NoSuchPosition(NotFound):
    code = "agencies.no_such_position"
    message = _("Không có vị trí này.")
    next_step = _("Tải lại trang của cơ quan để xem các vị trí hiện có.")


class AlreadyEnded(Conflict):
    code = "agencies.already_ended"
    message = _("Vị trí này đã kết thúc.")
    next_step = _("Không cần làm gì thêm.")


class LastAdministrator(Conflict):
    code = "agencies.last_administrator"
    message = _("Đây là người quản trị cuối cùng; kết thúc vị trí này thì không ai quản trị được nữa.")
    next_step = _("Giao vai trò quản trị cho người khác trước.")


class NotDelegable(Conflict):
    code = "agencies.not_delegable"
    message = _("Vị trí này không ủy quyền được.")
    next_step = _("Nhờ người quản trị giao vị trí cho người khác.")


class NotAColleague(Conflict):
    code = "agencies.not_a_colleague"
    message = _("Người nhận ủy quyền phải đang giữ một vị trí ở cùng cơ quan.")
    next_step = _("Chọn một người ở cùng cơ quan, hoặc nhờ người quản trị giao vị trí.")


class DelegationTooLong(Invalid):
    code = "agencies.delegation_too_long"
    message = _("Ủy quyền phải có ngày kết thúc và dài nhất {most} ngày.")
    next_step = _("Chọn ngày kết thúc sớm hơn; vắng lâu hơn thì nhờ người quản trị giao vị trí.")


class DatesInWrongOrder(Invalid):
    code = "agencies.dates_in_wrong_order"
    message = _("Ngày kết thúc đứng trước ngày bắt đầu.")
    next_step = _("Sửa lại hai ngày rồi gửi lại.")


class DocumentProblem(Invalid):
    """A pack document that cannot become agencies; for operators, so it names the place."""

    code = "agencies.document_problem"
    message = _("Gói dữ liệu cơ quan có chỗ chưa đúng: {where}: {what}")
    next_step = _("Chạy `motcua packs check` để xem mọi lỗi của gói.")
