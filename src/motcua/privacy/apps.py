from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "motcua.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser, register_hold
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.privacy import actions, queries
        from motcua.privacy.rules import HANDLERS

        register_subjects("data_request", queries.public_ids)
        register_eraser(actions.erase)
        register_hold("complaint_about_a_look", queries.complained_about)
        register(
            "account", key="privacy", label=_("Dữ liệu của tôi"), url="privacy:home", signed_in=True, order=20
        )
        register(
            "desk",
            key="privacy",
            label=_("Yêu cầu về dữ liệu"),
            url="privacy:inbox",
            icon="shield",
            roles=HANDLERS,
            group=_("Lãnh đạo"),
            order=130,
        )
