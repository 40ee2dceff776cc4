"""What happened to a dossier so far, for its page. Part of `queries`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Letter, StepRun
from motcua.dossiers.passed_on import passings_of


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened, for the page: `what` is a key the pages translate."""

    at: datetime
    what: str
    detail: str = ""


def timeline(dossier: Dossier, letters: Sequence[Letter], steps: Sequence[StepRun]) -> list[TimelineEntry]:
    """What happened so far, oldest first, from rows the page has read already.

    What one act did at one moment stands in the order in which it follows: the step done, then the result it made.
    """
    found = [TimelineEntry(dossier.started_at, "started")]
    for moment, what in (
        (dossier.submitted_at, "submitted"),
        (dossier.received_at, "received"),
        (dossier.resolved_at, f"resolved_{dossier.outcome or 'granted'}"),
        (dossier.returned_at, "returned"),
    ):
        if moment:
            found.append(TimelineEntry(moment, what))
    if dossier.closed_at and dossier.business_state != rules.State.RETURNED:
        found.append(TimelineEntry(dossier.closed_at, str(dossier.business_state)))
    for letter in letters:
        if letter.kind not in ("receipt", "refusal", "stop-notice"):
            found.append(TimelineEntry(letter.at, letter.kind, letter.number))
        if letter.answered_at:
            found.append(TimelineEntry(letter.answered_at, "answered"))
    found.extend(TimelineEntry(step.done_at, "step_done", step.key) for step in steps if step.done_at)
    found.extend(
        TimelineEntry(told.at, "passed_back" if told.back else "passed_on", told.to)
        for told in passings_of(dossier)
    )
    return sorted(found, key=lambda entry: (entry.at, _place(entry.what)))


# The order of things that bear the same moment; letters and answers stand between reception and result.
_FIRST = ("started", "submitted", "received")
_LAST = ("step_done", "resolved_granted", "resolved_denied", "denial", "returned", *map(str, rules.CLOSED))


def _place(what: str) -> int:
    if what in _FIRST:
        return _FIRST.index(what) - len(_FIRST)
    return 1 + _LAST.index(what) if what in _LAST else 0
