"""A grandmother on her grandson's old phone: 320 px, interruptions, a lost connection, no scripts, both languages."""

import pytest

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from tests.dossiers import factories as make
from tests.journeys.declaring import declare, fill_section
from tests.support.officers import window_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def citizen(window, town):
    """A window in which the citizen has signed in: `citizen(width=320)`."""

    def opener(*, lang="vi", **more):
        account = town.accounts["citizen"]
        account.language = lang
        account.save(update_fields=["language"])
        return window_of(window, account, lang=lang, **more)

    return opener


@pytest.fixture
def address(live_server):
    return lambda path: f"{live_server.url}{path}"


def kept():
    return queries.answers_of(Dossier.objects.get())


def test_what_is_typed_is_kept_while_typing(citizen, town, clock, address):
    draft = make.draft(town, at=clock.now, full_name="Lan")
    page = citizen(width=320)
    page.goto(address(f"/ho-so/{draft}/khai/muc/applicant/"))
    page.get_by_label("Họ và tên của bạn").fill("Nguyễn Thị Lan")
    page.get_by_text("Đã lưu lúc").wait_for()
    assert kept()["full_name"] == "Nguyễn Thị Lan"
    page.get_by_label("Họ và tên của bạn").fill("Nguyễn Thị Lan Anh")
    page.wait_for_function("document.querySelector('[data-autosave-status]').dataset.state === 'saved'")
    page.goto(address("/ho-so/"))
    assert "Bản nháp, chưa nộp" in page.locator("main").inner_text()


def test_a_lost_connection_is_told_and_nothing_typed_goes(citizen, town, clock, address):
    draft = make.draft(town, at=clock.now)
    page = citizen(width=320)
    page.goto(address(f"/ho-so/{draft}/khai/muc/applicant/"))
    page.route("**/luu/", lambda route: route.abort())
    page.get_by_label("Họ và tên của bạn").fill("Nguyễn Thị Lan Anh")
    page.get_by_text("Chưa lưu được").wait_for()
    assert page.get_by_label("Họ và tên của bạn").input_value() == "Nguyễn Thị Lan Anh"
    page.unroute("**/luu/")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.wait_for_load_state()
    assert kept()["full_name"] == "Nguyễn Thị Lan Anh"


def test_questions_come_and_go_with_the_answers(citizen, town, clock, address):
    draft = make.draft(town, at=clock.now)
    page = citizen(width=320)
    page.goto(address(f"/ho-so/{draft}/khai/muc/situation/"))
    married = page.get_by_text("Cha và mẹ của trẻ đã đăng ký kết hôn với nhau chưa?")
    assert married.is_visible()
    page.get_by_label("Trẻ bị bỏ rơi").check()
    married.wait_for(state="detached")
    page.get_by_label("Trẻ do mẹ đẻ sinh ra").check()
    married.wait_for()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_for_everybody_on_the_smallest_screen(
    citizen, town, clock, judged, look, address, lang
):
    """axe on each page of the portal, and no sideways spill at 320 px."""
    draft, filed, returned = make.draft(town, at=clock.now), make.in_process(town), make.returned(town)
    asked = make.submitted(town)
    from motcua.dossiers import actions

    actions.ask_at_door(
        town.act("receptionist", clock.now),
        dossier=asked,
        items=[{"text": "Chụp lại giấy chứng sinh", "paper": "birth-notice"}],
        reason="Giấy chứng sinh bị mờ, không đọc được",
    )
    letter = queries.letters_of(Dossier.objects.get(public_id=filed))[0].public_id
    reference = Dossier.objects.get(public_id=filed).reference
    page = citizen(width=320, lang=lang)
    for path in (
        "/",
        "/thu-tuc/",
        "/thu-tuc/?q=khai+sinh",
        "/thu-tuc/?q=zzqqxx",
        "/thu-tuc/?linh-vuc=ho-tich",
        "/thu-tuc/birth-registration/",
        "/thu-tuc/certified-copy-from-original/",
        "/viec/sinh-con/",
        f"/tra-cuu/?ma={reference}",
        "/tra-cuu/?ma=x",
        "/gioi-thieu/",
        "/tro-giup/",
        "/du-lieu-cua-ban/",
        "/dung-duoc-cho-moi-nguoi/",
        "/ho-so/",
        "/ho-so/moi/birth-registration/",
        f"/ho-so/{draft}/khai/",
        f"/ho-so/{draft}/khai/noi-nop/",
        f"/ho-so/{draft}/khai/muc/applicant/",
        f"/ho-so/{draft}/khai/giay-to/",
        f"/ho-so/{draft}/khai/xem-lai/",
        f"/ho-so/{filed}/khai/da-nop/",
        f"/ho-so/{filed}/",
        f"/ho-so/{filed}/phieu/{letter}/",
        f"/ho-so/{filed}/ai-da-xem/",
        f"/ho-so/{filed}/rut/",
        f"/ho-so/{asked}/bo-sung/",
        f"/ho-so/{asked}/khai/giay-to/?back=supplement",
        f"/ho-so/{returned}/danh-gia/",
    ):
        page.goto(address(path))
        spoken = "vi" if "/phieu/" in path else lang  # a letter of an office is Vietnamese
        assert page.locator("html").get_attribute("lang") == spoken, path
        assert page.locator("h1").count() == 1, path
        look(page)


def test_without_scripts_from_the_search_to_the_reference(citizen, town, clock, judged, address):
    page = citizen(width=320, scripts=False)
    page.goto(address("/"))
    page.get_by_role("searchbox").fill("lam giay khai sinh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).first.click()
    page.get_by_role("link", name="Bắt đầu khai").first.click()
    page.select_option("[name=agency]", "qn-bai-chay-centre")
    page.get_by_role("button", name="Tạo bản nháp và khai").click()
    declare(page, make.birth_answers(clock.now), scripts=False)
    page.goto(page.url.split("/khai/")[0] + "/khai/xem-lai/")
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Đã nộp hồ sơ"
    assert Dossier.objects.get().reference in page.locator("main").inner_text()
    page.go_back()
    page.go_back()
    assert Dossier.objects.count() == 1


def test_the_page_can_be_used_by_keyboard_alone(window, town, clock):
    page = window("/", width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.get_by_role("combobox").first.focus()
    page.keyboard.type("khai sinh")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc/**")
    assert "khai sinh" in page.get_by_role("heading", level=1).inner_text()


def test_an_errors_summary_leads_to_its_field(citizen, town, clock, address):
    draft = make.draft(town, at=clock.now, full_name="Lan")
    page = citizen(width=320)
    page.goto(address(f"/ho-so/{draft}/khai/muc/applicant/"))
    fill_section(page, {"phone": "12"})
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    summary = page.locator("#error-summary")
    summary.wait_for()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "phone"
