"""What this room announces. Ids, codes and states only."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class TaskMoved(Event):
    """A joint task was opened, answered, declined, taken back or ended; `after` is its state now."""

    task: str
    dossier: str
    kind: str
    verb: str
    after: str
    agency: int


@dataclass(frozen=True)
class TaskLate(Event):
    """The limit of an open task has passed; announced once for each time it was asked."""

    task: str
    dossier: str
    kind: str
    agency: int
