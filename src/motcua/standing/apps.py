from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandingConfig(AppConfig):
    name = "motcua.standing"
    label = "standing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser
        from motcua.foundation.ui.navigation import register
        from motcua.standing import actions, tasks  # noqa: F401  registers the handler and the task

        register_eraser(actions.erase)

        register("footer", key="standing", label=_("Kết quả bị thu hồi"), url="standing:list", order=6)
