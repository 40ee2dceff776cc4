"""What the helpline decides, without tables and without a clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.kernel.text import fold

ROLE = "operator"
WAIT_LONG = timedelta(minutes=10)  # a figure of the house: whoever waits longer is shown first and marked
HANDOVERS_KEPT = timedelta(
    days=7
)  # what nobody took by then is over; the conversation itself is kept by its own rule
ANSWER_MAX = 4000  # characters of what an officer writes at once


class State(StrEnum):
    """Where a request for a person stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a person is asked for."""

    ASKED = "asked"  # she wanted a person
    UNSURE = "unsure"  # the machine had no answer
    UNHAPPY = "unhappy"  # she said that an answer did not help


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    SENT_ON = "sent_on"  # told who else is responsible
    UNREACHABLE = "unreachable"  # she answered no more
    WITHDRAWN = "withdrawn"  # the conversation ended or was erased, or nobody came for days


OUTCOMES = (Outcome.ANSWERED, Outcome.SENT_ON, Outcome.UNREACHABLE)  # those that an officer picks


class Verdict(StrEnum):
    """What editors made of a proposed answer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Resolved(StrEnum):
    """Whether a call was settled."""

    YES = "yes"
    NO = "no"
    HANDED = "handed"  # to a person elsewhere, or a request was filed


def reason_of(behaviour: str, useful: bool | None) -> Reason:
    """Why a person is asked for, by the last answer of the machine."""
    if useful is False:
        return Reason.UNHAPPY
    return Reason.UNSURE if behaviour in ("hand_over", "ask_back", "decline_redirect") else Reason.ASKED


def waits_long(since: datetime, at: datetime) -> bool:
    """Whether somebody who waits since then should have been answered by the moment `at`."""
    return at - since > WAIT_LONG


def waited_minutes(since: datetime, at: datetime) -> int:
    """Whole minutes of waiting; 0 where clocks differ."""
    return max(0, int((at - since).total_seconds() // 60))


# Words as they are spoken --------------------------------------------------------------------------------------------

# What people say between what they mean. Only with these very marks: "o" may be a word, "ờ" is none. The longest first.
_FILLERS = (
    "cho tôi hỏi", "cho em hỏi", "cho mình hỏi", "cho hỏi", "kiểu như là", "kiểu như", "kiểu là", "nói chung là",
    "thật ra là", "thì là mà", "thì là", "là là", "đại loại là", "à mà", "a lô",
    "alo", "ờm", "ừm", "ờ", "à", "ừ", "ơ", "dạ",
    "vâng", "ạ", "uhm", "hừm",
)  # fmt: skip
_FILLER = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(each) for each in _FILLERS) + r")(?!\w)[\s,.…]*", re.IGNORECASE
)
_TWICE = re.compile(r"(?<!\w)([^\W\d_]{2,})(?:[\s,.…]+\1)+(?!\w)", re.IGNORECASE)


def spoken(text: str) -> str:
    """What was said without the sounds between the words and without words said twice in a row; the same text where
    nothing else would be left. Said of what it made it changes nothing."""
    said = unicodedata.normalize("NFC", text)
    while True:
        bare = _TWICE.sub(r"\1", _FILLER.sub(" ", said))
        bare = re.sub(r"[ \t]+", " ", bare).strip(" ,.…")
        if bare == said:
            break
        said = bare
    return said or text.strip()


def picked(text: str, options: Sequence[str]) -> str:
    """The option that a bare number names ("2", "số 2", "2."), "" for anything else."""
    found = re.fullmatch(r"(?:so |chon )?([1-9])[.)]?", fold(text).strip())
    place = int(found[1]) - 1 if found else -1
    return options[place] if 0 <= place < len(options) else ""


# A chat channel ------------------------------------------------------------------------------------------------------

PART_MAX = 2000  # characters in one message of the channel; its limit as its users tell it, unverified


class Wish(StrEnum):
    """What somebody in a chat wants that is no question to the assistant."""

    FORGET = "forget"
    PERSON = "person"
    YES = "yes"
    NO = "no"


_WISHES = {
    Wish.FORGET: ("xoa", "xoa het", "xoa cuoc tro chuyen", "xoa du lieu", "delete"),
    Wish.PERSON: (
        "gap nguoi", "gap nguoi that", "gap can bo", "noi chuyen voi nguoi", "toi muon gap nguoi that", "agent",
    ),
    Wish.YES: ("dong y", "co", "ok", "yes"),
    Wish.NO: ("khong", "khong dong y", "ko", "no"),
}  # fmt: skip


def wish(text: str) -> Wish | None:
    """What a message wants besides asking; None for a question. Nothing longer than the words themselves counts."""
    said = re.sub(r"[^\w ]+", " ", fold(text))
    said = " ".join(said.split())
    return next((meant for meant, words in _WISHES.items() if said in words), None)


def parts(text: str, most: int = PART_MAX) -> list[str]:
    """The text in messages of at most `most` characters, broken between lines, else between words; none is empty.

    Joined again they say the same words in the same order.
    """
    found: list[str] = []
    rest = text.strip()
    while len(rest) > most:
        cut = rest.rfind("\n", 1, most + 1)
        if cut < most // 2:
            cut = max(cut, rest.rfind(" ", 1, most + 1))
        if cut <= 0:
            cut = most
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


RETRIES = (10, 30, 120, 600, 1800, 3600)  # seconds between the tries to send a message


def try_again_after(tries: int) -> timedelta | None:
    """How long to wait after that many tries that failed; None when it is given up."""
    return timedelta(seconds=RETRIES[tries - 1]) if tries <= len(RETRIES) else None


# Sources of a proposed answer ----------------------------------------------------------------------------------------

ARTICLE_MAX = 200
_ARTICLE = re.compile(r"(dieu|article)\s+\d+", re.IGNORECASE)
_DOCUMENT = re.compile(r"\d+/\d{4}/[A-ZĐ0-9][A-ZĐ0-9\-]*")
FIELDS = (
    "required_documents",
    "time_limit",
    "fees",
    "channels",
    "steps",
    "result",
    "eligibility",
    "legal_basis",
)


def names_an_article(text: str) -> bool:
    """Whether a text names an article and the number of its document ("Điều 15 Luật 60/2014/QH13")."""
    return len(text) <= ARTICLE_MAX and bool(_ARTICLE.search(fold(text)) and _DOCUMENT.search(text))
