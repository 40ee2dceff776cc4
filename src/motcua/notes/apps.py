from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "motcua.notes"
    label = "notes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import columns, register_eraser
        from motcua.foundation.journal.verify import register_subjects
        from motcua.notes import actions, queries, words

        register_eraser(actions.erase)
        columns.register(queries.label_column(words.LABELS))
        register_subjects("label", queries.subjects)
