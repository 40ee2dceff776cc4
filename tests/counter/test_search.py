"""One box: codes, references, serials, numbers, phones, names; never more than this officer may see."""

import pytest

from motcua.foundation.models import AccessEntry
from tests.counter.pages import get, words
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db


def find(client, text):
    return client.post("/counter/tim/", {"q": text}, follow=True)


def test_a_code_a_reference_and_todays_number_open_the_dossier(desk, city):
    dossier = make.received(city)
    row = get(dossier)
    for text in (row.code, row.code.lower(), row.reference, row.reference.replace("-", " "), "1", "261005-1"):
        answer = desk().post("/counter/tim/", {"q": text})
        assert answer.status_code == 302 and answer.url.endswith(f"/{dossier}/"), text


def test_a_person_is_found_by_name_number_and_phone(desk, city):
    dossier = make.received(city)
    for text in ("nguyen thi lan", "Lan", "022196001234", "0912 345 678"):
        told = words(find(desk(), text))
        assert get(dossier).code in told, text


def test_what_waits_at_the_door_is_found_by_its_declaration(desk, city):
    dossier = make.submitted(city)
    assert get(dossier).applicant_id is None
    for text in ("Nguyễn Thị Lan", "022196001234", "0912345678"):
        assert get(dossier).reference in words(find(desk(), text)), text


def test_others_find_nothing_and_see_nobody(desk, city):
    dossier = make.received(city)
    for text in (get(dossier).code, get(dossier).reference, "nguyen thi lan", "022196001234"):
        told = words(find(desk("other_processor"), text))
        assert "Không có hồ sơ nào bạn được xem" in told
        assert get(dossier).code not in told.replace(text, "") and "1996" not in told


def test_nothing_found_says_what_to_try(desk):
    assert "Thử mã hồ sơ" in words(find(desk(), "xyzzy"))
    assert desk().get("/counter/tim/").status_code == 200


@pytest.mark.parametrize(
    "text", ["%", "' OR 1=1 --", "<script>alert(1)</script>", "0", "9" * 400, "𝓛𝓪𝓷", "999999-9"]
)
def test_strange_words_find_nothing_and_break_nothing(desk, city, text):
    make.received(city)
    answer = find(desk(), text)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_searching_is_logged_with_its_purpose(desk, city):
    make.received(city)
    find(desk(), "nguyen thi lan")
    entry = AccessEntry.objects.filter(page="counter:search").latest("pk")
    assert entry.purpose == "search"
    assert {row.subject.split(":")[0] for row in entry.subjects.all()} == {"dossier", "party"}


def test_a_program_that_collects_is_slowed_down(desk, monkeypatch):
    monkeypatch.setattr("motcua.counter.base.SEARCHES_PER_MINUTE", 3)
    statuses = [find(desk(), f"tên {number}").status_code for number in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
