from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "motcua.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.notices import tasks  # noqa: F401
