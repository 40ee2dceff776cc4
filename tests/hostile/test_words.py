"""Words that mean harm: scripts, invisible characters, endless names, other Unicode forms. Text, or refused."""

import html
import json
import re
import unicodedata

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Letter
from tests.dossiers import factories as make
from tests.portal.pages import again, send, text
from tests.support.city import CENTRE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:35 }}{% now 'Y' %}{0.__class__}%s"
BARE = re.compile(r"<script>alert|<img src=x|\b42\b(?=\{)|class '")
REASON = f"Bản chụp bị mờ {EVIL}"


@pytest.fixture
def poisoned(city, at):
    """A dossier with the evil text wherever somebody may write freely, asked to supplement and refused a date."""
    address = {"commune_code": "06673", "detail": f"Số 1 {EVIL}"}
    dossier = make.in_process(city, at=at, address=address)
    act = city.act
    items = [{"text": EVIL}, {"text": f"Chụp lại {EVIL}"}]
    actions.take(act("processor", at), dossier=dossier)
    actions.ask_supplement(act("processor", at), dossier=dossier, items=items, reason=REASON)
    file = make.a_file(city, at=at, name=f"{EVIL}.pdf")
    actions.add_paper(act("citizen", at), dossier=dossier, key="other", file=file, name=EVIL)
    return dossier


def tame(answer):
    """The page holds the evil text only as text: escaped, never as markup, never worked out."""
    assert answer.status_code == 200, answer.status_code
    body = answer.content.decode()
    assert not BARE.search(body), BARE.search(body)
    return body


def test_the_applicant_sees_it_as_text(browse, poisoned):
    client = browse("citizen")
    pages = ["", "bo-sung/", "ai-da-xem/", "rut/"]
    letters = Letter.objects.filter(dossier__public_id=poisoned).values_list("public_id", flat=True)
    shown = "".join(
        tame(client.get(f"/ho-so/{poisoned}/{page}"))
        for page in [*pages, *(f"phieu/{each}/" for each in letters)]
    )
    tame(client.get("/ho-so/"))
    assert html.escape("<script>alert(1)</script>") in shown


def test_officers_see_it_as_text_on_page_list_and_paper(browse, poisoned, at):
    shown = ""
    for name in ("receptionist", "processor"):
        client = browse(name)
        pages = ["", "nhat-ky/", "han/", "in/phieu-kiem-soat/"]
        letters = Letter.objects.filter(dossier__public_id=poisoned).values_list("public_id", flat=True)
        for page in [*pages, *(f"in/{each}/" for each in letters)]:
            shown += tame(client.get(f"/counter/ho-so/{poisoned}/{page}"))
        tame(client.get("/counter/"))
    desk = browse("receptionist")
    tame(desk.get("/counter/so/theo-doi/", {"ngay": f"{at:%Y-%m-%d}", "agency": CENTRE}))
    tame(desk.post("/counter/tim/", {"q": EVIL}, follow=True))
    assert html.escape("<script>alert(1)</script>") in shown


def test_programs_get_it_as_json(machine, poisoned):
    answer = machine("citizen").get(f"/dossiers/{poisoned}")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["answers"]["address"]["detail"].endswith("%s")
    letters = machine("citizen").get(f"/dossiers/{poisoned}/letters").json()["items"]
    assert EVIL in json.dumps(letters, ensure_ascii=False).replace('\\"', '"')


NO_NAMES = [
    "<script>alert(1)</script>",
    "Nguyễn Thị Lan; DROP TABLE dossiers_dossier; --",
    "Nguyễn Thị L4n",
    "😀😀😀",
    "12345",
    "' OR '1'='1",
    '=HYPERLINK("http://x")',
    "Lan" * 200,
]


def test_a_name_that_is_none_is_refused_beside_its_field(city, at, browse, machine, untouched, subtests):
    draft = make.draft(city, at=at)
    citizen, client = machine("citizen"), browse("citizen")
    for name in NO_NAMES:
        with subtests.test(name):
            saved = citizen.call("patch", f"/dossiers/{draft}/answers", {"answers": {"full_name": name}})
            assert saved.status_code == 200  # a draft is kept as it is, right or wrong
            with untouched():
                answer = citizen.post(f"/dossiers/{draft}/moves", {"verb": "submit"})
                page = again(send(client, f"/ho-so/{draft}/khai/xem-lai/"))
            assert answer.status_code == 422
            problems = {problem["field"]: problem["message"] for problem in answer.json()["problems"]}
            assert len(problems["full_name"]) > 10
            assert "error-summary" in page.content.decode()
            assert "<script>alert(1)" not in page.content.decode()


