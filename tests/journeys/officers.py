"""What officers do on the page of a dossier, in a real browser."""

from __future__ import annotations

import re
from typing import Any


def open_dossier(page: Any, server: Any, dossier: str) -> None:
    page.goto(f"{server.url}/counter/ho-so/{dossier}/")


def next_verb(page: Any) -> str:
    """The next decision, as the page names it; "" when the dossier waits for somebody else."""
    title = page.locator(".todo__title")
    return title.inner_text().split("\n")[-1] if title.count() else ""


def press(page: Any) -> None:
    """Press the button of the open form, and wait for the page after it."""
    button = page.locator(".todo form .buttons button, .todo form .buttons a.button--primary").first
    if button.get_attribute("data-dialog-open"):
        button.click()
        page.locator("dialog[open] button[type=submit]").first.click()
    else:
        button.click()
    page.wait_for_load_state()


def work_until(page: Any, verb: str, judged: Any) -> list[str]:
    """Do what is next, again and again, until `verb` is next. Returns what was done."""
    done: list[str] = []
    while (found := next_verb(page)) != verb:
        assert found and len(done) < 12, (found, done, page.locator("main").inner_text()[:400])
        judged(page)
        press(page)
        done.append(found)
    return done


def choose_verb(page: Any, name: str) -> None:
    """Open another decision than the next one."""
    page.locator("summary", has_text="Việc khác").click()
    page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).click()


def cash_and_hand_over(page: Any, receipt: str, judged: Any) -> None:
    """At the desk: the money first, then the result."""
    if next_verb(page) != "Thu tiền mặt":
        choose_verb(page, "Thu tiền mặt")
    page.get_by_label("Số biên lai").fill(receipt)
    judged(page)
    press(page)
    if next_verb(page) != "Trả kết quả":
        choose_verb(page, "Trả kết quả")
    judged(page)
    press(page)  # shows once more who receives it
    judged(page)
    press(page)
    page.get_by_text("Đã trả kết quả").first.wait_for()
