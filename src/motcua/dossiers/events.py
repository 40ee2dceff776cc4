"""What this room announces. Ids, codes and states only."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class DossierMoved(Event):
    """A dossier made a move of `rules.MOVES`; `before` and `after` are business states, agencies are ids."""

    dossier: str
    verb: str
    before: str
    after: str
    procedure: str
    received_by: int | None
    competent_agency: int | None
    channel: str


@dataclass(frozen=True)
class DueDateMoved(Event):
    """The due date moved without a move of the dossier: a corrected calendar, a change to another version.

    `cause` is calendar | version; `before` and `after` are ISO days, "" for none.
    """

    dossier: str
    cause: str
    before: str
    after: str


@dataclass(frozen=True)
class DossierErased(Event):
    """Its retention had run out, and it was erased: nothing that names somebody is left of it."""

    dossier: str


@dataclass(frozen=True)
class DossierPassedOn(Event):
    """A reorganisation of government gave it to a successor (or, `back`, was undone); agencies are ids, `cause` is the
    reorganisation. No move: its state and due date are what they were."""

    dossier: str
    cause: str
    back: bool
    from_agency: int | None
    to_agency: int | None
    from_desk: int | None
    to_desk: int | None
