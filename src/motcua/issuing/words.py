"""Words of issuing as people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = [
    ("file", _("Tệp khóa .p12 (chạy thử)")),
    ("token", _("Thiết bị ký (USB token, HSM) qua PKCS#11")),
    ("remote", _("Dịch vụ ký số từ xa")),
]
# What each door wants besides the secret and the settings; `content` of a file comes as an upload.
PLACES_OF: dict[str, tuple[str, ...]] = {
    "token": ("token", "label"),
    "remote": ("credential", "user", "password"),
}
PLACES = tuple(dict.fromkeys(name for names in PLACES_OF.values() for name in names))
CAPACITIES = [
    ("tm", _("TM. – người đứng đầu ký thay mặt tập thể")),
    ("kt", _("KT. – cấp phó ký thay người đứng đầu")),
    ("tl", _("TL. – ký thừa lệnh người đứng đầu")),
    ("tuq", _("TUQ. – ký thừa ủy quyền, có thời hạn")),
    ("head", _("Người đứng đầu cơ quan làm việc theo chế độ thủ trưởng")),
]
