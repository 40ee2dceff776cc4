"""Declaring without scripts: a draft, its sections, rows, autosave, a session that ends meanwhile."""

import re

import pytest

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.foundation.access import who_saw
from tests.accounts.browser import leave_alone, sign_in
from tests.dossiers import factories as make
from tests.portal.pages import again, arrive, hidden, posted, send, text
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(city, at):
    """The public id of an empty draft of the citizen."""
    from motcua.dossiers import actions

    made = actions.start_draft(city.act("citizen", at), procedure="birth-registration", agency=CENTRE)
    return made["dossier"]


def answers(public_id):
    return dossiers.answers_of(Dossier.objects.get(public_id=public_id))


def address(public_id, section):
    return f"/ho-so/{public_id}/khai/muc/{section}/"


APPLICANT = {
    "applicant_kind": "self",
    "full_name": "Nguyễn Thị Lan",
    "personal_number": "022196001234",
    "birth_on": "20/08/1996",
    "sex": "female",
    "phone": "0912 345 678",
    "address-commune": "06673",
    "address-detail": "Số 12, đường Hạ Long",
}


def test_a_stranger_signs_in_first_and_comes_back(browse):
    answer = browse().get("/ho-so/moi/birth-registration/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in/?next=/ho-so/moi/birth-registration/")


def test_starting_asks_where_to_hand_in(browse, city):
    client = browse("citizen")
    page = client.get("/ho-so/moi/birth-registration/")
    assert "Trung tâm Phục vụ hành chính công phường Bãi Cháy" in text(page)
    refused = send(client, "/ho-so/moi/birth-registration/", agency="nowhere")
    refused = again(refused)
    assert "Chọn nơi nộp hồ sơ." in text(refused)
    assert not Dossier.objects.exists()
    begun = send(client, "/ho-so/moi/birth-registration/", agency=CENTRE)
    row = Dossier.objects.get()
    assert begun.url == f"/ho-so/{row.public_id}/khai/"
    assert row.received_by_id == city.office(CENTRE).id


def test_starting_twice_with_the_same_form_makes_one_draft(browse):
    client = browse("citizen")
    own = hidden(client.get("/ho-so/moi/birth-registration/"))
    first, second = (
        client.post("/ho-so/moi/birth-registration/", {**own, "agency": CENTRE}) for _ in range(2)
    )
    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_the_draft_says_that_it_is_not_filed(browse, draft):
    page = browse("citizen").get(f"/ho-so/{draft}/khai/")
    said = text(page)
    assert "Bản nháp, chưa nộp." in said
    assert "Đã xong 0 trên" in said
    assert Dossier.objects.get(public_id=draft).reference not in page.content.decode()


def test_a_section_is_kept_and_leads_on(browse, draft):
    client = browse("citizen")
    done = send(client, address(draft, "applicant"), **APPLICANT)
    assert done.url == address(draft, "situation")
    assert answers(draft)["birth_on"] == "1996-08-20"
    assert answers(draft)["phone"] == "0912345678"
    tasks = text(client.get(f"/ho-so/{draft}/khai/"))
    assert "Đã xong 1 trên" in tasks


def test_wrong_and_missing_answers_are_told_on_top_and_beside_the_field_and_kept(browse, draft):
    client = browse("citizen")
    wrong = {**APPLICANT, "birth_on": "31/02/1996", "phone": "12", "full_name": ""}
    refused = arrive(client, send(client, address(draft, "applicant"), **wrong))
    body = refused.content.decode()
    assert 'href="#f-birth_on"' in body
    assert 'id="f-birth_on-error"' in body
    assert 'value="31/02/1996"' in body  # what was typed stands in the box again
    assert answers(draft)["personal_number"] == "022196001234"


def test_later_goes_back_to_the_list_unchecked(browse, draft):
    done = send(browse("citizen"), address(draft, "applicant"), full_name="Lan", later="1")
    assert done.url == f"/ho-so/{draft}/khai/"
    assert answers(draft)["full_name"] == "Lan"


