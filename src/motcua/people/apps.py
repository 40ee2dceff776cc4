from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "motcua.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.actors import register_holder_source
        from motcua.foundation.journal.verify import register_subjects
        from motcua.people import queries

        register_holder_source(queries.held_by, kinds=("citizen",))
        register_subjects("party", queries.public_ids)
