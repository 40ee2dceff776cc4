"""Whether a reworded sentence says what its source says: nothing added, nothing left out, nothing moved.

A model is trusted with courtesy alone. Of a sentence the content (see `wording`) must come back token by token in its
order, so that a lie must change a token to be told at all; one clause of condition may go to the other end. The check
therefore needs no list of papers, offices or names: a word that the source does not have is refused whatever it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from motcua.assistant.rules.replies import Sentence
from motcua.assistant.rules.wording import CONDITIONS, FOCUS, POLARITY, Tokens, hides, is_number, tokens_of
from motcua.kernel.text import has_marks, nfc

LENGTH_MAX = 3  # how many times as long as its source a wording may be, courtesy included
_LISTS = frozenset({",", ";", "và", "hoặc", "and", "or", "(", ")"})


def admitted(rephrased: str, sentences: Sequence[Sentence]) -> str | None:
    """The wording as it may be shown, when ONE of the sentences says all of it and it says all of that sentence; None
    when none does. Give the one sentence that it rewords, so that the source beside it stays the right one."""
    for sentence in sentences:
        if why_not(rephrased, sentence.text) is None:
            return " ".join(nfc(rephrased).split())
    return None


def why_not(rephrased: str, source: str) -> str | None:
    """Why a wording does not say what its source says, None when it does.

    empty | hidden (characters that nobody sees, several lines) | long | question (asks what the source tells, or the
    other way round) | number (one added, changed or left out) | polarity (không, chỉ, phải, nếu … added, changed or
    left out) | word | order (the same words in another order or cut by other commas).
    """
    if not rephrased.strip():
        return "empty"
    if hides(rephrased):
        return "hidden"
    if len(rephrased) > LENGTH_MAX * len(source) + 60:
        return "long"
    if rephrased.count("?") != source.count("?"):
        return "question"
    english = not has_marks(source)
    said, meant = tokens_of(rephrased, english=english), tokens_of(source, english=english)
    if not meant:
        return "empty"
    if any(_loosened(said, meant) == _loosened(each, meant) for each in _wordings(meant)):
        return None
    return _difference(said, meant)


def _loosened(tokens: Tokens, meant: Tokens) -> Tokens:
    """Without "là" and colons where there is but one fact, so that neither can give it to another subject."""
    simple = sum(map(is_number, meant)) <= 1 and not POLARITY.intersection(meant)
    return tuple(token for token in tokens if token != "=") if simple else tokens


def _wordings(meant: Tokens) -> Iterator[Tokens]:
    """The orders in which a sentence may be said: its own, and with its one condition at the other end."""
    yield meant
    marks = [at for at, token in enumerate(meant) if token in CONDITIONS]
    if len(marks) != 1 or FOCUS.intersection(meant):
        return
    at = marks[0]
    if at > 0:
        main, condition = meant[:at], meant[at:]
        main = main[:-1] if main[-1] == "," else main
        if main and _is_whole(condition) and _is_simple(main) and main[-1] not in POLARITY:
            yield (*condition, ",", *main)
    elif "," in meant:
        border = meant.index(",")
        condition, main = meant[:border], meant[border + 1 :]
        if _is_whole(condition) and _is_simple(main):
            yield (*main, *condition)
            yield (*main, ",", *condition)


def _is_simple(main: Tokens) -> bool:
    """One statement, so that the condition is about all of it at either end."""
    return bool(main) and not _LISTS.intersection(main) and sum(map(is_number, main)) <= 1


def _is_whole(condition: Tokens) -> bool:
    """A condition that ends where its clause ends."""
    return len(condition) > 1 and not {",", ";", "(", ")", "="}.intersection(condition)


def _difference(said: Tokens, meant: Tokens) -> str:
    more, less = Counter(said), Counter(meant)
    tokens = set((more - less) | (less - more))
    if not tokens:
        return "order"
    if any(is_number(token) for token in tokens):
        return "number"
    if POLARITY.intersection(tokens):
        return "polarity"
    return "word" if any(token.isalnum() or "_" in token for token in tokens) else "order"
