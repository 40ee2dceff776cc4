from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "motcua.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation import policy
        from motcua.foundation.journal.verify import register_subjects
        from motcua.registers import queries, tasks  # noqa: F401  handlers

        register_subjects("holding", queries.subjects)
        policy.register_check("registers.entries", queries.entry_differences)
