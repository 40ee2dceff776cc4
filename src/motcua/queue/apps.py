from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QueueConfig(AppConfig):
    name = "motcua.queue"
    label = "queue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.queue import queries, rules, tasks  # noqa: F401  registers the nightly task

        for kind, ids in queries.SUBJECTS.items():
            register_subjects(kind, ids)
        own = {"icon": "clock", "group": _("Số thứ tự")}
        register("desk", key="queue_figures", label=_("Thời gian chờ"), url="queue:figures", roles=rules.READERS,
                 order=60, **own)  # fmt: skip
        register("desk", key="queue_devices", label=_("Máy lấy số, màn hình"), url="queue:devices",
                 roles=rules.KEEPERS, order=62, **own)  # fmt: skip
