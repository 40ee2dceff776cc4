from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "motcua.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.files import queries, tasks  # noqa: F401  registers the nightly sweep
        from motcua.foundation.journal.verify import register_subjects

        register_subjects("file", queries.public_ids)
