from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "motcua.editing"
    label = "editing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.editing import queries
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register

        register_subjects("procedure-draft", queries.subjects)
        register(
            "desk",
            key="editing",
            label=_("Soạn thủ tục"),
            url="editing:list",
            icon="list",
            roles=("administrator",),
            group=_("Quản trị"),
            order=910,
        )
