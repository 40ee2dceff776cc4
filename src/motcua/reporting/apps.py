from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "motcua.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries import register_eraser, register_hold
        from motcua.foundation import policy
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.reporting import queries, tasks  # noqa: F401  registers the task
        from motcua.reporting.actions.erase import complained_about, erase
        from motcua.reporting.rules import READERS
        from motcua.reporting.rules.petitions import HANDLERS

        register_eraser(erase)
        register_hold("complaint", complained_about)
        policy.register_check("reporting.reports", queries.report_differences)
        register_subjects("report", queries.subjects)
        register_subjects("petition", queries.petition_subjects)
        register(
            "desk",
            key="reporting",
            label=_("Báo cáo, chỉ số"),
            url="reporting:ii06a",
            icon="list",
            roles=READERS,
            group=_("Lãnh đạo"),
            order=110,
        )
        register(
            "desk",
            key="petitions",
            label=_("Phản ánh, kiến nghị"),
            url="reporting:petitions",
            icon="list",
            roles=HANDLERS,
            group=_("Lãnh đạo"),
            order=120,
        )
