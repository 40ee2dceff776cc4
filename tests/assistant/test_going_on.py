"""From turn to turn: what answers the question that stands, what is a new one, what is taken from words."""

from __future__ import annotations

import json

import pytest

from motcua.assistant import actions, cases, evaluation, places, queries
from motcua.assistant.knowledge import knowledge
from motcua.assistant.queries import talks
from motcua.assistant.rules import Context, normal
from motcua.config.commands import _assistant_eval
from motcua.foundation.actors import ANONYMOUS
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from tests.assistant.test_golden import published  # noqa: F401  a fixture
from tests.dossiers.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
BIRTH = "birth-registration"
MARRIED = Context(slug=BIRTH, intent="documents", area="06652", asked="parents_married", asked_count=1)
CASE = Context(slug=BIRTH, intent="documents", area="06652", asked="child_case", asked_count=1)
HOME = Context(slug="temporary-residence-registration", asked="home_kind", area="06652", asked_count=1)


def _read(text: str) -> normal.Asked:
    known = knowledge()
    return normal.read(text, known.short, known.model.words)


def _after(text: str, context: Context) -> Context:
    return queries.reply(text, context, at=AT).context


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("có mất phí không?", MARRIED),
        ("không mất tiền à", MARRIED),
        ("mang theo gì", CASE),
        ("tôi muốn đăng ký tạm trú", MARRIED),
        ("tôi muốn gặp cán bộ", MARRIED),
        ("hồ sơ của tôi đến đâu rồi", CASE),
        ("làm giả giấy chứng sinh thì sao", MARRIED),
    ],
)
def test_a_new_question_is_no_answer_to_the_one_that_stands(published, text, context):  # noqa: F811
    after = _after(text, context)
    assert context.asked not in after.answers and context.asked not in after.skipped


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("có", True), ("dạ có", True), ("rồi ạ", True), ("không", False), ("dạ chưa", False), ("1", True),
        ("số 2", False), ("chưa kết hôn", False),
    ],
)  # fmt: skip
def test_a_bare_answer_is_one(published, text, told):  # noqa: F811
    assert _after(text, MARRIED).answers["parents_married"] is told


def test_a_whole_label_and_not_knowing_are_answers(published):  # noqa: F811
    view = knowledge().views[HOME.slug]
    field = view.declaration.by_id["home_kind"][1]
    for option in field.options:
        assert _after(option.label.vi, HOME).answers["home_kind"] == option.value
    assert _after("tôi không rõ", HOME).skipped == ("home_kind",)
    assert _after("em chưa biết ạ", MARRIED).skipped == ("parents_married",)


def test_another_procedure_that_is_certain_is_not_the_one_before(published):  # noqa: F811
    birth = Context(slug=BIRTH, intent="documents")
    assert queries.reply("thế còn hộ chiếu mất bao lâu?", birth, at=AT).slug == "passport-issuance"
    assert queries.reply("thế còn lệ phí?", birth, at=AT).slug == BIRTH
    assert queries.reply("còn thời hạn?", birth, at=AT).slug == BIRTH


def test_the_page_she_asks_from_decides_which_procedure_is_meant(published, monkeypatch):  # noqa: F811
    begun = actions.ask(_act(), question="làm giấy khai sinh cho con ở phường Hà Tu cần gì")["conversation"]
    row = talks.by_id(begun)
    assert talks.context_of(row).slug == BIRTH
    actions.ask(_act(), question="Lệ phí?", conversation=begun, procedure="passport-issuance")
    after = talks.context_of(talks.by_id(begun))
    assert (after.slug, after.area) == ("passport-issuance", "06652")
    actions.ask(_act(), question="Lệ phí?", conversation=begun)
    assert talks.context_of(talks.by_id(begun)).slug == "passport-issuance"


def _act():
    return new_act(ANONYMOUS, at=AT, purpose="ask")


def test_thanks_are_thanks_and_do_not_tell_it_all_again(published):  # noqa: F811
    for said in ("cảm ơn nhé", "cam on ban", "ok cảm ơn"):
        told = queries.reply(said, Context(slug=BIRTH, intent="documents"), at=AT)
        assert (told.behaviour, told.slug, told.context.slug) == ("small_talk", "", BIRTH), said


def test_a_turn_that_was_not_understood_loses_nothing_of_what_it_was_about(published):  # noqa: F811
    about = Context(slug=BIRTH, intent="documents", area="06652", answers={"birth_proof": "paper"})
    unsure = queries.reply("xác nhận của phường", about, at=AT)
    assert unsure.asked.kind == "procedure" and unsure.context.slug == BIRTH
    none_of_these = queries.reply("", unsure.context, at=AT, picked=cases.SKIP)
    assert none_of_these.context.offered == () and none_of_these.context.slug == BIRTH
    on = queries.reply("thế phí thì sao?", none_of_these.context, at=AT)
    assert (on.slug, on.context.area, on.context.answers["birth_proof"]) == (BIRTH, "06652", "paper")
    chosen = queries.reply("", unsure.context, at=AT, picked=unsure.context.offered[0]).context
    assert chosen.slug == unsure.context.offered[0] and "birth_proof" not in chosen.answers


@pytest.mark.parametrize("said", ["phí?", "thế phí bao nhiêu", "hết bao nhiêu", "phi the nao"])
def test_a_word_about_money_is_about_money(published, said):  # noqa: F811
    told = queries.reply(said, Context(slug=BIRTH, intent="documents"), at=AT)
    assert (told.slug, told.intent) == (BIRTH, "fee")


