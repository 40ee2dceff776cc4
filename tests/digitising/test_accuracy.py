"""How well pages are read, by the program itself: a small sheet scanned well, crooked, grainy, photographed."""

import pytest

from motcua.digitising import accuracy, ocr
from tests.digitising import factories as scan

DPI = 130
pytestmark = [pytest.mark.kernel, pytest.mark.slow]


@pytest.fixture(scope="module")
def program():
    """The reading program; told as a skip where none is installed."""
    if not ocr.can_read("tesseract"):
        pytest.skip("no tesseract with Vietnamese here: apt install tesseract-ocr tesseract-ocr-vie")
    return "tesseract"


@pytest.mark.parametrize(
    ("how", "most"),
    [(accuracy.CLEAN, 2.0), (accuracy.TURNED, 3.0), (accuracy.NOISY, 6.0), (accuracy.PHOTO, 6.0)],
)
def test_few_letters_are_wrong(program, how, most):
    page = scan.page(scan.LINES[2:], dpi=DPI, size=13)
    found = accuracy.read_worse(page, how, 1, program=program, dpi=DPI)
    wanted = accuracy.tidy(" ".join(scan.LINES[2:]))
    rate = 100 * accuracy.distance(wanted, found) / len(wanted)
    assert rate <= most, found
