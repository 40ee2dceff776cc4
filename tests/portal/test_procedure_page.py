"""The page of a procedure answers in the order in which people ask."""

import re
from types import SimpleNamespace

import pytest

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.foundation.packs import store
from motcua.portal import procedure_page
from tests.portal.pages import text

pytestmark = pytest.mark.django_db
ORDER = (
    "Ai làm được",
    "Cần những giấy tờ gì?",
    "Bao lâu có kết quả?",
    "Hết bao nhiêu tiền?",
    "Nộp ở đâu?",
    "Rồi sao nữa?",
    "Căn cứ pháp luật",
)


def test_it_answers_in_the_order_of_the_questions(browse):
    said = text(browse().get("/thu-tuc/birth-registration/"))
    places = [said.index(word) for word in ORDER]
    assert places == sorted(places)


def test_the_due_date_of_a_dossier_received_today_is_derived(browse):
    said = text(browse().get("/thu-tuc/household-business-registration/"))
    assert "3 ngày làm việc" in said
    assert "thứ Năm 08/10/2026" in said  # received on Monday 5 October, three working days
    assert "ngày nhận không tính" in said


def test_a_provisional_date_says_so(city, at):
    from datetime import datetime

    from motcua.foundation.time import TZ

    view = catalogue.view_for("household-business-registration", at)
    told = procedure_page.promise(view, datetime(2031, 3, 3, 9, tzinfo=TZ), "vi")
    assert told.provisional
    assert any("tạm tính" in line for line in told.why)


def test_amounts_that_are_not_known_are_never_nought(browse):
    said = text(browse().get("/thu-tuc/birth-registration/"))
    assert "Chưa có mức thu ở đây" in said
    assert "do Hội đồng nhân dân tỉnh quyết định" in said
    assert "8.000 đồng / một bản" in said


def test_the_button_follows_the_door_and_the_trial_is_told(browse):
    page = browse().get("/thu-tuc/birth-registration/")
    assert 'href="/ho-so/moi/birth-registration/"' in page.content.decode()
    assert "Chạy thử" in text(page)


def view_with(**changes):
    body = dict(store.current("procedures", "birth-registration").body)
    return ProcedureView({**body, **changes}, version_id=0)


DOORS = {
    "national": [{"door": "national_portal", "from": None, "to": None}],
    "counter": [{"door": "counter", "from": None, "to": None, "channels": ["in_person"]}],
    "closed": [{"door": "local_portal", "from": "2026-01-01", "to": "2026-06-30", "channels": ["online"]}],
}


@pytest.mark.parametrize(
    ("doors", "elsewhere"), [("national", "national"), ("counter", "counter"), ("closed", "none")]
)
def test_a_closed_door_says_where_to_go_instead(city, at, doors, elsewhere):
    page = procedure_page.page_of(view_with(doors=DOORS[doors]), at, "vi")
    assert not page.fileable
    assert page.elsewhere == elsewhere


def test_a_door_that_is_not_open_yet_says_from_when(city, at):
    door = {"door": "local_portal", "from": "2027-01-01", "to": None, "channels": ["online"]}
    (line,) = procedure_page.page_of(view_with(doors=[door]), at, "vi").doors
    assert (line.is_open, line.when) == (False, "mở từ 01/01/2027")


def test_a_suspended_law_stands_in_front(city, at):
    note = {"kind": "suspended", "from": None, "to": None, "text_vi": "Tạm ngưng", "source": "QĐ 1"}
    (told,) = procedure_page.page_of(view_with(law_notes=[note]), at, "vi").notes
    assert (told["kind"], told["title"]) == ("wrong", "Quy định đang tạm ngưng áp dụng")


def test_what_is_not_verified_is_told_in_words(browse):
    said = text(browse().get("/thu-tuc/birth-registration/"))
    assert "chưa kiểm chứng" in said
    assert "Thời gian của từng bước" in said
    assert "steps.time_share" not in said


def test_whose_result_it_is(browse):
    assert "Kết quả do hệ thống của bộ, ngành cấp" in text(browse().get("/thu-tuc/birth-registration/"))


def test_papers_the_state_may_hold_are_not_simply_demanded(city, at):
    page = procedure_page.page_of(catalogue.view_for("birth-registration", at), at, "vi")
    assert page.saved > 0
    assert any(line.held_by for line in page.by_case)


def test_a_former_address_leads_to_the_present_one(browse):
    assert browse().get("/thu-tuc/no-such-procedure/").status_code == 404


def test_every_procedure_of_the_packs_has_its_page(city, at):
    for view in catalogue.views(at):
        for language in ("vi", "en"):
            page = procedure_page.page_of(view, at, language)
            assert page.promise.limit
            assert page.cost


def test_the_english_page_marks_vietnamese_texts(browse):
    client = browse()
    client.cookies["django_language"] = "en"
    body = client.get("/thu-tuc/birth-registration/").content.decode()
    assert '<span lang="vi">' in body
    assert re.search(r"<h1>\s*Birth registration", body)


def test_fees_by_steps_are_told(city, at):
    view = catalogue.view_for("certified-copy-from-original", at)
    rows = procedure_page.page_of(view, at, "vi").fees
    assert any("/ một trang" in row.amount and row.steps for row in rows)


def test_money_words_of_the_top_line(city, at):
    free = SimpleNamespace(known=True, free=True, amount="0 đồng", council=False)
    council = SimpleNamespace(known=False, free=False, amount="", council=True)
    view = view_with(unverified=[])
    assert procedure_page._cost((), view)[0] == "Không mất tiền"
    assert procedure_page._cost((), view_with(unverified=["fees"]))[0] == "Chưa rõ"
    assert procedure_page._cost((free, free), view)[0] == "Không mất tiền"
    assert procedure_page._cost((council,), view)[0] == "Theo mức của tỉnh"
    assert procedure_page._cost((free, council), view)[0] == "Tùy trường hợp"


def test_no_day_is_guessed_for_a_limit_that_is_not_fixed(city, at):
    view = view_with(time_limit={"value": None, "unit": "working_days", "notes": None})
    told = procedure_page.promise(view, at, "vi")
    assert (told.due, told.on) == ("", None)
