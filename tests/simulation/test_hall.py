"""The simulated hall: the same by the same seed, by real actions, as far as the last moment and no further."""

from datetime import datetime

import pytest

from motcua.foundation.journal.verify import verify
from motcua.foundation.time import TZ
from motcua.queue.models import Ticket, Window
from motcua.queue.rules import State
from motcua.simulation.cast import Cast
from motcua.simulation.hall import live_hall
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 10, 7, 10, 0, tzinfo=TZ)


@pytest.mark.slow
def test_days_of_numbers_up_to_the_last_moment(city):
    cast, centre = Cast(), city.office(CENTRE).id
    cast.by_role["receptionist", centre] = [city.accounts[name].pk for name in ("receptionist", "clerk")]
    given = {"seed": "7", "until": UNTIL, "per_day": 5, "centre": centre}
    acts = live_hall(cast, administrator=city.accounts["admin"].pk, **given)
    rows = Ticket.objects.order_by("pk")
    assert 80 < acts < 160 and rows.filter(day__lt=UNTIL.date()).count() == 20
    assert not rows.filter(day__lt=UNTIL.date(), state=State.SERVING).exists()
    assert {row.taken_at.astimezone(TZ).hour < 17 for row in rows} == {True}
    assert all(row.taken_at <= UNTIL for row in rows) and rows.filter(pace__isnull=False).count() >= 15
    assert Window.objects.filter(closed_at=None).count() == 2
    assert live_hall(cast, administrator=city.accounts["admin"].pk, **given) == 0
    assert not verify().findings
