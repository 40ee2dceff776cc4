"""What is a finding and how sure, by tables: names, days, pages, offices, and what officers asked for later."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.kernel.text import Bilingual
from motcua.precheck import rules, words
from motcua.precheck.rules import days, names, titles
from motcua.precheck.rules.findings import BLOCKS, HINT, LIKELY

pytestmark = pytest.mark.kernel
TODAY = date(2026, 11, 20)
NAME = Bilingual("Giấy xác nhận tình trạng hôn nhân")
PACK = rules.Prechecks.of(
    {
        "papers": [
            {
                "id": "status",
                "titles": ["giấy xác nhận tình trạng hôn nhân"],
                "asked_by": {"marriage": ["status"]},
            },
            {"id": "birth", "titles": ["giấy chứng sinh"], "asked_by": {"birth": ["notice"]}},
        ],
        "places": [],
        "valid_until": ["có giá trị đến"],
        "issued": ["ngày cấp", "cấp ngày"],
    }
)
LOOKS = PACK.papers["marriage", "status"]
LINES = (
    "ỦY BAN NHÂN DÂN PHƯỜNG HỒNG BÀNG", "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "Họ, chữ đệm, tên: ĐỖ THỊ HÒA",
    "Số định danh cá nhân: 031198000080", "Nơi cư trú: phường Hồng Bàng, thành phố Hải Phòng",
    "Hồng Bàng, ngày 10 tháng 10 năm 2026",
)  # fmt: skip


def page(*lines, how="read", sure=60, confidence=95, **more):
    told = {"words": 60, "long": 2000, "light": 220, "contrast": 25, "sharp": 24.0, "ink": 0.015, "rim": 0}
    return rules.Page(
        how=how, rows=tuple((line, confidence) for line in lines or LINES), sure=sure, **{**told, **more}
    )


def seen(*pages, **more):
    return rules.Seen(
        **{"key": "status", "name": NAME, "looks": LOOKS, "months": 6, "pages": pages or (page(),), **more}
    )


def expected(value, kind="name"):
    return rules.Expected("partner", "two", Bilingual("Tên người kia"), kind, value)


def told(paper, *answers, others=()):
    return [
        (f.kind.value, f.severity, f.code) for f in rules.paper_findings(paper, answers, others, PACK, TODAY)
    ]


@pytest.mark.parametrize(
    ("name", "line", "how"),
    [
        ("Đỗ Thị Hòa", "Họ, chữ đệm, tên: ĐỖ THỊ HOÀ", names.SAME),  # the place of the tone mark is a school
        ("Đỗ Thị Hòa", "tên ĐỗThị Hòa, sinh ngày", names.SAME),
        ("Lý Thị Oanh", "Họ tên: LÝ THỊ 0ANH", names.SAME),
        ("Đặng Thị Hoa", "Họ tên: Ðặng Thị Hoa", names.SAME),  # the eth of old programs
        ("Lý Mỹ Kỳ", "Họ tên: LÍ MĨ KÌ", names.SAME),  # so is i or y alone at the end
        ("Lý Thị Quý", "Họ tên: LýThị Quý", names.SAME),
        ("Lý Thị Hòa", "Họ tên: Lí Thị Hóa", names.TONES),
        ("Nguyễn Tường Vy", "Họ tên: Nguyễn Tường Vi", names.NEAR),  # two people
        ("Trần Thị Mai", "Họ tên: Trần Thị May", names.NEAR),
        ("Đỗ Thị Hòa", "Họ tên: Đỗ Thị Hóa", names.TONES),
        ("Đỗ Thị Hòa", "Họ tên: Đỗ Thị Hoàn", names.NEAR),
        ("Đỗ Thị Hòa", "Họ tên: Trần Văn Nam", names.NONE),
        ("Đỗ Hòa", "Họ tên: Đỗ Hùng", names.NONE),  # too short to be near anything
    ],
)
def test_a_name_is_found_as_vietnamese_write_it(name, line, how):
    assert rules.nearest(name, [("GIẤY", 99), (line, 90)]).how == how


def test_a_name_may_run_over_the_end_of_a_line_and_is_never_somebody_elses():
    assert (
        rules.nearest("Đỗ Thị Hòa", [("họ và tên mẹ Đỗ", 90), ("Thị Hòa; dân tộc Kinh", 90)]).how
        == names.SAME
    )
    assert rules.nearest("Đỗ Thị Hòa", [("Đỗ Thị Hoàn", 90)], others=["Đỗ Thị Hoàn"]).how == names.NONE


def test_a_word_that_cannot_be_is_a_misreading():
    lines = (*LINES[:2], "Họ tên: Bùi Minh Tuâá", *LINES[3:])
    assert told(seen(page(*lines)), expected("Bùi Minh Tuấn")) == []
    assert [names.is_misread(word) for word in ("Quôé", "Tuấn", "Phượng", "Thuở", "Đình")] == [
        True, False, False, False, False,
    ]  # fmt: skip
    lines = (*LINES[:2], "tên Đô7Thanh Thăñg; ngày sinh", *LINES[3:])
    assert told(seen(page(*lines)), expected("Đỗ Thanh Thắng")) == []


@pytest.mark.parametrize(
    ("answer", "how", "confidence", "what"),
    [
        ("Đỗ Thị Hòa", "read", 95, []),
        ("Đỗ Thị Hóa", "read", 95, []),  # marks are what a machine misreads first
        ("Đỗ Thị Hóa", "written", 100, [("differs", LIKELY, "differs")]),
        ("Đỗ Thị Hoàn", "read", 95, [("differs", HINT, "differs")]),
        ("Đỗ Thị Hoàn", "read", 60, []),
        ("Đỗ Thị Hoàn", "written", 100, [("differs", LIKELY, "differs")]),
        ("Đỗ Ngọc Hòa", "written", 100, [("differs", LIKELY, "not_there_but")]),
        ("Vũ Kim Oanh", "read", 95, [("differs", HINT, "not_there")]),
        ("Vũ Kim Oanh", "written", 100, [("differs", LIKELY, "not_there")]),
    ],
)
def test_what_a_machine_misreads_is_a_hint_and_what_was_written_is_taken_at_its_word(
    answer, how, confidence, what
):
    assert told(seen(page(how=how, confidence=confidence)), expected(answer)) == what


@pytest.mark.parametrize(
    ("number", "how", "what"),
    [
        ("031198000080", "read", []),
        ("031198000081", "read", [("differs", HINT, "differs")]),
        ("031198000191", "read", [("differs", LIKELY, "differs")]),
        ("031198000081", "written", [("differs", LIKELY, "differs")]),
        ("022093004567", "written", []),  # somebody else's: nothing is said to be his
    ],
)
def test_a_number_that_is_nearly_the_declared_one(number, how, what):
    assert told(seen(page(how=how)), expected(number, "personal_number")) == what


def test_two_papers_that_say_different_things_of_what_nobody_declared():
    labels = {"partner": ("two", Bilingual("Tên người kia"), "name")}
    one = seen(said={"partner": ("Đỗ Thị Hòa", 95, 0)})
    other = seen(key="other", said={"partner": ("Đỗ Thị Hoàn", 95, 0)})
    found = rules.between_papers([one, one, other], labels, ())
    assert [(f.code, f.paper, f.severity) for f in found] == [("papers_differ", "other", HINT)]
    assert rules.between_papers([one, other], labels, {"partner"}) == []


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ({"sure": 3, "light": 40}, ("unreadable", LIKELY, "dark")),
        ({"sure": 3, "sharp": 9.0}, ("unreadable", LIKELY, "blurred")),
        ({"sure": 3, "sharp": 9.0, "contrast": 5}, ("unreadable", LIKELY, "faint")),
        ({"sure": 3, "long": 400}, ("unreadable", LIKELY, "small")),
        ({"sure": 20, "words": 60}, ("unreadable", LIKELY, "unreadable")),
        ({"rim": 3}, ("unreadable", LIKELY, "cut")),
        ({"rim": 2}, ("unreadable", HINT, "cut")),
        ({"sure": 0, "words": 0, "ink": 0.0001}, ("empty", LIKELY, "empty")),
        ({"how": "absent", "sure": 0, "light": 30}, ("unreadable", LIKELY, "dark")),
        ({"how": "absent", "sure": 0, "sharp": 4.0}, ("unreadable", HINT, "blurred")),
        ({"how": "slow", "sure": 0}, ("unreadable", HINT, "unreadable")),
        ({"how": "absent", "sure": 0}, None),
        ({}, None),
    ],
)
def test_why_a_picture_cannot_be_read(how, what):
    assert told(seen(page(**how))) == ([what] if what else [])


def test_a_drawing_is_not_judged_by_its_words_and_the_back_of_a_sheet_may_be_empty():
    drawing = replace(LOOKS, drawn=True)
    assert told(seen(page(sure=2), looks=drawing)) == []
    assert told(seen(page(sure=2, light=30), looks=drawing)) == [("unreadable", LIKELY, "dark")]
    assert told(seen(page(), page(sure=0, words=0, ink=0.0))) == []
    assert told(seen(broken=(7,), pages=())) == [("unreadable", LIKELY, "not_opened")]
    assert told(seen(unseen=((1, 9),))) == [("unreadable", HINT, "not_all_read")]


def test_another_paper_is_told_only_where_its_title_says_so():
    other = ("GIẤY CHỨNG SINH", "Họ và tên mẹ: Đỗ Thị Hòa", "Hạ Long, ngày 10 tháng 10 năm 2026")
    assert told(seen(page(*other))) == [("wrong_paper", LIKELY, "other_paper")]
    assert told(seen(page("GIẤY CHỨNG S1NH", *other[1:]))) == [("wrong_paper", LIKELY, "other_paper")]
    assert told(seen(page("Kèm theo giấy chứng sinh số 5", *other[1:]))) == []
    assert told(seen(page(*LINES, "Kèm: GIẤY CHỨNG SINH"))) == []


@pytest.mark.parametrize(
    ("lines", "months", "what"),
    [
        (("Hồng Bàng, ngày 10 tháng 10 năm 2026",), 6, None),
        (("Hồng Bàng, ngày 19 tháng 5 năm 2026",), 6, "too_old"),
        (("Hồng Bàng, ngày 20 tháng 5 năm 2026",), 6, None),  # the last day counts
        (("Ngày cấp: 01/02/2026",), 6, "too_old"),
        (
            ("Hồng Bàng, ngày 01 tháng 02 năm 2026", "Giấy này có giá trị 6 tháng kể từ ngày cấp"),
            None,
            "too_old",
        ),
        (("Hồng Bàng, ngày 01 tháng 02 năm 2026",), None, None),
        (("Có giá trị đến: 19/11/2026",), None, "over"),
        (("Có giá trị đến: 20/11/2026", "Ngày cấp: 01/02/2016"), 6, None),
        (("Có giá trị đến: Không thời hạn", "Sinh ngày 01/02/1990"), None, None),
        (("Sinh ngày 01/02/1990",), 6, None),
    ],
)
def test_a_paper_is_valid_until_its_last_day(lines, months, what):
    found = told(seen(page(*LINES[:5], *lines), months=months))
    assert found == ([("expired", LIKELY, what)] if what else [])


CARD = "Giấy tờ tùy thân: Căn cước số 031198000080, cấp ngày 10/05/2021"
HEAD = "Số: 123/UBND-XNTTHN Vĩnh Tuy, ngày 05 tháng 8 năm"


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ((f"{HEAD} 2026", CARD), None),
        ((f"{HEAD} 2024", CARD), "too_old"),
        ((f"{HEAD} 2024",), "too_old"),
        ((f"{HEAD} 2026", "Căn cước công dân số 031198000080", "ngày cấp: 10/05/2021"), None),
        ((f"{HEAD} 2026", "Hộ chiếu số C1234567 có giá trị đến 10/05/2025"), None),
        ((f"{HEAD} 2024", "Hộ chiếu số C1234567 có giá trị đến 10/05/2031"), "too_old"),
    ],
)
def test_the_day_in_the_head_is_the_papers_and_that_of_a_card_it_names_is_not(lines, what):
    found = told(seen(page(*LINES[:5], *lines, how="written")))
    assert found == ([("expired", LIKELY, what)] if what else [])


def test_a_card_has_its_own_days():
    card = rules.Looks("card", titles=("can cuoc cong dan",))
    lines = ("CĂN CƯỚC CÔNG DÂN", *LINES[2:5], "Căn cước có giá trị đến: 10/05/2025")
    assert told(seen(page(*lines), looks=card)) == [("expired", LIKELY, "over")]


@pytest.mark.parametrize(
    ("line", "is_signed"),
    [
        ("Vĩnh Tuy, {}", True),
        ("Quận 3, {}.", True),
        ("Phường 12, Quận Bình Thạnh, {}", True),
        ("Vĩnh Tuy, Hà Nội, {}", True),
        ("Vĩnh Tuy {}", True),  # the comma was not read
        ("TP. Hồ Chí Minh, {}", True),
        ("Bắc Từ Liêm, thành phố Hà Nội, {}", True),
        ("Cần Giờ, {}", True),
        ("……………, {}", True),
        ("Số: 123/UBND-XNTTHN Vĩnh Tuy, {}", True),
        ("Số: 12 /UBND - TP Quận 3, {}", True),
        ("Số: /XN-UBND Cửa Ông, Quảng Ninh, {}", True),
        ("Số 45/2026/TLKS-BS Hà Nội {}", True),
        ("Căn cứ Nghị định số 123/2015/NĐ-CP {}", False),
        ("số 123/2015/NĐ-CP {}", False),
        ("Số: 45/QĐ-UBND của UBND Quận 3, {}", False),
        ("Căn cứ Luật Hộ tịch, {}", False),
        ("Nghị định số 30/2020/NĐ-CP {} của Chính phủ", False),
        ("Tòa án nhân dân Quận 3, {}", False),
        ("Sinh {}", False),
        ("Họp {}", False),
        ("Nơi sinh: Bãi Cháy, Quảng Ninh, {}", False),
        ("Đã sinh con vào lúc: 5 giờ 15 phút, {}", False),
        ("vào lúc 5 giờ 15 phút, {}", False),
        ("Nguyễn Văn An đã chết, {}", False),
        ("Ngày, tháng, năm sinh: {}", False),
        ("{}", False),
    ],
)
def test_where_a_paper_is_signed_and_where_another_day_ends_a_row(line, is_signed):
    row = line.format("ngày 05 tháng 8 năm 2026")
    assert days.signed_days(["GIẤY", row]) == ([(1, date(2026, 8, 5))] if is_signed else [])


def test_an_unknown_paper_of_many_pages_is_judged_while_somebody_waits(monkeypatch):
    compared = []
    real = titles._has_misread
    monkeypatch.setattr(titles, "_has_misread", lambda *both: compared.append(both) or real(*both))
    prose = page("TỜ TRÌNH", *("mỗi bên giữ một bản có giá trị như nhau " * 3,) * 55)
    assert told(seen(*[prose] * 6)) == [] and not compared  # no other title on top: nothing to compare
    other = page("GIẤY CHỨNG SINH", *prose.rows[1][:1] * 55)
    assert told(seen(*[other] * 6)) == [("wrong_paper", LIKELY, "other_paper")]
    assert 0 < len(compared) <= 6 * 2 * (titles.TOP_MOST + 1)
    compared.clear()
    below = page(*[row for row, _sure in other.rows], "kèm giấy xác nhận tình trạng hôn nhân")
    assert told(seen(other, below)) == [] and not compared  # exact ones first


@pytest.mark.parametrize("line", ["GIẤY XÁC NHẬN TINH TRANC HON NHÁNN", "GIẤY XÁC NHAN TÌNH TRẠNG H0N NHẬN"])
def test_a_misread_title_near_the_top_is_still_the_one(line):
    assert told(seen(page("GIẤY CHỨNG SINH", line, *LINES[2:]))) == []


def test_a_paper_that_is_handed_in_because_it_is_old_may_be_old():
    assert told(seen(page(*LINES[:5], "Ngày cấp: 01/02/2020"), looks=replace(LOOKS, any_age=True))) == []
    assert days.months_asked("cap khong qua 06 thang") == 6


PLACE = rules.Place(
    "home", "one", "Hà Lầm", "qn-ha-lam", Bilingual("UBND phường Hà Lầm"), Bilingual("Một cửa Hà Lầm")
)
FILED = rules.Filed(chosen=True, receives=True, open=True, agency="qn-bai-chay", source="Điều 13")


@pytest.mark.parametrize(
    ("filed", "places", "what"),
    [
        (FILED, [], None),
        (FILED, [replace(PLACE, agency="qn-bai-chay"), PLACE], None),
        (FILED, [PLACE], (LIKELY, "other_agency")),
        (FILED, [replace(PLACE, agency="")], (LIKELY, "other_province")),
        (replace(FILED, agency=""), [PLACE], (BLOCKS, "nobody_decides_there")),
        (replace(FILED, agency=""), [], (BLOCKS, "nobody_decides")),
        (replace(FILED, chosen=False), [PLACE], (BLOCKS, "office_not_chosen")),
        (replace(FILED, receives=False), [PLACE], (BLOCKS, "office_takes_none")),
        (replace(FILED, open=False), [PLACE], (BLOCKS, "door_closed")),
    ],
)
def test_the_office_that_was_chosen(filed, places, what):
    found = rules.office_findings(filed, places)
    assert [(f.severity, f.code) for f in found] == ([what] if what else [])


def test_of_what_officers_asked_how_much_had_been_told():
    row = {"severity": LIKELY, "code": "x", "field": "", "section": ""}
    said = {
        "a": [
            {**row, "kind": "unreadable", "paper": "notice"},
            {**row, "kind": "expired", "paper": "status"},
        ],
        "b": [],
    }
    items = [
        rules.Item(
            "a", "birth", rules.kind_of_words("Ảnh chụp mờ, chụp lại cho rõ nét", paper="notice"), "notice"
        ),
        rules.Item(
            "b", "birth", rules.kind_of_words("Bổ sung giấy ủy quyền", paper="authority"), "authority"
        ),
        rules.Item("c", "birth", "missing", "never-checked"),
    ]
    found = rules.compare(said, items)
    assert (found.dossiers, found.asked, found.told, found.same_kind, found.recall) == (2, 2, 1, 1, 0.5)
    assert found.by_kind == {"missing": (1, 0), "unreadable": (1, 1)}
    assert (found.said, found.never_asked) == (2, 1) and found.never_by_kind["expired"] == (1, 1)
    assert found.worst == (rules.Worst("birth", 2, 1, (("missing", "authority", 1),)),)


def test_every_finding_has_a_sentence_and_a_way_out_in_both_languages():
    facts = {
        "name": NAME, "label": Bilingual("Tên"), "value": "2026-01-02", "read": "2026-01-03", "type": "date",
        "until": TODAY, "issued": TODAY, "months": 6, "agency": Bilingual("UBND"), "one_stop": Bilingual(""),
    }  # fmt: skip
    for code in words.SAID:
        for language in ("vi", "en"):
            said = words.tell(rules.Finding(rules.Kind.DIFFERS, HINT, code, facts=facts), language)
            assert said.text and said.to_do and not set("{}") & set(said.text + said.to_do), code
    said = words.tell(rules.Finding(rules.Kind.DIFFERS, HINT, "differs", facts=facts), "vi")
    assert "“02/01/2026”" in said.text and "“03/01/2026”" in said.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Giấy xác nhận đã hết hạn, xin cấp lại", "expired"),
        ("Bản chụp không rõ, chụp lại", "unreadable"),
        ("Tên trên giấy không khớp với tờ khai", "differs"),
        ("Hồ sơ không thuộc thẩm quyền của phường", "wrong_office"),
        ("Đề nghị nộp thêm hợp đồng", "missing"),
        ("Liên hệ lại", "other"),
    ],
)
def test_a_request_tells_its_kind_by_its_words(text, kind):
    assert rules.kind_of_words(text) == kind
