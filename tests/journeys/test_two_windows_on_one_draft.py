"""One draft open in two tabs, as on a phone where the first tab was forgotten; and Back after what was refused."""

import pytest

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from tests.dossiers import factories as make
from tests.journeys.test_citizen_on_an_old_phone import address, citizen, kept  # noqa: F401  their windows

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NAME, PHONE = "Họ và tên của bạn", "Số điện thoại"
SAVED = "[data-autosave-status][data-state=saved]"


@pytest.fixture
def tabs(citizen, town, clock, address):  # noqa: F811
    """Two tabs on the first section, both drawn before anything is typed; and the draft."""
    draft = make.draft(town, at=clock.now, full_name="Nguyễn Thị Lan", phone="0912345678")
    one = citizen(width=360)
    two = one.context.new_page()
    for tab in (one, two):
        tab.goto(address(f"/ho-so/{draft}/khai/muc/applicant/"))
    return one, two, draft


def type_in(tab, label, text):
    with tab.expect_response(lambda answer: answer.url.endswith("/luu/")):
        tab.get_by_label(label).first.fill(text)


def test_different_questions_are_both_kept(tabs):
    one, two, _draft = tabs
    type_in(one, NAME, "Nguyễn Thị Lan Anh")
    type_in(two, PHONE, "0987654321")
    one.locator(SAVED).wait_for()
    two.locator(SAVED).wait_for()
    assert (kept()["full_name"], kept()["phone"]) == ("Nguyễn Thị Lan Anh", "0987654321")
    type_in(one, NAME, "Nguyễn Thị Lan An")  # its own words are no other tab's
    one.locator(SAVED).wait_for()
    two.get_by_role("button", name="Lưu và tiếp tục").click()
    two.wait_for_url("**/muc/situation/")
    assert (kept()["full_name"], kept()["phone"]) == ("Nguyễn Thị Lan An", "0987654321")


def test_one_question_answered_in_both_is_chosen(tabs, judged):
    one, two, _draft = tabs
    type_in(one, NAME, "Lan Một")
    one.locator(SAVED).wait_for()
    type_in(two, NAME, "Lan Hai")
    choice = two.locator(".rivals")
    choice.wait_for()
    assert "đã sửa ở tab khác" in choice.inner_text()
    assert kept()["full_name"] == "Lan Một"
    judged(two, "hai-tab")
    choice.get_by_text("Lan Hai").click()
    choice.wait_for(state="detached")
    two.locator(SAVED).wait_for()
    assert kept()["full_name"] == "Lan Hai"


def test_typing_on_while_it_is_kept_is_no_other_tab(tabs):
    """A slow network: the button is pressed while an earlier word is still on its way."""
    one, _two, _draft = tabs

    def slowly(route):
        one.wait_for_timeout(1500)
        route.continue_()

    one.route("**/luu/", slowly)
    with one.expect_request("**/luu/"):
        one.get_by_label(NAME).first.fill("Nguyễn")
    one.get_by_label(NAME).first.fill("Nguyễn Thị Lan Anh")
    one.get_by_role("button", name="Lưu và tiếp tục").click()
    one.wait_for_url("**/muc/situation/")
    assert kept()["full_name"] == "Nguyễn Thị Lan Anh"


def test_back_never_asks_to_send_again(tabs, address):  # noqa: F811
    one, two, draft = tabs
    two.close()
    one.get_by_label(NAME).first.fill("")
    one.get_by_role("button", name="Lưu và tiếp tục").click()
    one.locator(".error-summary").wait_for()
    refused = one.url
    one.goto(address("/ho-so/"))
    one.go_back()
    assert one.url == refused
    assert one.locator(".error-summary").is_visible()
    assert Dossier.objects.get(public_id=draft).business_state == "draft"
    assert not queries.answers_of(Dossier.objects.get(public_id=draft))["full_name"]
