from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "motcua.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.certificates import queries, tasks  # noqa: F401  registers the tasks
        from motcua.certificates.actions.asking import follow
        from motcua.certificates.actions.erasing import erase
        from motcua.certificates.rules import FIGURES
        from motcua.dossiers.queries import register_eraser, register_follower, register_hold, register_wait
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register

        register_follower(follow)
        register_wait(queries.waits)
        register_eraser(erase)
        register_hold("certificate_in_force", queries.in_force)
        register_subjects("certificate", queries.public_ids)
        register_subjects("booth", queries.booth_ids)
        register(
            "account", key="certificates", label=_("Chữ ký số của tôi"), url="certificates:mine", signed_in=True,
            order=25,
        )  # fmt: skip
        register(
            "desk",
            key="certificates",
            label=_("Chữ ký số công dân"),
            url="certificates:desk",
            icon="key",
            roles=FIGURES,
            group=_("Hồ sơ"),
            order=44,
        )
