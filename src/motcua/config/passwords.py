"""The password rule of level 3 (TCVN 14423:2026 x.6.2.2, through rules on NĐ 331/2026).

At least 8 characters where a second factor is asked, at least 14 of four kinds where none is.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LENGTH_WITH_SECOND_FACTOR = 8
LENGTH_ALONE = 14


def kinds(password: str) -> int:
    """Count the kinds of characters: small letters, capitals, digits, everything else."""
    found = set()
    for character in unicodedata.normalize("NFC", password):
        if character.islower():
            found.add("small")
        elif character.isupper():
            found.add("capital")
        elif character.isdigit():
            found.add("digit")
        else:
            found.add("other")
    return len(found)


class LevelThree:
    """Django password validator. An account says `has_second_factor` when one is always asked of it."""

    def validate(self, password: str, user=None) -> None:
        if getattr(user, "has_second_factor", False):
            if len(password) < LENGTH_WITH_SECOND_FACTOR:
                raise ValidationError(
                    _("Mật khẩu cần ít nhất %(count)d ký tự.") % {"count": LENGTH_WITH_SECOND_FACTOR},
                    code="password_too_short",
                )
        elif len(password) < LENGTH_ALONE or kinds(password) < 4:
            raise ValidationError(self.get_help_text(), code="password_too_weak")

    def get_help_text(self) -> str:
        return _(
            "Mật khẩu cần ít nhất %(count)d ký tự, gồm chữ thường, chữ hoa, chữ số và ký tự khác; "
            "nếu dùng thêm mã xác thực thì chỉ cần %(short)d ký tự."
        ) % {"count": LENGTH_ALONE, "short": LENGTH_WITH_SECOND_FACTOR}
