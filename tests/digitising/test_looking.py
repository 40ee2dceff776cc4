"""A look at a file: a page's own text, the ways up that are tried, and what the picture itself is like."""

import pytest
from PIL import ImageEnhance, ImageFilter

from motcua.digitising import images, looking, ocr
from tests.digitising.factories import jpeg, page, pdf
from tests.precheck import made

pytestmark = pytest.mark.kernel


def look(content, kind="jpeg"):
    return looking.look(content, kind, program="none", pages_most=2, seconds=30)


@pytest.fixture
def no_reader(monkeypatch):
    monkeypatch.setattr(ocr, "can_read", lambda program: False)


def test_a_written_page_gives_its_own_words_with_their_places(no_reader):
    sheet = made.Sheet("Giấy báo tử", (("Họ, chữ đệm, tên", "Đỗ Thị Bích Hạnh"),), agency="BỆNH VIỆN")
    found, count = look(made.pdf(sheet, "prose", "Libertinus Serif"), "pdf")
    assert count == 1 and found[0].how == looking.WRITTEN
    assert any("Đỗ Thị Bích Hạnh" in text for text, _sure in looking.rows_in(found[0]))
    again = looking.Looked.of_data(found[0].as_data())
    assert (again.how, len(again.words), again.long) == (found[0].how, len(found[0].words), found[0].long)


def test_a_scanned_page_is_read_whatever_words_lie_under_it_and_only_the_first_pages(no_reader):
    found, count = look(pdf(page(dpi=60), page(dpi=60), page(dpi=60), dpi=60), "pdf")
    assert (count, [one.how for one in found]) == (3, ["absent", "absent"])


def test_a_photograph_on_its_side_is_turned_until_it_can_be_read(monkeypatch):
    upright = page(dpi=60).size

    def read(picture, **how):
        words = [ocr.Word(f"chữ{n}", 95, n, 100, 10 * n, 50, 8) for n in range(30)]
        return words if (picture.width < picture.height) == (upright[0] < upright[1]) else []

    monkeypatch.setattr(ocr, "read", read)
    assert look(jpeg(images.turned(page(dpi=60), 90), 60))[0][0].sure == 30


def test_the_measures_tell_good_pictures_from_spoilt_ones(no_reader):
    good = page(dpi=100)
    told = {
        "good": look(jpeg(good))[0][0],
        "blurred": look(jpeg(good.filter(ImageFilter.GaussianBlur(5))))[0][0],
        "dark": look(jpeg(ImageEnhance.Brightness(good).enhance(0.1)))[0][0],
        "cut": look(jpeg(good.crop((good.width // 4, 0, good.width, good.height))))[0][0],
    }
    assert told["good"].sharp > 2 * told["blurred"].sharp
    assert told["dark"].light < 40 < 200 < told["good"].light
    assert told["good"].rim == 0 and told["cut"].rim >= 3
    assert told["good"].ink > 0.005


def test_what_is_over_its_time_is_told_and_a_broken_file_is_unreadable(monkeypatch):
    monkeypatch.setattr(ocr, "read", lambda *a, **k: pytest.fail("the time was over"))
    found, _count = looking.look(jpeg(page(dpi=60), 60), "jpeg", program="x", pages_most=1, seconds=-1)
    assert found[0].how == looking.SLOW
    with pytest.raises(images.Unreadable):
        look(b"%PDF-1.4 nothing", "pdf")
