"""Names and kinds of files."""

import pytest

from motcua.files import rules


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("Giấy chứng sinh.pdf", "pdf", "Giấy chứng sinh.pdf"),
        ("Giâ\u0301y to\u031b\u0300.PDF", "pdf", "Giấy tờ.pdf"),  # as a Mac writes names
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\Users\\hoa\\anh the.png", "png", "anh the.png"),
        ("anh.jpg.exe", "jpeg", "anh.jpg.jpg"),
        ("don\r\nSet-Cookie: a=b.pdf", "pdf", "don Set-Cookie_ a=b.pdf"),
        ("hoa\u202egpj.pdf", "pdf", "hoagpj.pdf"),
        ("<script>alert(1)</script>.pdf", "pdf", "script_.pdf"),
        ("", "docx", "giay-to.docx"),
        ("...", "pdf", "giay-to.pdf"),
        (".htaccess", "pdf", "htaccess.pdf"),
        ("x" * 500 + ".pdf", "pdf", "x" * 120 + ".pdf"),
        ("don\x00.pdf", "pdf", "don.pdf"),
        ("bản 1.2 của đơn", "pdf", "bản 1.2 của đơn.pdf"),
    ],
)
def test_a_name_keeps_its_words_and_nothing_else(given, kind, kept):
    assert rules.safe_name(given, kind) == kept


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4\n", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"AC1032", "dwg"),
        (b" %PDF-1.4", None),
        (b"<html>%PDF-1.4", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_a_kind_is_known_by_its_first_bytes(head, kind):
    assert rules.recognise(head) == kind


def test_a_paper_takes_the_usual_kinds_unless_its_pack_says_otherwise():
    assert rules.accepted(None) == ("pdf", "jpeg", "png", "webp", "docx", "xlsx")
    assert rules.accepted(["dwg", "pdf"]) == ("pdf", "dwg")
    with pytest.raises(ValueError, match="exe"):
        rules.accepted(["exe"])
    assert rules.accept_attribute(["jpeg"]) == ".jpg,image/jpeg"


def test_only_pdf_and_pictures_are_shown_within_a_page():
    assert {kind.name for kind in rules.KINDS.values() if kind.inline} == {"pdf", "jpeg", "png", "webp"}
