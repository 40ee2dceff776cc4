"""Reading visits, kept lists, and the background work that was laid aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.counter.errors import VisitOver
from motcua.counter.models import SavedList, Visit
from motcua.foundation.actors import Actor
from motcua.foundation.models import Delivery, JournalLine, Task

DEAD_MAX = 200


@dataclass(frozen=True)
class VisitView:
    """A visit as its officer sees it; `facts` are keyed as in people.rules.FIELDS."""

    public_id: str
    agency_id: int
    facts: dict[str, Any]
    card: bool
    party: str
    dossiers: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.facts.get("full_name") or "")


def visit(actor: Actor, public_id: str, at: datetime) -> VisitView:
    """The visit, for the officer who opened it, while it lasts. Raises VisitOver."""
    row = Visit.objects.filter(public_id=public_id, account_id=actor.account_id, expires_at__gt=at).first()
    if row is None:
        raise VisitOver()
    facts = row.facts if isinstance(row.facts, dict) else {}
    return VisitView(row.public_id, row.agency_id, facts, row.card, row.party, tuple(row.dossiers))


def saved_lists(actor: Actor) -> list[SavedList]:
    """The lists that an officer keeps, by name; the action bounds how many there are."""
    return list(SavedList.objects.filter(account_id=actor.account_id).order_by("name"))


@dataclass(frozen=True)
class DeadWork:
    """A delivery or a task that failed too often; `error` is the end of its trace, without personal data."""

    kind: str  # delivery | task
    id: int
    name: str
    about: str
    attempts: int
    error: str
    at: datetime

    @property
    def last_line(self) -> str:
        """What it said at last."""
        return self.error.strip().rpartition("\n")[2][:300]


def dead_work() -> list[DeadWork]:
    """What was laid aside, oldest first; at most DEAD_MAX of each kind. A dead delivery holds up its subject."""
    found = [
        DeadWork(
            "delivery",
            d.pk,
            d.handler,
            f"{d.event} · {d.subject}#{d.seq}",
            d.attempts,
            d.last_error,
            d.created_at,
        )
        for d in Delivery.objects.filter(state="dead").order_by("pk")[:DEAD_MAX]
    ]
    found += [
        DeadWork("task", t.pk, t.name, t.key, t.attempts, t.last_error, t.created_at)
        for t in Task.objects.filter(state="dead").order_by("pk")[:DEAD_MAX]
    ]
    return sorted(found, key=lambda work: work.at)


def acts_on(subject: str, *, limit: int = 100) -> list[JournalLine]:
    """The journal lines of a subject, newest first."""
    return list(JournalLine.objects.filter(chain=subject).order_by("-seq")[:limit])


def acts_since(subject: str, moment: datetime | None, *, limit: int = 10) -> list[JournalLine]:
    """What was recorded about a subject since the machine's `moment`, newest first.

    At least the last line: a clock that was set back must not hide who was faster.
    """
    lines = acts_on(subject, limit=limit)
    since = [line for line in lines if moment is not None and line.recorded_at >= moment]
    return since or lines[:1]
