"""A name as it was declared, looked for on a paper: tones and case mean something, what a machine misread does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from motcua.kernel.text import fold, nfc, toned_words, words

SAME, TONES, NEAR, NONE = "same", "tones", "near", "none"
NEAR_MOST = 2  # letters by which a name is near another one
NEAR_LEAST = 7  # letters a name must have: in a short one two letters are another name

# A digit within a word is a letter that a machine misread.
_LETTERS = {"0": "O", "1": "I", "5": "S"}
_LOOKS_LIKE = re.compile(r"[015](?=[^\W\d_])|(?<=[^\W\d_])[015]")

_WORD = re.compile(r"[^\W_]+")

# Where i and y alone sound alike, schools and offices write either: Lí and Lý, Mĩ and Mỹ, Quí and Quý. Not after other
# letters (Vi and Vy, Thi and Thy are two people) and not behind a vowel (Mai and May are two words).
_EITHER = re.compile(r"(h|k|l|m|s|t|qu)y(\d?)")

Row = tuple[str, int]  # what stands there, its confidence in percent


@dataclass(frozen=True)
class Near:
    """How the name stands there: same; tones (other marks); near (a letter or two); none. `read` as it stands."""

    how: str
    read: str = ""
    confidence: int = 0
    row: int = -1


def nearest(name: str, rows: Sequence[Row], others: Iterable[str] = ()) -> Near:
    """The place on a paper that is nearest to `name`; what is exactly the name of one of `others` is not."""
    wanted, plain = _spelt(toned_words(name)), words(name)
    known = {" ".join(_spelt(toned_words(other))) for other in others} - {" ".join(wanted)}
    letters = _spelt(plain)
    joined, together = "".join(plain), "".join(_WORD.findall(nfc(name).lower()))
    best, far = Near(NONE), NEAR_MOST + 1
    for at, (text, confidence) in enumerate(_run_on(rows, len(plain))):
        text = _LOOKS_LIKE.sub(lambda found: _LETTERS[found[0]], text)
        toned, folded = _spelt(toned_words(text)), words(text)
        raw = _WORD.findall(nfc(text).lower())
        if not len(toned) == len(folded) == len(raw):
            continue
        for size in (len(plain), len(plain) + 1, len(plain) - 1):
            for start in range(len(folded) - size + 1 if size else 0):
                part, bare = toned[start : start + size], "".join(folded[start : start + size])
                if part == wanted:
                    return Near(SAME, name, confidence, at)
                if abs(len(bare) - len(joined)) > NEAR_MOST or " ".join(part) in known:
                    continue
                said = _as_written(text, start, size)
                if bare == joined or _spelt(folded[start : start + size]) == letters:
                    if "".join(raw[start : start + size]) == together:  # spaces are the machine's
                        return Near(SAME, name, confidence, at)
                    if best.how != TONES:
                        best, far = Near(TONES, said, confidence, at), 0
                    continue
                if best.how == TONES or len(joined) < NEAR_LEAST or size != len(plain):
                    continue
                apart = distance(joined, bare, NEAR_MOST)
                if apart < far and _is_a_name(said):
                    best, far = Near(NEAR, said, confidence, at), apart
    return best


def alike(name: str, rows: Sequence[Row], others: Iterable[str] = ()) -> str:
    """A name on the paper that has all words but one of `name`, as it stands there; "" for none. It says what may be
    meant, not whose name it is."""
    plain = words(name)
    known = {" ".join(words(other)) for other in others}
    if len(plain) < 3:
        return ""
    for text, _confidence in _run_on(rows, len(plain)):
        folded = words(text)
        for start in range(len(folded) - len(plain) + 1):
            part = folded[start : start + len(plain)]
            if sum(a == b for a, b in zip(part, plain, strict=True)) == len(plain) - 1:
                said = _as_written(text, start, len(plain))
                if _is_a_name(said) and " ".join(part) not in known:
                    return said
    return ""


def _run_on(rows: Sequence[Row], size: int) -> Iterator[Row]:
    """Each row with the first words of the next one: a name may begin at the end of a line."""
    for at, (text, confidence) in enumerate(rows):
        following = rows[at + 1][0].split()[: max(0, size - 1)] if at + 1 < len(rows) else []
        yield " ".join([text, *following]), confidence


def _as_written(text: str, start: int, size: int) -> str:
    parts = [part for part in text.split() if words(part)]
    flat: list[str] = []
    for part in parts:
        flat += [part.strip(".,;:()“”\"'")] * max(1, len(words(part)))
    return " ".join(dict.fromkeys(flat[start : start + size])) if len(flat) >= start + size else text[:80]


def is_misread(said: str) -> bool:
    """Whether a word in it can be no Vietnamese one: two letters with marks side by side, but for ươ."""
    for word in _WORD.findall(nfc(said).lower()):
        for pair in zip(word, word[1:], strict=False):
            marked = [char for char in pair if fold(char) != char and char != "đ"]
            if len(marked) == 2 and not (pair[0] in "ưừứửữự" and fold(pair[1]) == "o"):
                return True
    return False


def _is_a_name(said: str) -> bool:
    return all(part[:1].isupper() for part in said.split())


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out or changed; `most` + 1 for more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, against in enumerate(other, 1):
            cost = min(row[place] + 1, row[place - 1] + 1, before + (letter != against))
            before, row[place] = row[place], cost
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _spelt(said: list[str]) -> list[str]:
    """Words (toned or folded) in one spelling where i and y are the same."""
    return [f"{found[1]}i{found[2]}" if (found := _EITHER.fullmatch(word)) else word for word in said]


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same: case, spaces, the place of the tone mark and the school of i and y mean
    nothing."""
    return _spelt(toned_words(one)) == _spelt(toned_words(other)) or fold(one) == fold(other) == one.lower()
