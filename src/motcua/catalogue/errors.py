"""Every refusal of the catalogue."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Invalid, NotFound


class ProcedureNotFound(NotFound):
    code = "catalogue.procedure_not_found"
    message = _("Không tìm thấy thủ tục “{name}”.")
    next_step = _("Tìm theo việc bạn cần làm, ví dụ “làm giấy khai sinh”, hoặc theo mã thủ tục.")


class OnlyListed(Conflict):
    code = "catalogue.only_listed"
    message = _("Thủ tục {code} mới có trong danh mục, chưa có nội dung để nộp hồ sơ tại đây.")
    next_step = _("Hỏi cơ quan thực hiện, hoặc nộp trên Cổng Dịch vụ công quốc gia.")


class ListUnreadable(Invalid):
    code = "catalogue.list_unreadable"
    message = _("Không đọc được danh mục: {why}.")
    next_step = _("Dùng tệp CSV mã hóa UTF-8 có các cột: {columns}.")


class ListWrong(Invalid):
    """`problems` names the lines."""

    code = "catalogue.list_wrong"
    message = _("Danh mục có {count} dòng sai nên chưa nhập dòng nào.")
    next_step = _("Sửa các dòng được nêu rồi nhập lại cả tệp.")
