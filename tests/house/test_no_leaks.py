"""Nothing of one workplace lands here, and nothing unfinished stays."""

import pytest

from motcua.config import paths
from tests.support import tidy

pytestmark = pytest.mark.kernel


def test_no_registry_and_no_machine_is_named():
    assert tidy.marks(paths.CHECKOUT, tidy.LEAKS) == []


def test_nothing_is_left_unfinished():
    assert tidy.marks(paths.CHECKOUT, tidy.UNFINISHED) == []


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("see https://py" + "pi.org/simple/x", tidy.LEAKS),
        ("--index" + "-url=https://mirror/", tidy.LEAKS),
        ("open('/ro" + "ot/secrets')", tidy.LEAKS),
        ("# TO" + "DO: later", tidy.UNFINISHED),
        ("@pytest.mark.sk" + "ip", tidy.UNFINISHED),
        ("try:\n    x()\nexcept Exception:\n    pa" + "ss\n", tidy.UNFINISHED),
    ],
)
def test_planted_leaks_are_found(tmp_path, text, patterns):
    (tmp_path / "page.py").write_text(f"first = 1\n{text}\n")
    problems = tidy.marks(tmp_path, patterns)
    assert len(problems) == 1
    assert problems[0].startswith("page.py:")


def test_ordinary_text_is_left_alone(tmp_path):
    (tmp_path / "page.md").write_text(
        "Open /counter/work/list or https://example.vn/home/page, code XXXX-XXXX.\n"
    )
    assert tidy.marks(tmp_path, {**tidy.LEAKS, **tidy.UNFINISHED}) == []
