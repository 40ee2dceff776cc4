from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealingConfig(AppConfig):
    name = "motcua.sealing"
    label = "sealing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.ui.navigation import register
        from motcua.sealing import tasks  # noqa: F401  registers the tasks

        register("footer", key="sealing", label=_("Sổ nhật ký niêm phong"), url="sealing:show", order=5)
