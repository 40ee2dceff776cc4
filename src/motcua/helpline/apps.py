from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelplineConfig(AppConfig):
    name = "motcua.helpline"
    label = "helpline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.assistant.queries.people import register_people
        from motcua.assistant.queries.proposed import register_proposals
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.helpline import actions, queries, tasks  # noqa: F401  registers the handlers and the tasks
        from motcua.helpline.rules import ROLE

        register_people(queries.people_answer, page="helpline:ask")
        register_proposals(queries.for_editors, actions.settle_within)
        register_subjects("proposal", queries.proposal_ids)
        register_subjects("call", queries.call_ids)
        own = {"roles": (ROLE,), "home": (ROLE,), "group": _("Tổng đài")}
        register("desk", key="helpline", label=_("Yêu cầu gặp người"), url="helpline:queue", icon="people", order=5,
                 count=lambda request: queries.waiting_count() or None, **own)  # fmt: skip
        register("desk", key="helpline_call", label=_("Nghe điện thoại"), url="helpline:call", icon="phone", order=6,
                 roles=(ROLE,), group=_("Tổng đài"))  # fmt: skip
