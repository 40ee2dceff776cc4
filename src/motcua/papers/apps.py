from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "motcua.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.papers import queries, tasks  # noqa: F401  registers the handler and the task

        register_subjects("paper", queries.public_ids)
        register(
            "desk",
            key="papers",
            label=_("Mẫu giấy tờ"),
            url="papers:list",
            icon="file",
            roles=("administrator",),
            group=_("Quản trị"),
            order=920,
        )