def test_questions_that_follow_from_an_answer_are_shown_without_scripts(browse, draft):
    client = browse("citizen")
    send(client, address(draft, "applicant"), **APPLICANT)
    page = send(client, address(draft, "situation"), declarant_relation="mother", child_case="usual")
    said = text(arrive(client, page))
    assert "Còn vài câu hỏi theo câu trả lời của bạn" in said
    assert "Cha và mẹ của trẻ đã đăng ký kết hôn với nhau chưa?" in said


def test_a_misclick_on_an_earlier_answer_forgets_nothing(browse, draft):
    client = browse("citizen")
    given = {
        "declarant_relation": "mother",
        "child_case": "usual",
        "parents_married": "yes",
        "foreign_parent": "no",
    }
    asked = {"_asked": ["declarant_relation", "child_case", "parents_married", "foreign_parent"]}
    client.post(address(draft, "situation"), {**given, **asked, "act_id": "a"})
    # another case for a moment: the question about marriage is not on that page
    gone = {
        "declarant_relation": "mother",
        "child_case": "abandoned",
        "_asked": ["declarant_relation", "child_case"],
    }
    client.post(address(draft, "situation"), {**gone, "act_id": "b"})
    assert answers(draft)["parents_married"] is True


def test_the_script_gets_the_section_drawn_anew_without_keeping_it(browse, draft):
    page = browse("citizen").post(
        address(draft, "situation"),
        {"child_case": "usual", "_asked": ["declarant_relation", "child_case"]},
        headers={"X-Fragment": "1"},
    )
    body = page.content.decode()
    assert page.status_code == 200
    assert "<html" not in body
    assert 'name="parents_married"' in body
    assert answers(draft).get("child_case") is None


