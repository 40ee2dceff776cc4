"""The look in a real browser: nobody is shut out, nothing spills over, the comforts work."""

import pytest

from tests.support.browser import grave

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = ("/ui/gallery/", "/ui/gallery/public/", "/ui/gallery/desk/", "/ui/gallery/print/")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang, scheme", [("vi", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious(open_page, path, width, lang, scheme):
    page = open_page(path, width, lang, scheme)
    assert grave(page) == []


def test_the_judge_finds_a_fault_however_often_it_looked(open_page):
    page = open_page("/ui/gallery/public/", 360)
    assert grave(page) == []
    page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('afterbegin', '<p id=pale>nhạt</p><img src="data:,">');
          document.getElementById('pale').style.color = '#d8d8d8';
        }"""
    )
    for _ in range(2):
        assert [found.partition(":")[0] for found in grave(page)] == ["image-alt", "color-contrast"]


@pytest.mark.parametrize("path", PAGES[:3])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_spills_over_sideways(open_page, path, width):
    page = open_page(path, width)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


def test_public_controls_are_large_enough_for_a_thumb(open_page):
    page = open_page("/ui/gallery/", 360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .input, .choice, .masthead__tool, .tabs a, .back')]
            .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 43.5)
            .map((node) => node.outerHTML.slice(0, 90))"""
    )
    assert [one for one in small if "button--small" not in one] == []


def test_the_error_summary_is_heard_first_and_leads_to_the_field(open_page):
    page = open_page("/ui/gallery/")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.click("#error-summary a >> nth=1")
    assert page.evaluate("document.activeElement.id") == "f-bad_date"


def test_dates_and_money_are_set_in_order_as_they_are_typed(open_page):
    page = open_page("/ui/gallery/")
    page.fill("#f-born_on", "02111990")
    page.fill("#f-capital", "2500000")
    page.focus("#f-note")
    assert page.input_value("#f-born_on") == "02/11/1990"
    assert page.input_value("#f-capital") == "2.500.000"


def test_a_long_list_is_found_without_tones_and_by_keyboard(open_page):
    page = open_page("/ui/gallery/desk/")
    page.click("#f-to-pick")
    page.keyboard.type("bai chay")
    assert page.locator("#f-to-pick-list [role=option]").all_inner_texts() == ["Phường Bãi Cháy"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.eval_on_selector("#f-to", "node => node.value") == "06673"
    page.keyboard.press("Tab")
    assert page.input_value("#f-to-pick") == "Phường Bãi Cháy"


def test_the_keyboard_walks_the_worklist(open_page):
    page = open_page("/ui/gallery/desk/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    current = page.locator("tr.is-current [data-open]")
    assert current.inner_text() == "H49.06673-261118-0007"
    page.keyboard.press("x")
    assert page.locator("tr.is-current input").is_checked()
    page.keyboard.press("o")
    page.wait_for_url("**/#H49.06673-261118-0007")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "desk-search"
    page.keyboard.type("j")
    assert page.input_value("#desk-search") == "j"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keyboard-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keyboard-help").is_visible()


def test_the_theme_changes_at_once_and_stays(open_page):
    page = open_page("/ui/gallery/desk/")
    with page.expect_response("**/ui/theme/"):
        page.click("button.theme-light")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


@pytest.mark.parametrize("path, opener, dialog", [("/ui/gallery/", "a[href='#ask']", "#ask")])
def test_dialogs_open_with_and_without_scripts(open_page, path, opener, dialog):
    for scripts in (True, False):
        page = open_page(path, scripts=scripts)
        assert not page.locator(dialog).is_visible()
        page.click(opener)
        assert page.locator(dialog).is_visible()
        page.click(f"{dialog} .dialog__close")
        assert not page.locator(dialog).is_visible()


def test_without_scripts_files_and_long_lists_are_native(open_page):
    page = open_page("/ui/gallery/", scripts=False)
    assert page.locator("#f-paper").bounding_box()["height"] >= 44
    assert page.locator("#f-home-commune").is_visible()
    assert page.locator("[data-copy]").count() == 1 and not page.locator("[data-copy]").is_visible()


def test_a_file_that_is_too_large_is_refused_before_the_wait(open_page, tmp_path):
    page = open_page("/ui/gallery/")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    page.set_input_files("#f-paper", str(large))
    assert "Tệp lớn hơn 10 MB" in page.inner_text("[data-upload-status]")
    assert page.eval_on_selector("#f-paper", "node => node.files.length") == 0


def test_a_form_saves_itself_and_says_when_it_could_not(open_page):
    page = open_page("/ui/gallery/autosave/")
    answers = iter([(200, '{"text": "Đã lưu lúc 16:10"}'), (503, '{"title": "Hệ thống đang bận."}')])

    def answer(route):
        status, body = next(answers)
        route.fulfill(status=status, body=body, content_type="application/json")

    page.route("**/autosave-here", answer)
    page.fill("#f-note", "một")
    page.wait_for_selector('[data-autosave-status][data-state="saved"]')
    assert page.inner_text("[data-autosave-status]") == "Đã lưu lúc 16:10"
    page.fill("#f-note", "hai")
    page.wait_for_selector('[data-autosave-status][data-state="failed"]')
    assert page.inner_text("[data-autosave-status]").strip() == "Hệ thống đang bận."


def test_suggestions_arrive_while_typing_and_are_chosen_by_keyboard(open_page):
    page = open_page("/ui/gallery/autosave/")
    page.route(
        "**/suggest-here?q=*",
        lambda route: route.fulfill(
            status=200, content_type="text/html",
            body='<a role="option" href="#khai-sinh">Đăng ký khai sinh</a><a role="option" href="#khai-tu">Khai tử</a>',
        ),
    )  # fmt: skip
    page.click("#f-q")
    page.keyboard.type("khai")
    page.wait_for_selector("#f-q-list [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#f-q", "aria-activedescendant") == "f-q-list-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**#khai-sinh")


def test_a_change_that_opens_questions_draws_the_section_again(open_page):
    page = open_page("/ui/gallery/autosave/")
    page.route(
        "**/section-here",
        lambda route: route.fulfill(
            status=200, content_type="text/html; charset=utf-8",
            body='<label for="f-more">Số thẻ</label><input class="input" id="f-more" name="more">',
        ),
    )  # fmt: skip
    page.check("#f-insured")
    page.wait_for_selector("#f-more")


def test_what_is_typed_while_the_section_is_drawn_again_stays(open_page):
    page, held = open_page("/ui/gallery/autosave/"), []
    page.route("**/section-here", lambda route: held.append(route))
    with page.expect_request("**/section-here"):
        page.check("#f-insured")
    page.evaluate(
        """() => document.querySelector("[data-fragment]").insertAdjacentHTML(
            "beforeend", '<input id="f-card" name="card" value=""><input id="f-kept" name="kept" value="old">')"""
    )
    page.fill("#f-card", "đang gõ dở")
    held[0].fulfill(
        status=200, content_type="text/html; charset=utf-8",
        body='<p id="fresh">Vẽ lại</p><input id="f-card" name="card"><input id="f-kept" name="kept" value="old">',
    )  # fmt: skip
    page.wait_for_selector("#fresh")
    assert page.input_value("#f-card") == "đang gõ dở"
    assert page.evaluate("document.activeElement.id") == "f-card"
    assert page.input_value("#f-kept") == "old"
