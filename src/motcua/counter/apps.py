from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CounterConfig(AppConfig):
    name = "motcua.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.counter import tasks  # noqa: F401  registers the hourly task

        _navigation()


def _navigation() -> None:
    from motcua.counter.listing import waiting
    from motcua.counter.views.upkeep import OUTBOX_ROLES, outbox_is_open
    from motcua.foundation.ui.navigation import register

    desk = ("receptionist", "clerk")
    workers = ("receptionist", "processor", "head", "signer", "clerk", "leader")
    own = {"group": _("Hồ sơ")}
    register("desk", key="work", label=_("Việc chờ"), url="counter:work", icon="inbox", roles=workers,
             order=10, count=waiting, **own)  # fmt: skip
    register("desk", key="savable", label=_("Việc còn kịp"), url="counter:savable", icon="clock", roles=workers,
             order=12, **own)  # fmt: skip
    register("desk", key="apologies", label=_("Xin lỗi phải gửi"), url="counter:apologies", icon="alert",
             roles=workers, order=14, **own)  # fmt: skip
    register("desk", key="joint", label=_("Phối hợp, lấy ý kiến"), url="counter:joint_work", icon="people",
             roles=workers, order=15, **own)  # fmt: skip
    register(
        "desk",
        key="intake",
        label=pgettext_lazy("desk", "Tiếp nhận"),
        url="counter:intake",
        icon="plus",
        roles=desk,
        order=20,
        **own,
    )
    register(
        "desk",
        key="calls",
        label=_("Gọi số"),
        url="counter:calls",
        icon="people",
        roles=desk,
        order=18,
        **own,
    )
    register("desk", key="copies", label=_("Chứng thực bản sao"), url="counter:copies", icon="copy", roles=desk,
             order=30, **own)  # fmt: skip
    register(
        "desk",
        key="books",
        label=_("Sổ và phiếu"),
        url="counter:books",
        icon="print",
        roles=desk,
        order=40,
        **own,
    )
    register("desk", key="labels", label=_("Nhãn hồ sơ"), url="counter:labels", icon="list",
             roles=("head", "leader", "administrator"), order=45, **own)  # fmt: skip
    register("desk", key="dead", label=_("Việc nền bị lỗi"), url="counter:dead", icon="alert",
             roles=("administrator",), group=_("Quản trị"), order=910)  # fmt: skip
    if outbox_is_open():
        register("desk", key="outbox", label=_("Tin nhắn thử nghiệm"), url="counter:outbox", icon="phone",
                 roles=OUTBOX_ROLES, group=_("Thử nghiệm"), order=800)  # fmt: skip
    register("search", key="desk", label=_("Mã hồ sơ, tên, số định danh, điện thoại"), url="counter:search", post=True,
             roles=workers)  # fmt: skip
