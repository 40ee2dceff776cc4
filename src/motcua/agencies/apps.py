from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "motcua.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.agencies import queries
        from motcua.foundation.actors import register_holder_source
        from motcua.foundation.journal.verify import register_subjects

        register_holder_source(queries.held_by, kinds=("officer", "service"))
        register_subjects("agency", queries.public_ids)
