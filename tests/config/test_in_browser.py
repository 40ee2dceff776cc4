"""The pages of last resort, as people see them."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_an_unknown_address_leads_home(visit, scripts):
    page = visit("/no/such/page", width=320, scripts=scripts)
    assert page.get_by_role("heading", level=1).inner_text() == "Không tìm thấy trang này"
    page.get_by_role("link", name="Về trang đầu").click()
    assert page.url.endswith("/")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_for_everybody(visit, look, lang):
    look(visit("/no/such/page", width=320, lang=lang))


def test_the_language_is_switched_by_a_button(visit):
    page = visit("/no/such/page")
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "This page was not found"
    assert page.locator("html").get_attribute("lang") == "en"
