from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "motcua.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.catalogue import actions, tasks  # noqa: F401  registers the task that follows the calendar
        from motcua.foundation.packs.store import register_follower

        register_follower("procedures", actions.follow)
        register_follower("sectors", actions.follow)
