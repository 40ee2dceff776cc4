from django.apps import AppConfig


class PrecheckConfig(AppConfig):
    name = "motcua.precheck"
    label = "precheck"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser
        from motcua.precheck import actions, tasks  # noqa: F401  registers the tasks

        register_eraser(actions.erase)
