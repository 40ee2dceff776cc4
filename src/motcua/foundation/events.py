"""Events: a room announces what happened, rooms above react. Written in the act's transaction, delivered at least once.

    @dataclass(frozen=True)
    class DossierReceived(Event):
        dossier: str            # ids only: never a name, never an answer

    publish(act, DossierReceived(dossier=…), line)          # in the action
    @handles(DossierReceived, name="notices.dossier_received")
    def tell_the_applicant(event: DossierReceived, delivery: Delivered) -> None: ...   # in tasks.py of another room

One delivery row per handler. Order is kept per handler and subject (the journal's numbering of that subject);
handlers must bear being called twice. No id cursor (PostgreSQL commits out of order), no on_commit (a crash loses it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from motcua.foundation.acts import Act
from motcua.foundation.models import Delivery, JournalLine
from motcua.foundation.time import now


@dataclass(frozen=True)
class Event:
    """Base of all events; subclasses are frozen dataclasses in the past tense whose fields are ids, codes, moments."""


@dataclass(frozen=True)
class Delivered:
    """What a handler is told besides the event: its subject, its place in the subject's journal, the legal time."""

    subject: str
    seq: int
    at: datetime
    act_id: str


@dataclass(frozen=True)
class Handler:
    name: str
    event: type[Event]
    run: Callable[[Any, Delivered], None]
    only: Callable[[Any], bool] | None = None
    among: Callable[[Sequence[Any]], Sequence[bool]] | None = None

    def wants(self, events: Sequence[Event]) -> list[bool]:
        """Of these events, all of its class: whether it wants to hear of each."""
        found = [self.only is None or bool(self.only(event)) for event in events]
        if self.among is not None:
            found = [one and other for one, other in zip(found, self.among(events), strict=True)]
        return found


_handlers: dict[str, Handler] = {}


def handles(
    event: type[Event],
    *,
    name: str,
    only: Callable[[Any], bool] | None = None,
    among: Callable[[Sequence[Any]], Sequence[bool]] | None = None,
) -> Callable[[Callable], Callable]:
    """Register a handler under a stable `name` ("room.what"): the name is stored with every delivery.

    `only(event)` says which events it wants to hear of; no delivery is written for the others. `among(events)` says it
    of each of an act's events at once, by what stands in the database under the act's locks. Raises ValueError when
    the name is taken by another function.
    """

    def decorate(run: Callable) -> Callable:
        taken = _handlers.get(name)
        if taken is not None and taken.run.__qualname__ != run.__qualname__:
            raise ValueError(f"handler {name} is registered twice")
        _handlers[name] = Handler(name, event, run, only, among)
        return run

    return decorate


def handler(name: str) -> Handler | None:
    """The registered handler of that name, or None when no room of this program knows it."""
    return _handlers.get(name)


def handlers_of(event: type[Event]) -> list[Handler]:
    """Everybody who wants to hear of `event`, in the order of their names."""
    return sorted((h for h in _handlers.values() if issubclass(event, h.event)), key=lambda h: h.name)


def publish(act: Act, event: Event, line: JournalLine) -> None:
    """Put one delivery per handler in, within the running transaction; `line` is the journal line of the act."""
    publish_many(act, [(event, line)])


def publish_many(act: Act, told: Iterable[tuple[Event, JournalLine]]) -> None:
    """`publish` for many events of one act, each with its own journal line, in a handful of statements."""
    moment = now()
    by_kind: dict[type[Event], list[tuple[Event, JournalLine]]] = defaultdict(list)
    for event, line in told:
        by_kind[type(event)].append((event, line))
    rows = [
        Delivery(
            handler=h.name,
            event=kind.__name__,
            subject=line.chain,
            seq=line.seq,
            at=act.at,
            payload={**asdict(event), "act_id": act.act_id},
            available_at=moment,
        )
        for kind, pairs in by_kind.items()
        for h in handlers_of(kind)
        for (event, line), wanted in zip(pairs, h.wants([event for event, _line in pairs]), strict=True)
        if wanted
    ]
    if rows:
        Delivery.objects.bulk_create(rows, batch_size=500)


def revive(known: Handler, delivery: Delivery) -> tuple[Event, Delivered]:
    """The event and its envelope from a stored row; fields the class no longer knows are left out."""
    names = {f.name for f in fields(known.event)}
    event = known.event(**{k: v for k, v in delivery.payload.items() if k in names})
    return event, Delivered(delivery.subject, delivery.seq, delivery.at, delivery.payload.get("act_id", ""))
