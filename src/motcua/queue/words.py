"""Words for states and kinds, shared by pages and files."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.queue.rules import KIOSK, SCREEN, State

STATES = {
    State.WAITING: pgettext_lazy("ticket", "Đang chờ"),
    State.CALLED: pgettext_lazy("ticket", "Đang gọi"),
    State.SERVING: pgettext_lazy("ticket", "Đang phục vụ"),
    State.DONE: pgettext_lazy("ticket", "Đã xong"),
    State.NO_SHOW: pgettext_lazy("ticket", "Vắng mặt"),
    State.ENDED: pgettext_lazy("ticket", "Hết ngày chưa gọi"),
}
KINDS = {KIOSK: _("Máy lấy số"), SCREEN: _("Màn hình gọi số")}
