from django.apps import AppConfig


class ForecastConfig(AppConfig):
    name = "motcua.forecast"
    label = "forecast"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.forecast import tasks  # noqa: F401  registers the nightly learning
