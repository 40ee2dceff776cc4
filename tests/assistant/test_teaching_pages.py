"""The editors' pages: what they show, to whom, and in how many statements."""

from __future__ import annotations

import pytest

from motcua.assistant.models import Comparison, Lesson, Settled
from motcua.assistant.teaching import comparing, entries
from motcua.foundation.access import who_saw
from motcua.foundation.packs import store
from tests.assistant.teachers import BIRTH, answer, asked, taught, wording
from tests.counter.conftest import MOMENT, at, desk  # noqa: F401  fixtures
from tests.editing.factories import appoint_second

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_golden")]
HOME = "/soan-tro-ly/"
QUESTION = "khi nào chợ Hà Lầm mở lại"


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_groups_are_listed_and_who_read_them_is_kept(desk, django_assert_max_num_queries):  # noqa: F811
    talk = asked(QUESTION, "chợ Hà Lầm mở lại khi nào", behaviour="decline_redirect", guesses=[BIRTH])
    asked("mua vé tàu tết <b>", channel="chat", useful=False, why="other")
    admin = desk("admin")
    admin.get(HOME)
    with django_assert_max_num_queries(26):
        page = text(admin.get(HOME))
    assert (
        "chợ Hà Lầm mở lại khi nào" in page
        and "Đăng ký khai sinh" in page
        and "mua vé tàu tết &lt;b&gt;" in page
    )
    assert "3 câu hỏi trong 2 nhóm" in page
    assert who_saw(f"conversation:{talk.public_id}").filter(purpose="assistant.teach").exists()
    filtered = text(admin.get(HOME, {"kenh": "chat", "ngay": "7", "loi": "not_useful", "linh_vuc": ""}))
    assert "mua vé tàu" in filtered and QUESTION not in filtered
    assert text(admin.get(HOME, {"ngay": "x", "kenh": "?", "loi": "1", "gac": "1"}))


def test_nobody_else_comes_in(desk):  # noqa: F811
    asked(QUESTION)
    for who in ("processor", "leader", "receptionist"):
        for path in (HOME, f"{HOME}nhom/{wording(QUESTION)}/", f"{HOME}them/asked/", f"{HOME}ban/"):
            assert desk(who).get(path).status_code == 403


def test_a_group_is_read_and_set_aside(desk):  # noqa: F811
    asked(QUESTION, useful=False, why="incomplete", note="ghi thêm giờ")
    admin, here = desk("admin"), f"{HOME}nhom/{wording(QUESTION)}/"
    page = text(admin.get(here))
    assert "ghi thêm giờ" in page and "Còn thiếu (1)" in page and f"{HOME}them/answers/?nhom=" in page
    assert "Bạn chưa ghi lý do" in text(admin.post(f"{here}gac/", {"why": "other"}, follow=True))
    assert admin.post(f"{here}gac/", {"why": "not_ours"}).status_code == 302
    assert QUESTION not in text(admin.get(HOME))
    assert "Không phải việc của cơ quan nhà nước" in text(admin.get(HOME, {"gac": 1}))
    assert admin.get(here).status_code == 404
    admin.post(f"{here}gac/?gac=1", {"do": "back"})
    assert not Settled.objects.exists() and QUESTION in text(admin.get(HOME))


@pytest.mark.parametrize("label", sorted(entries.BOXES))
def test_each_form_names_its_boxes_and_says_what_is_missing(desk, label):  # noqa: F811
    admin = desk("admin")
    page = text(admin.get(f"{HOME}them/{label}/", {"procedure": BIRTH}))
    assert [box for box in entries.BOXES[label] if f'id="f-{box}"' not in page] == []
    refused = text(admin.post(f"{HOME}them/{label}/", {"do": "add", "procedure": BIRTH}))
    assert 'href="#f-said"' in refused and "thấy “”" not in refused and not Lesson.objects.exists()


def test_from_a_group_to_a_published_answer(desk, city):  # noqa: F811
    asked(QUESTION, behaviour="decline_redirect")
    admin, second = desk("admin"), desk(appoint_second(city))
    form = f"{HOME}them/answers/"
    given = {"nhom": wording(QUESTION), "do": "add", "said": "chợ … mở lại\r\n chợ mở lại", "source": "TB 12",
             "vi": answer()["say"]["vi"], "en": answer()["say"]["en"], "since": "32/10/2026"}  # fmt: skip
    assert QUESTION in text(admin.get(form, {"nhom": wording(QUESTION)}))
    assert "f-since" in text(admin.post(form, given)) and not Lesson.objects.exists()
    page = text(admin.post(form, {**given, "since": "01/10/2026"}, follow=True))
    lesson = Lesson.objects.get()
    assert lesson.body["answers"][0]["valid_from"] == "2026-10-01" and "Chợ mở lại ngày" in page
    here = f"{HOME}ban/{lesson.public_id}/"
    waiting = text(admin.post(f"{here}so-sanh/", {"seen": 1}, follow=True))
    assert "Đang so sánh" in waiting and "data-again" in waiting
    assert comparing.run(Comparison.objects.get().pk, MOMENT)
    result = text(admin.get(f"{here}so-sanh/"))
    assert QUESTION in result and "Tìm đúng ngay thủ tục đầu tiên" in result and "(1 trong 1)" in result
    assert "cần một người quản trị khác" in text(
        admin.post(f"{here}cong-bo/", {"seen": 1, "do": "publish"}, follow=True)
    )
    admin.post(f"{here}cong-bo/", {"seen": 1, "do": "offer"})
    assert "Công bố" in text(second.get(here))
    done = text(second.post(f"{here}cong-bo/", {"seen": 1, "do": "publish"}, follow=True))
    assert "Đã công bố bản số 1" in done and store.current("assistant", "desk").body["answers"]
    assert "bản số 1, 1 mục" in text(second.get(f"{HOME}ban/"))


def test_an_entry_is_taken_out_and_a_lesson_thrown_away(desk, city):  # noqa: F811
    made = taught(city)
    admin, here = desk("admin"), f"{HOME}ban/{made['lesson']}/"
    stale = text(admin.post(f"{here}bo-muc/", {"part": "asked", "place": 0, "seen": 9}, follow=True))
    assert "vừa được lưu ở nơi khác" in stale
    admin.post(f"{here}bo-muc/", {"part": "asked", "place": 0, "seen": 1})
    assert "asked" not in Lesson.objects.get().body
    assert admin.post(f"{here}bo/", {"seen": 2}).status_code == 302
    assert Lesson.objects.get().state == "discarded" and "Đã bỏ" in text(admin.get(here))
    assert admin.get(f"{HOME}ban/nothing/").status_code == 404
