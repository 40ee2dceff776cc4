from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReorganisationConfig(AppConfig):
    name = "motcua.reorganisation"
    label = "reorganisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser
        from motcua.foundation.ui.navigation import register
        from motcua.reorganisation.actions.erase import erase

        register_eraser(erase)

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
