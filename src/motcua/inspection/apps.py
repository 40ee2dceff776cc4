from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    name = "motcua.inspection"
    label = "inspection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_hold
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.inspection import queries
        from motcua.inspection.rules import GRANTERS

        register_subjects("mandate", queries.public_ids)
        register_hold("inspection", queries.under_inspection)
        register(
            "desk",
            key="inspection",
            label=_("Thanh tra"),
            url="inspection:board",
            icon="shield",
            roles=GRANTERS,
            group=_("Lãnh đạo"),
            order=140,
        )
