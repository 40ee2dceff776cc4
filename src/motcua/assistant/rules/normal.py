"""What people type, brought to the words of the papers: short forms, slips of the finger, leftovers of an input method.

All of it works on folded words (no tones), so that "dang ky", "đăng kí" and "ddawng kys" are one question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.kernel.text import fold, has_marks, nfc, toned_words, words

LONGEST = 120  # words of a question; what follows is not looked at
ANY_TONE = ""  # stands in place of the tones of a word that was mended: they went with the slip

# A syllable of Vietnamese without its marks: onset, vowels, coda. Whoever fits is a word, not a slip of the finger.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x)?"
    r"(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|uo|ua|ue|ui|uu|uy|oa|oe|oi|oo|ie|ia|iu|ye|eo|eu|ai|ao|au|ay|"
    r"[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_Y_FOR_I = re.compile(r"(h|k|l|m|s|t|v|qu)y([0-9]?)")
_DOUBLES = (
    ("dd", "d"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("uw", "u"),
    ("ow", "o"),
    ("aw", "a"),
    ("w", "u"),
)
_TONE_KEY = re.compile(r"(?<=[aeiouy])[sfrxj](?=[a-z]*$)|(?<=[a-z])[sfrxj]$")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Asked:
    """A question as it is looked at. `folded` and `toned` are word by word the same; `toned` is empty when it was typed
    without marks. `text` is the question in one line, NFC."""

    text: str
    folded: tuple[str, ...]
    toned: tuple[str, ...]

    @property
    def line(self) -> str:
        """The folded words with a space before, between and behind, to look for phrases in."""
        return f" {' '.join(self.folded)} "


def spelt(word: str) -> str:
    """ "ky" and "ki" are one syllable in two spellings."""
    return _Y_FOR_I.sub(r"\1i\2", word) if _Y_FOR_I.fullmatch(word) else word


def terms(text: str) -> list[str]:
    """The folded words of a text in one spelling."""
    return [spelt(word) for word in words(text)]


def toned_terms(text: str) -> list[str]:
    """The words with their tones, in one spelling."""
    return [spelt(word) for word in toned_words(text)]


def is_syllable(word: str) -> bool:
    """Whether a folded word can be Vietnamese."""
    return _SYLLABLE.fullmatch(word) is not None


def read(text: str, short: Mapping[str, str], known: Collection[str]) -> Asked:
    """A question read: `short` maps folded short forms to words ("ko" → "không"), `known` holds the words of all
    documents. A word that nobody knows and that no Vietnamese syllable can be is taken for its likeliest neighbour."""
    line = " ".join(nfc(text).split())
    marked = has_marks(line)
    folded: list[str] = []
    toned: list[str] = []
    for bare, full in zip(words(line), toned_words(line), strict=False):
        meant = short.get(bare) if bare == full or not marked or not full[-1:].isdigit() else None
        if meant is not None:
            folded += terms(meant)
            toned += toned_terms(meant)
            continue
        mended = _mended(spelt(bare), known)
        folded += mended
        toned += [spelt(full)] if mended == [spelt(bare)] else [ANY_TONE] * len(mended)
    return Asked(line, tuple(folded[:LONGEST]), tuple(toned[:LONGEST]) if marked else ())


def _mended(word: str, known: Collection[str]) -> list[str]:
    if word in known or len(word) < 2 or len(word) > 24 or not word.isascii():
        return [word]
    if word.isdigit():
        return [word]
    if not is_syllable(word) and (typed := spelt(_without_keys(word))) != word and typed in known:
        return [typed]
    if is_syllable(word):
        return [word]
    glued = _split(word, known)
    if glued:
        return glued
    return [_nearest(word, known) or word]


def _without_keys(word: str) -> str:
    """What an input method left behind: "laays" was to be "lấy", "la6y1" too."""
    bare = re.sub(r"[0-9]", "", word) if re.search(r"[a-z][0-9]", word) else word
    for keys, letter in _DOUBLES:
        bare = bare.replace(keys, letter)
    return bare if is_syllable(bare) else _TONE_KEY.sub("", bare, count=1)


def _split(word: str, known: Collection[str]) -> list[str]:
    """Two or three syllables typed as one: "khaisinh"."""
    for at in range(2, len(word) - 1):
        left, right = spelt(word[:at]), spelt(word[at:])
        if left in known and right in known and is_syllable(left) and is_syllable(right):
            return [left, right]
    for at in range(2, len(word) - 3):
        left = spelt(word[:at])
        if left in known and is_syllable(left) and len(rest := _split(word[at:], known)) == 2:
            return [left, *rest]
    return []


def _nearest(word: str, known: Collection[str]) -> str | None:
    """The known syllable that differs by one letter more, less, other, or by two exchanged."""
    if len(word) < 3:
        return None
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1]
    fewer = [left + right[1:] for left, right in splits if right]
    other = [left + letter + right[1:] for left, right in splits if right for letter in _ALPHABET]
    more = [left + letter + right for left, right in splits for letter in _ALPHABET]
    for candidates in (swapped, fewer, other, more):
        for candidate in candidates:
            if len(candidate) > 1 and spelt(candidate) in known and is_syllable(candidate):
                return spelt(candidate)
    return None


def without_tones(text: str) -> str:
    """As somebody types it who has no Vietnamese keyboard."""
    return fold(text)
