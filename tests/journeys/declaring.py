"""Filling declarations in as people do: question by question, with and without scripts."""

from __future__ import annotations

import re
from typing import Any

from motcua.kernel.text import fold

COMMUNE = "06673"  # Bãi Cháy: the small city knows only the communes around Ha Long


def fill_section(page: Any, answers: dict[str, Any], *, scripts: bool = True) -> None:
    """Answer every question of the section that stands on the page and that `answers` knows."""
    done: set[str] = set()
    while True:
        name = next((name for name in asked(page) if name in answers and name not in done), None)
        if name is None:
            return
        done.add(name)
        answer(page, name, answers[name], scripts=scripts)


def asked(page: Any) -> list[str]:
    """The questions on the page, in their order."""
    return page.eval_on_selector_all("[name=_asked]", "nodes => nodes.map((node) => node.value)")


def answer(page: Any, name: str, value: Any, *, scripts: bool = True) -> None:
    """Give one answer; where further questions depend on it, wait until they are drawn."""
    if isinstance(value, dict):
        choose(page, f"{name}-commune", COMMUNE, scripts=scripts)
        page.fill(f"[name={name}-detail]", value["detail"])
        return
    if value is None:
        return
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows(page, name, value, scripts=scripts)
        return
    if isinstance(value, list):
        for each in value:
            answer(page, name, each, scripts=scripts)
        return
    if page.locator(f"[name={name}][value='{_posted(value)}']:checked").count():
        return
    control = page.locator(f"[name={name}]").first
    if not (scripts and control.get_attribute("data-controls") is not None):
        _give(page, name, value, scripts)
        return
    old = page.query_selector("[data-fragment] > *")
    with page.expect_response(lambda one: "x-fragment" in one.request.headers):
        _give(page, name, value, scripts)
        page.locator(f"[name={name}]").first.blur()
    page.wait_for_function("node => !node.isConnected", arg=old)


def rows(page: Any, name: str, given: list[dict[str, Any]], *, scripts: bool = True) -> None:
    """Fill a group that repeats, with the button for one more where it does not stand there yet."""
    for place, row in enumerate(given):
        if not page.locator(f"#f-{name}-{place}").count():
            page.locator(f"button[name=_add_row][value={name}]").click()
            page.locator(f"#f-{name}-{place}").wait_for()
        for column, value in row.items():
            answer(page, f"{name}-{place}-{column}", value, scripts=scripts)


def _posted(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _give(page: Any, name: str, value: Any, scripts: bool) -> None:
    if isinstance(value, bool):
        value = _posted(value)
    kind = page.locator(f"[name={name}]").first.evaluate("node => node.type")
    if kind in ("radio", "checkbox"):
        page.check(f"[name={name}][value='{value}']")
    elif kind == "select-one":
        choose(page, name, value, scripts=scripts)
    else:
        page.fill(f"[name={name}]", said(value))


def said(value: Any) -> str:
    """A value as it is typed: days the Vietnamese way."""
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text


def choose(page: Any, name: str, value: str, *, scripts: bool = True) -> None:
    """Choose from a list; a long one is typed into, without tones."""
    box = page.locator(f"#f-{name}-pick")
    if not (scripts and box.count()):
        page.select_option(f"select[name={name}]", value)
        return
    label = page.locator(f"select[name={name}] option[value='{value}']").text_content()
    box.fill(fold(label.strip()))
    page.locator(f"#f-{name}-pick-list [data-value='{value}']").click()


def declare(page: Any, answers: dict[str, Any], *, scripts: bool = True, seen: Any = None) -> list[str]:
    """From the list of sections through all of them, to the page after the last one. Returns the headings seen."""
    page.get_by_role("link", name="Khai tiếp").click()
    headings = []
    while "/khai/muc/" in page.url:
        headings.append(page.get_by_role("heading", level=1).inner_text())
        fill_section(page, answers, scripts=scripts)
        if seen:
            seen(page)
        page.get_by_role("button", name="Lưu và tiếp tục").click()
        page.wait_for_load_state()
        assert headings.count(headings[-1]) < 6, page.locator("main").inner_text()
    return headings
