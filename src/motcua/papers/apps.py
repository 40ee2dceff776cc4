from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "motcua.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.papers import actions, queries, tasks  # noqa: F401  registers the handler and the task

        register_eraser(actions.erase)

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
