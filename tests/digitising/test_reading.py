"""From words to proposals: which label, which value, how sure, where; and what is no value at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.digitising import reading
from motcua.digitising.ocr import Word
from motcua.dossiers.rules import proves_identity
from motcua.kernel import forms
from motcua.kernel.forms import Declaration, Field, Option, Section
from motcua.kernel.text import Bilingual

pytestmark = pytest.mark.kernel


def field(id_, kind, label, **more):
    return Field(id=id_, type=kind, label=Bilingual(label), **more)


SEX = (Option("male", Bilingual("Nam", "Male")), Option("female", Bilingual("Nữ", "Female")))
FORM = Declaration(
    sections=(
        Section(
            id="all",
            title=Bilingual("Tất cả"),
            fields=(
                field("full_name", "name", "Họ và tên của bạn", prefill="applicant.full_name"),
                field("personal_number", "personal_number", "Số định danh cá nhân của bạn (12 số)",
                      prefill="applicant.personal_number"),
                field("birth_on", "date", "Ngày sinh của bạn", prefill="applicant.birth_on"),
                field("mother_full_name", "name", "Họ và tên mẹ"),
                field("father_full_name", "name", "Họ và tên cha"),
                field("child_sex", "choice", "Giới tính của trẻ", options=SEX),
                field("child_full_name", "name", "Họ, chữ đệm, tên của trẻ"),
                field("capital", "money", "Vốn kinh doanh (đồng)"),
                field("site_area", "area", "Diện tích thửa đất (m²)"),
                field("phone", "phone", "Số điện thoại của bạn"),
                field("email", "email", "Thư điện tử của bạn"),
                field("plot_number", "text", "Thửa đất số"),
                field("home", "address", "Nơi ở"),
            ),
        ),
    )
)  # fmt: skip
ALL = [one.id for one in FORM.fields]


def words(*lines, confidence=95):
    """Lines as a reading program gives them; two spaces part columns."""
    found = []
    for row, line in enumerate(lines):
        left = 50.0
        for column in line.split("  "):
            for text in column.split():
                found.append(Word(text, confidence, row, left, 40 + 25.0 * row, 9.0 * len(text), 14))
                left += 9.0 * len(text) + 6
            left += 60
    return found


def read(*lines, paper="Giấy tờ", asked=ALL, **more):
    return {each.field: each for each in reading.proposals([words(*lines, **more)], FORM, asked, paper)}


CASES = [
    ("Họ và tên mẹ: Nguyễn Thị Lan", "mother_full_name", "Nguyễn Thị Lan"),
    ("Họ và tên me: NGUYỄN THỊ LAN", "mother_full_name", "Nguyễn Thị Lan"),
    ("Họ và tên cha: Trần Văn Nam, sinh năm 1990", "father_full_name", "Trần Văn Nam"),
    ("Số điện thoại: 0912 345 678", "phone", "0912345678"),
    ("Email: lan @example.vn", "email", "lan@example.vn"),
    ("Vốn kinh doanh: 150.000.000 đồng", "capital", 150000000),
    ("Thửa đất số: 12  Diện tích thửa đất: 85,5 m²", "site_area", 85.5),
    ("Thửa đất số: 12  Diện tích thửa đất: 85,5 m²", "plot_number", "12"),
    ("Giới tính của trẻ: Nữ Dân tộc: Kinh", "child_sex", "female"),
    ("Vón kinh daanh: 1.000.000", "capital", 1000000),  # misread letters in long words
]


@pytest.mark.parametrize(("line", "name", "value"), CASES)
def test_a_value_is_read_behind_its_label(line, name, value):
    assert read(line)[name].value == value


@pytest.mark.parametrize(
    ("said", "value"),
    [("20/08/1996", "1996-08-20"), ("20 tháng 8 năm 1996", "1996-08-20"), ("2O/O8/l996", "1996-08-20"),
     ("20-8-1996", "1996-08-20")],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(said, value):
    assert read(f"Ngày sinh của bạn: {said}")["birth_on"].value == value


@pytest.mark.parametrize(
    "line",
    ["Họ và tên mẹ: ..................", "Họ và tên mẹ: 12", "Ngày sinh của bạn: 32/13/1996", "Số điện thoại: 12",
     "Số định danh cá nhân của bạn: 0221960", "Họ và tên của mình: Nguyễn Thị Lan",
     "Tôi tên là họ và tên mẹ gì không rõ"],
)  # fmt: skip
def test_what_is_no_value_is_not_proposed(line):
    assert read(line) == {}


def test_the_same_words_mean_another_field_on_another_paper():
    card = read("Họ và tên:", "NGUYỄN THỊ LAN", "Số: 022196001234", paper="Thẻ căn cước công dân")
    assert card["full_name"].value == "Nguyễn Thị Lan"
    assert card["personal_number"].value == "022196001234"
    assert read("Họ và tên:", "NGUYỄN THỊ LAN", paper="Đơn xin") == {}
    assert read("Họ, chữ đệm, tên: Trần Minh Anh", paper="Giấy khai sinh")["child_full_name"].value


def test_mother_and_father_are_not_mixed_up():
    found = read("Họ và tên mẹ: Nguyễn Thị Lan  Họ và tên cha: Trần Văn Nam")
    assert (found["mother_full_name"].value, found["father_full_name"].value) == (
        "Nguyễn Thị Lan",
        "Trần Văn Nam",
    )


def test_only_what_is_asked_is_proposed():
    assert read("Họ và tên mẹ: Nguyễn Thị Lan", asked=["phone"]) == {}


def test_a_proposal_says_how_sure_it_is_and_where_it_stands():
    sure = read("Họ và tên mẹ: Nguyễn Thị Lan", confidence=96)["mother_full_name"]
    doubtful = read("Họ và tên mẹ: Nguyễn Thị Lan", confidence=40)["mother_full_name"]
    assert sure.confidence == 96 > doubtful.confidence == 40
    left, top, width, height = sure.box
    assert left > 150 and 38 <= top <= 42 and width > 100 and height == 14
    twice = reading.proposals(
        [words("Họ và tên mẹ: Nguyễn Thị Lam", confidence=50), words("Họ và tên mẹ: Nguyễn Thị Lan")],
        FORM, ALL, "Giấy",
    )  # fmt: skip
    assert [(each.value, each.page) for each in twice] == [("Nguyễn Thị Lan", 1)]


WORD = st.builds(
    Word, st.text(min_size=1, max_size=12).filter(str.strip), st.integers(0, 100), st.integers(0, 9),
    st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 300), st.floats(0, 40),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(WORD, max_size=16), st.sampled_from(["Giấy chứng sinh", "Căn cước", ""]))
def test_no_page_breaks_it_and_every_value_is_an_answer(found, paper):
    for each in reading.proposals([found], FORM, ALL, paper):
        answers, problems = forms.clean(FORM, {each.field: each.value})
        assert not problems and answers[each.field] == each.value
        assert all(0 <= side <= 1000 for side in each.box) and 0 <= each.confidence <= 99


@pytest.mark.parametrize(
    ("name", "proves"),
    [("Thẻ căn cước công dân", True), ("CCCD của mẹ", True), ("Hộ chiếu", True), ("id-cccd", True),
     ("Giấy chứng sinh", False), ("Chứng minh thu nhập", False), ("Hộ kinh doanh", False)],
)  # fmt: skip
def test_which_papers_prove_who_one_is(name, proves):
    assert proves_identity("other", name) is proves
