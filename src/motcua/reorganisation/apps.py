from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReorganisationConfig(AppConfig):
    name = "motcua.reorganisation"
    label = "reorganisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.ui.navigation import register

        register(
            "desk",
            key="reorganisation",
            label=_("Sắp xếp bộ máy"),
            url="reorganisation:list",
            icon="building",
            roles=("administrator",),
            group=_("Quản trị"),
            order=915,
        )
