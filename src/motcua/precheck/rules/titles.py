"""Titles of papers in the rows of a page, as a machine read them. Plain text in; whoever asks decides what it means.

The pages of a check are judged while somebody waits: what is exact is tried first, and comparing letter by letter is
kept to where titles stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from motcua.kernel.text import fold, words

TITLE_ALIKE, TITLE_PART, WORD_ALIKE = 0.86, 0.7, 0.74
TOP_LEAST, TOP_MOST = 8, 30  # rows: titles stand near the top
ROW_MOST = 160  # letters of a row that may be a title: a longer one is prose
TITLE_LEAST = 8  # letters: "quyết định" tells something, "bản án" stands in many papers
READ_LEAST = 60  # percent

Row = tuple[str, int]


def on_top(rows: Sequence[Row], titles: Iterable[str]) -> str:
    """The row at the top of a page that is set as a title and begins with one of `titles`; "" for none."""
    top = [(fold(text), text) for text, sure in rows[: _top(rows)] if sure >= READ_LEAST and _loud(text)]
    for title in titles:
        if len(title) < TITLE_LEAST:
            continue
        for folded, text in top:
            if len(folded) <= len(title) + 24 and _starts(folded, title):
                return text
    return ""


def stands(pages: Sequence[Sequence[Row]], titles: Sequence[str]) -> bool:
    """Whether one of `titles` stands anywhere on the pages, or most of its words do; misread only near the top of one.
    A title may be broken over two rows."""
    top: list[str] = []
    every: list[str] = []
    for rows in pages:
        single = [fold(text) for text, _sure in rows]
        top += _and_joined(single[: _top(rows) + 1])
        every += single
    every = _and_joined(every)
    if any(title in text for title in titles for text in every):
        return True
    split = [set(text.split()) for text in every]
    if any(_shared(row, title.split()) >= TITLE_PART for title in titles for row in split):
        return True
    return any(_has_misread(text, title) for title in titles for text in top)


def _top(rows: Sequence[Row]) -> int:
    return min(max(TOP_LEAST, len(rows) // 2), TOP_MOST)


def _and_joined(rows: list[str]) -> list[str]:
    return [*rows, *(f"{a} {b}" for a, b in zip(rows, rows[1:], strict=False))]


def _shared(row: set[str], title: list[str]) -> float:
    """How much of a title's words a row has: a machine drops some of them."""
    return sum(word in row for word in title) / len(title) if len(title) > 2 else 0.0


def _has_misread(text: str, title: str) -> bool:
    """Whether a title stands somewhere in a row but for some letters."""
    size = len(title)
    if not size * TITLE_ALIKE <= len(text) <= ROW_MOST:
        return False
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(title)  # what the matcher prepares once
    for at in range(max(1, len(text) - size + 1)):
        matcher.set_seq1(text[at : at + size])
        if matcher.quick_ratio() >= TITLE_ALIKE and matcher.ratio() >= TITLE_ALIKE:
            return True
    return False


def _starts(text: str, title: str) -> bool:
    """Whether a row begins with a title, word by word: titles that begin alike are told apart by one of them."""
    said, wanted = words(text), title.split()
    return len(said) >= len(wanted) and all(
        one == other or (min(len(one), len(other)) > 3 and _ratio(one, other) >= WORD_ALIKE)
        for one, other in zip(said, wanted, strict=False)
    )


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _loud(text: str) -> bool:
    """Whether a row is set as titles are: in capitals."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and (sum(char.isupper() for char in letters) >= 0.8 * len(letters))
