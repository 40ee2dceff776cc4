"""A file is a comfortable read; a function fits on a screen or two."""

import pytest

from motcua.config import paths
from tests.support import tidy

pytestmark = pytest.mark.kernel


def test_nothing_outgrew_a_comfortable_read():
    assert tidy.too_big(paths.CHECKOUT) == []


def test_a_planted_giant_is_found(tmp_path):
    (tmp_path / "rules.py").write_text("x = 1\n" * 600)
    (tmp_path / "views.py").write_text("def long():\n" + "    x = 1\n" * 90)
    assert tidy.too_big(tmp_path) == [
        "rules.py has 601 lines, 500 at most. Make it a folder.",
        "views.py:1 long has 91 lines, 80 at most.",
    ]