def test_autosave_keeps_what_is_typed_and_hands_out_the_next_act(browse, draft):
    client = browse("citizen")
    given = {**APPLICANT, "_asked": list(APPLICANT), "act_id": "one"}
    answer = client.post(address(draft, "applicant") + "luu/", given, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["next_act_id"]
    assert "Chưa nộp" in answer.json()["text"]
    assert answers(draft)["full_name"] == "Nguyễn Thị Lan"


def test_autosave_repeats_safely_and_never_loses_a_later_word(browse, draft):
    """The answer to a saving got lost: the script sends again, with more words, under the same id."""
    client = browse("citizen")
    for name in ("Lan", "Nguyễn Lan", "Lan", "Nguyễn Thị Lan", "Lan"):
        given = {"full_name": name, "_asked": ["full_name"], "act_id": "the same"}
        answer = client.post(
            address(draft, "applicant") + "luu/", given, headers={"Accept": "application/json"}
        )
        assert answer.status_code == 200
        assert answers(draft)["full_name"] == name


def test_a_refused_autosave_is_a_problem_in_json(browse, draft):
    answer = browse("other_citizen").post(
        address(draft, "applicant") + "luu/", {"full_name": "X"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_rows_grow_and_shrink_by_buttons(browse, city, at):
    from motcua.dossiers import actions

    made = actions.start_draft(city.act("citizen", at), procedure="monthly-social-allowance", agency=CENTRE)
    draft = made["dossier"]
    given = make.answers_for("monthly-social-allowance", "single-parent")
    actions.save_answers(city.act("citizen", at), dossier=draft, answers=given)
    declaration = dossiers.declared_view_of(Dossier.objects.get(public_id=draft)).declaration
    place = address(draft, declaration.section_of("children").id)
    client = browse("citizen")

    def rows(page):
        return page.content.decode().count('class="rows__row"')

    own = {**posted({k: v for k, v in given.items() if k != "children"}), **hidden(client.get(place))}
    first = given["children"][0]
    own |= {f"children-0-{name}": value for name, value in posted(first).items()}
    more = arrive(client, client.post(place, {**own, "_add_row": "children"}))
    own |= hidden(more)
    assert rows(more) == 2
    assert answers(draft)["children"][0]["name"] == first["name"]
    own |= {"children-1-name": "Lê Văn Bình", "_remove_row": "children-0"}
    fewer = arrive(client, client.post(place, own))
    assert rows(fewer) == 1
    assert [row["name"] for row in answers(draft)["children"]] == ["Lê Văn Bình"]
    assert "Lê Văn Bình" in fewer.content.decode()


def test_an_address_elsewhere_can_be_given(browse, draft):
    client = browse("citizen")
    elsewhere = {**APPLICANT, "address-commune": "00000", "address-detail": "Xã Kim Liên, tỉnh Nghệ An"}
    assert send(client, address(draft, "applicant"), **elsewhere).status_code == 302
    shown = text(client.get(f"/ho-so/{draft}/khai/xem-lai/"))
    assert "Xã Kim Liên, tỉnh Nghệ An" in shown
    assert "00000" not in shown


def test_another_persons_draft_does_not_exist(browse, draft):
    for name in ("other_citizen", "receptionist", "helper"):
        for path in ("khai/", "khai/muc/applicant/", "khai/giay-to/", "khai/xem-lai/", ""):
            assert browse(name).get(f"/ho-so/{draft}/{path}").status_code == 404, (name, path)


def test_an_unknown_section_does_not_exist(browse, draft):
    assert browse("citizen").get(address(draft, "no_such")).status_code == 404


def test_reading_a_draft_leaves_a_row_in_the_access_log(browse, draft):
    browse("citizen").get(address(draft, "applicant"))
    entry = who_saw(f"dossier:{draft}").first()
    assert (entry.page, entry.purpose) == ("portal:section", "declare")


def test_the_place_can_be_changed(browse, draft, city):
    client = browse("citizen")
    done = send(client, f"/ho-so/{draft}/khai/noi-nop/", agency="qn-ha-lam-centre")
    assert done.url == f"/ho-so/{draft}/khai/"
    assert Dossier.objects.get(public_id=draft).received_by_id == city.office("qn-ha-lam-centre").id
    refused = again(send(client, f"/ho-so/{draft}/khai/noi-nop/", agency="qn-ubnd"))
    assert "Chọn nơi nộp hồ sơ." in text(refused)


def test_a_session_that_ended_mid_form_loses_nothing(browse, draft, city):
    """The form is held for its owner; after signing in it is sent on, and the section is there."""
    client = browse("citizen")
    page = client.get(address(draft, "applicant"))
    leave_alone(client, 600)
    held = client.post(address(draft, "applicant"), {**hidden(page), **APPLICANT})
    assert held.status_code == 302
    waiting = re.search(r"next=([^&]+)", held.url)[1].replace("%2F", "/")
    if "/locked/" in held.url:
        from tests.accounts.factories import PASSWORD

        opened = client.post("/account/locked/", {"password": PASSWORD, "next": waiting})
        assert opened.status_code == 302, text(opened)
    else:
        assert sign_in(client, city.accounts["citizen"]).status_code == 302
    kept = client.get(waiting)
    assert "Nội dung bạn đã nhập vẫn còn" in text(kept)
    sent = client.post(address(draft, "applicant"), hidden(kept, "Gửi tiếp"))
    assert sent.url == address(draft, "situation")
    assert answers(draft)["full_name"] == "Nguyễn Thị Lan"


def test_a_whole_declaration_section_by_section(browse, draft, at):
    """Every section filled in with the written case leads to the papers and to the last look."""
    client = browse("citizen")
    filled = posted(make.birth_answers(at))
    place = address(draft, "applicant")
    for _step in range(20):
        if "/khai/muc/" not in place:
            break
        done = send(client, place, **filled)
        if done.url.startswith(place):  # questions that follow from the answers
            done = client.post(place, {**hidden(arrive(client, done)), **filled})
        assert done.status_code == 302, (place, text(done)[:600])
        place = done.url
    assert place in (f"/ho-so/{draft}/khai/giay-to/", f"/ho-so/{draft}/khai/")
