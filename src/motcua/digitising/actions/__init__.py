"""Every change of scans: permission, transaction, journal line. What was read enters the journal only salted."""

from motcua.digitising.actions.certifying import certify
from motcua.digitising.actions.deciding import accept, dismiss, note_difference
from motcua.digitising.actions.making import fail, finish, keep_page, make
from motcua.digitising.actions.pages import add_pages, arrange, begin, drop, drop_left
from motcua.digitising.actions.taking import take

__all__ = [
    "accept", "add_pages", "arrange", "begin", "certify", "dismiss", "drop", "drop_left", "fail", "finish", "keep_page",
    "make", "note_difference", "take",
]  # fmt: skip
