"""Decisions about scans: what makes a good one, which papers prove identity, what may be proposed. No Django, no table.

The quality asked for (colour, real size, PDF/A, at least 200 dpi) is that of the circular on electronic document
systems; it was read in a specification that quotes it, not in its source.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """The life of a scan."""

    PAGES = "pages"  # its pages are being put in order
    MAKING = "making"
    MADE = "made"  # waits for a person to look at it
    FAILED = "failed"
    TAKEN = "taken"  # lies in the dossier
    DROPPED = "dropped"


class Text(StrEnum):
    """Whether the words were read."""

    NONE = "none"
    READ = "read"
    PART = "part"  # some pages could not be read in time
    ABSENT = "absent"  # no program for it on this machine


class Said(StrEnum):
    """What a person did with a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    NOTED = (
        "noted"  # the declaration says otherwise, or cannot be changed now: a note stands beside the dossier
    )
    DISMISSED = "dismissed"


OPEN_STATES = (State.PAGES, State.MAKING, State.MADE, State.FAILED)
CHANGEABLE = (State.PAGES, State.MADE, State.FAILED)  # pages may be put in another order and made anew

DPI_LEAST = 200
DPI_KEPT = 300  # finer than this nothing is kept of a page: the file grows, the eye sees no more
PAGES_MAX = 50
UPLOADS_MAX = 20
SCANS_MAX = 60  # of one dossier
TURNS = (0, 90, 180, 270)
KINDS = ("pdf", "jpeg", "png", "webp")
FORMS = ("original", "certified_copy", "copy", "present_only")
# How the paper came in → what its copy is called (NĐ 30/2020, art. 25). A plain copy certifies nothing.
COPY_FORMS = {"original": "SAO Y", "present_only": "SAO Y", "certified_copy": "SAO LỤC"}
LEFT_AFTER = timedelta(
    days=30
)  # what nobody went on with for so long is dropped: pictures of papers lie about nowhere
SURE = 80  # percent from which a proposal is called sure

# Field types of which a single value can be read on a page. Addresses need a commune chosen by a person.
PROPOSED = ("text", "name", "personal_number", "date", "number", "money", "area", "phone", "email", "tax_code",
            "choice")  # fmt: skip


def turned_more(turned: int, by: int) -> int:
    """The turn of a page after another one, in quarter circles."""
    return (turned + by) % 360


def is_left(begun_at: datetime, moment: datetime) -> bool:
    """Whether a scan that never got into its dossier has been left lying."""
    return moment - begun_at > LEFT_AFTER
