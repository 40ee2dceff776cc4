from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "motcua.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.accounts import queries, tasks  # noqa: F401  registers the nightly tasks
        from motcua.foundation.journal.verify import register_subjects

        register_subjects("account", queries.public_ids)
