"""The assistant's page and its pieces: asking, choosing, rating, forgetting, the way into a declaration; the panel."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from motcua.agencies import queries as agencies
from motcua.assistant import queries as assistant
from motcua.assistant.models import Conversation, Turn
from motcua.assistant.queries import people
from motcua.assistant.rules import (
    ANSWER,
    Asked,
    Button,
    Choice,
    Context,
    Guess,
    Reply,
    Sentence,
    Source,
)
from motcua.dossiers.models import Dossier
from motcua.foundation.models import AccessEntry
from tests.portal.conftest import MOMENT
from tests.portal.pages import text
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db
HOME, SLUG = "/hoi-dap/", "birth-registration"
PIECE = {"X-Fragment": "1"}
PAPERS = tuple(
    Sentence(
        f"Giấy {name}.",
        Source("procedure", SLUG, f"required_documents.{name}", "1.001193"),
        "paper",
        name == "B",
    )
    for name in "AB"
)
MARRIED = Asked(
    "parents_married", "Cha mẹ đã kết hôn chưa?", "choice", (Choice("false", "Chưa"), Choice("true", "Rồi"))
)  # fmt: skip


@pytest.fixture
def core(monkeypatch):
    """What the core is told, and what it shall say: `core.says(sentences, asked=…)`."""

    class Core:
        told: list = []
        reply = Reply(ANSWER, "documents", PAPERS, Context(slug=SLUG), SLUG, "1.001193", confidence=0.9)

        def says(self, *sentences, **more):
            self.reply = Reply(ANSWER, "x", sentences, more.pop("context", Context(slug=SLUG)), SLUG, **more)

    core = Core()
    core.told = []

    def reply(question, context=None, **named):
        core.told.append((question, context, named["picked"]))
        return core.reply

    monkeypatch.setattr(assistant, "reply", reply)
    return core


def test_it_answers_with_the_way_to_the_source_of_each_sentence(city, browse, core):
    client = browse()
    empty = client.get(HOME)
    assert "Trợ lý tự động, không phải người" in text(empty) and not Conversation.objects.exists()
    asked = client.post(
        HOME, {"question": "làm giấy khai sinh, tôi là Lê Thị Hoa", "act_id": "a-form-of-her-own"}
    )
    assert (asked.status_code, asked["Location"]) == (302, "/hoi-dap/#luot-1")
    page = client.get(HOME)
    said = text(page)
    assert "tôi là •••" in said and "Giấy A." in said and "chưa kiểm chứng" in said
    sources = re.findall(r'class="talk__source" href="([^"]+)"', page.content.decode())
    assert sources == [f"/thu-tuc/{SLUG}/#papers"] * 2
    assert 'id="papers"' in client.get(sources[0]).content.decode()
    assert "thủ tục 1.001193, giấy tờ cần nộp" in said
    client.post(HOME, {"question": "làm giấy khai sinh, tôi là Lê Thị Hoa", "act_id": "a-form-of-her-own"})
    assert Turn.objects.count() == 1, "a form sent twice is one question"
    assert text(browse("citizen").get(HOME)).count("Giấy A.") == 0, "another browser knows nothing of it"


def test_every_source_is_named_and_led_to_where_it_can_be_read(city, browse, core):
    client = browse()
    core.says(
        Sentence("Nộp tại trung tâm.", Source("agency", "qn-bai-chay-centre", "address"), "where"),
        Sentence("Hẹn trả thứ Hai.", Source("calendar", "qn-bai-chay", "2026-11-23"), "due"),
        Sentence("Quận nay là phường.", Source("pack", "assistant/old-terms", "quan"), "old_term"),
        Sentence("Tôi là máy.", Source("self", "machine"), "talk"),
    )
    client.post(HOME, {"question": "ở đâu"})
    page = client.get(HOME)
    assert 'href="/kiem-soat-tthc/#where"' in page.content.decode()
    assert 'id="where"' in client.get("/kiem-soat-tthc/").content.decode()
    assert "nguồn: lịch làm việc" in text(page) and "nguồn: quy định đã công bố" in text(page)
    assert page.content.decode().count('class="talk__source') == 3, (
        "what it says of itself has no other source"
    )


def test_a_long_answer_opens_in_two(city, browse, core):
    def many(about, path, count):
        return [Sentence(f"{about} {n}.", Source("procedure", SLUG, path), about) for n in range(count)]

    client = browse()
    core.says(
        *many("paper", "required_documents", 9), *many("law", "legal_basis", 6), *many("fee", "fees", 2)
    )
    client.post(HOME, {"question": "giấy gì"})
    page = client.get(HOME).content.decode()
    seen, _summary, folded = page.partition("<summary>")
    assert "paper 8." in seen and "fee 1." in seen, "what she must bring and pay is never hidden"
    assert "law 0." not in seen and "law 5." in folded
    assert "Xem thêm: Quy định, căn cứ" in text(client.get(HOME))


def test_a_choice_is_a_button_and_only_what_was_offered_counts(city, browse, core):
    client = browse()
    core.says(*PAPERS, asked=MARRIED)
    client.post(HOME, {"question": "khai sinh"})
    page = client.get(HOME).content.decode()
    assert 'name="picked" value="false"' in page and "Cha mẹ đã kết hôn chưa?" in page
    client.post(HOME, {"picked": "false"})
    client.post(HOME, {"picked": "made-up"})
    assert core.told[1][0::2] == ("Chưa", "false") and len(core.told) == 2
    assert [turn.question for turn in Turn.objects.order_by("number")] == ["khai sinh", "Chưa"]


def test_a_place_is_typed_and_known_by_its_name(city, browse, core):
    client = browse()
    core.says(*PAPERS, asked=Asked("place", "Bạn ở phường, xã nào?", "place", (Choice("?", "Chưa biết"),)))
    client.post(HOME, {"question": "khai sinh"})
    area = next(each.code for each in agencies.communes(MOMENT.date()) if each.name_vi == "Phường Bãi Cháy")
    assert '<option value="Phường Bãi Cháy">' in client.get(HOME).content.decode()
    client.post(HOME, {"question": "phuong bai chay"})
    client.post(HOME, {"picked": "?"})
    assert [(told[0], told[2]) for told in core.told[1:]] == [("phuong bai chay", area), ("Chưa biết", "?")]


def test_the_page_it_was_opened_from_is_what_it_is_about(city, browse, core):
    client = browse()
    link = re.search(
        r'href="(/hoi-dap/\?trang=[^"]+)" data-beside', client.get(f"/thu-tuc/{SLUG}/").content.decode()
    )[1]
    page = client.get(link).content.decode()
    place = re.search(r'name="trang" value="([^"]+)"', page)[1]
    assert unquote(place) == f"/thu-tuc/{SLUG}/"
    client.post(HOME, {"question": "lệ phí?", "trang": place})
    client.post(HOME, {"question": "bao lâu?", "trang": place})
    client.post(HOME, {"question": "gì đó", "trang": "//evil.example/thu-tuc/x"})
    assert [told[1].slug for told in core.told] == [SLUG, SLUG, SLUG]
    assert "data-beside" not in page, "the page of the assistant has no panel beside itself"


def test_the_panel_gets_pieces_and_refusals_in_them(city, browse, core, settings):
    client = browse()
    piece = client.get(HOME, headers=PIECE)
    assert piece["X-Fragment"] == "1" and "<html" not in piece.content.decode()
    empty = client.post(HOME, {"question": " "}, headers=PIECE)
    assert empty.status_code == 422 and "Bạn chưa viết câu hỏi" in text(empty) and empty["X-Fragment"] == "1"
    answered = client.post(HOME, {"question": "khai sinh"}, headers=PIECE)
    assert answered.status_code == 200 and "Giấy A." in text(answered)
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_assistant_per_minute": 2})
    often = client.post(HOME, {"question": "nữa"}, headers=PIECE)
    assert often.status_code == 429 and "quá nhanh" in text(often)


def test_an_answer_is_rated_with_a_reason(city, browse, core):
    client = browse()
    client.post(HOME, {"question": "khai sinh"})
    asked_why = client.post("/hoi-dap/danh-gia/", {"turn": "1", "useful": "no"}, follow=True)
    assert "Vì sao chưa hữu ích?" in text(asked_why) and Turn.objects.get().useful is False
    more = {"turn": "1", "useful": "no", "why": "incomplete", "note": "thiếu lệ phí, gọi 0901234567"}
    thanked = client.post("/hoi-dap/danh-gia/", more, follow=True)
    turn = Turn.objects.get()
    assert "Cảm ơn bạn đã đánh giá" in text(thanked)
    assert (turn.why, turn.note) == ("incomplete", "thiếu lệ phí, gọi [số]")
    assert client.post("/hoi-dap/danh-gia/", {"turn": "1", "useful": "maybe"}).status_code == 422
    assert client.post("/hoi-dap/danh-gia/", {"turn": "77", "useful": "yes"}).status_code == 404


def test_she_begins_anew_or_has_it_erased(city, browse, core):
    client = browse()
    client.post(HOME, {"question": "khai sinh"})
    client.post("/hoi-dap/ket-thuc/", {"do": "new"})
    assert "Giấy A." not in text(client.get(HOME)) and Conversation.objects.get().state == "closed"
    client.post(HOME, {"question": "khai sinh"})
    told = client.post("/hoi-dap/ket-thuc/", {"do": "erase"}, follow=True)
    assert "Đã xóa cuộc trò chuyện." in text(told)
    assert Conversation.objects.count() == 1


def test_people_are_offered_only_where_people_answer(city, browse, core, monkeypatch):
    client = browse()
    client.post(HOME, {"question": "khai sinh"})
    assert "Gặp cán bộ" not in text(client.get(HOME))
    assert client.post("/hoi-dap/gap-can-bo/", {"agreed": "yes"}).status_code == 302
    assert Conversation.objects.get().state == "open"
    monkeypatch.setattr(people, "_answering", [lambda at: True])
    assert "Gặp cán bộ" in text(client.get(HOME))
    assert client.post("/hoi-dap/gap-can-bo/", {}).status_code == 422
    told = client.post("/hoi-dap/gap-can-bo/", {"agreed": "yes"}, follow=True)
    assert "Đã chuyển cho cán bộ" in text(told)


def test_the_declaration_it_leads_to_opens_after_signing_in_with_what_was_answered(city, browse, core):
    client = browse()
    button = Button("Mở tờ khai", f"/ho-so/moi/{SLUG}/", {"parents_married": False})
    core.says(*PAPERS, button=button, context=Context(slug=SLUG, area="06673"))
    client.post(HOME, {"question": "khai sinh"})
    way = re.search(r'href="(/hoi-dap/to-khai/\w{26}/)"', client.get(HOME).content.decode())[1]
    assert way in unquote(client.get(way)["Location"]), "she signs in and comes back"
    hers = browse("citizen")
    page = hers.get(way)
    assert "Điền sẵn từ cuộc trò chuyện" in text(page) and "Không" in text(page)
    assert re.search(r'value="qn-bai-chay-centre" selected', page.content.decode())
    opened = hers.post(way, {"agency": "qn-bai-chay-centre", "act_id": "opened-from-a-talk"}, follow=True)
    assert "Đã điền sẵn những gì bạn đã trả lời trợ lý" in text(opened)
    draft = Dossier.objects.get()
    assert (
        opened.redirect_chain[-1][0] == f"/ho-so/{draft.public_id}/khai/" and draft.business_state == "draft"
    )
    assert hers.get("/hoi-dap/to-khai/" + "0" * 26 + "/").status_code == 404


def test_her_own_dossiers_are_shown_to_her_and_the_look_is_kept(city, browse, core):
    own = Sentence("Hồ sơ của bạn đang chờ.", Source("dossier", "0" * 26, "state"), "state")
    core.says(own, related=(Guess("permanent-residence-registration", None, "Đăng ký thường trú", 0.5),))
    client = browse("citizen")
    client.post(HOME, {"question": "hồ sơ của tôi"})
    page = client.get(HOME)
    assert (
        "Hồ sơ của bạn đang chờ." in text(page)
        and "/thu-tuc/permanent-residence-registration/" in page.content.decode()
    )
    assert AccessEntry.objects.filter(page="assistant:talk").exists()


def test_a_long_conversation_costs_as_much_as_a_short_one(city, browse, core):
    client, costs = browse(), []
    for _turn in range(2):
        client.post(HOME, {"question": "khai sinh"})
        with statements() as told:
            client.get(HOME)
        costs.append(len(told.work))
    assert costs[0] == costs[1] <= 5


def test_in_english_its_own_words_are_english(city, browse, core):
    client = browse()
    client.cookies["django_language"] = "en"
    client.post(HOME, {"question": "birth"})
    said = text(client.get(HOME))
    assert "An automatic assistant, not a person" in said and "Useful" in said and "Hữu ích" not in said


def test_a_search_goes_on_as_a_question(city, browse, core):
    client = browse()
    found = client.get("/thu-tuc/", {"q": "cái gì đó lạ lắm"}).content.decode()
    assert 'action="/hoi-dap/"' in found and 'name="question" value="cái gì đó lạ lắm"' in found
    assert "cái gì đó lạ lắm" in text(client.post(HOME, {"question": "cái gì đó lạ lắm"}, follow=True))
