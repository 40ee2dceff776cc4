"""Whose work a leader answers for, and that every figure equals its rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import HAPPENED, OPEN_NOW
from motcua.foundation import worker
from motcua.foundation.errors import NotFound
from motcua.foundation.time import local_date, now
from motcua.operations import queries
from motcua.operations.rules import Period
from tests.dossiers import factories as make
from tests.operations.test_actions import ASK, a_mixed_day
from tests.support import city as small_city
from tests.support.city import CENTRE, COMMITTEE, OTHER_COMMITTEE
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
AT = make.AT
LATER = AT + timedelta(days=40)
PERIOD = Period("range", local_date(AT), local_date(LATER))


def listed(city, who: str, measure: str, at=LATER, limit=50, **narrowed):
    actor = city.actor(who, at)
    view = queries.view_of(actor, **narrowed)
    moment = queries.present(view, at)
    rows = queries.occurrences(actor, measure, view, PERIOD, moment, limit=limit)
    return queries.total(measure, view, PERIOD, moment), rows


@pytest.fixture
def month(db, _nothing_remembered):
    """A month with one of everything, and open dossiers in every state of their deadline."""
    return kept("operations: a month of one of everything", lambda: _month(small_city.city()))


def _month(city):
    a_mixed_day(city)
    make.in_process(city)  # overdue by LATER
    make.in_process(city, at=LATER)
    paused = make.in_process(city, at=LATER - timedelta(days=1))
    dossiers.ask_supplement(city.act("processor", LATER), dossier=paused, **ASK)
    again = make.in_process(city)
    late = {"law": "Luật Hộ tịch, Điều 16", **ASK}  # after the third working day, and the clock begins anew
    dossiers.ask_supplement(city.act("processor", AT + timedelta(days=8)), dossier=again, **late)
    dossiers.answer(city.act("citizen", AT + timedelta(days=9)), dossier=again)
    worker.drain()
    return city


@pytest.mark.slow
def test_every_figure_is_the_number_of_its_rows(month):
    for measure in (*HAPPENED, *OPEN_NOW):
        for who in ("leader", "head", "province_leader"):
            total, rows = listed(month, who, measure)
            assert total == len(rows), (who, measure)
            assert total or measure == "no_limit", f"the month has no {measure}"
        assert listed(month, "other_leader", measure) == (0, []), measure


def test_narrowing_takes_away_and_never_adds(month):
    assert listed(month, "province_leader", "received", agency=COMMITTEE)[0] == 7
    assert listed(month, "province_leader", "received", agency=OTHER_COMMITTEE) == (0, [])
    assert listed(month, "province_leader", "received", desk=CENTRE)[0] == 7
    assert listed(month, "province_leader", "received", procedure=make.BIRTH)[0] == 4
    assert listed(month, "province_leader", "received", procedure=make.OURS)[0] == 3
    assert listed(month, "province_leader", "received", procedure="house-building-permit") == (0, [])
    assert listed(month, "other_leader", "received", agency=COMMITTEE) == (0, [])
    assert listed(month, "other_leader", "received", desk=CENTRE) == (0, [])
    with pytest.raises(NotFound):
        listed(month, "leader", "received", agency="nowhere")
    with pytest.raises(NotFound):
        listed(month, "leader", "received", procedure="nothing")


def test_one_who_leads_a_receiving_desk_sees_what_came_in_there(month):
    from motcua.agencies import actions as agencies
    from motcua.agencies import queries as agency_queries

    account = month.accounts["other_leader"]
    centre = agency_queries.by_code(CENTRE)
    agencies.appoint(
        month.act("admin", AT), account=account.public_id, agency=centre.public_id, role="leader"
    )
    total, rows = listed(month, "other_leader", "received")
    assert total == len(rows) == 7


def test_rows_come_page_by_page_without_a_gap(month):
    actor = month.actor("leader", LATER)
    view = queries.view_of(actor)
    moment = queries.present(view, LATER)
    for measure in ("received", "supplements", "open"):
        _total, whole = listed(month, "leader", measure)
        found, after = [], None
        while page := queries.occurrences(actor, measure, view, PERIOD, moment, limit=1, after=after):
            found += page
            after = page[-1].place
        assert [o.place for o in found] == [o.place for o in whole]


def test_soon_and_overdue_follow_the_clock(city):
    dossier = make.received(city)
    due = Dossier.objects.get(public_id=dossier).due_at
    seen = {}
    for name, at in (
        ("early", due - timedelta(days=30)),
        ("soon", due - timedelta(hours=2)),
        ("over", due + timedelta(minutes=1)),
    ):
        seen[name] = {m: listed(city, "leader", m, at=at)[0] for m in OPEN_NOW}
    assert seen["early"] == {"open": 1, "paused": 0, "soon": 0, "overdue": 0}
    assert seen["soon"] == {"open": 1, "paused": 0, "soon": 1, "overdue": 0}
    assert seen["over"] == {"open": 1, "paused": 0, "soon": 0, "overdue": 1}


def test_figures_say_since_when_something_waits(city):
    tomorrow = now() + timedelta(days=1)
    make.received(city)
    assert queries.counted_until(tomorrow) < tomorrow
    worker.drain()
    assert queries.counted_until(tomorrow) == tomorrow
