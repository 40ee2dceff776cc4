from django.apps import AppConfig


class DigitisingConfig(AppConfig):
    name = "motcua.digitising"
    label = "digitising"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.digitising import queries, tasks  # noqa: F401  registers the task
        from motcua.digitising.actions.erasing import erase
        from motcua.dossiers.queries import register_eraser, register_marker
        from motcua.foundation.journal.verify import register_subjects

        register_eraser(erase)
        register_marker(queries.marked_copy)
        register_subjects("scan", queries.public_ids)
