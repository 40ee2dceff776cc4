"""What the assistant knows besides the procedures: how people speak, and what they must not be told."""

from __future__ import annotations

from motcua.foundation.packs.schema.common import ABOUT, CODE
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    Anything,
    Day,
    Doubt,
    Many,
    OneOf,
    Record,
    Text,
)

INTENTS = (
    "documents", "time_limit", "fee", "where_to_submit", "steps", "eligibility", "which_procedure", "status",
    "complaint", "small_talk", "person",
)  # fmt: skip
LIMITS = (
    "refuse_personal_data", "resist_injection", "stay_polite", "decline_redirect", "refuse_illegal", "no_decision",
)  # fmt: skip

_SAY = Many(Text(200), 1)
_CUES = Many(Text(500), 1)  # with brackets for one of several words
_DATED = {"source": Text(), "valid_from": Day(), "valid_to": Day(), "unverified": Doubt(), "note": Text()}

ASSISTANT = Record(
    {"id": SLUG},
    {
        # how people ask for one procedure; `not`: those that it is easily taken for
        "asked": Many(Record({"procedure": SLUG, "ask": _SAY}, {"not": Many(SLUG)})),
        # everyday words for words of the papers, short forms for whole words
        "words": Many(Record({"say": _SAY, "means": Text(300)})),
        "short": Many(Record({"say": Text(40), "means": Text(80)})),
        # what happens in a life, and what is then to be done, in that order
        "events": Many(Record({"event": Text(120), "say": _SAY, "procedures": Many(SLUG, 1)}, _DATED)),
        # words of former law: what holds today
        "old_terms": Many(Record({"say": _SAY, "today": BOTH_LANGUAGES}, _DATED)),
        # what somebody wants to know of a procedure; "…" stands for some words
        "intents": Many(Record({"intent": OneOf(INTENTS), "say": _CUES})),
        # what is not answered, and what is said instead
        "limits": Many(Record({"limit": OneOf(LIMITS), "say": _CUES})),
        # what is not answered where each of several things is said, in any order
        "together": Many(Record({"limit": OneOf(LIMITS), "all": Many(_CUES, 2)})),
        # words that answer a question of a declaration
        "cases": Many(Record({"field": Text(80), "value": Anything(), "say": _SAY}, {"procedure": SLUG})),
        # what a question of a declaration is called when it is asked in talk, and which come first
        "questions": Many(Record({"procedure": SLUG, "fields": Many(Text(80), 1)})),
        # what people ask for and no document describes; without a code it is no administrative procedure (a court
        # decides). `also`: codes of the same thing elsewhere, `near`: procedures that it is easily taken for
        "beside": Many(
            Record(
                {"name": BOTH_LANGUAGES, "ask": _SAY},
                {
                    "code": CODE,
                    "also": Many(CODE),
                    "agency": BOTH_LANGUAGES,
                    "near": Many(SLUG),
                    "say": BOTH_LANGUAGES,
                    **_DATED,
                },
            )
        ),
        # what editors answered to questions that no procedure answers
        "answers": Many(
            Record(
                {"key": SLUG, "ask": _SAY, "say": BOTH_LANGUAGES, "source": Text()},
                {**_DATED, "procedure": SLUG},
            ),
            unique="key",
        ),
        **ABOUT,
    },
)
