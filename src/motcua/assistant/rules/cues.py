"""Phrases that tell what somebody wants: "hồ sơ … (đến|tới) đâu". The dots stand for up to five words, brackets for
one of several.

Typed with marks, the marks must agree (nobody who cannot "ngủ" is rude); typed without, the folded words are enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from motcua.assistant.rules.normal import Asked, terms, toned_terms
from motcua.kernel.text import has_marks

GAP = "…"
GAP_WORDS = 5
_BRACKETS = re.compile(r"[()]")

T = TypeVar("T")


@dataclass(frozen=True)
class Heard(Generic[T]):
    """A cue that the question holds: what it stands for, the phrase, and which words it covers."""

    means: T
    phrase: str
    begin: int
    end: int
    words: int  # of the phrase, without the gaps


@dataclass(frozen=True)
class _Cue(Generic[T]):
    means: T
    phrase: str
    folded: tuple[str, ...]
    toned: tuple[str, ...]
    order: int


class Cues(Generic[T]):
    """All cues of a kind, to be looked for at once."""

    def __init__(self, cues: Iterable[tuple[T, str]]) -> None:
        self._by_first: dict[str, list[_Cue[T]]] = defaultdict(list)
        spelt_out = ((means, phrase) for means, written in cues for phrase in spelled(written))
        for order, (means, phrase) in enumerate(spelt_out):
            parts = [(terms(part), toned_terms(part)) for part in phrase.split(GAP)]
            folded: list[str] = []
            toned: list[str] = []
            for number, (bare, full) in enumerate(parts):
                if number and folded:
                    folded.append(GAP)
                    toned.append(GAP)
                folded += bare
                toned += full
            if not folded:
                continue
            marked = tuple(toned) if has_marks(phrase) else ()
            self._by_first[folded[0]].append(_Cue(means, phrase, tuple(folded), marked, order))

    def heard(self, asked: Asked) -> list[Heard[T]]:
        """What the question holds, the longest phrase first; of two alike the one written first."""
        found = sorted(self._all(asked), key=lambda pair: (-pair[0].words, pair[1]))
        return [heard for heard, _order in found]

    def _all(self, asked: Asked) -> Iterator[tuple[Heard[T], int]]:
        for begin, word in enumerate(asked.folded):
            for cue in self._by_first.get(word, ()):
                end = _match(cue.folded, cue.toned, asked, begin, 0)
                if end:
                    words = sum(part != GAP for part in cue.folded)
                    yield Heard(cue.means, cue.phrase, begin, end, words), cue.order


def spelled(phrase: str) -> list[str]:
    """Every phrase that one with brackets stands for: "(tra|xem) giúp" is "tra giúp" and "xem giúp"."""
    choices = [part.split("|") for part in _BRACKETS.split(phrase)]
    return [" ".join(" ".join(each).split()) for each in product(*choices)]


def _match(folded: tuple[str, ...], toned: tuple[str, ...], asked: Asked, at: int, part: int) -> int:
    """Where the phrase from `part` on ends in the question (one behind its last word), 0 where it does not fit."""
    while part < len(folded):
        if folded[part] == GAP:
            if part + 1 == len(folded):
                return at
            for skip in range(GAP_WORDS + 1):
                if at + skip < len(asked.folded) and (
                    end := _match(folded, toned, asked, at + skip, part + 1)
                ):
                    return end
            return 0
        if at >= len(asked.folded) or asked.folded[at] != folded[part]:
            return 0
        if asked.toned and toned and not _agrees(asked.toned[at], toned[part], folded[part]):
            return 0
        at, part = at + 1, part + 1
    return at


def _agrees(said: str, meant: str, bare: str) -> bool:
    """Whether a word was typed as the phrase has it, or without any mark at all."""
    return said in (meant, bare)
