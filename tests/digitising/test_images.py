"""Pages as pictures: real size, upright, alone, straight, even light; and counting letters."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from motcua.digitising import accuracy, images
from tests.digitising import factories as scan

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize("angle", [-5.0, -2.3, 0.0, 1.0, 3.0])
def test_a_crooked_page_is_straightened(angle):
    crooked = scan.page(dpi=80).rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    straight, turned = images.straightened(crooked)
    assert abs(turned + angle) < 0.35
    assert abs(images.skew_of(straight)) < 0.35


def test_an_empty_page_is_left_alone():
    assert images.straightened(Image.new("RGB", (400, 600), "white"))[1] == 0.0


def test_a_scan_says_how_finely_it_was_scanned():
    found = images.page_of(scan.pdf(scan.page(), dpi=100), "pdf", 0)
    assert (found.dpi, found.guessed) == (100, False)
    assert found.image.width == pytest.approx(
        5.83 * 200, abs=3
    )  # drawn at 200, coarser than that is only told
    found = images.page_of(scan.jpeg(scan.page()), "jpeg", 0)
    assert (found.dpi, found.guessed) == (100, False)


@pytest.mark.parametrize("told", [None, (72, 72), (1, 1), ("x", "y"), (float("nan"), 1)])
def test_what_cannot_be_the_size_of_a_paper_is_not_believed(told):
    dpi, guessed = images._dpi_of((2480, 3508), told)
    assert (dpi, guessed) == (300, True)


def test_a_finer_scan_is_kept_at_300():
    found = images.page_of(scan.jpeg(scan.page(dpi=150), dpi=600), "jpeg", 0)
    assert (found.dpi, found.drawn) == (600, 300)
    assert found.image.width == pytest.approx(scan.page(dpi=150).width / 2, abs=1)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing %%EOF", b"\xff\xd8\xff broken"])
@pytest.mark.parametrize("kind", ["pdf", "jpeg"])
def test_a_broken_file_is_told_not_raised(content, kind):
    with pytest.raises(images.Unreadable):
        images.page_of(content, kind, 0)


def test_a_page_behind_the_last_is_none():
    with pytest.raises(images.Unreadable):
        images.page_of(scan.pdf(scan.page()), "pdf", 1)
    assert images.count_pages(scan.pdf(scan.page(), scan.page()), "pdf") == 2


def test_a_photographed_sheet_is_taken_off_its_table():
    sheet = scan.page(dpi=90)
    photo = accuracy.photographed(sheet, 1)
    alone = images.paper_alone(photo)
    assert alone.width / alone.height == pytest.approx(sheet.width / sheet.height, rel=0.06)
    corners = [alone.getpixel(p) for p in ((6, 6), (alone.width - 7, alone.height - 7))]
    assert all(sum(colour) > 300 for colour in corners), "the table is still there"


def test_a_scan_without_a_table_is_not_cut():
    assert images.paper_alone(scan.page()) is scan.page()


def test_pages_are_turned_clockwise():
    page = Image.new("RGB", (2, 1), "white")
    page.putpixel((0, 0), (0, 0, 0))
    assert images.turned(page, 90).getpixel((0, 0)) == (0, 0, 0)
    assert images.turned(page, 180).getpixel((1, 0)) == (0, 0, 0)
    assert images.turned(page, 270).getpixel((0, 1)) == (0, 0, 0)


def test_uneven_light_is_taken_away():
    page = scan.page().convert("L")
    shade = Image.linear_gradient("L").resize(page.size).point([120 + level // 2 for level in range(256)])
    flat = images.flat(Image.composite(page, Image.new("L", page.size, 60), shade))
    rim = [flat.getpixel((page.width // 2, y)) for y in (3, page.height - 4)]
    assert min(rim) > 245


def test_transparent_is_paper():
    out = io.BytesIO()
    Image.new("RGBA", (50, 70), (0, 0, 0, 0)).save(out, "PNG")
    assert images.page_of(out.getvalue(), "png", 0).image.getpixel((5, 5)) == (255, 255, 255)


def _slow_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


@settings(max_examples=40)
@given(st.text("aăâ b", max_size=20), st.text("aăâ b", max_size=20))
def test_letters_are_counted_as_levenshtein_does(wanted, found):
    assert accuracy.distance(wanted, found) == _slow_distance(wanted, found)
