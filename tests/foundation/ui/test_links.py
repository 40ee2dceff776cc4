"""Addresses in texts become links with names."""

import pytest

from motcua.foundation.ui.links import name_of, named_links


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/vacanza/holidays/blob/main/x.py", "vacanza/holidays (github.com)"),
        ("https://www.vinhphuc.gov.vn/a/Nghi%20quyet%2005.pdf", "Nghi quyet 05.pdf (vinhphuc.gov.vn)"),
        ("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d", "Cổng Dịch vụ công quốc gia"),
        ("http://example.vn", "example.vn"),
        ("https://[broken", ""),
    ],
)
def test_an_address_has_a_name(address, name):
    assert name_of(address) == name


def test_the_words_around_an_address_stay():
    said = named_links("Nghị định 1 & 2 (https://example.vn/a?x=1&y=2), điều 3")
    assert said == (
        'Nghị định 1 &amp; 2 (<a href="https://example.vn/a?x=1&amp;y=2" rel="noopener noreferrer">example.vn</a>), '
        "điều 3"
    )


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "javascript:alert(1)", '"><img src=x>', None])
def test_what_is_no_address_is_text(bad):
    said = named_links(bad)
    assert "<" not in said
    assert "href" not in said


def test_an_address_that_breaks_out_of_its_link_does_not():
    assert "<img" not in named_links("https://a.vn/%3Cimg%20src=x%3E.pdf")
