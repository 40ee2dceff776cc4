"""Petitions about procedures (phản ánh, kiến nghị về quy định hành chính): NĐ 20/2008/NĐ-CP as amended, NĐ 63/2010
art. 22.

A complaint or a denunciation is none and goes its own way (Law on Complaints, Law on Denunciations): it is told
apart at the
first look. What is published is masked: here is what a machine can mask; a person reads it before she agrees.
"""

from __future__ import annotations

import re
from enum import StrEnum

from motcua.kernel.text import fold

HANDLERS = ("clerk", "head", "leader")  # of the agency it went to; who leads above it too
TEXT_MIN, TEXT_MAX = 20, 4000
NAME_MAX, PHONE_MAX = 120, 20
ANSWER_MIN, ANSWER_MAX = 20, 4000
SMALL = 5  # groups below this many are not told as rates


class State(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ANSWERED = "answered"


OPEN = (State.SENT, State.ACCEPTED)
# Why it is not accepted (NĐ 20/2008 arts. 5, 8): the sender is told, and what to do instead.
DECLINES = ("complaint", "unclear", "not_ours", "abuse")

_HIDDEN = "[…]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_LINK = re.compile(r"https?://\S+|www\.\S+")
# numbers of persons, phones, dossiers: six digits or more, however they are grouped
_NUMBER = re.compile(r"(?<![\w])(?:[A-Z]{1,2}[\w.]*-)?\+?\d(?:[\s.\-]?\d){5,}(?![\w])")
_PHONE = re.compile(r"0\d{3,4}[\s.\-]?\d{3}[\s.\-]?\d{2,4}")


def masked(text: str, names: tuple[str, ...] = ()) -> str:
    """A text without addresses, long numbers and the given names (as written, or folded without tones)."""
    found = _EMAIL.sub(_HIDDEN, _LINK.sub(_HIDDEN, text))
    found = _NUMBER.sub(_HIDDEN, _PHONE.sub(_HIDDEN, found))
    for name in names:
        found = _without(found, name)
    return found


def _without(text: str, name: str) -> str:
    """`text` without the name, whatever tones and capitals it is written with."""
    words = fold(name).split()
    if not words:
        return text
    pieces = re.split(r"(\s+)", text)
    plain = [fold(piece.strip(".,;:!?()\"'“”")) for piece in pieces[::2]]
    place = 0
    while place + len(words) <= len(plain):
        if plain[place : place + len(words)] == words:
            last = pieces[2 * (place + len(words) - 1)]
            tail = last[len(last.rstrip(".,;:!?()\"'“”")) :]
            pieces[2 * place : 2 * (place + len(words)) - 1] = [_HIDDEN + tail]
            plain[place : place + len(words)] = [""]
        place += 1
    return "".join(pieces)


def is_phone(text: str) -> bool:
    """Whether a text can be a telephone number of Viet Nam: 9 to 11 digits after the usual signs are left out."""
    digits = re.sub(r"[\s.\-()]", "", text)
    return bool(re.fullmatch(r"(?:\+84|0)\d{8,10}", digits))
