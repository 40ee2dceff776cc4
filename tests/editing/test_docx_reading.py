"""Paper forms become drafts: what is asked is found with its type, what the form does not say is a doubt."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.editing.docx.lines import cut
from motcua.editing.docx.marks import normal
from motcua.kernel.forms import declaration_from_data
from tests.editing.docx_forms import declarations, measure, of_lines, read, vocabulary
from tests.support.paper_forms import FORMS, Paper


@pytest.fixture(scope="module")
def drafts():
    return {key: read(build()) for key, build in FORMS.items()}


def fields(draft):
    return {one["id"]: one for one in draft.fields()}


def codes(draft, name):
    place = next(
        f"declaration.sections.{s}.fields.{f}"
        for s, section in enumerate(draft.declaration["sections"])
        for f, one in enumerate(section["fields"])
        if one["id"] == name
    )
    return {doubt.code for doubt in draft.doubts if doubt.place == place}


# What the measure must not fall below: questions of the paper found with the right type, the pack itself not learnt.
@pytest.mark.parametrize(
    ("key", "asked", "typed"),
    [
        ("birth-registration", 23, 21),
        ("household-business-registration", 24, 24),
        ("house-building-permit", 19, 17),
        ("permanent-residence-registration", 11, 10),
        ("marriage-registration", 16, 16),
    ],
)
def test_a_paper_form_gives_the_questions_of_its_full_pack(key, asked, typed):
    found = measure(key)
    assert (found.asked, found.found) == (asked, asked)
    assert found.typed >= typed, found.missed


@pytest.mark.parametrize("key", list(FORMS))
def test_each_draft_is_a_declaration_and_reads_the_same_twice(drafts, key):
    declaration_from_data(drafts[key].declaration)
    assert read(FORMS[key]()).to_data() == drafts[key].to_data()


def test_a_known_pack_gives_its_ids_and_options(drafts):
    found = fields(drafts["birth-registration"])
    pack = {one["id"]: one for s in declarations()["birth-registration"]["sections"] for one in s["fields"]}
    for name in ("mother_full_name", "mother_ethnicity", "father_birth_on", "child_sex", "child_hometown"):
        assert (
            found[name]["type"] == pack[name]["type"]
            and found[name]["sensitivity"] == pack[name]["sensitivity"]
        )
    assert found["mother_ethnicity"]["options"] == pack["mother_ethnicity"]["options"]


def test_people_follow_one_another(drafts):
    draft = drafts["birth-registration"]
    sections = [section["id"] for section in draft.declaration["sections"]]
    assert sections.index("mother") < sections.index("father") < sections.index("commitment")
    mother = next(s for s in draft.declaration["sections"] if s["id"] == "mother")
    assert [one["id"] for one in mother["fields"]] == [
        "mother_full_name", "mother_birth_on", "mother_ethnicity", "mother_nationality", "mother_address",
    ]  # fmt: skip


def test_notes_become_help_and_promises_the_commitment(drafts):
    draft = drafts["birth-registration"]
    assert fields(draft)["mother_address"]["help"]["vi"].startswith("Ghi theo nơi đăng ký thường trú")
    said = fields(draft)["commitment"]["label"]["vi"]
    assert said.startswith("Tôi cam đoan nội dung") and "Tôi chịu hoàn toàn trách nhiệm" in said


def test_what_the_form_does_not_say_is_a_doubt(drafts):
    draft = drafts["birth-registration"]
    assert codes(draft, "mother_birth_on") == {"year_only"}
    assert codes(draft, "personal_number") == {"identity_paper"}
    told = {doubt.code for doubt in draft.doubts}
    assert {"required", "standard_added", "no_papers", "steps"} <= told
    asked = [
        one for s in draft.declaration["sections"] if s["id"] in ("mother", "father") for one in s["fields"]
    ]
    assert not any(one["required"] for one in asked)
    assert all(doubt.say("vi") and doubt.say("en") for doubt in draft.doubts)


def test_signatures_and_heads_ask_nothing(drafts):
    why = {reason for _place, _text, reason in drafts["birth-registration"].left_out}
    assert why <= {"head", "addressed", "signature", "twice", "note"}
    labels = {one["label"]["vi"] for one in drafts["house-building-permit"].fields()}
    assert not any("NGƯỜI LÀM ĐƠN" in label or "Làm tại" in label for label in labels)


def test_addresses_are_one_question(drafts):
    found = fields(drafts["household-business-registration"])
    kinds = [one["type"] for one in found.values() if "trụ sở" in one["label"]["vi"]]
    assert kinds == ["address"]
    assert not any("Tỉnh/Thành phố" in one["label"]["vi"] for one in found.values())


def test_a_table_is_a_group_of_rows(drafts):
    rows = [one for one in drafts["household-business-registration"].fields() if one["type"] == "rows"]
    members = next(one for one in rows if "thành viên" in one["label"]["vi"])
    assert [(c["id"], c["type"]) for c in members["columns"]][:4] == [
        ("name", "name"), ("birth_on", "date"), ("sex", "choice"), ("personal_number", "personal_number"),
    ]  # fmt: skip
    assert not any("Chữ ký" in c["label"]["vi"] or "STT" in c["label"]["vi"] for c in members["columns"])


def test_cells_for_single_digits_are_one_number(drafts):
    found = fields(drafts["permanent-residence-registration"])
    assert found["head_personal_number"]["type"] == "personal_number"
    agreement = [d for d in drafts["permanent-residence-registration"].doubts if d.code == "agreement"]
    assert "Ý KIẾN CỦA CHỦ HỘ" in agreement[0].say()


def test_a_table_with_a_column_for_each_person_asks_one_after_the_other(drafts):
    sections = {s["id"]: s for s in drafts["marriage-registration"].declaration["sections"]}
    assert [one["id"] for one in sections["ben_nam"]["fields"]][:3] == [
        "husband_full_name", "husband_birth_on", "husband_ethnicity",
    ]  # fmt: skip


def test_papers_are_read_and_their_kind_is_a_doubt(drafts):
    draft = drafts["house-building-permit"]
    assert [paper["name_vi"] for paper in draft.papers] == [
        "Bản sao giấy tờ chứng minh quyền sử dụng đất", "Bản vẽ thiết kế xây dựng",
    ]  # fmt: skip
    assert "paper_type" in {doubt.code for doubt in draft.doubts if doubt.place == "required_documents"}


LINES = [
    ("Số điện thoại (nếu có): ......", "phone"),
    ("Số CCCD: ………… cấp ngày ……/……/…… nơi cấp …………", "personal_number"),
    ("Thư điện tử: ______", "email"),
    ("Diện tích sàn: ....... m2", "area"),
    ("Kinh phí đề nghị hỗ trợ: ....... đồng", "money"),
    ("Thời gian nuôi: ....... ngày", "number"),
    ("Ngày mua: ngày ..... tháng ..... năm .....", "date"),
    ("Lý do chuyển chuồng: .......", "long_text"),
    ("Đã tiêm phòng: Có ☐ Không ☐", "yes_no"),
    ("Hình thức: [ ] Trực tiếp [ ] Trực tuyến", "choice"),
    ("Tên con vật nuôi: ........", "text"),
]


def test_the_words_of_a_line_tell_its_type():
    for line, kind in LINES:
        draft = of_lines(line)
        assert fields(draft)[draft.asked[0][1]]["type"] == kind, line


def test_required_is_only_what_the_form_says():
    draft = of_lines("Màu lông (bắt buộc): ....\nTên chuồng (nếu có): ....\nGiống: ....")
    found = [fields(draft)[name]["required"] for _label, name in draft.asked]
    assert found == [True, False, False]
    said = next(doubt.say() for doubt in draft.doubts if doubt.code == "required")
    assert "1 câu đang để không bắt buộc" in said


def test_a_type_that_nothing_tells_is_a_doubt():
    draft = of_lines("Tên con vật nuôi: ........")
    assert "type" in codes(draft, draft.asked[0][1])


def test_other_with_room_asks_what_when_it_is_chosen():
    draft = of_lines("Cách nuôi: ☐ Nhốt chuồng ☐ Thả đồi ☐ Khác: ..........")
    choice = next(one for one in draft.fields() if one["label"]["vi"] == "Cách nuôi")
    more = next(one for one in draft.fields() if one.get("when") == f"{choice['id']} is khac")
    assert more["type"] == "text"
    declaration_from_data(draft.declaration)


def test_tabs_with_dots_underlined_gaps_and_check_boxes_of_word_are_blanks():
    paper = Paper("ĐƠN THỬ")
    paper.tabbed("Màu lông con vật: ", "Số tai con vật: ")
    underlined = paper.document.add_paragraph("Tên chuồng: ")
    underlined.add_run("          ").underline = True
    marked = paper.document.add_paragraph("Giới tính con vật: Đực ")
    run = marked.add_run("o")
    run.font.name = "Wingdings"
    marked.add_run(" Cái ")
    marked.add_run("o").font.name = "Wingdings"
    labels = {one["label"]["vi"]: one for one in read(paper).fields()}
    assert {"Màu lông con vật", "Số tai con vật", "Tên chuồng"} <= set(labels)
    assert labels["Giới tính con vật"]["type"] == "choice"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def test_content_controls_moved_text_and_footnote_marks_are_read_as_they_are_seen():
    from docx.oxml.parser import parse_xml

    paper = Paper("ĐƠN THỬ")
    box = f"<w:sdt><w:sdtPr><w14:checkbox {W14}/></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    raw = (
        f"<w:p {W}><w:moveFrom><w:r><w:t>Chỗ cũ: ....</w:t></w:r></w:moveFrom>"
        f"<w:r><w:t xml:space='preserve'>Đã tiêm phòng: Có </w:t></w:r>{box}"
        f"<w:r><w:t xml:space='preserve'> Không </w:t></w:r>{box}</w:p>"
    )
    whole = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Tên chuồng</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>: ......</w:t></w:r></w:p></w:sdtContent></w:sdt>"  # noqa: E501
    body = paper.document.element.body
    for each in (raw, whole):
        body.insert(len(body) - 1, parse_xml(each))
    paper.lines("Chú thích:\n(1) Ghi tên thường gọi.")
    found = {one["label"]["vi"]: one for one in read(paper).fields()}
    assert found["Đã tiêm phòng"]["type"] == "yes_no" and "Chỗ cũ" not in found
    assert found["Tên chuồng"]["help"]["vi"] == "Ghi tên thường gọi."


def test_without_tones_it_is_the_same_form():
    toned = of_lines("Họ và tên người mẹ: .....\nDân tộc: ......")
    plain = of_lines("Ho va ten nguoi me: .....\nDan toc: ......")
    assert [name for _label, name in toned.asked] == [name for _label, name in plain.asked]
    assert toned.asked[0][1] == "mother_full_name"


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Sinh ngày: ..../..../...... tại ____", "Sinh ngày: ⋯ tại …"),
        ("ngày .... tháng .... năm 20....", "ngày ⋯"),
        ("Ngày, tháng, năm sinh: ……", "Ngày, tháng, năm sinh: …"),
        ("Có □, Không ❑", "Có ☐, Không ☐"),
        ("3. ..........", "3. …"),
    ],
)
def test_leaders_and_boxes_come_to_one_form(raw, plain):
    assert normal(raw) == plain


PIECES = st.sampled_from(
    ["Họ và tên", "Ngày sinh", ": ....", " ☐ ", "Có", "Không", "(1)", "1. ", "- ", "Tôi cam đoan", ":", "____",
     "☐ Khác: ...",
     "Kính gửi", "số nhà", "xã", "II. THÔNG TIN", "(ký, ghi rõ họ tên)", "m2", "…", "giấy tờ kèm theo:",
     "Chú thích:"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=12))
def test_whatever_stands_in_a_form_the_draft_is_a_declaration(lines):
    from motcua.editing.docx.drafting import draft_of
    from motcua.editing.docx.opening import FormText, Line
    from motcua.editing.docx.reading import read_blocks
    from motcua.editing.errors import NothingAsked

    blocks = [Line(text, place) for place, raw in enumerate(lines, 1) if (text := normal(raw))]
    try:
        draft = draft_of(read_blocks(FormText("x", blocks)), "x", vocabulary(), {})
    except NothingAsked:
        return
    declaration_from_data(draft.declaration)
    for line in lines:
        assert all(one.kind for one in cut(normal(line)))
