"""What this room announces. Ids, codes and states only."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class ResultRuled(Event):
    """A result was withdrawn, replaced or reinstated; `number` is that of the ruling in the published list."""

    dossier: str
    kind: str
    number: int
