"""Somebody with a small telephone and a keyboard asks, answers at most three questions, and her declaration opens."""

import re

import pytest

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from tests.support.city import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKED = "tôi mới sinh con ở Hà Nội, hộ khẩu Nghệ An, chưa kết hôn, làm khai sinh ở đâu cần giấy gì"
FOCUSED = "document.activeElement.matches({!r})"


def go_to(page, selector):
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _press in range(120):
        if page.evaluate(FOCUSED.format(selector)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {selector}")


def answer(page):
    """Answer what the assistant asks: the place by typing, a choice by its first button."""
    before = page.locator(".talk__turn").count()
    if page.locator("#talk-place").count():
        go_to(page, "#talk-place")
        page.keyboard.type("Phường Bãi Cháy")
    else:
        go_to(page, ".talk__asked button")
    page.keyboard.press("Enter")
    page.locator(f"#luot-{before + 1}").wait_for()


def test_a_birth_is_asked_about_by_keyboard_and_its_declaration_opens(window, town, clock, judged, look):
    page = window("/", width=360)
    go_to(page, "a[data-beside]")
    page.keyboard.press("Enter")
    page.locator("dialog[open] [data-talk-question]").wait_for()
    assert page.evaluate(FOCUSED.format("dialog [data-talk-question]"))
    assert "không phải người" in page.locator("dialog").inner_text()
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    page.locator("dialog [data-talk-answer]").wait_for()
    assert page.evaluate(FOCUSED.format("[data-talk-answer]")), "the answer is what is read next"
    look(page)
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED.format("a[data-beside]")), "the focus is where it was"

    page.goto(page.evaluate("document.querySelector('a[data-beside]').href"))
    questions = 0
    while page.locator(".talk__asked").count() and questions < 3:
        questions += 1
        answer(page)
    assert not page.locator(".talk__asked").count(), "three questions are enough"
    told = page.locator("[data-talk-answer]").inner_text()
    for said in ("1.001193", "Giấy chứng sinh", "nhận cha, mẹ, con", "phường Bãi Cháy"):
        assert said in told, told
    judged(page, "asked")

    go_to(page, "[data-talk-answer] .talk__button a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/**")
    page.locator("[name=login_name]").fill("citizen")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/hoi-dap/to-khai/"))
    assert "Cha và mẹ của trẻ đã đăng ký kết hôn" in page.locator("main").inner_text()
    judged(page)
    go_to(page, "main form button[type=submit], main form button:not([type])")
    page.keyboard.press("Enter")
    page.wait_for_url("**/khai/")
    kept = dossiers.answers_of(Dossier.objects.get())
    assert (kept["parents_married"], kept["child_case"]) == (False, "usual")
