"""Masking what is published, and what a telephone number is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.rules.petitions import is_phone, masked


@pytest.mark.parametrize(
    ("text", "names", "public"),
    [
        ("Gọi 0912 345 678 cho tôi", (), "Gọi […] cho tôi"),
        ("Số 022196001234 bị sai", (), "Số […] bị sai"),
        ("Viết đến lan.nguyen@example.vn nhé", (), "Viết đến […] nhé"),
        ("Hồ sơ H49.1-261005-0012 chậm", (), "Hồ sơ […] chậm"),
        ("Xem https://example.vn/a?b=1 đi", (), "Xem […] đi"),
        ("Tôi là Nguyễn Thị Lan, ở Bãi Cháy.", ("Nguyễn Thị Lan",), "Tôi là […], ở Bãi Cháy."),
        ("NGUYEN THI LAN gửi", ("Nguyễn Thị Lan",), "[…] gửi"),
        ("Chờ 5 ngày, đi 3 lần, năm 2026", (), "Chờ 5 ngày, đi 3 lần, năm 2026"),
    ],
)
def test_what_a_machine_can_mask(text, names, public):
    assert masked(text, names) == public


@given(st.text(max_size=200), st.text(max_size=20))
def test_masking_takes_any_text_and_is_done_once(text, name):
    once = masked(text, (name,))
    assert masked(once) == masked(masked(once))


@pytest.mark.parametrize("text", ["0912345678", "+84 912 345 678", "024-3825-1234"])
def test_a_phone(text):
    assert is_phone(text)


@pytest.mark.parametrize("text", ["", "12345", "abc", "09123456789012", "' OR 1=1"])
def test_no_phone(text):
    assert not is_phone(text)
