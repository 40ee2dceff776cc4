"""The signs of a paper form brought to two: BLANK for anything to write on, BOX for anything to tick. No Django."""

from __future__ import annotations

import re

from motcua.kernel.text import clean_text

BLANK = "…"
BOX = "☐"
DAY = "⋯"  # a blank for a whole date: ".../.../...", "ngày ... tháng ... năm ..."

_BOXES = re.compile("[☐☑☒□■▢▣◻◼⬜⬛❏❐❑❒⎕\uf0a8\uf06f\uf071\uf072\uf0fe\uf053\uf02a]|\\[\\s{0,3}\\]")
# Dots, lines and their mixtures; a single "…" is a blank too, three full stops may be spaced.
# "3. ....." is a number and its blank: the leader does not begin with the number's own full stop.
_LEADER = re.compile(r"(?:(?<![0-9a-zđ])|(?![.]\s))(?:[.…_‥·⋅]\s?){4,}|\.{3}|…|_{3,}|-{6,}|—{3,}")
_BLANKS = re.compile(rf"{BLANK}(?:[\s.,]*{BLANK})+")
_SLASHED = re.compile(rf"{BLANK}\s*/\s*{BLANK}\s*/\s*(?:{BLANK}|20{BLANK}?|19{BLANK}?)")
_SPELT = re.compile(rf"{BLANK}?\s*/?\s*tháng\s*{BLANK}?\s*/?\s*năm\s*(?:20)?\s*{BLANK}", re.IGNORECASE)


def normal(text: str) -> str:
    """One line of a form: NFC, single spaces, each blank one BLANK (DAY for a whole date), each box one BOX.

    "Sinh ngày ..../..../.... tại: ______" gives "Sinh ngày ⋯ tại: …".
    """
    text = _BOXES.sub(BOX, text)  # before the private characters of symbol fonts are cleaned away
    text = clean_text(text.replace("\t", " ").replace("\u00a0", " "))
    text = _BLANKS.sub(BLANK, _LEADER.sub(f" {BLANK} ", text))
    text = _SLASHED.sub(f" {DAY} ", text)
    text = _spelt(text)
    text = _BLANKS.sub(BLANK, text)
    return " ".join(text.split())


def _spelt(text: str) -> str:
    """ "ngày … tháng … năm …" is one blank; "Ngày, tháng, năm sinh: …" has no blank between its words."""

    def day(found: re.Match[str]) -> str:
        return f" {DAY} " if BLANK in found.group()[:2] or found.group().count(BLANK) >= 2 else found.group()

    return _SPELT.sub(day, text)
