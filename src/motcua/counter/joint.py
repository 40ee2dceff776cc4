"""What other agencies do for a dossier, as its page at the desk tells it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.cooperation import queries as cooperation
from motcua.foundation.actors import Actor
from motcua.kernel.clock import TimeLeft


@dataclass(frozen=True)
class Line:
    """One task: what it tells everybody, its own clock, and the way to it for those who may open it."""

    told: cooperation.Told
    left: TimeLeft
    role: Any
    state: Any
    tone: str
    number: str
    href: str


def lines_of(dossier: Any, actor: Actor, at: datetime, language: str) -> list[Line]:
    """The tasks of a dossier in their order; one query."""
    return [_line(row, dossier, actor, at, language) for row in cooperation.tasks_of(dossier)]


def _line(row: Any, dossier: Any, actor: Actor, at: datetime, language: str) -> Line:
    row.dossier = dossier
    told = cooperation.told_of(row, dossier, at, language)
    return Line(
        told=told,
        left=cooperation.time_left(row, at),
        role=cooperation.ROLES[row.role],
        state=cooperation.STATES[told.state],
        tone="wrong" if told.late and told.state == "open" else cooperation.TONES[told.state],
        number=row.number,
        href=reverse("counter:joint_task", args=[row.public_id]) if cooperation.sees(actor, row) else "",
    )


def held_up(lines: Iterable[Line]) -> bool:
    """Whether the result waits for one of them."""
    return any(line.told.holds and line.told.state in ("open", "waiting") for line in lines)


def moments(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    """When each was asked and when it answered, for the timeline of the desk."""
    for line in lines:
        task = line.told
        if task.opened_at:
            what = _("Đã giao: {name}").format(name=task.name)
            yield {"what": what, "at": task.opened_at, "who": task.agency}
        if task.closed_at:
            late = _("Trả lời quá hạn.") if task.late else ""
            what = f"{line.state}: {task.name}"
            yield {"what": what, "at": task.closed_at, "who": task.agency, "note": late}


def may_consult(actor: Actor, dossier: Any) -> bool:
    """Whether this officer may ask another agency now."""
    return cooperation.may_consult(actor, dossier)
