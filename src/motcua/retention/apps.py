from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "motcua.retention"
    label = "retention"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser, register_hold
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.retention import queries, tasks  # noqa: F401  registers the tasks
        from motcua.retention.actions.hold import forget
        from motcua.retention.rules import READERS

        register_subjects("destruction", queries.public_ids)
        register_hold("legal_hold", queries.held_by_law)
        register_eraser(forget)
        register(
            "desk",
            key="retention",
            label=_("Lưu trữ, hủy hồ sơ"),
            url="retention:board",
            icon="trash",
            roles=READERS,
            group=_("Hồ sơ"),
            order=46,
        )
