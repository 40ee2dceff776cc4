"""Behind the desk: trial messages only in a trial, dead work retried or given up by administrators, journaled."""

import pytest
from django.conf import settings

from motcua.foundation import worker
from motcua.foundation.models import Delivery, JournalLine
from tests.counter.pages import words
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db


def test_a_trial_shows_what_a_phone_would_get(desk, city):
    from motcua.dossiers import actions

    made = actions.start_helping(
        city.act("helper", make.AT),
        procedure="birth-registration",
        person_name="Nguyễn Thị Lan",
        agency=make.CENTRE,
    )
    actions.ask_consent(city.act("helper", make.AT), dossier=made["dossier"], phone="0912345678")
    assert "Ma dong y nop ho so" in words(desk().get("/counter/tin-nhan/"))
    assert desk("processor").get("/counter/tin-nhan/").status_code == 403


def test_a_real_installation_has_no_such_page(desk, monkeypatch):
    monkeypatch.setattr("motcua.counter.views.upkeep.outbox_is_open", lambda: False)
    assert settings.MOTCUA.simulation
    assert desk().get("/counter/tin-nhan/").status_code == 404


@pytest.fixture
def dead(city, monkeypatch):
    """A delivery that failed too often."""
    make.submitted(city)
    row = Delivery.objects.filter(handler="dossiers.tell_applicant").earliest("pk")
    row.state, row.attempts, row.last_error = "dead", 8, "Traceback …\nRuntimeError: the carrier is away"
    row.save()
    return row


def test_dead_work_is_shown_and_tried_again(desk, dead):
    assert "the carrier is away" in words(desk("admin").get("/counter/viec-loi/"))
    desk("admin").post(f"/counter/viec-loi/delivery/{dead.pk}/", {"do": "retry", "act_id": "r-1"})
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("waiting", 0)
    Delivery.objects.filter(pk=dead.pk).update(available_at=make.AT)
    worker.drain()
    dead.refresh_from_db()
    assert dead.state == "done"
    assert JournalLine.objects.filter(chain=f"work:delivery-{dead.pk}", verb="work.retried").exists()


def test_dead_work_is_given_up_with_a_reason(desk, dead):
    where = f"/counter/viec-loi/delivery/{dead.pk}/"
    assert desk("admin").post(where, {"do": "skip", "act_id": "s-1", "reason": "x"}).status_code == 422
    desk("admin").post(
        where, {"do": "skip", "act_id": "s-2", "reason": "Người dân đã được báo bằng điện thoại"}
    )
    dead.refresh_from_db()
    assert dead.state == "done"
    line = JournalLine.objects.get(chain=f"work:delivery-{dead.pk}")
    assert line.facts["reason"] == "Người dân đã được báo bằng điện thoại"
    assert desk("admin").post(where, {"do": "retry", "act_id": "s-3"}).status_code == 404


def test_only_administrators_come_here(desk, dead):
    assert desk("head").get("/counter/viec-loi/").status_code == 403
    assert desk("head").post(f"/counter/viec-loi/delivery/{dead.pk}/", {"do": "retry"}).status_code == 403
    assert (
        desk("admin").post("/counter/viec-loi/other/1/", {"do": "retry", "act_id": "o-1"}).status_code == 404
    )
