"""Phrases that tell what somebody wants: "hồ sơ … (đến|tới) đâu". The dots stand for up to five words, brackets for
one of several.

Typed with marks, the marks must agree, and a word without one is a word too ("gia hạn" is nothing forged, "giả");
typed without any, the folded words are enough.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Generic, TypeVar

from motcua.assistant.rules.normal import ANY_TONE, Asked, terms, toned_terms
from motcua.kernel.text import has_marks

GAP = "…"
GAP_WORDS = 5
OFTEN = 3  # times that two words must be written together to say how they are read
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
    toned: tuple[str, ...] = ()  # the phrase with its tones and gaps, () when it was written without any


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
                    yield Heard(cue.means, cue.phrase, begin, end, words, cue.toned), cue.order


class Readings:
    """How two neighbouring words are written with their tones: without them "của chi nhánh" ends in "chị", and
    "tháng" is a fellow ("thằng"). Learnt from texts with marks; what they never say speaks neither way."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        for text in texts:
            if has_marks(text):
                bare, full = _numberless(terms(text)), _numberless(toned_terms(text))
                for pair, toned in zip(pairwise(bare), pairwise(full), strict=True):
                    self._pairs[pair][toned] += 1

    def allow(self, folded: tuple[str, ...], heard: Heard[T]) -> bool:
        """Whether words typed without tones can be the cue's beside their neighbours outside of it."""
        if not heard.toned:
            return True
        first, last = heard.toned[0], heard.toned[-1]
        before, behind = (
            folded[max(0, heard.begin - 1) : heard.begin + 1],
            folded[heard.end - 1 : heard.end + 1],
        )
        return not (
            (heard.begin > 0 and self._is_never(before, 1, first))
            or (last != GAP and heard.end < len(folded) and self._is_never(behind, 0, last))
        )

    def _is_never(self, pair: tuple[str, ...], place: int, toned: str) -> bool:
        """Whether a pair is written often, and never with this word at its place."""
        left, right = _numberless(pair)
        said = self._pairs.get((left, right), Counter[tuple[str, str]]())
        return said.total() >= OFTEN and all(each[place] != toned for each in said)

    def explain(self, folded: tuple[str, ...], heard: Heard[T]) -> bool:
        """Whether the cue's own words are written with other tones too, so that without tones they may be those."""
        if not heard.toned:
            return False
        if heard.end - heard.begin != len(heard.toned):
            return True  # words in between
        pairs = zip(pairwise(folded[heard.begin : heard.end]), pairwise(heard.toned), strict=True)
        return all(any(each != toned for each in self._pairs.get(pair, ())) for pair, toned in pairs)


def _numberless(words: Iterable[str]) -> list[str]:
    """All numbers as one: what follows "6" is read as what follows "12"."""
    return ["0" if word.isdigit() else word for word in words]


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
        if asked.toned and toned and not _agrees(asked.toned[at], toned[part]):
            return 0
        at, part = at + 1, part + 1
    return at


def _agrees(said: str, meant: str) -> bool:
    """Whether a word was typed as the phrase has it; of a mended slip nobody knows the tone, so it may have any."""
    return said in (meant, ANY_TONE)
