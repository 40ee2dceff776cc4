"""What a reorganisation says on a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = {
    "planned": _("Chưa áp dụng"),
    "applying": _("Đang áp dụng"),
    "applied": _("Đã áp dụng"),
    "undoing": _("Đang hoàn tác"),
}

# why nobody can tell from what is stored where a dossier belongs
MEANINGS = {
    "nothing": _("Tờ khai không ghi địa chỉ"),
    "unknown": _("Địa chỉ ở nơi không có trong danh mục"),
    "former_code": _("Mã địa bàn khi khai là của đơn vị cũ, ranh giới khác đơn vị nay mang mã ấy"),
    "spread": _("Đơn vị cũ nay nằm ở nhiều đơn vị mới"),
    "today": _("Địa chỉ ở ngoài địa bàn các cơ quan kế thừa"),
    "whole": _("Địa chỉ ở ngoài địa bàn các cơ quan kế thừa"),
}
