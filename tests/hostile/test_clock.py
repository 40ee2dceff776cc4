"""The machine's clock is set back, or leaps: nothing breaks or is written in a wrong order; a sentence says why."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.foundation import worker
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import Delivery
from motcua.notices.models import Notice
from tests.dossiers import factories as make
from tests.portal.conftest import MOMENT
from tests.portal.pages import text
from tests.support.moment import set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUR = timedelta(hours=1)


@pytest.fixture
def turn(monkeypatch, at):
    """`turn(-2 * HOUR)` sets the machine's clock so far from where it stood."""

    def set_to(by):
        set_clock(monkeypatch, MOMENT + by)
        for name in (
            "tests.accounts.browser.now",
            "tests.accounts.factories.now",
            "tests.support.officers.now",
        ):
            monkeypatch.setattr(name, lambda: MOMENT + by)

    return set_to


def test_an_act_before_what_was_lived_is_refused_with_a_sentence(city, machine, turn, untouched, at):
    dossier = make.received(city, at=at)
    desk = machine("receptionist")
    turn(-2 * HOUR)
    with untouched():
        answer = desk.post(f"/dossiers/{dossier}/moves", {"verb": "transfer"})
    assert (answer.status_code, answer.json()["code"]) == (409, "dossiers.time_goes_back")
    assert "đồng hồ" in answer.json()["detail"]
    turn(HOUR)
    assert desk.post(f"/dossiers/{dossier}/moves", {"verb": "transfer"}).status_code == 200
    assert verify().good


def test_the_counter_says_so_on_the_page(city, browse, turn, untouched, at):
    dossier = make.received(city, at=at)
    client = browse("receptionist")
    revision = Dossier.objects.get(public_id=dossier).revision
    turn(timedelta(seconds=-15))  # less than what locks a screen
    with untouched():
        answer = client.post(
            f"/counter/ho-so/{dossier}/viec/transfer/",
            {"act_id": "clock-back-01", "revision": revision, "seen_at": at.isoformat()},
        )
    assert answer.status_code == 409
    assert "sớm hơn việc đã ghi" in text(answer)


def test_a_signed_in_browser_is_locked_and_told_never_opened(city, browse, turn, untouched, at):
    draft = make.draft(city, at=at)
    citizen, officer = browse("citizen"), browse("receptionist")
    turn(-2 * HOUR)
    with untouched():
        for client, path in ((citizen, f"/ho-so/{draft}/"), (officer, "/counter/")):
            answer = client.get(path)
            assert answer.status_code == 302
            assert answer.url.startswith("/account/")
            assert client.get(answer.url).status_code == 200


def test_tokens_and_reading_go_on(city, machine, turn, at):
    dossier = make.received(city, at=at)
    citizen = machine("citizen")
    for by in (-48 * HOUR, -HOUR, 400 * 24 * HOUR):
        turn(by)
        assert citizen.get(f"/dossiers/{dossier}").status_code == 200
        assert citizen.get(f"/dossiers/{dossier}/clock").status_code == 200
        assert citizen.get(f"/dossiers/{dossier}/timeline").status_code == 200


def test_deliveries_wait_and_come_in_order_when_the_clock_is_right_again(city, turn, at):
    dossier = make.received(city, at=at)
    turn(-2 * HOUR)
    worker.drain()
    turn(HOUR)
    worker.drain()
    assert not Delivery.objects.filter(subject=f"dossier:{dossier}").exclude(state="done").exists()
    told = Notice.objects.filter(subject=f"dossier:{dossier}", holder__startswith="account").order_by("pk")
    assert [notice.kind for notice in told] == ["dossier.submit", "dossier.receive"]


def test_a_lease_from_the_future_is_taken_over_in_its_time_and_nothing_runs_twice(city, turn, at):
    dossier = make.submitted(city, at=at)
    row = Delivery.objects.filter(state="waiting", subject=f"dossier:{dossier}").order_by("pk").first()
    Delivery.objects.filter(pk=row.pk).update(lease_until=at + HOUR, leased_by="a worker that died")
    turn(-2 * HOUR)
    worker.drain()
    assert Delivery.objects.get(pk=row.pk).state == "waiting"
    turn(2 * HOUR)
    worker.drain()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 0)
    kinds = list(Notice.objects.filter(holder__startswith="account").values_list("kind", flat=True))
    assert kinds == ["dossier.submit"]


def test_a_clock_a_year_ahead_marks_what_it_cannot_know(city, machine, turn, at):
    """No calendar is published for that year: the date is provisional and says so, it is not guessed."""
    turn(timedelta(days=800))
    desk = machine("receptionist")
    later = MOMENT + timedelta(days=800)
    dossier = make.submitted(city, at=later)
    answer = desk.post(f"/dossiers/{dossier}/moves", {"verb": "receive"})
    assert answer.status_code == 200
    assert desk.get(f"/dossiers/{dossier}/clock").json()["provisional"] is True
