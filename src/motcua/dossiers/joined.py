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

# The act, and the dossier under lock that is about to be erased: erases what the room holds of it and returns the files
# (primary keys) that it let go.
Eraser = Callable[[Act, Dossier], list[int]]
Hold = Callable[[list[int]], set[int]]  # primary keys of dossiers: those that must not be erased now

_erasers: list[Eraser] = []
_holds: dict[str, Hold] = {}
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


def register_eraser(eraser: Eraser) -> None:
    """Call `eraser` within every act that erases a dossier: whole, or not at all."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def register_hold(why: str, hold: Hold) -> None:
    """Ask `hold` before dossiers are erased; `why` is a word of ours for the reason (`complaint`, `legal_hold`)."""
    _holds[why] = hold


def erase_joined(act: Act, dossier: Dossier) -> list[int]:
    """Let every room above erase what it holds of a dossier; the files that they let go."""
    return [file for eraser in _erasers for file in eraser(act, dossier)]


def held(ids: list[int]) -> dict[int, str]:
    """Those of these dossiers (primary keys) that must not be erased now, with the reason."""
    return {pk: why for why in sorted(_holds) for pk in _holds[why](ids)} if ids else {}


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
