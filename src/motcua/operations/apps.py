from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "motcua.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.ui.navigation import register
        from motcua.operations import checks, tasks  # noqa: F401  registers the handler and the rebuild check
        from motcua.operations.rules import READERS

        register(
            "desk",
            key="operations",
            label=_("Tình hình giải quyết"),
            url="operations:overview",
            icon="list",
            roles=READERS,
            home=("leader",),
            group=_("Lãnh đạo"),
            order=100,
        )
