"""What the assistant says: sentences with their sources, one question at most, one button at most.

Plain values, so that the page, the API, the call centre, a chat channel and the model that may rephrase read the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANSWER, ASK_BACK, HAND_OVER, SMALL_TALK, MINE = "answer", "ask_back", "hand_over", "small_talk", "my_dossiers"
REFUSALS = (
    "refuse_personal_data", "resist_injection", "stay_polite", "decline_redirect", "refuse_illegal", "no_decision",
)  # fmt: skip
BEHAVIOURS = (ANSWER, ASK_BACK, HAND_OVER, SMALL_TALK, MINE, *REFUSALS)


OWN_SOURCE = "dossier"  # the kind of source whose sentences speak of somebody's own dossiers and papers


@dataclass(frozen=True)
class Source:
    """Where a sentence stands: a field of a document, so that a test (and a doubtful reader) can look it up.

    kind: "procedure" (key: slug, path: a field such as `required_documents.giay-chung-sinh`; `code`, `version`),
    "listed" (the same of a procedure of which only the national list tells), "agency" (key: code, path: `address_vi`),
    "pack" (key: `kind/key` of another published document, e.g. `assistant/old-terms`), "calendar" (key: agency code or
    "", path: the derived day), "dossier" (key: public id; or slug, path `store.KEY` of a paper that her store holds),
    "self" (what the assistant says of itself; key names the sentence). `on` is the ISO day on which it was read.
    """

    kind: str
    key: str
    path: str = ""
    code: str = ""
    version: str = ""
    on: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence in the reader's language. `about`: paper | fee | limit | due | where | step | result | eligibility |
    law | note | doubt | held | choice | talk | state; `doubtful`: the field is marked unverified in its pack."""

    text: str
    source: Source
    about: str = "note"
    doubtful: bool = False
    link: str = ""  # an address on this site where the source can be read


@dataclass(frozen=True)
class Choice:
    """An answer that can be picked."""

    value: str
    label: str


@dataclass(frozen=True)
class Asked:
    """What the assistant must know before it can answer for this case. `kind`: choice | place (a ward or commune,
    typed) | procedure (which of these did you mean). `key` is a field of the declaration, "place" or "procedure"."""

    key: str
    text: str
    kind: str
    options: tuple[Choice, ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class Button:
    """What to do next: an address on this site and what it says on it. `answers` prefill the declaration."""

    text: str
    href: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """A procedure that may be meant. `score` is calibrated: of guesses with 0.8 about eight in ten are right."""

    slug: str
    code: str | None
    name: str
    score: float
    is_listed: bool = False


@dataclass(frozen=True)
class Context:
    """What is remembered from turn to turn: never what was typed, never who it is.

    `answers` are those to the questions of the declaration of `slug` (enumerated values only, no names or numbers).
    """

    slug: str = ""
    intent: str = ""
    area: str = ""  # code of a ward or commune
    answers: Mapping[str, Any] = field(default_factory=dict)
    asked: str = ""  # key of what was asked last, "" for nothing
    offered: tuple[str, ...] = ()  # slugs that were offered to choose from
    asked_count: int = 0  # questions asked for this procedure; at most three
    skipped: tuple[str, ...] = ()  # keys that the person would not or could not answer
    heard: tuple[str, ...] = ()  # keys of `answers` that her words gave; the others she picked

    def to_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "slug": self.slug, "intent": self.intent, "area": self.area, "answers": dict(self.answers),
            "asked": self.asked, "offered": list(self.offered), "asked_count": self.asked_count,
            "skipped": list(self.skipped), "heard": list(self.heard),
        }  # fmt: skip

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> Context:
        """Of what `to_data` gave; anything else in it is left out."""
        given = data or {}
        answers = given.get("answers")
        return cls(
            slug=str(given.get("slug") or "")[:140],
            intent=str(given.get("intent") or "")[:40],
            area=str(given.get("area") or "")[:20],
            answers=dict(answers) if isinstance(answers, Mapping) else {},
            asked=str(given.get("asked") or "")[:80],
            offered=tuple(str(each)[:140] for each in given.get("offered") or ())[:5],
            asked_count=int(given.get("asked_count") or 0),
            skipped=tuple(str(each)[:80] for each in given.get("skipped") or ())[:10],
            heard=tuple(str(each)[:80] for each in given.get("heard") or ())[:40],
        )


@dataclass(frozen=True)
class Reply:
    """One turn of the assistant. `sentences` is all that is said; nothing is shown that is not among them."""

    behaviour: str
    intent: str
    sentences: tuple[Sentence, ...]
    context: Context
    slug: str = ""
    code: str | None = None
    name: str = ""
    confidence: float = 0.0
    guesses: tuple[Guess, ...] = ()
    asked: Asked | None = None
    button: Button | None = None
    related: tuple[Guess, ...] = ()  # other procedures that a life event brings with it

    @property
    def text(self) -> str:
        """All of it as plain text, for a channel without pages."""
        return "\n".join(sentence.text for sentence in self.sentences)
