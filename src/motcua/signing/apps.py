import logging

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "motcua.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The library tells of every odd file that a stranger uploads; what matters is in the report.
        for name in ("pyhanko", "pyhanko_certvalidator"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
