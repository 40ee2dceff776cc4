from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "motcua.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation import tasks  # noqa: F401  registers the housekeeping tasks