def test_a_word_that_many_procedures_say_is_asked_about(published):  # noqa: F811
    for said in ("giấy phép", "giay phep", "bản sao", "đăng ký"):
        assert queries.reply(said, at=AT).behaviour == "ask_back", said
    for said, slug in (("khai sinh", BIRTH), ("hộ chiếu", "passport-issuance"), ("tạm trú", HOME.slug)):
        assert queries.reply(said, at=AT).slug == slug


# What her words say ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "text", "field", "value"),
    [
        (BIRTH, "con tôi chưa có giấy chứng sinh", "birth_proof", None),
        (BIRTH, "con tôi có giấy chứng sinh", "birth_proof", "paper"),
        (BIRTH, "không có giấy chứng sinh", "birth_proof", "own_word"),
        (BIRTH, "có được không, vợ tôi mới sinh", "parents_married", True),
        ("death-registration", "nhà tôi chưa có giấy báo tử", "death_proof", None),
        ("death-registration", "không có giấy báo tử", "death_proof", "no_notice"),
        ("land-transfer-registration", "đất không thế chấp", "mortgaged", False),
        ("land-transfer-registration", "đất không phải thế chấp gì", "mortgaged", None),
        ("land-transfer-registration", "đất đang thế chấp", "mortgaged", True),
    ],
)
def test_what_is_denied_is_not_said(published, slug, text, field, value):  # noqa: F811
    for said in (text, normal.without_tones(text)):
        assert cases.said(knowledge(), _read(said), Context(), slug).get(field) == value


def test_later_words_count_more_than_earlier_ones_and_less_than_what_she_picked(published):  # noqa: F811
    first = queries.reply("làm khai sinh cho con ở phường Hà Tu, có giấy chứng sinh, cần gì", at=AT).context
    assert (first.area, first.answers["birth_proof"]) == ("06652", "paper")
    after = _after("giấy tờ khai sinh, không có giấy chứng sinh, ở phường Cao Xanh", first)
    assert (after.area, after.answers["birth_proof"]) == ("06658", "own_word")
    picked = queries.reply("Không", MARRIED, at=AT, picked="no").context
    assert (
        _after("khai sinh cho con lệ phí bao nhiêu, vợ chồng tôi ở đây", picked).answers["parents_married"]
        is False
    )


# Places -------------------------------------------------------------------------------------------------------------


def test_a_former_district_is_not_the_ward_of_its_name(published):  # noqa: F811
    day = local_date(AT)
    areas = [row for version in store.current_all("areas") for row in version.body["areas"]]
    town = next(row for row in areas if row["name_vi"] == "Thành phố Hạ Long")
    of_it = {row["code"] for row in areas if town["code"] in (row.get("former_districts") or ())}
    for said in ("tôi ở thành phố Hạ Long", "toi o thanh pho ha long"):
        found = places.named(_read(said), day)
        assert found.of_district and {each.code for each in found.communes} == of_it and not found.only
    asked = queries.reply("làm giấy khai sinh ở thành phố Hạ Long cần gì", at=AT)
    assert asked.context.area == "" and asked.asked.key == "place" and "01/7/2025" in asked.asked.text
    assert {each.value for each in asked.asked.options} == of_it | {cases.SKIP}
    chosen = asked.asked.options[0].value
    assert queries.reply("", asked.context, at=AT, picked=chosen).context.area == chosen
    ward = places.named(_read("phường Hà Tu, thành phố Hạ Long"), day)
    assert ward.only == "06652"


def test_a_place_has_the_tones_that_were_typed(published):  # noqa: F811
    day = local_date(AT)
    assert places.named(_read("tôi ở phường Hà Tu"), day).only == "06652"
    assert places.named(_read("toi o phuong ha tu"), day).only == "06652"
    assert not places.named(_read("tôi ở hạ tú"), day, anywhere=True).communes


# Measuring ----------------------------------------------------------------------------------------------------------


def test_a_sure_answer_is_wrong_where_the_right_code_is_not_shipped_too(published):  # noqa: F811
    asked = "làm giấy khai sinh cho con cần gì"
    rows = [
        {"id": "a", "question": asked, "expected_procedure_code": "9.999999"},
        {"id": "b", "question": asked, "intent": "out_of_scope"},
        {"id": "c", "question": asked},
        {"id": "d", "question": asked, "expected_procedure_code": knowledge().views[BIRTH].code},
    ]
    figures = evaluation.measure(rows, at=AT).figures
    assert figures["wrong_rows"] == ["a", "b"] and figures["n_judgeable"] == 3
    assert (figures["wrong_but_confident"], figures["n"]) == (0.6667, 4)


def test_a_file_is_read_by_its_lines_alone(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"question": "a\u2028b\u0085c"}\r\n\n{"question": "d"}\n', encoding="utf-8", newline="")
    assert [row["question"] for row in _assistant_eval._read(path)] == ["a\u2028b\u0085c", "d"]


@pytest.mark.parametrize(
    "line",
    [
        '{"question": "a", "answer_facts": ["x"]}',
        '{"question": "a", "answer_facts": {"fact": "x"}}',
        '{"question": "a", "acceptable_codes": "1.001193"}',
        '{"question": "a", "question_no_diacritics": 3}',
        '{"question": "a", "x": ' + "[" * 200_000 + "]" * 200_000 + "}",
        "[]",
    ],
)
def test_what_cannot_be_measured_is_a_sentence_that_names_the_line(tmp_path, line):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"question": "a"}) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        _assistant_eval._read(path)
