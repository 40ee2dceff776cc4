"""A one-stop with a kiosk, at nine on a Monday."""

from datetime import timedelta

import pytest

from motcua.foundation.acts import new_act
from motcua.queue import actions, queries
from motcua.queue.models import Device, Ticket
from tests.dossiers import factories as make
from tests.support.city import CENTRE

TOKEN = "kiosk-of-the-tests-0123456789"  # noqa: S105
SCREEN = "screen-of-the-tests-012345678"


class Hall:
    """What people and officers do there, at `at`, which a test moves."""

    def __init__(self, city) -> None:
        self.city, self.at = city, make.AT
        for kind, token in (("kiosk", TOKEN), ("screen", SCREEN)):
            act = city.act("head", self.at)
            actions.open_device(act, agency=CENTRE, kind=kind, name="Sảnh chính", token=token)
        self.kiosk = queries.actor_of(Device.objects.get(kind="kiosk"))

    def forward(self, **more):
        self.at += timedelta(**more)
        return self

    def take(self, service="civil-status", priority=False, **more) -> Ticket:
        act = new_act(self.kiosk, at=self.at, purpose="queue")
        said = actions.take(act, **{"agency": CENTRE, "service": service, "priority": priority, **more})
        return Ticket.objects.get(public_id=said["ticket"])

    def open(self, who="receptionist", number=1, services=()):
        return actions.open_window(
            self.city.act(who, self.at), agency=CENTRE, number=number, services=list(services)
        )

    def call(self, who="receptionist") -> str:
        return actions.call(self.city.act(who, self.at))["code"]

    def do(self, verb, row, who="receptionist", **more) -> Ticket:
        getattr(actions, verb)(self.city.act(who, self.at), ticket=row.public_id, **more)
        row.refresh_from_db()
        return row


@pytest.fixture
def hall(city):
    return Hall(city)
