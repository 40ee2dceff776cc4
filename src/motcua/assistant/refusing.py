"""What is never answered, and when words that sound like it are no such thing. Part of the door `queries`.

A refusal to an honest question costs more than a procedure explained to somebody with bad intentions, for procedures
are public. So a cue must be meant: nobody else did it to her, no everyday compound stands there instead, and where the
cue is faint a clear matter counts more. Attempts on the machine, and other people's data, are refused regardless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from weakref import WeakKeyDictionary

from motcua.assistant import scripted
from motcua.assistant.knowledge import Knowledge
from motcua.assistant.rules import Context, Guess, Reply, normal, sureness
from motcua.assistant.rules.cues import Heard, Readings

# What is code is no question: markup, queries, templates. Whole statements, for "update" and "where" are English too.
_CODE = re.compile(
    r"<\s*/?\s*[a-z!][^>]*>|\bselect\s+(\*|[\w.]+(\s*,\s*[\w.]+)*)\s+from\s+\w|\binsert\s+into\s+\w+\s*(\(|values|select)"
    r"|\bupdate\s+\w+\s+set\s+\w+\s*=|\bdelete\s+from\s+\w+\s*(where\b|;|$)|\bunion\s+(all\s+)?select\b"
    r"|\b(drop|alter|truncate)\s+(table|database|schema|user)\b"
    r"|\bor\s+['\"]?\d+['\"]?\s*=\s*['\"]?\d|\{\{|\$\{|;\s*--|javascript:|\.\./\.\./",
    re.IGNORECASE,
)
_MANNERS = ("stay_polite", "decline_redirect")
_ALWAYS = ("resist_injection", "refuse_personal_data")  # however clear the matter beside it may be
_PLAIN = 4  # words of a cue so plain that no clear matter beside it counts more
_FEW = 2  # words of a cue that may stand there by chance
_DONE_TO_HER = 4  # words before a deed within which "bị" makes her its victim

_NO, _KNOWN = frozenset(("khong", "chua", "chang")), frozenset(("biet", "ro", "thay"))

_readings: WeakKeyDictionary[Knowledge, Readings] = WeakKeyDictionary()


def refused(
    known: Knowledge, question: normal.Asked, text: str, context: Context, guesses: Sequence[Guess]
) -> Reply | None:
    """The polite, short, firm no; None for a question that may be answered."""
    if _CODE.search(text):
        return scripted.refuse("resist_injection", context)
    typed = normal.read(text, known.short, _AnyWord())  # "hack" is no slip of the finger
    readings = [question] if typed.folded == question.folded else [question, typed]
    heard = [
        (each, asked)
        for asked in readings
        for each in known.limits.heard(asked)
        if _is_meant(known, asked, each)
    ]
    heard += [each for asked in readings for each in _together(known, asked)]
    clear = bool(guesses) and guesses[0].score >= sureness.CONFIDENT
    for limit in dict.fromkeys(each.means for each, _asked in heard):
        if limit == "refuse_illegal" and any(
            each.means == "complaint" for each in known.intents.heard(question)
        ):
            continue  # who reports a forgery is no forger
        found = [(each, asked) for each, asked in heard if each.means == limit]
        if clear and limit not in _ALWAYS and (_is_mere_manner(found) or _is_faint(known, found)):
            continue  # rude, wordy or ambiguous, but the matter is clear
        return scripted.refuse(limit, context)
    return None


def _together(known: Knowledge, question: normal.Asked) -> Iterator[tuple[Heard[str], normal.Asked]]:
    """Limits of which each part is said, wherever it stands: somebody else, what is hers, and "tell me"."""
    for limit, parts in known.together:
        heard = [next(iter(part.heard(question)), None) for part in parts]
        said = [each for each in heard if each is not None]
        if len(said) == len(parts):
            begin, end = min(each.begin for each in said), max(each.end for each in said)
            words = sum(each.words for each in said)
            yield Heard(limit, " + ".join(each.phrase for each in said), begin, end, words), question


def _is_mere_manner(heard: Sequence[tuple[Heard[str], normal.Asked]]) -> bool:
    """Whether it is but rude or about something else in a few words."""
    return all(each.means in _MANNERS and each.words < _PLAIN for each, _asked in heard)


class _AnyWord(frozenset[str]):
    """Holds every word, so that what is read with it is mended nowhere."""

    def __contains__(self, word: object) -> bool:
        return True


def _is_meant(known: Knowledge, question: normal.Asked, heard: Heard[str]) -> bool:
    """Whether the words can be the cue's at all."""
    before = question.folded[max(0, heard.begin - _DONE_TO_HER) : heard.begin]
    if heard.means == "refuse_illegal" and "bi" in before:
        return False
    if heard.means == "refuse_personal_data" and _does_not_know(question.folded[heard.begin : heard.end]):
        return False  # "chồng cũ không biết đang ở đâu" tells of her case and asks for nothing
    if heard.means in _MANNERS:
        return True  # a clear matter counts more than these in any case
    return bool(question.toned) or _readings_of(known).allow(question.folded, heard)


def _does_not_know(folded: Sequence[str]) -> bool:
    return any(left in _NO and right in _KNOWN for left, right in pairwise(folded))


def _is_faint(known: Knowledge, heard: Sequence[tuple[Heard[str], normal.Asked]]) -> bool:
    """Whether so little speaks for a limit that it may be chance: one word, or two that without their tones are as
    well two others."""
    ((first, question), *more) = heard
    if any((each.begin, each.end) != (first.begin, first.end) for each, _asked in more) or first.words > _FEW:
        return False
    return first.words == 1 or (not question.toned and _readings_of(known).explain(question.folded, first))


def _readings_of(known: Knowledge) -> Readings:
    if known not in _readings:
        _readings[known] = Readings(passage.text for passage in known.passages())
    return _readings[known]
