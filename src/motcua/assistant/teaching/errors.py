"""What is refused to an editor of the assistant's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Conflict, Forbidden, Invalid, NotFound

# What is said at a box.
PERSONAL = _(
    "Có dữ liệu riêng của một người, hoặc chỗ đã che như “[tên]”. Chỉ ghi những từ mà ai cũng có thể hỏi."
)
EMPTY = _("Chưa ghi câu hoặc từ nào.")
EMPTY_BOX = _("Ô này chưa được ghi.")


class LessonNotFound(NotFound):
    code = "assistant.no_lesson"
    message = _("Không có bản soạn từ ngữ nào ở địa chỉ này.")
    next_step = _("Mở danh sách câu hỏi của người dân để bắt đầu lại.")


class LessonMoved(Conflict):
    code = "assistant.lesson_moved"
    message = _("Bản soạn này vừa được lưu ở nơi khác sau khi bạn mở trang, nên việc của bạn chưa được ghi.")
    next_step = _("Tải lại trang để xem bản mới nhất rồi làm lại.")


class LessonClosed(Conflict):
    code = "assistant.lesson_closed"
    message = _("Bản soạn này đã công bố hoặc đã bỏ nên không sửa được nữa.")
    next_step = _("Thêm từ hoặc câu trả lời mới: một bản soạn mới bắt đầu từ bản đang có hiệu lực.")


class EntryWrong(Invalid):
    """`problems` name the boxes."""

    code = "assistant.entry_wrong"
    message = _("Nội dung bạn ghi còn chỗ chưa đúng nên chưa được thêm.")
    next_step = _("Sửa các ô được nêu rồi bấm lại.")


class GroupGone(NotFound):
    code = "assistant.group_gone"
    message = _("Nhóm câu hỏi này không còn trong khoảng thời gian đang xem.")
    next_step = _("Mở lại danh sách câu hỏi.")


class ReasonNeeded(Invalid):
    code = "assistant.reason_needed"
    message = _("Bạn chưa ghi lý do.")
    next_step = _("Ghi ít nhất vài từ để người sau hiểu vì sao, rồi bấm lại.")


class NotCompared(Conflict):
    code = "assistant.not_compared"
    message = _(
        "Bản soạn này chưa được so sánh trên bộ câu hỏi, hoặc từ lần so sánh trước đã có thay đổi khác được công bố."
    )
    next_step = _("Bấm “So sánh trên bộ câu hỏi”, xem kết quả rồi công bố.")


class NothingTaught(Conflict):
    code = "assistant.nothing_taught"
    message = _("Bản soạn không khác bản đang có hiệu lực.")
    next_step = _("Thêm một từ hoặc một câu trả lời, hoặc bỏ bản soạn này.")


class LessonNotSound(Conflict):
    code = "assistant.lesson_not_sound"
    message = _("Bản soạn còn {count} chỗ chưa đúng nên chưa công bố được.")
    next_step = _("Bỏ hoặc sửa những mục được nêu trên trang bản soạn.")


class BaseMoved(Conflict):
    code = "assistant.base_moved"
    message = _("Từ khi bản soạn này bắt đầu, một bản khác của từ ngữ địa phương đã được công bố.")
    next_step = _("Bỏ bản soạn này rồi soạn lại từ bản đang có hiệu lực.")


class OtherPublishes(Forbidden):
    code = "assistant.other_publishes"
    message = _("Người soạn không tự công bố được: cần một người quản trị khác xem lại.")
    next_step = _("Bấm “Gửi để công bố” để người khác xem và công bố.")
