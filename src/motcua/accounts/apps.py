from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "motcua.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.accounts import queries, tasks  # noqa: F401  registers the nightly tasks
        from motcua.foundation.journal.verify import register_subjects

        register_subjects("account", queries.public_ids)
        _navigation()


def _navigation() -> None:
    from motcua.foundation.ui.navigation import register

    own = {"signed_in": True}
    register(
        "account", key="sign_in", label=_("Đăng nhập"), url="accounts:sign_in", icon="person", signed_in=False
    )
    register(
        "account", key="overview", label=_("Tài khoản của tôi"), url="accounts:overview", order=80, **own
    )
    register(
        "account", key="sign_out", label=_("Đăng xuất"), url="accounts:sign_out", post=True, order=99, **own
    )
    register(
        "desk",
        key="accounts",
        label=_("Tài khoản"),
        url="accounts:all",
        icon="person",
        roles=("administrator",),
        home=("administrator",),
        group=_("Quản trị"),
        order=900,
    )
