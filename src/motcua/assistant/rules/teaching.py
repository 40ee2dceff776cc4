"""What editors may teach the assistant, how it lies in the document of their layer, and what a lesson may cost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from motcua.assistant.rules.normal import terms
from motcua.kernel.text import one_line

DESK = "desk"  # the document of the packs (kind `assistant`) that editors write in the browser
LABELS = ("asked", "answers", "words", "short", "old_terms", "cases", "intents", "limits")
WHYS_ASIDE = ("not_ours", "known", "unclear", "other")  # why a group is set aside
TAUGHT = "taught"
WHYS_SETTLED = (*WHYS_ASIDE, TAUGHT)
PHRASES_MAX = 30  # of one entry
NOTE_MAX = 300
WORDINGS_MAX = 1000  # of one group

# What a lesson may cost before somebody has to say why it is worth it. A choice of the project: no text rules it.
HIT_LOSS_MAX = 0.01  # of hit@1 on the golden set
CONFIDENT_MAX = 0.005  # more that is wrong but said with confidence
SILENCED_MAX = 0.005  # of the golden set, that could be answered and is declined now


class State(StrEnum):
    """A lesson's: being written, waiting for a second person, published, thrown away."""

    OPEN = "open"
    OFFERED = "offered"
    PUBLISHED = "published"
    DISCARDED = "discarded"


OPEN_STATES = (State.OPEN, State.OFFERED)


def empty() -> dict[str, Any]:
    """The document before anything was taught."""
    return {
        "id": DESK,
        "notes": "Từ ngữ và câu trả lời do biên tập viên của địa phương soạn trên trình duyệt",
    }


def phrases(text: str) -> list[str]:
    """The phrases of a box, one a line, each once."""
    lines = (one_line(line)[:200] for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:PHRASES_MAX]


def said_in(label: str, entry: Mapping[str, Any]) -> list[str]:
    """The words of people in an entry."""
    given = entry.get("ask" if label in ("asked", "answers") else "say") or ()
    return [given] if isinstance(given, str) else [str(each) for each in given]


def with_entry(body: Mapping[str, Any], label: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The document with one entry more; what is asked for one procedure stays together in one."""
    rows = [dict(row) for row in body.get(label) or ()]
    own = dict(entry)
    if label == "answers":
        own["key"] = _free_key(own["ask"][0] if own["ask"] else "", {str(row["key"]) for row in rows})
    same = next((row for row in rows if _joins(label, row, own)), None)
    if same is None:
        rows.append(own)
    else:
        name = "ask" if label == "asked" else "say"
        same[name] = list(dict.fromkeys([*same[name], *own[name]]))
    return {**body, label: rows}


def _joins(label: str, row: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """Whether an entry says of more words what another says already."""
    if label not in ("asked", "words", "cases", "intents", "limits"):
        return False
    name = "ask" if label == "asked" else "say"
    return {k: v for k, v in row.items() if k != name} == {k: v for k, v in own.items() if k != name}


def _free_key(text: str, taken: set[str]) -> str:
    bare = re.sub(r"[^a-z0-9]+", "-", " ".join(terms(text))).strip("-")[:60].strip("-")
    key = bare if re.match(r"[a-z]", bare) else f"tra-loi-{bare}".strip("-")
    name, number = key, 1
    while name in taken:
        number += 1
        name = f"{key}-{number}"
    return name


def without_entry(
    body: Mapping[str, Any], label: str, place: int
) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """The document without the entry at a place, and that entry. Raises IndexError."""
    rows = list(body.get(label) or ())
    if not 0 <= place < len(rows):
        raise IndexError(place)
    gone = rows.pop(place)
    left = {key: value for key, value in body.items() if key != label}
    return ({**left, label: rows} if rows else left), gone


HOWS = (
    "opened",
    "silenced",
    "worse",
    "better",
    "other",
)  # how a row of the golden set can turn; what costs comes first


# What a lesson costs ------------------------------------------------------------------------------------------------


def turned(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """How a row turned, from what came of it before and after (rows of `evaluate`): one of `HOWS`, "" for the same.

    "opened": it had to be refused, was, and is answered now; "silenced": it could be answered and is refused now;
    "other": neither better nor worse, but not the same.
    """
    if before["out_of_scope"]:
        if before["handled"] != after["handled"]:
            return "better" if after["handled"] else "opened"
    elif before["in_catalogue"] and after["refused"] and not before["refused"]:
        return "silenced"
    elif before["in_catalogue"] and before["hit1"] != after["hit1"]:
        return "better" if after["hit1"] else "worse"
    elif not before["in_catalogue"] and before["as_expected"] != after["as_expected"]:
        return "better" if after["as_expected"] else "worse"
    elif before["wrong_but_confident"] != after["wrong_but_confident"]:
        return "worse" if after["wrong_but_confident"] else "better"
    same = (before["behaviour"], before["slug"]) == (after["behaviour"], after["slug"])
    return "" if same else "other"


def losses(before: Mapping[str, Any], after: Mapping[str, Any], hows: Iterable[str]) -> list[str]:
    """Why somebody must say why before this is published: "hit1", "opened", "silenced", "confident"; [] for nothing."""
    found, turns = [], list(hows)
    if _less(before.get("hit@1"), after.get("hit@1")) > HIT_LOSS_MAX:
        found.append("hit1")
    if "opened" in turns:
        found.append("opened")
    if turns.count("silenced") > SILENCED_MAX * (after.get("n") or 0):
        found.append("silenced")
    if _less(after.get("wrong_but_confident"), before.get("wrong_but_confident")) > CONFIDENT_MAX:
        found.append("confident")
    return found


def _less(before: float | None, after: float | None) -> float:
    return round((before or 0.0) - (after or 0.0), 6)


def learnt_by_heart(rows: Sequence[Mapping[str, Any]], body: Mapping[str, Any]) -> set[str]:
    """The ids of the rows whose question is word by word a phrase of the document: they measure nothing any more."""
    said = {
        " ".join(terms(phrase))
        for label in LABELS
        for entry in body.get(label) or ()
        for phrase in said_in(label, entry)
    }
    return {str(row["id"]) for row in rows if " ".join(terms(str(row["question"]))) in said}
