"""A real browser for the journeys: `visit` opens a window on the served site, `look` judges and pictures a page.

    def test_somebody_tracks(visit, look):
        page = visit("/", width=360)
        page.get_by_role("link", name="Tra cứu").click()
        look(page, "tracking")          # axe, no sideways spill, a picture when pictures are wanted

`MOTCUA_TEST_SCREENSHOTS=docs/images` (make screenshots) keeps the pictures.
"""

import functools
import os
import shutil
from pathlib import Path

import pytest

PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
ARGUMENTS = (
    "--no-sandbox",  # root in a container has no other way
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",  # as a window of the same browser measures its letters
)
WAIT_MILLISECONDS = 15_000


@pytest.fixture(scope="session")
def chromium():
    """The one headless Chromium of a run (Playwright cannot start twice); told as a skip where none is installed."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium here: apt install chromium")
    from playwright.sync_api import sync_playwright

    _settle_after_acts()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server):
    """Open a path of the served site in a window of its own (own cookies): `visit(path, width, lang, scripts)`.

    `cookies` (names and values) are there from the beginning: how somebody comes who has signed in.

    The test fails at its end when a page's script broke, the content security policy was hurt, or a page reached for
    another machine.
    """
    contexts, complaints = [], []

    def opener(
        path="/", *, width=360, height=800, lang="vi", scripts=True, scheme="light", cookies=None, **more
    ):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN" if lang == "vi" else "en-GB",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
            color_scheme=scheme,
            service_workers="block",
            **more,
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        if cookies:
            context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.on("console", lambda said: complaints.append(said.text) if _is_policy(said) else None)
        page.on("request", lambda asked: _stays(asked.url, live_server.url, complaints))
        page.goto(live_server.url + path)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert complaints == []


def _settle_after_acts() -> None:
    """A click or a key may open another page: let that page be read whole before the test looks at it.

    Playwright waits until the new page has begun, not until it can be read: on a busy machine a test would look at
    a page that has no body yet.
    """
    from playwright.sync_api import Locator

    for name in ("click", "press", "check", "select_option"):
        act = getattr(Locator, name)
        if not hasattr(act, "__wrapped__"):
            setattr(Locator, name, _then_settled(act))


def _then_settled(act):
    @functools.wraps(act)
    def acting(locator, *args, **more):
        done = act(locator, *args, **more)
        if not locator.page.is_closed():
            locator.page.wait_for_load_state("domcontentloaded")
        return done

    return acting


def _is_policy(said) -> bool:
    return said.type == "error" and "Content Security Policy" in said.text


def _stays(address, own, complaints) -> None:
    if not address.startswith((own, "data:", "blob:", "about:")):
        complaints.append(f"the page reached for {address}")


@pytest.fixture
def look():
    """Judge a page: no serious or critical finding of axe-core, no sideways spill; then picture it."""

    def judge(page, name: str = "", *, full_page: bool = True) -> None:
        assert grave(page) == []
        assert spill(page) == 0, f"{page.url} spills sideways"
        folder = os.environ.get("MOTCUA_TEST_SCREENSHOTS")
        if name and folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=full_page)

    return judge


# Contrast takes four fifths of axe-core's time and says the same of the same colours: it looks at every letter
# whose colours, size and weight it has not seen on an earlier page, and at nothing twice. Other rules look at all.
JUDGE = """async known => {
  const seen = new Set(known), news = [], fresh = [];
  for (const one of document.body.querySelectorAll('*')) {
    if (![...one.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const own = getComputedStyle(one), told = [own.color, own.fontSize, own.fontWeight];
    for (let at = one; at; at = at.parentElement) {
      const {backgroundColor: colour, backgroundImage: image, opacity} = getComputedStyle(at);
      if (colour !== 'rgba(0, 0, 0, 0)' || image !== 'none' || opacity !== '1') told.push(colour, image, opacity);
      if (/^rgb\\(/.test(colour)) break;
    }
    const name = told.join();
    if (!seen.has(name)) { seen.add(name); news.push(name); fresh.push(one); }
  }
  const only = {resultTypes: ['violations'], preload: false};
  const all = await axe.run({...only, rules: {'color-contrast': {enabled: false}}});
  if (!fresh.length) return [news, all.violations];
  const pale = await axe.run({include: fresh}, {...only, runOnly: ['color-contrast']});
  return [news, [...all.violations, ...pale.violations]];
}"""
_colours: set[str] = set()


def grave(page) -> list[str]:
    """Return what axe-core finds serious or critical, each with the piece of the page."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.wait_for_load_state("domcontentloaded")
    page.evaluate(AXE_SCRIPT)
    # Only what is wrong crosses to this process: telling all that is right takes longer than finding it.
    news, found_wrong = page.evaluate(JUDGE, sorted(_colours))
    graves = [
        f"{found['id']}: {found['nodes'][0]['html'][:160]}"
        for found in found_wrong
        if found["impact"] in ("serious", "critical")
    ]
    if not any(found.startswith("color-contrast") for found in graves):
        _colours.update(news)
    return graves


def spill(page) -> int:
    """Return by how many pixels the page is wider than its window."""
    page.wait_for_load_state("domcontentloaded")
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
