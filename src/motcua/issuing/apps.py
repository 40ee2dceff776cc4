from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuingConfig(AppConfig):
    name = "motcua.issuing"
    label = "issuing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.issuing import actions, queries

        register_eraser(actions.erase)
        register_subjects("signing-key", queries.public_ids_of_keys)
        register_subjects("authority", queries.public_ids_of_authorities)
        register_subjects("issued", queries.public_ids_of_issued)
        register(
            "desk",
            key="signing-keys",
            label=_("Chữ ký số của tôi"),
            url="issuing:keys",
            icon="file",
            roles=("signer", "clerk"),
            group=_("Cá nhân"),
            order=830,
        )
        register(
            "desk",
            key="issued",
            label=_("Sổ văn bản đã ký số"),
            url="issuing:register",
            icon="file",
            roles=("clerk", "signer", "leader"),
            group=_("Sổ sách"),
            order=640,
        )
        register(
            "desk",
            key="authorities",
            label=_("Thẩm quyền ký"),
            url="issuing:authorities",
            icon="building",
            roles=("administrator",),
            group=_("Quản trị"),
            order=915,
        )
