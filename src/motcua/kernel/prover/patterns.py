"""Texts that a pattern accepts, made by walking the pattern; nothing here is guessed at by trying letters."""

from __future__ import annotations

import re
import sys
from re import _constants as names  # the parsed form of a pattern has no public door in the library
from re import _parser as parser
from typing import Any


class _TooHard(ValueError):
    """A part of a pattern for which no text is made here, such as a look ahead."""


_FEW = 3  # how many repetitions are tried beyond the least


def samples(pattern: str, least: int = 0, most: int | None = None) -> list[str]:
    """A few texts that the pattern accepts in full, of a length between `least` and `most`; [] when none was found.

    [] is no proof that there are none: see `width`.
    """
    try:
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return []
    compiled = re.compile(pattern)
    found: list[str] = []
    for extra in (0, 1, _FEW, least, *((most,) if most is not None and most < 200 else ())):
        for turn in (0, 1, 2):
            try:
                text = "".join(_sequence(tree, extra, turn))
            except _TooHard:
                return found
            fits = least <= len(text) and (most is None or len(text) <= most)
            if fits and compiled.fullmatch(text) and text not in found:
                found.append(text)
    return found


def width(pattern: str) -> tuple[int, int] | None:
    """The shortest and longest text the pattern can accept; None when it cannot be read."""
    try:
        least, most = parser.parse(pattern).getwidth()
    except (re.error, RecursionError, OverflowError):
        return None
    return int(least), int(min(most, sys.maxsize))


def _sequence(tree: Any, extra: int, turn: int) -> list[str]:
    return [_one(kind, value, extra, turn) for kind, value in tree]


def _one(kind: Any, value: Any, extra: int, turn: int) -> str:
    if kind is names.LITERAL:
        return chr(value)
    if kind is names.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if kind is names.ANY:
        return "a"
    if kind is names.IN:
        return _among(value, turn)
    if kind in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
        least, most, inside = value
        times = min(least + extra, int(most)) if most is not names.MAXREPEAT else least + extra
        return "".join("".join(_sequence(inside, extra, turn)) for _ in range(min(times, 5000)))
    if kind is names.SUBPATTERN:
        return "".join(_sequence(value[-1], extra, turn))
    if kind is names.BRANCH:
        branches = value[1]
        return "".join(_sequence(branches[turn % len(branches)], extra, turn))
    if kind is names.AT:
        return ""
    raise _TooHard(str(kind))


def _among(parts: Any, turn: int) -> str:
    """One character of a class such as [0-9A-Za-z.]; of a negated one a letter or digit outside it."""
    if parts and parts[0][0] is names.NEGATE:
        held = _listed(parts[1:])
        return next((each for each in "aB1 .-" if each not in held), "é")
    listed = _listed(parts)
    if not listed:
        raise _TooHard("an empty class")
    return listed[turn % len(listed)]


_CLASSES = {
    names.CATEGORY_DIGIT: "012",
    names.CATEGORY_WORD: "ab1",
    names.CATEGORY_SPACE: " ",
    names.CATEGORY_NOT_DIGIT: "ab",
    names.CATEGORY_NOT_WORD: ".-",
    names.CATEGORY_NOT_SPACE: "ab1",
}


def _listed(parts: Any) -> str:
    found = ""
    for kind, value in parts:
        if kind is names.LITERAL:
            found += chr(value)
        elif kind is names.RANGE:
            found += "".join(chr(code) for code in range(value[0], min(value[1], value[0] + 300) + 1))
        elif kind is names.CATEGORY:
            found += _CLASSES.get(value, "")
    return found
