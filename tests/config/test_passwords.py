"""TCVN 14423:2026 x.6.2.2: at least 8 with a second factor, at least 14 of four kinds without."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from motcua.config.passwords import LevelThree, kinds

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("password", "second_factor", "good"),
    [
        ("songhong", True, True),
        ("songhon", True, False),
        ("Sông-Hồng-2026!", False, True),
        ("Sông-Hồng-2026", False, True),
        ("Sông-Hồng-202", False, False),
        ("songhongnamdinh", False, False),
        ("SongHongNamDinh2026", False, False),
    ],
)
def test_the_rule(password, second_factor, good):
    user = SimpleNamespace(has_second_factor=second_factor)
    if good:
        LevelThree().validate(password, user)
    else:
        with pytest.raises(ValidationError, match="ít nhất"):
            LevelThree().validate(password, user)


def test_vietnamese_letters_are_letters():
    assert kinds("đĐ1!") == 4
    assert kinds("ắ" + "ằ") == 1
