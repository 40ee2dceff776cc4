"""The front page, the suggestions while typing, search and lists."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from motcua.catalogue import actions as catalogue
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from tests.portal.pages import text

pytestmark = pytest.mark.django_db
CSV = (
    "code,name_vi,issued_by,executed_by,field_vi\n"
    "9.999001,Cấp phép thả đèn trời,Bộ Công an,Công an cấp tỉnh,An ninh\n"
)


def test_the_front_page_asks_one_question_and_shows_the_ways(browse):
    page = browse().get("/")
    said = text(page)
    assert page.status_code == 200
    assert re.search(r"<h1>\s*Bạn cần làm gì\?", page.content.decode())
    for word in ("Sinh con", "Mất sổ đỏ", "Đăng ký khai sinh", "Mã tra cứu hoặc mã hồ sơ", "MÔ PHỎNG"):
        assert word in said


def test_the_front_page_in_english_marks_what_is_vietnamese(browse):
    client = browse()
    client.cookies["django_language"] = "en"
    page = client.get("/")
    assert "What do you need to do?" in text(page)
    assert '<html lang="en"' in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dang ky khai sinh", "birth-registration"),
        ("làm giấy khai sinh", "birth-registration"),
        ("lam giay khai sinh", "birth-registration"),
        ("mất sổ đỏ", "land-certificate-reissue"),
        ("mat so do", "land-certificate-reissue"),
    ],
)
def test_everyday_words_lead_to_the_procedure(browse, typed, first):
    fragment = browse().get("/goi-y/", {"q": typed}).content.decode()
    results = browse().get("/thu-tuc/", {"q": typed}).content.decode()
    assert re.search(r'href="/thu-tuc/([\w-]+)/"', fragment)[1] == first
    assert re.search(r'href="/thu-tuc/([\w-]+)/"', results.partition('class="results"')[2])[1] == first


def test_suggestions_are_options_of_a_list_box(browse):
    fragment = browse().get("/goi-y/", {"q": "khai sinh"}).content.decode()
    assert 'role="option"' in fragment
    assert "<html" not in fragment


def test_a_script_in_the_question_is_text(browse):
    page = browse().get("/thu-tuc/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_nothing_found_offers_ways_on(browse):
    said = text(browse().get("/thu-tuc/", {"q": "zzqqxx"}))
    assert "Chưa tìm thấy thủ tục nào" in said
    assert "Sinh con" in said


def test_a_life_event_lists_what_may_have_to_be_done(browse):
    page = browse().get("/viec/sinh-con/")
    assert "Đăng ký khai sinh" in text(page)
    assert browse().get("/viec/no-such/").status_code == 404


def test_the_list_goes_by_sector(browse):
    page = browse().get("/thu-tuc/")
    assert "Hộ tịch" in text(page)
    sector = browse().get("/thu-tuc/", {"linh-vuc": "ho-tich"})
    assert "Đăng ký khai sinh" in text(sector)
    assert browse().get("/thu-tuc/", {"linh-vuc": "nowhere"}).status_code == 404
    assert browse().get("/thu-tuc/", {"linh-vuc": "ho-tich", "sau": "zzz~99"}).status_code == 200


def test_procedures_only_listed_are_told_apart_and_not_fileable(browse, at):
    act = new_act(system("tests"), at=at, purpose="test")
    catalogue.import_list(act, CSV.encode())
    found = text(browse().get("/thu-tuc/", {"q": "thả đèn trời"}))
    assert "Có trong danh mục, chưa nộp được tại đây" in found
    slug = re.search(
        r'href="/thu-tuc/([\w-]+)/"', browse().get("/goi-y/", {"q": "thả đèn trời"}).content.decode()
    )[1]
    page = browse().get(f"/thu-tuc/{slug}/")
    said = text(page)
    assert "Chưa nộp được tại đây" in said
    assert "Công an cấp tỉnh" in said
    assert "Bắt đầu khai" not in said
    assert browse("citizen").get(f"/ho-so/moi/{slug}/").status_code == 409


def test_too_many_searches_are_asked_to_wait(browse, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_search_per_minute": 2})
    codes = [browse().get("/thu-tuc/", {"q": "khai sinh"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


@pytest.mark.parametrize(
    "path", ["/gioi-thieu/", "/tro-giup/", "/du-lieu-cua-ban/", "/dung-duoc-cho-moi-nguoi/"]
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_about_the_place_are_open_to_everybody(browse, path, lang):
    client = browse()
    client.cookies["django_language"] = lang
    page = client.get(path)
    assert page.status_code == 200
    assert page.content.decode().count("<h1>") == 1


def test_the_first_visit_costs_less_than_150_kilobytes(browse):
    """The page itself uncompressed, with every style, script and font it names."""
    from django.contrib.staticfiles import finders

    page = browse().get("/").content
    wanted = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    css = b"".join(Path(finders.find(name)).read_bytes() for name in wanted if name.endswith(".css"))
    fonts = set(re.findall(r'url\("?(fonts/[^")]+)', css.decode()))
    files = wanted | {f"ui/{name}" for name in fonts if "figures" not in name}
    assert len(page) + sum(_sent(Path(finders.find(name))) for name in files) < 150_000


def _sent(path):
    """What travels: text compressed, as WhiteNoise serves it; fonts are compressed already."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content))


def test_a_stranger_keeps_her_page_when_the_language_changes(browse):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/thu-tuc/?q=khai+sinh")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    answer = client.post(
        "/language", {"language": "en", "next": "/thu-tuc/?q=khai+sinh", "csrfmiddlewaretoken": token}
    )
    assert answer.status_code == 302
    assert answer.url == "/thu-tuc/?q=khai+sinh"
