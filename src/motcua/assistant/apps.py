from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistantConfig(AppConfig):
    name = "motcua.assistant"
    label = "assistant"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.assistant import actions, tasks  # noqa: F401  registers the tasks
        from motcua.assistant.queries import talks
        from motcua.assistant.teaching import lessons
        from motcua.dossiers.queries import register_eraser
        from motcua.foundation.journal.verify import register_subjects
        from motcua.foundation.ui.navigation import register
        from motcua.privacy.queries import register_part

        register_eraser(actions.forget_dossier)
        register_part("conversations", talks.held_of)
        register_subjects("lesson", lessons.subjects)
        register(
            "desk",
            key="teaching",
            label=_("Soạn trợ lý"),
            url="teaching:questions",
            icon="help",
            roles=("administrator",),
            group=_("Quản trị"),
            order=915,
        )
        register(
            "beside",
            key="assistant",
            label=_("Hỏi trợ lý"),
            url="assistant:talk",
            icon="help",
            script="assistant/talk.js",
            style="assistant/talk.css",
        )
