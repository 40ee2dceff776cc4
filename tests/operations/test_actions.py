"""The figures follow the moves, once each; they can be proved and counted anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.foundation import policy, worker
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.models import Delivery
from motcua.foundation.time import local_date
from motcua.operations import actions, counting
from motcua.operations.models import DailyFigure, DurationFigure
from motcua.operations.rules import COLUMNS
from tests.dossiers import factories as make
from tests.support.city import OTHER_COMMITTEE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = make.AT
ASK = {"items": [{"text": "Bổ sung giấy chứng sinh bản gốc"}], "reason": "Thiếu giấy chứng sinh của trẻ"}


def figures() -> dict:
    """All figures of all days, without those that are nought."""
    rows = DailyFigure.objects.values(*COLUMNS)
    found = {name: sum(row[name] for row in rows) for name in COLUMNS}
    return {name: number for name, number in found.items() if number}


def rebuild(city) -> dict:
    return actions.rebuild(new_act(system("tests"), at=AT, purpose="test"))


def a_mixed_day(city) -> None:
    """One of everything: on time, late, supplemented, refused, withdrawn, stopped."""
    ours = {"procedure": make.publish_ours()}
    make.returned(city)
    late = make.drafted(city)
    dossiers.approve(city.act("signer", AT + timedelta(days=30)), dossier=late, number="16/GKS")
    asked = make.in_process(city, **ours)
    dossiers.ask_supplement(city.act("processor", AT), dossier=asked, **ASK)
    dossiers.stop(city.act("processor", AT), dossier=asked, reason="Quá thời hạn bổ sung mà không nộp")
    refused = make.submitted(city, **ours)
    dossiers.ask_at_door(city.act("receptionist", AT), dossier=refused, **ASK)
    dossiers.refuse(city.act("receptionist", AT), dossier=refused, reason="Không thuộc thẩm quyền giải quyết")
    dossiers.withdraw(city.act("citizen", AT), dossier=make.submitted(city, **ours))
    make.draft(city, **ours)


WHOLE = {
    "received": 3, "online": 3, "resolved": 2, "on_time": 1, "late": 1, "refused": 1, "withdrawn": 1, "stopped": 1,
    "supplements": 2, "first_on_time": 1, "first_late": 1,
}  # fmt: skip


def test_each_move_is_counted_on_its_local_day(city):
    a_mixed_day(city)
    worker.drain()
    assert figures() == WHOLE
    late_on = local_date(AT + timedelta(days=30))
    assert DailyFigure.objects.get(late=1).day == late_on
    assert DailyFigure.objects.get(day=local_date(AT)).agency_id == city.office("qn-bai-chay").id
    assert {(d.tenths, d.resolved) for d in DurationFigure.objects.all()} == {(0, 1), (300, 1)}


def test_the_figures_are_those_the_dossiers_give(city):
    a_mixed_day(city)
    assert list(policy.differences()) == [], "what waits to be counted is no difference"
    worker.drain()
    assert list(policy.differences()) == []
    DailyFigure.objects.filter(late=1).update(late=0)
    told = list(policy.differences())
    assert len(told) == 1
    assert "figure late" in told[0]
    assert "0 is stored, the dossiers give 1" in told[0]


def test_a_rebuild_gives_the_same_and_leaves_what_waits_to_the_handler(city):
    a_mixed_day(city)
    worker.drain()
    kept = counting.stored()
    make.received(city)  # announced, not counted yet
    DailyFigure.objects.all().delete()
    done = rebuild(city)
    assert done["figures"] == 2
    assert counting.stored() == kept
    worker.drain()
    assert figures() == {**WHOLE, "received": 4, "online": 4}
    assert list(policy.differences()) == []


@pytest.mark.parametrize("leaving", ["receive", "refuse", "withdraw"])
def test_a_request_at_the_door_counts_once_the_dossier_has_left_it(city, leaving):
    """While it lies there nobody leads it: a figure that counted it would open fewer rows than it says."""
    dossier, later = make.submitted(city), AT + timedelta(days=2)
    dossiers.ask_at_door(city.act("receptionist", AT), dossier=dossier, **ASK)
    worker.drain()
    assert figures() == {} and list(policy.differences()) == []
    dossiers.answer(city.act("citizen", later), dossier=dossier)
    if leaving == "receive":
        dossiers.receive(city.act("receptionist", later), dossier=dossier)
    elif leaving == "refuse":
        reason = "Không thuộc thẩm quyền giải quyết"
        dossiers.refuse(city.act("receptionist", later), dossier=dossier, reason=reason)
    else:
        dossiers.withdraw(city.act("citizen", later), dossier=dossier)
    assert list(policy.differences()) == [], "also while it waits"
    worker.drain()
    assert list(policy.differences()) == []
    assert DailyFigure.objects.get(supplements=1).day == local_date(AT), "by the day on which it was asked"
    if leaving == "receive":
        dossiers.withdraw(city.act("citizen", later), dossier=dossier)
        worker.drain()
        assert figures()["supplements"] == 1 and list(policy.differences()) == []


def test_what_is_forwarded_is_counted_where_it_went(city):
    dossier = make.in_process(city)
    dossiers.ask_supplement(city.act("processor", AT), dossier=dossier, **ASK)
    later = AT + timedelta(days=1)
    dossiers.answer(city.act("citizen", later), dossier=dossier)
    worker.drain()
    forward = {"agency": OTHER_COMMITTEE, "reason": "Thẩm quyền thuộc phường Hà Lầm"}
    dossiers.forward(city.act("processor", later), dossier=dossier, **forward)
    assert list(policy.differences()) == [], "also while it waits"
    worker.drain()
    assert list(policy.differences()) == []
    there = DailyFigure.objects.filter(agency_id=city.office(OTHER_COMMITTEE).id)
    assert sorted((row.received, row.supplements, row.restarts) for row in there) == [(0, 0, 1), (1, 1, 0)]
    assert figures() == {"received": 1, "online": 1, "supplements": 1, "restarts": 1}


def test_only_moves_that_count_are_delivered_here(city):
    make.drafted(city)
    ours = Delivery.objects.filter(handler=counting.HANDLER)
    assert [row.payload["verb"] for row in ours] == ["receive"]


def test_a_delivery_for_a_dossier_that_is_gone_adds_nothing(city):
    make.ready(city)
    rows = Delivery.objects.filter(handler=counting.HANDLER, payload__verb="approve")
    payload = {**rows.get().payload, "dossier": "0" * 26}
    rows.update(payload=payload)
    worker.drain()
    assert figures() == {"received": 1, "online": 1}


# Restarting the clock can hide lateness -------------------------------------------------------------------------------

LAW = "Luật Hộ tịch, Điều 16"


def asked_and_answered(city, *, asked, answered, law="", **more) -> str:
    dossier = make.in_process(city, **more)
    dossiers.ask_supplement(city.act("processor", asked), dossier=dossier, law=law, **ASK)
    dossiers.answer(city.act("citizen", answered), dossier=dossier)
    return dossier


def test_a_restart_that_saves_the_rate_shows_beside_it(city):
    """Promised for 8/10, restarted on 15/10, signed on 20/10: on time by the clock, late by the first promise."""
    dossier = asked_and_answered(
        city, procedure=make.BUSINESS, asked=AT + timedelta(days=1), answered=AT + timedelta(days=10)
    )
    make.to_last_step(city, dossier, AT + timedelta(days=11))
    dossiers.draft_result(city.act("processor", AT + timedelta(days=12)), dossier=dossier)
    dossiers.approve(city.act("signer", AT + timedelta(days=13)), dossier=dossier, number="1/KQ")
    worker.drain()
    found = figures()
    assert (found["on_time"], found.get("late"), found.get("first_on_time"), found["first_late"]) == (
        1, None, None, 1,
    )  # fmt: skip
    assert found["restarts"] == 1
    assert DailyFigure.objects.get(restarts=1).day == local_date(AT + timedelta(days=10))
    assert list(policy.differences()) == []


@pytest.mark.parametrize(
    ("asked_after", "beyond"), [(timedelta(days=1), ""), (timedelta(days=3), ""), (timedelta(days=4), "late")]
)
def test_a_request_after_the_third_working_day_is_counted(city, asked_after, beyond):
    """Received Monday 5/10: until Thursday 8/10 it is in time."""
    from motcua.dossiers.models import Letter

    asked_and_answered(
        city, procedure=make.ALLOWANCE, asked=AT + asked_after, answered=AT + timedelta(days=5), law=LAW
    )
    worker.drain()
    assert Letter.objects.get(kind="supplement-request").beyond == beyond
    assert figures().get("beyond", 0) == bool(beyond)
    assert list(policy.differences()) == []


def test_a_second_request_is_counted_wherever_the_first_was_made(city):
    dossier = make.submitted(city)
    dossiers.ask_at_door(city.act("receptionist", AT), dossier=dossier, **ASK)
    dossiers.answer(city.act("citizen", AT), dossier=dossier)
    dossiers.ask_at_door(city.act("receptionist", AT), dossier=dossier, law=LAW, **ASK)
    dossiers.answer(city.act("citizen", AT), dossier=dossier)
    worker.drain()
    assert figures() == {}
    dossiers.receive(city.act("receptionist", AT), dossier=dossier)
    dossiers.transfer(city.act("receptionist", AT), dossier=dossier)
    dossiers.ask_supplement(city.act("processor", AT), dossier=dossier, **ASK)
    assert list(policy.differences()) == [], "also while it waits"
    worker.drain()
    assert (figures()["supplements"], figures()["beyond"]) == (3, 2)
    assert list(policy.differences()) == []
    kept = counting.stored()
    rebuild(city)
    assert counting.stored() == kept


def test_a_pause_is_no_restart(city):
    slug = make.publish_like(make.BUSINESS, at=AT - timedelta(days=1), clock={"on_supplement": "pause"})
    asked_and_answered(city, procedure=slug, asked=AT, answered=AT + timedelta(days=1))
    worker.drain()
    assert "restarts" not in figures()
    assert list(policy.differences()) == []
