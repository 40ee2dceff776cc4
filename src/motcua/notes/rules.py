"""Decisions about notes and labels: who may write, change, withdraw, make, put on, take off. No Django, no table.

That notes are personal data like the rest of the file, and that their subject may ask for them, follows from Law
91/2025/QH15 on personal data (art. 4: to know, to be given); it was read in a digest only. No law orders the notes
themselves: they are a means of the desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from motcua.kernel.text import one_line


class Kind(StrEnum):
    """What a version of a note is: its first words, later words, or its end. Versions are only ever added."""

    WRITTEN = "written"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"


# Colours of the look's palette. Those of deadlines (on time, soon, late) are not among them: they mean one thing only.
COLOURS = ("indigo", "gold", "ink", "mist")

NOTE_MAX = 2000
NOTES_MAX = 200  # on one dossier; more is a conversation for another place
REASON_MIN, REASON_MAX = 10, 500
NAME_MAX = 40
LABELS_MAX = 40  # of one agency: a list that fits into a menu
ON_ONE_MAX = 20


def label_key(name: str) -> str:
    """By what two names of labels are the same: spaces and capitals do not count, marks do (“Gấp”, “Gập”)."""
    return one_line(name).casefold()


def may_edit(author: int, account: int | None) -> bool:
    """Only who wrote a note writes it anew: nobody's words are changed by somebody else."""
    return account is not None and author == account


def may_withdraw(author: int, account: int | None, agency: int, holders: Iterable[str]) -> bool:
    """Who wrote it, or whoever leads the agency she wrote it for."""
    return may_edit(author, account) or f"office:{agency}:lead" in holders


def may_make(agency: int, above: Iterable[int], holders: Iterable[str]) -> bool:
    """Labels of an agency are made by whoever leads or administers it or an agency above it."""
    held = set(holders)
    return any(f"office:{office}:{word}" in held for office in (agency, *above) for word in ("lead", "admin"))


def may_put_on(label_agency: int, reach: Iterable[int], *, retired: bool) -> bool:
    """A label in use is put on by officers of its agency and of those below it: `reach` are the offices by which she
    sees the dossier, and what stands above these."""
    return not retired and label_agency in set(reach)


def may_take_off(label_agency: int, reach: Iterable[int], working: Iterable[int]) -> bool:
    """Taken off by those who could put it on. What a former agency of the dossier left on it (nobody there works on it
    any more) is taken off by whoever has it now; nobody puts it on again."""
    return label_agency in set(reach) or label_agency not in set(working)
