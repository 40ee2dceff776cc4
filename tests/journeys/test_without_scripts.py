"""The citizen's journey in a browser that runs no scripts."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from tests.journeys.declaring import declare
from tests.journeys.test_birth_registration import (
    answers,
    begin,
    give_more,
    hand_in,
    heading,
    register,
    track,
    unlock,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_birth_is_filed_followed_and_supplemented_without_scripts(window, town, clock, photo, live_server):
    def unjudged(page, *_names):
        """axe-core is a script itself; the same pages are judged on the journey with scripts."""
        assert heading(page)

    lan = window("/", width=360, scripts=False)
    lan.locator("[name=q]").first.fill("dang ky khai sinh")
    lan.locator("[name=q]").first.press("Enter")
    lan.get_by_role("link", name="Đăng ký khai sinh", exact=True).first.click()
    register(lan, unjudged)
    begin(lan, unjudged, scripts=False)
    declare(lan, answers(clock), scripts=False)
    reference = hand_in(lan, unjudged, photo, scripts=False)
    dossier = lan.url.split("/ho-so/")[1].split("/")[0]

    clock.forward(minutes=20)
    track(window("/tra-cuu/", scripts=False), reference, unjudged)
    row = dossiers.get_visible(town.actor("receptionist", clock.now), dossier)
    items = [{"text": "Chụp lại giấy chứng sinh cho rõ bốn góc.", "paper": "birth-notice"}]
    act = town.act("receptionist", clock.now)
    actions.ask_at_door(act, dossier=row.public_id, items=items, reason="Ảnh chụp chưa rõ.")
    clock.forward(minutes=5)

    lan.goto(f"{live_server.url}/ho-so/{dossier}/")
    unlock(lan, unjudged)
    give_more(lan, unjudged, photo, scripts=False)
    assert (
        "Chờ tiếp nhận" in lan.locator("main").inner_text() or "tiếp nhận" in lan.locator("main").inner_text()
    )
