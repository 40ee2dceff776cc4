"""Reads for period reports: the course of every dossier that an agency had in its hands within a period.

Part of the door `queries`. The work is in what came, ended or was open since the period began, by one index each; the
archive before it is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from motcua.dossiers import rules
from motcua.dossiers.deadlines import derive, kernel_events
from motcua.dossiers.models import ClockEvent, Dossier
from motcua.dossiers.supervision import ENDED, OPEN
from motcua.foundation.models import JournalLine

# Verbs after which another agency answers for it: an officer's, and a reorganisation's with its way back. A line of
# these that says `counts: false` moved only the desk.
HANDED_ON = ("dossier.forward", "dossier.passed_on", "dossier.passed_back")
BATCH = 500
Item = TypeVar("Item")


@dataclass(frozen=True)
class Course:
    """The course of one received dossier. `end` is resolved, withdrawn, stopped or "" while it is open."""

    id: int
    public_id: str
    procedure: int
    agency: int
    channel: str
    received_at: datetime
    ended_at: datetime | None
    end: str
    due_at: datetime | None

    @property
    def online(self) -> bool:
        return self.channel in rules.ONLINE_CHANNELS


_COLUMNS = (
    "pk", "public_id", "procedure_id", "competent_agency_id", "channel", "received_at", "resolved_at", "closed_at",
    "business_state", "due_at",
)  # fmt: skip


def courses(agencies: Collection[int], since: datetime, until: datetime) -> list[Course]:
    """The dossiers that these agencies received, ended or still had open from `since` up to `until` (excluded).

    Each is told as it stood at `until`: its due date, whatever its clock did later, and the agency that had it; one
    that came to these agencies only afterwards is among them with the former agency's id.
    """
    base = Dossier.objects.filter(competent_agency__in=sorted(agencies))
    earlier = base.filter(received_at__lt=since)
    found = [
        *_read(base.filter(received_at__gte=since, received_at__lt=until)),
        *_read(earlier.filter(resolved_at__gte=since)),
        *_read(earlier.filter(ENDED, closed_at__gte=since)),
        *_read(earlier.filter(OPEN)),
    ]
    return _as_of(found, until)


def courses_of(ids: Iterable[int], until: datetime) -> list[Course]:
    """The courses of dossiers by primary key, wherever they are now, as `courses` tells them."""
    found: list[Course] = []
    for some in _batches(sorted(ids)):
        found += _read(Dossier.objects.filter(pk__in=some, received_at__isnull=False))
    return _as_of(found, until)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _read(rows: QuerySet[Dossier]) -> Iterator[Course]:
    for pk, public_id, procedure, agency, channel, received, resolved, closed, state, due in (
        rows.order_by("pk").values_list(*_COLUMNS).iterator(chunk_size=5000)
    ):
        end = "resolved" if resolved else str(state) if closed else ""
        yield Course(pk, public_id, procedure, agency, channel, received, resolved or closed, end, due)


def _as_of(found: list[Course], until: datetime) -> list[Course]:
    """The same as they stood at `until`: the due date of that moment, the agency that had it then."""
    was_open = [c.id for c in found if c.ended_at is None or c.ended_at >= until]
    then: dict[int, datetime | None] = {}
    for some in _batches(was_open):
        moved = ClockEvent.objects.filter(dossier__in=some, at__gte=until).exclude(kind="stop")
        then |= _due_then(moved.values_list("dossier", flat=True).distinct(), until)
    place = _agency_then([c.public_id for c in found], until)
    found = [replace(c, due_at=then[c.id]) if c.id in then else c for c in found]
    return [replace(c, agency=place[c.public_id]) if c.public_id in place else c for c in found]


def _agency_then(public_ids: list[str], until: datetime) -> dict[str, int]:
    """Where those were at `until` that went on to another agency afterwards."""
    found: dict[str, int] = {}
    for some in _batches([f"dossier:{public_id}" for public_id in public_ids]):
        lines = JournalLine.objects.filter(chain__in=some, verb__in=HANDED_ON, at__gte=until).order_by("-seq")
        for chain, facts in lines.values_list("chain", "facts"):
            found[chain.partition(":")[2]] = facts["from"]  # the earliest of them comes last
    return found


def _due_then(moved: Iterable[int], until: datetime) -> dict[int, datetime | None]:
    ids = list(moved)
    if not ids:
        return {}
    events: dict[int, list[ClockEvent]] = {}
    for row in ClockEvent.objects.filter(dossier__in=ids, at__lt=until).order_by("pk"):
        events.setdefault(row.dossier_id, []).append(row)
    rows = Dossier.objects.filter(pk__in=ids).defer("answers", "answers_sealed")
    return {row.pk: derive(row, kernel_events(events.get(row.pk, []))).due_at for row in rows}


def handed_on_at(public_ids: Iterable[str], until: datetime) -> dict[str, datetime]:
    """When each of these dossiers last went on to another agency before `until`; those that never did are left out."""
    chains = [f"dossier:{public_id}" for public_id in public_ids]
    found: dict[str, datetime] = {}
    for some in _batches(chains):
        lines = JournalLine.objects.filter(chain__in=some, verb__in=HANDED_ON, at__lt=until).order_by("seq")
        told = lines.values_list("chain", "at", "facts")
        found |= {chain.partition(":")[2]: at for chain, at, facts in told if facts.get("counts", True)}
    return found


def listed(visible: QuerySet[Dossier], ids: Collection[int]) -> dict[int, Dossier]:
    """Those of some dossiers (a page of them) that a reader may see, by primary key, as lists show them."""
    rows = visible.filter(pk__in=list(ids)).select_related("procedure", "competent_agency", "applicant")
    return rows.defer("answers", "answers_sealed").in_bulk()
