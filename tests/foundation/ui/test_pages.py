"""The frames as pages: what they say, what they weigh, what they never contain."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from motcua.foundation.errors import Invalid
from motcua.foundation.ui import icons

FACES = ("pieces", "public", "desk", "print")
FIRST_LOAD_BYTES_MOST = 150_000  # look.md: under 150 kB on first load
SCRIPT_BYTES_MOST = 15_000
TEMPLATES = Path(icons.__file__).parent.parent / "templates" / "ui"


def page(face, client=None, **headers):
    answer = (client or Client()).get(f"/ui/gallery/{face}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("face", FACES)
def test_a_page_keeps_the_strict_content_policy(face):
    markup = page(face)
    assert " style=" not in markup and "<style" not in markup
    assert not re.search(r"\son[a-z]+=", markup)
    assert all('src="/static/' in script for script in re.findall(r"<script[^>]*>", markup))
    assert "http://" not in re.sub(r"https?://(example\.vn|www\.w3\.org)", "", markup)


@pytest.mark.parametrize("face", FACES)
def test_every_demonstration_page_says_so(face, settings):
    assert "MÔ PHỎNG" in page(face)
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
    assert "MÔ PHỎNG" not in page(face)


def test_the_page_says_its_language_and_switches_it_in_place():
    vietnamese = page("public")
    assert '<html lang="vi"' in vietnamese and 'name="language" value="en"' in vietnamese
    assert 'name="next" value="/ui/gallery/public/"' in vietnamese
    client = Client()
    client.cookies["django_language"] = "en"
    english = page("public", client)
    assert '<html lang="en"' in english and "Skip to the main content" in english


def test_the_desk_keeps_its_colours_in_a_cookie(client):
    answer = client.post("/ui/theme/", {"theme": "dark", "next": "/ui/gallery/desk/"})
    assert (answer.status_code, answer.url) == (302, "/ui/gallery/desk/")
    assert 'data-theme="dark"' in page("desk", client)
    assert "data-theme" not in page("public", client).split(">")[1]
    assert client.post("/ui/theme/", {"theme": "pink", "next": "https://evil.example/"}).url == "/"


def test_the_gallery_is_not_there_in_production(client, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"env": "production"})
    assert client.get("/ui/gallery/").status_code == 404


def packed(path):
    data = Path(finders.find(path)).read_bytes()
    return data if path.endswith(".woff2") else gzip.compress(data, mtime=0)


def test_the_public_page_weighs_little():
    markup = page("public")
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', markup))
    for sheet in [name for name in files if name.endswith(".css")]:
        linked = re.findall(r'url\("([^"]+)"\)', Path(finders.find(sheet)).read_text("utf-8"))
        files |= {f"ui/{name}" for name in linked}
    weight = sum(len(packed(name)) for name in files) + len(gzip.compress(markup.encode(), mtime=0))
    assert len([name for name in files if name.endswith(".woff2")]) == 6
    assert weight < FIRST_LOAD_BYTES_MOST
    assert len(Path(finders.find("ui/ui.js")).read_bytes()) < SCRIPT_BYTES_MOST


def test_the_two_dark_palettes_are_the_same():
    text = Path(finders.find("ui/tokens.css")).read_text("utf-8")
    blocks = re.findall(r'data-theme="(?:dark|light)"\]\)? \{([^}]*)\}', text)
    assert len(blocks) == 2
    assert re.sub(r"\s+", " ", blocks[0]).strip() == re.sub(r"\s+", " ", blocks[1]).strip()


def test_the_fonts_come_with_their_licence():
    for name in ("OFL.txt", "OFL-Tinos.txt"):
        assert "SIL OPEN FONT LICENSE" in Path(finders.find(f"ui/fonts/{name}")).read_text("utf-8")


def test_a_refusal_names_the_cause_and_the_next_step():
    request = RequestFactory().get("/")
    refusal = Invalid([{"field": "a", "code": "x", "message": "Thiếu <giấy> chứng sinh."}])
    markup = Template('{% include "ui/refusal.html" %}').render(
        Context({"refusal": refusal, "request": request})
    )
    assert "<h1>Một số nội dung chưa đúng" in markup
    assert "Sửa các mục được nêu rồi gửi lại." in markup
    assert "Thiếu &lt;giấy&gt; chứng sinh." in markup


def test_an_unknown_address_gets_a_page_with_a_way_on(client):
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Về trang đầu" in answer.content.decode()


def draw(text, **context):
    return Template("{% load ui %}" + text).render(Context(context))


def test_what_people_wrote_never_becomes_markup():
    bad = "<img src=x>"
    for text in (
        "{% button bad %}", "{% notice 'info' bad %}{{ bad }}{% endnotice %}", "{% tag bad %}",
        "{% summary_list rows %}", "{% timeline entries %}", "{% page_heading bad %}", "{% panel bad %}{% endpanel %}",
        "{% dialog 'd' bad %}{% enddialog %}", "{% menu bad %}{% endmenu %}", "{% field 'text' 'a' bad value=bad %}",
        "{% code_block bad bad %}", "{% data_table columns table %}", "{% error_summary problems %}",
        "{% qr 'x' label=bad %}", "{% details bad %}{% enddetails %}", "{% stat bad 1 unit=bad %}",
        "{% field 'radios' 'a' 'b' options=options %}", "{% button 'x' data_note=bad %}",
    ):  # fmt: skip
        markup = draw(
            text, bad=bad, rows=[(bad, bad)], entries=[{"what": bad, "who": bad, "note": bad}],
            columns=[("a", bad)], table=[{"a": bad}], problems={"a": bad}, options=[("x", bad)],
        )  # fmt: skip
        assert "<img" not in markup, text
        assert "&lt;img" in markup, text


def test_a_button_is_a_link_or_sends_a_form():
    assert draw('{% button "Mở" href="/a" data_x="1" %}') == (
        '<a class="button button--primary" href="/a" data-x="1">Mở</a>\n'
    )
    sent = draw('{% button "Gửi" name="verb" value="send" kind="danger" disabled=True %}')
    assert 'type="submit" name="verb" value="send" disabled>Gửi' in sent


def test_filters_speak_the_pages_language():
    assert draw("{{ 15000|dong }} · {{ 3|working_days }}") == "15.000 đồng · 3 ngày làm việc"
    with translation.override("en"):
        assert draw("{{ 15000|dong }} · {{ 3|working_days }}") == "15,000 VND · 3 working days"


def test_every_template_names_only_icons_that_exist():
    known = {*icons.ICONS, *icons.SOLID}
    for path in TEMPLATES.rglob("*.html"):
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text("utf-8")):
            assert name in known, f"{path.name}: {name}"
