"""Three reporting periods of one ward, with one of everything that a report must place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from motcua.dossiers import actions as dossiers
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.reporting import actions
from tests.dossiers import factories as make
from tests.support.city import COMMITTEE, OTHER_COMMITTEE

# periods 2026-10 (15/9 to 14/10), 2026-11, 2026-12; each closed on the day after
LABELS = ("2026-10", "2026-11", "2026-12")
CLOSING = (
    datetime(2026, 10, 15, 2, tzinfo=UTC),
    datetime(2026, 11, 16, 2, tzinfo=UTC),
    datetime(2026, 12, 15, 2, tzinfo=UTC),
)
SEPTEMBER = datetime(2026, 9, 10, 2, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 5, 2, tzinfo=UTC)
NOVEMBER = datetime(2026, 10, 28, 2, tzinfo=UTC)
DECEMBER = datetime(2026, 11, 25, 2, tzinfo=UTC)


@dataclass
class Lived:
    """Dossiers of the first period, by what became of them."""

    early: str
    slow: str
    open: str
    stopped: str
    withdrawn: str
    older: str


def first_period(city) -> Lived:
    """Received 5 (one at the counter) and one carried over; resolved early, stopped, withdrawn; two go on."""
    make.publish_ours()
    older = make.in_process(city, at=SEPTEMBER, procedure=make.BUSINESS)
    lived = Lived(
        early=make.ready(city, at=OCTOBER),
        slow=make.drafted(city, at=OCTOBER),
        open=make.in_process(city, at=OCTOBER, procedure=make.PERMIT),
        stopped=make.in_state(city, make.S.STOPPED, at=OCTOBER),
        withdrawn=make.in_state(city, make.S.WITHDRAWN, at=OCTOBER),
        older=older,
    )
    make.walk_in(city, at=OCTOBER)
    return lived


def second_period(city, lived: Lived) -> None:
    """The slow one comes late, one more is received, and one goes to another ward."""
    dossiers.approve(city.act("signer", NOVEMBER), dossier=lived.slow, number="16/GKS")
    make.in_process(city, at=NOVEMBER)
    dossiers.forward(
        city.act("head", NOVEMBER), dossier=lived.open, agency=OTHER_COMMITTEE, reason=make.REASON
    )


def close(
    label: str, at: datetime, *, agency: str = COMMITTEE, reason: str = "", kind: str = "report"
) -> dict:
    """Close a report as the platform itself does on the command line."""
    act = new_act(system("tests"), at=at, purpose="test")
    return actions.close(act, agency=agency, label=label, kind=kind, reason=reason)
