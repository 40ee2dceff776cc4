"""From moves and dossiers to figures: the same arithmetic for the handler, the check and the rebuild."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.queries import Happening, Resolution
from motcua.foundation import events
from motcua.foundation.events import Delivered
from motcua.foundation.models import Delivery, JournalLine
from motcua.foundation.time import local_date
from motcua.operations import rules
from motcua.operations.models import DailyFigure, DurationFigure

HANDLER = "operations.count"


@dataclass(frozen=True, order=True)
class Place:
    """What a figure is about."""

    day: date
    agency: int
    desk: int
    procedure: int

    def columns(self) -> dict:
        return {
            "day": self.day,
            "agency_id": self.agency,
            "desk_id": self.desk,
            "procedure_id": self.procedure,
        }


@dataclass
class Tally:
    """Figures by place; a stored table and a computed one are equal when their tallies are."""

    columns: dict[tuple[Place, str], int] = field(default_factory=lambda: defaultdict(int))
    durations: dict[tuple[Place, int], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, place: Place, worth: rules.Worth, times: int) -> None:
        for name in worth.columns:
            self.columns[place, name] += times
        if worth.tenths is not None:
            self.durations[place, worth.tenths] += times


def changes_of(event: DossierMoved, delivery: Delivered) -> list[tuple[Happening, int]]:
    """What a move adds to the figures (1) and takes away (-1)."""
    if event.verb == rules.HANDED_ON:
        return _handed_on(event, delivery)
    if event.verb == rules.ASKED_AT_DOOR:
        return []
    if event.verb in rules.MAY_RESTART or event.verb == "ask_supplement":
        return _as_told(event, delivery)
    measure = rules.COUNTED[event.verb]
    resolution = dossiers.resolution_of(event.dossier) if measure == "resolved" else None
    if measure == "resolved" and resolution is None:
        return []
    found = [(_happening(event, measure, delivery.at, event.competent_agency, resolution), 1)]
    return found + _asked_at_door(event, delivery) if event.verb in rules.LEAVE_THE_DOOR else found


def _as_told(event: DossierMoved, delivery: Delivered) -> list[tuple[Happening, int]]:
    """What a move counts as that says more in its journal line: a request beyond the law's time, a restart."""
    line = JournalLine.objects.filter(chain=delivery.subject, seq=delivery.seq)
    facts = line.values_list("facts", flat=True).first() or {}
    measures = rules.measures_of(event.verb, facts)
    return [(_happening(event, measure, delivery.at, event.competent_agency), 1) for measure in measures]


def _asked_at_door(event: DossierMoved, delivery: Delivered) -> list[tuple[Happening, int]]:
    """What was asked for at the door, if this move is the one by which the dossier leaves it."""
    verbs = [f"dossier.{verb}" for verb in (rules.ASKED_AT_DOOR, "receive")]
    lines = JournalLine.objects.filter(chain=delivery.subject, seq__lt=delivery.seq, verb__in=verbs)
    earlier = list(lines.order_by("seq").values_list("verb", "at", "facts"))
    if any(verb == "dossier.receive" for verb, _at, _facts in earlier):
        return []
    return [
        (_happening(event, measure, at, event.competent_agency), 1)
        for _verb, at, facts in earlier
        for measure in rules.measures_of(rules.ASKED_AT_DOOR, facts)
    ]


def _handed_on(event: DossierMoved, delivery: Delivered) -> list[tuple[Happening, int]]:
    """What was counted for the former agency goes over to the one that is competent now, as the rows did.

    What happened before stands in the dossier's chain of the journal. What lies before a reorganisation stays with
    whoever answered for it then.
    """
    before = [f"dossier.{verb}" for verb in (*rules.COUNTED, *rules.MAY_RESTART, rules.HANDED_ON)]
    before += rules.PASSED_ON
    lines = JournalLine.objects.filter(
        chain=delivery.subject, seq__lte=delivery.seq, verb__in=before
    ).order_by("seq")
    *earlier, last = lines.values_list("verb", "at", "facts")
    found = []
    for verb, at, facts in earlier:
        if verb in rules.PASSED_ON and facts.get("counts"):
            found = []
        for measure in rules.measures_of(verb.removeprefix("dossier."), facts):
            found.append((_happening(event, measure, at, last[2]["from"]), -1))
            found.append((_happening(event, measure, at, event.competent_agency), 1))
    return found


def _happening(
    event: DossierMoved, measure: str, at: datetime, agency: int | None, resolution: Resolution | None = None
) -> Happening:
    return Happening(measure, at, agency, event.received_by, int(event.procedure), event.channel, resolution)


def place_and_worth(happening: Happening) -> tuple[Place, rules.Worth] | None:
    """Where a happening is counted and what it adds; None when no agency answers for it."""
    agency = happening.agency or happening.desk
    if agency is None:
        return None
    place = Place(local_date(happening.at), agency, happening.desk or agency, happening.procedure)
    moments = happening.resolution
    worth = rules.worth(
        happening.measure,
        online=happening.channel in dossier_rules.ONLINE_CHANNELS,
        received_at=moments.received_at if moments else None,
        resolved_at=moments.resolved_at if moments else None,
        due_at=moments.due_at if moments else None,
        first_due_at=moments.first_due_at if moments else None,
    )
    return place, worth


def waiting() -> Iterator[tuple[Happening, int]]:
    """What was announced and is not counted yet: deliveries that wait for our handler."""
    known = events.handler(HANDLER)
    rows = Delivery.objects.filter(handler=HANDLER, state=Delivery.State.WAITING).order_by("pk")
    for row in rows.iterator(chunk_size=2000) if known else ():
        yield from changes_of(*events.revive(known, row))


def stored() -> Tally:
    """The figures as they stand in the tables."""
    found = Tally()
    for row in DailyFigure.objects.order_by("pk").iterator(chunk_size=5000):
        place = Place(row.day, row.agency_id, row.desk_id, row.procedure_id)
        for name in rules.COLUMNS:
            if getattr(row, name):
                found.columns[place, name] += getattr(row, name)
    for row in DurationFigure.objects.order_by("pk").iterator(chunk_size=5000):
        place = Place(row.day, row.agency_id, row.desk_id, row.procedure_id)
        found.durations[place, row.tenths] += row.resolved
    return found


def due_figures() -> Tally:
    """The figures that should stand in the tables now: all that happened, without what still waits to be counted."""
    found = Tally()
    everything = ((happening, 1) for happening in dossiers.happenings())
    not_yet = ((happening, -times) for happening, times in waiting())
    for happening, times in chain(everything, not_yet):
        counted = place_and_worth(happening)
        if counted:
            found.add(*counted, times)
    return found
