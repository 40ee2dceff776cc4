"""What rooms above join to a dossier: they follow its moves, say what its result waits for, and what else happened.

A follower runs within the act and its transaction, after the move is written: what it keeps can never be behind the
dossier. Rooms register at start-up; this room does not ask who they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.dossiers.errors import DossierNotFound, OthersNotDone
from motcua.dossiers.models import Dossier
from motcua.foundation.acts import Act

Follower = Callable[
    [Act, Dossier, str], None
]  # the act, the dossier under lock as the move left it, the verb
Wait = Callable[[Dossier, str], list[str]]  # the dossier and a language: for what its result waits, in words
Story = Callable[[Dossier, str], list[Any]]  # the dossier and a language: entries of its timeline

_followers: list[Follower] = []
_waits: list[Wait] = []
_stories: list[Story] = []


def register_follower(follower: Follower) -> None:
    """Call `follower` within every act that moves a dossier."""
    if follower not in _followers:
        _followers.append(follower)


def register_wait(wait: Wait) -> None:
    """Ask `wait` before the result of a dossier is put before the signer or taken over."""
    if wait not in _waits:
        _waits.append(wait)


def register_story(story: Story) -> None:
    """Add what `story` tells to the timeline of a dossier."""
    if story not in _stories:
        _stories.append(story)


def under_lock(dossier_id: int) -> Dossier:
    """The dossier with this key, locked for an act of a room above; whoever calls asks the policy herself.

    Raises DossierNotFound.
    """
    row = Dossier.objects.select_for_update().filter(pk=dossier_id).first()
    if row is None:
        raise DossierNotFound()
    return row


def whole(public_id: str) -> Dossier | None:
    """A dossier for the platform's own work, with its procedure; None for no such. For a person: `get_visible`."""
    return Dossier.objects.select_related("procedure").filter(public_id=public_id).first()


def moved(act: Act, dossier: Dossier, verb: str) -> None:
    """Tell the followers of a move that was just written."""
    for follower in _followers:
        follower(act, dossier, verb)


def demand_nothing_waits(act: Act, dossier: Dossier) -> None:
    """Raises OthersNotDone, with their names, while the result waits for others."""
    names = [name for wait in _waits for name in wait(dossier, act.actor.language)]
    if names:
        raise OthersNotDone(names="; ".join(names))


def stories(dossier: Dossier, language: str) -> list[Any]:
    """The entries that other rooms add to the timeline of a dossier, in no order."""
    return [entry for story in _stories for entry in story(dossier, language)]
