from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "motcua.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.journal.verify import register_subjects
        from motcua.papers import queries, tasks  # noqa: F401  registers the handler and the task

        register_subjects("paper", queries.public_ids)
