"""Every refusal of the room."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.errors import NotFound


class NoTrialAuthority(NotFound):
    code = "signing.no_trial_authority"
    message = _("Ở đây không có nơi cấp chứng thư số mô phỏng này.")
    next_step = _("Dùng chứng thư của nơi cấp thật; nơi cấp mô phỏng chỉ có khi chạy thử.")