LOOKS_LIKE = {
    unicodedata.normalize("NFD", "Nguyễn Thị Thuỳ Dương"): "Nguyễn Thị Thuỳ Dương",
    "Nguyễn\u200b Thị\u200d Lan\ufeff": "Nguyễn Thị Lan",
    "\u202eNguyễn Thị Lan\u202c": "Nguyễn Thị Lan",
    "Nguyễn\x07 Thị\x1b Lan": "Nguyễn Thị Lan",
}


def test_invisible_characters_and_other_forms_leave_the_name_it_looks_like(city, at, machine, subtests):
    citizen = machine("citizen")
    draft = make.draft(city, at=at)
    for typed, kept in LOOKS_LIKE.items():
        with subtests.test(typed):
            saved = citizen.call("patch", f"/dossiers/{draft}/answers", {"answers": {"full_name": typed}})
            assert saved.status_code == 200
            assert citizen.get(f"/dossiers/{draft}").json()["answers"]["full_name"] == kept


def test_a_name_whose_tones_came_apart_is_found_by_every_way_of_typing_it(city, at, machine):
    citizen, desk, kept = machine("citizen"), machine("receptionist"), "Nguyễn Thị Thuỳ Dương"
    draft = make.draft(city, at=at)
    given = {**make.birth_answers(at), "full_name": unicodedata.normalize("NFD", kept)}
    assert citizen.call("patch", f"/dossiers/{draft}/answers", {"answers": given}).json()["problems"] == 0
    assert citizen.post(f"/dossiers/{draft}/moves", {"verb": "submit"}).status_code == 200
    assert desk.post(f"/dossiers/{draft}/moves", {"verb": "receive"}).status_code == 200
    for words in (kept, unicodedata.normalize("NFD", kept), kept.lower(), "nguyen thi"):
        found = desk.post("/dossiers/search", {"text": words}).json()["items"]
        assert [item["id"] for item in found] == [draft], words


def test_the_same_name_through_the_pages(city, at, browse):
    """A browser on a Mac sends letters and tones apart; the page keeps them together."""
    draft = make.draft(city, at=at)
    section = "applicant"
    page = f"/ho-so/{draft}/khai/muc/{section}/"
    typed = unicodedata.normalize("NFD", "Nguyễn\u200b Thị\u202e Thuỳ Dương")
    send(browse("citizen"), page, later="1", full_name=typed)
    assert actions and _answers(draft)["full_name"] == "Nguyễn Thị Thuỳ Dương"


def _answers(public_id):
    from motcua.dossiers import queries

    return queries.answers_of(Dossier.objects.get(public_id=public_id))


def test_a_very_long_vietnamese_name_is_kept_whole_and_found(city, at, machine):
    """Real names reach 25 words; a hundred letters are allowed, and the page does not break (words wrap)."""
    name = "Công Tằng Tôn Nữ Hoàng Thị Thuỷ Tiên Phương Uyên Nguyễn Khoa Diệu Hằng Đặng"
    dossier = make.received(city, at=at, full_name=name)
    found = machine("receptionist").post("/dossiers/search", {"text": "Tôn Nữ Hoàng Thị"}).json()["items"]
    assert [(item["id"], item["applicant"]["name"]) for item in found] == [(dossier, name)]


SQL = ["' OR 1=1 --", "%", "_", "a%' ESCAPE '", "'; DROP TABLE x; --", "\\", "*", "a\tb", "(((", "|", "٣"]


def test_words_that_look_like_a_command_find_nothing_and_do_nothing(
    city, at, browse, machine, untouched, subtests
):
    make.received(city, at=at)
    desk, client, stranger = machine("receptionist"), browse("receptionist"), browse()
    for words in SQL:
        with subtests.test(words), untouched():
            assert desk.post("/dossiers/search", {"text": words}).json()["items"] == []
            page = client.post("/counter/tim/", {"q": words}, follow=True)
            assert page.status_code == 200
            assert "Nguyễn Thị Lan" not in text(page)
            assert machine().get("/procedures", search=words).status_code == 200
            assert stranger.get("/thu-tuc/", {"q": words}).status_code == 200
            assert stranger.get("/goi-y/", {"q": words}).status_code == 200
            tracked = stranger.get("/tra-cuu/", {"ma": words})
            assert tracked.status_code == 404
            assert "Chưa tìm thấy" in text(tracked)


def test_a_helper_who_writes_a_script_for_a_name_sees_text(city, at, browse):
    client = browse("helper")
    made = actions.start_helping(
        city.act("helper", at), procedure="birth-registration", person_name=EVIL, agency=CENTRE
    )
    tame(client.get("/giup-nop/"))
    tame(client.get(f"/giup-nop/{made['dossier']}/dong-y/"))
    tame(client.get(f"/giup-nop/{made['dossier']}/phieu-dong-y/"))
