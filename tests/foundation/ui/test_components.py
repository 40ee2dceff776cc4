"""States in words and shapes, rows of tables and charts: what the components make of finished values."""

import pytest
from django.utils import translation

from motcua.foundation.ui import components


class Left:
    """Stands in for the kernel's TimeLeft."""

    def __init__(self, state, working_days):
        self.state, self.working_days = state, working_days


@pytest.mark.parametrize(
    "state, days, word, shape",
    [
        ("on_time", 3, "Còn 3 ngày", "dot"),
        ("soon", 1, "Còn 1 ngày", "half"),
        ("soon", 0, "Hạn hôm nay", "half"),
        ("late", -2, "Quá hạn 2 ngày", "late"),
        ("late", 0, "Quá hạn", "late"),
        ("late", None, "Quá hạn", "late"),
        ("on_time", None, "Trong hạn", "dot"),
        ("paused", 3, "Tạm dừng", "pause"),
        ("done", None, "Đã xong", "check"),
        ("none", None, "Chưa có hạn", "minus"),
        ("tomorrow", 1, "Chưa có hạn", "minus"),
    ],
)
def test_a_deadline_has_a_word_and_a_shape(state, days, word, shape):
    facts = components.deadline_facts(state, days)
    assert (facts["text"], facts["shape"]) == (word, shape)


def test_a_deadline_speaks_english_with_its_plural():
    with translation.override("en"):
        assert components.deadline_word("late", -1) == "1 day overdue"
        assert components.deadline_word("on_time", 4) == "4 days left"


def test_a_deadline_reads_the_kernels_time_left():
    assert components.deadline_facts(Left("soon", 1))["text"] == "Còn 1 ngày"


@pytest.mark.parametrize(
    "state, days, of, percent",
    [
        ("on_time", 9, 22, 59),
        ("soon", 0, 1, 100),
        ("late", -1, 3, 100),
        ("paused", None, 15, 0),
        ("on_time", 30, 22, 4),
        ("on_time", 3, None, 0),
    ],
)
def test_the_bar_shows_how_much_of_the_limit_is_used(state, days, of, percent):
    assert components.days_left_facts(state, days, of)["percent"] == percent


def test_problems_lead_to_their_fields():
    assert components.problems_of({"born_on": "Nhập ngày sinh."}) == [
        {"href": "#f-born_on", "text": "Nhập ngày sinh."}
    ]
    assert components.problems_of([("name", "Nhập tên.")])[0]["href"] == "#f-name"
    assert components.problems_of([{"field": "a", "message": "Sai."}])[0] == {"href": "#f-a", "text": "Sai."}
    assert components.problems_of(["Thiếu giấy."]) == [{"href": "", "text": "Thiếu giấy."}]
    assert components.problems_of(None) == []


def test_a_section_that_must_wait_is_no_link():
    waiting, todo = components.tasks_of(
        [{"title": "Gửi", "href": "/gui", "state": "waiting"}, {"title": "Giấy tờ", "href": "/giay"}]
    )
    assert waiting["href"] is None
    assert (todo["href"], todo["word"]) == ("/giay", "Chưa làm")


def test_rows_follow_their_columns():
    columns = components.table_columns([("code", "Mã"), ("fee", "Phí", "number")])
    first, second = components.table_rows(
        columns, [{"code": "A1", "fee": 15000, "href": "/a1"}, ["B2", None]]
    )
    assert [cell["value"] for cell in first["cells"]] == ["A1", "15.000"]
    assert first["cells"][0]["href"] == "/a1" and first["cells"][0]["head"]
    assert "data-row" in first["attrs"] and second["attrs"] == ""
    assert [cell["value"] for cell in second["cells"]] == ["B2", ""]


def test_no_data_is_not_nought():
    assert components.stat_facts("Quá hạn", 0)["shown"] == "0"
    assert components.stat_facts("Quá hạn", 0)["is_empty"] is False
    assert components.stat_facts("Hài lòng", None)["is_empty"] is True
    nought, none = components.bars([("Bãi Cháy", 0), ("Thống Nhất", None)])
    assert (nought["percent"], nought["shown"]) == ("0.0", "0")
    assert (none["percent"], none["shown"]) == (None, "chưa có")


def test_a_summary_without_a_value_shows_a_dash():
    (row,) = components.summary_rows([("Số điện thoại", None, "/sua")])
    assert (row["value"], row["action"]) == ("–", "Sửa")


def test_pack_texts_are_marked_only_where_the_language_differs():
    assert components.marked({"vi": "Khai sinh"}) == "Khai sinh"
    with translation.override("en"):
        assert components.marked({"vi": "Khai <b>sinh"}) == '<span lang="vi">Khai &lt;b&gt;sinh</span>'
        assert components.marked("Khai sinh", "Birth") == "Birth"
        assert components.marked("Khai sinh", "") == '<span lang="vi">Khai sinh</span>'
        assert components.marked("Khai sinh", None) == '<span lang="vi">Khai sinh</span>'
