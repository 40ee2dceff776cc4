from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "motcua.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.accounts.actions import register_manager_rule
        from motcua.accounts.queries import register_positions_source
        from motcua.agencies import actions, queries, tasks  # noqa: F401  registers the nightly task
        from motcua.agencies.holders import held_in_words
        from motcua.agencies.projection import KINDS
        from motcua.foundation.actors import register_archive_source, register_holder_source
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.packs.store import register_follower

        register_holder_source(queries.held_by, kinds=("officer", "service"))
        register_archive_source(queries.archive_holders)
        register_manager_rule(queries.may_manage)
        register_positions_source(held_in_words)
        register_subjects("agency", queries.public_ids)
        for kind in KINDS:
            register_follower(kind, actions.follow_publication)
        _navigation()


def _navigation() -> None:
    from motcua.agencies.rules import DELEGABLE
    from motcua.foundation.ui.navigation import register

    register(
        "desk",
        key="leave",
        label=_("Vắng mặt, ủy quyền"),
        url="agencies:leave",
        icon="calendar",
        roles=DELEGABLE,
        group=_("Cá nhân"),
        order=820,
    )
    register(
        "desk",
        key="agencies",
        label=_("Cơ quan và vị trí"),
        url="agencies:tree",
        icon="building",
        roles=("administrator",),
        group=_("Quản trị"),
        order=910,
    )
