from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers import checks, queries, tasks  # noqa: F401  registers handlers and the rebuild checks
        from motcua.people.queries import register_at_hand

        register_at_hand(queries.at_hand)
