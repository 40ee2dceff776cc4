from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "motcua.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.certificates.queries import held_of
        from motcua.foundation.ui.navigation import register
        from motcua.privacy.queries import register_part

        register_part("signatures", held_of)  # two rooms of one floor: neither can ask the other
        helpers = ("helper", "receptionist")
        register("public", key="procedures", label=_("Thủ tục"), url="portal:procedures", order=10)
        register("public", key="track", label=_("Tra cứu"), url="portal:track", order=20)
        register("public", key="mine", label=_("Hồ sơ của tôi"), url="portal:mine", order=30)
        register("account", key="store", label=_("Kho giấy tờ"), url="portal:store", signed_in=True, order=20)
        register("public", key="help", label=_("Trợ giúp"), url="portal:help", order=40)
        register("account", key="mine", label=_("Hồ sơ của tôi"), url="portal:mine", signed_in=True, order=10)
        for face in ("account", "desk"):
            register(
                face,
                key="helping",
                label=_("Giúp nộp hồ sơ"),
                url="portal:helping",
                icon="people",
                roles=helpers,
                order=300,
            )
        for order, (key, label) in enumerate(
            (
                ("about", _("Một Cửa là gì")),
                ("help", _("Trợ giúp")),
                ("control", _("Kiểm soát TTHC")),
                ("verify", _("Kiểm tra chữ ký số")),
                ("privacy", _("Dữ liệu của bạn")),
                ("accessibility", _("Dùng được cho mọi người")),
            )
        ):
            register("footer", key=key, label=label, url=f"portal:{key}", order=order)
        register("footer", key="api", label=_("Dành cho lập trình viên"), url="api_front", order=10)
