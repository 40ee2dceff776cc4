"""Whoever reads English reads all of it: every Vietnamese text of the program has its English."""

import pytest

from motcua.config import messages

pytestmark = pytest.mark.kernel


def test_every_message_has_its_english():
    assert messages.missing() == []


def test_translations_keep_their_placeholders():
    assert messages.wrong_placeholders() == []


@pytest.fixture
def planted(tmp_path):
    """A package with one room, one page and one view, and an English catalogue that lacks things."""
    room = tmp_path / "portal"
    (room / "templates" / "portal").mkdir(parents=True)
    (room / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True)
    (room / "__init__.py").write_text("")
    (room / "views.py").write_text(
        'from django.utils.translation import gettext as _\n\nx = _("Hồ sơ của tôi")\n'
    )
    (room / "templates" / "portal" / "page.html").write_text(
        '{% load i18n %}\n<h1>{% translate "Tra cứu" %}</h1>\n'
        "{% blocktranslate count n=n %}{{ n }} hồ sơ{% plural %}{{ n }} hồ sơ{% endblocktranslate %}\n"
    )
    return tmp_path


def write_english(package, text):
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    messages.po_file(package / "portal").write_text(header + text, "utf-8")


def test_a_missing_translation_is_found_in_code_and_page(planted):
    write_english(planted, 'msgid "Hồ sơ của tôi"\nmsgstr "My dossiers"\n')
    assert messages.missing(planted) == [
        "portal/templates/portal/page.html:2: “Tra cứu” has no English.",
        "portal/templates/portal/page.html:3: “%(n)s hồ sơ” has no English.",
    ]


def test_a_lost_placeholder_is_found(planted):
    write_english(planted, 'msgid "%(n)s hồ sơ"\nmsgstr "some dossiers"\n')
    assert messages.wrong_placeholders(planted) == [
        "portal: “%(n)s hồ sơ” and “some dossiers” differ in their placeholders."
    ]


def test_collect_keeps_english_and_compile_writes_it(planted):
    write_english(planted, 'msgid "Hồ sơ của tôi"\nmsgstr "My dossiers"\n\nmsgid "Cũ"\nmsgstr "Old"\n')
    assert messages.collect(planted) == 2
    text = messages.po_file(planted / "portal").read_text("utf-8")
    assert 'msgstr "My dossiers"' in text
    assert "Cũ" not in text
    assert messages.compile_all(planted) == 1
    assert messages.compile_all(planted) == 0
