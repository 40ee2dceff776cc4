from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "motcua.cooperation"
    label = "cooperation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.cooperation import checks, tasks  # noqa: F401  registers handlers and the rebuild check
        from motcua.cooperation.actions.erase import erase
        from motcua.cooperation.actions.follow import follow
        from motcua.cooperation.queries import holding, told
        from motcua.dossiers.queries import register_eraser, register_follower, register_story, register_wait

        register_eraser(erase)
        register_follower(follow)
        register_wait(holding)
        register_story(told)
