"""Every refusal of this room, in words."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import Refusal


class NotASimulation(Refusal):
    code, status = "simulation.not_allowed", 409
    message = _("Bản cài đặt này phục vụ người thật nên không chạy mô phỏng.")
    next_step = _("Đặt MOTCUA_SIMULATION=true trong một thư mục var khác.")
