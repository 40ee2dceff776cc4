"""Two windows on one draft, without scripts and with: nothing is put back, nothing is lost."""

import re

import pytest

from motcua.dossiers import actions
from tests.portal.pages import arrive, hidden, text
from tests.portal.test_declare import APPLICANT, address, answers
from tests.support.city import CENTRE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOTE = "đã sửa ở tab khác"


@pytest.fixture
def draft(city, at):
    made = actions.start_draft(city.act("citizen", at), procedure="birth-registration", agency=CENTRE)
    return made["dossier"]


@pytest.fixture
def client(browse, draft):
    one = browse("citizen")
    page = one.get(address(draft, "applicant"))
    one.post(address(draft, "applicant"), {**hidden(page), **APPLICANT})
    return one


def opened(client, draft):
    return hidden(client.get(address(draft, "applicant")))


def pick(page, value):
    return re.search(rf'name="_pick-full_name" value="({value}[^"]*)"', page.content.decode())[1]


def test_a_window_opened_earlier_puts_nothing_back(client, draft):
    first, second = opened(client, draft), opened(client, draft)
    client.post(address(draft, "applicant"), {**first, **APPLICANT, "full_name": "Nguyễn Thị Lan Anh"})
    client.post(address(draft, "applicant") + "luu/", {**second, **APPLICANT, "phone": "0987654321"})
    assert answers(draft)["full_name"] == "Nguyễn Thị Lan Anh"
    assert answers(draft)["phone"] == "0987654321"


@pytest.mark.parametrize(("which", "name"), [("stored", "Lan Một"), ("given", "Lan Hai")])
def test_one_answer_changed_twice_is_chosen_between(client, draft, which, name):
    first, second = opened(client, draft), opened(client, draft)
    client.post(address(draft, "applicant"), {**first, **APPLICANT, "full_name": "Lan Một"})
    told = client.post(
        address(draft, "applicant"),
        {**second, **APPLICANT, "full_name": "Lan Hai", "phone": "0987654321", "later": "1"},
    )
    page = arrive(client, told)
    said = text(page)
    assert NOTE in said and "Lan Một" in said and "Lan Hai" in said
    assert answers(draft)["full_name"] == "Lan Một"  # nothing put back before it is chosen
    assert answers(draft)["phone"] == "0987654321"  # what is not in question is kept at once
    again = {**hidden(page), **APPLICANT, "full_name": "Lan Hai", "phone": "0987654321"}
    assert NOTE in text(arrive(client, client.post(address(draft, "applicant"), again)))  # not chosen yet
    done = client.post(address(draft, "applicant"), {**again, "_pick-full_name": pick(page, which)})
    assert done.url == address(draft, "situation")
    assert answers(draft)["full_name"] == name


def test_a_choice_against_an_older_answer_is_asked_again(client, draft):
    first, second, third = (opened(client, draft) for _window in range(3))
    client.post(address(draft, "applicant"), {**first, **APPLICANT, "full_name": "Lan Một"})
    page = arrive(
        client, client.post(address(draft, "applicant"), {**second, **APPLICANT, "full_name": "Lan Hai"})
    )
    chosen = {**hidden(page), **APPLICANT, "full_name": "Lan Hai", "_pick-full_name": pick(page, "given")}
    actual = {**third, **APPLICANT, "full_name": "Lan Ba", "_drawn": []}
    client.post(address(draft, "applicant"), actual)
    page = arrive(client, client.post(address(draft, "applicant"), chosen))
    assert NOTE in text(page) and "Lan Ba" in text(page)
    assert answers(draft)["full_name"] == "Lan Ba"


def test_autosave_tells_the_script_to_draw_both_answers(client, draft):
    first, second = opened(client, draft), opened(client, draft)
    client.post(address(draft, "applicant"), {**first, **APPLICANT, "full_name": "Lan Một"})
    typed = {**second, **APPLICANT, "full_name": "Lan Hai"}
    told = client.post(address(draft, "applicant") + "luu/", typed).json()
    assert told["again"] is True
    assert "full_name" not in told["drawn"]
    drawn = client.post(address(draft, "applicant"), typed, headers={"X-Fragment": "1"})
    assert NOTE in text(drawn)
    assert 'value="Lan Hai"' in drawn.content.decode()


def test_a_form_that_saved_itself_is_no_other_window(client, draft):
    form = opened(client, draft)
    for name in ("Lan M", "Lan Mai", "Lan M"):
        told = client.post(
            address(draft, "applicant") + "luu/", {**form, **APPLICANT, "full_name": name}
        ).json()
        assert told["again"] is False
        marks = {mark.partition(":")[0]: mark for mark in form["_drawn"]}
        marks |= {field: f"{field}:{mark}" for field, mark in told["drawn"].items()}
        form |= {"_drawn": list(marks.values()), "act_id": told["next_act_id"]}
        assert answers(draft)["full_name"] == name


def test_a_drawing_shows_what_another_window_saved(client, draft):
    form = opened(client, draft)
    client.post(address(draft, "applicant"), {**opened(client, draft), **APPLICANT, "full_name": "Lan Một"})
    drawn = client.post(address(draft, "applicant"), {**form, **APPLICANT}, headers={"X-Fragment": "1"})
    assert 'value="Lan Một"' in drawn.content.decode()


def test_the_hidden_marks_hold_no_answer(client, draft):
    page = client.get(address(draft, "applicant"))
    assert not any("Lan" in mark or "0221" in mark for mark in hidden(page)["_drawn"])


def test_nobody_else_is_shown_what_was_kept_for_a_form(client, browse, draft):
    second = opened(client, draft)
    client.post(address(draft, "applicant"), {**opened(client, draft), **APPLICANT, "full_name": "Lan Một"})
    told = client.post(address(draft, "applicant"), {**second, **APPLICANT, "full_name": "Lan Hai"})
    assert browse("other_citizen").get(told.url).status_code == 404
    assert "Lan Hai" not in str(dict(client.session.items()))  # sealed where it lies
    assert "Lan Hai" not in text(client.get(address(draft, "situation") + "?" + told.url.split("?")[1]))
