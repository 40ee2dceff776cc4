from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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
        _navigation()


def _navigation() -> None:
    from motcua.foundation.ui.navigation import register
    from motcua.people import rules

    register(
        "account",
        key="me",
        label=_("Thông tin của tôi"),
        url="people:me",
        icon="card",
        signed_in=True,
        order=70,
    )
    register(
        "desk",
        key="people",
        label=_("Tìm người, tổ chức"),
        url="people:search",
        icon="people",
        roles=rules.DESK,
        order=600,
    )
