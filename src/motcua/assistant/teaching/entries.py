"""The forms by which editors teach: which boxes each kind of entry has, and the entry that is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.assistant.rules import teaching
from motcua.assistant.teaching import words
from motcua.catalogue import queries as catalogue
from motcua.kernel.text import Bilingual, one_line

BOXES: dict[str, tuple[str, ...]] = {
    "asked": ("said", "procedure"),
    "answers": ("said", "vi", "en", "source", "procedure", "since", "until"),
    "words": ("said", "means"),
    "short": ("said", "means"),
    "old_terms": ("said", "vi", "en", "source", "since", "until"),
    "cases": ("said", "procedure", "choice"),
    "intents": ("said", "intent"),
    "limits": ("said", "limit"),
}
LENGTHS = {"vi": 2000, "en": 2000, "source": 500, "means": 300}
# a key of an entry → the box in which it was written
_OF: dict[str, dict[str, str]] = {
    "answers": {"ask": "said", "say.en": "en", "say": "vi", "valid_from": "since", "valid_to": "until"},
    "old_terms": {"say": "said", "today.en": "en", "today": "vi", "valid_from": "since", "valid_to": "until"},
}
_USUAL = {"ask": "said", "say": "said", "field": "choice", "value": "choice"}


def entry_of(label: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The entry that the boxes make; what is missing or wrong in it is for the check to say."""
    boxes = {name: str(typed.get(name, "")) for name in BOXES[label]}
    said = teaching.phrases(boxes["said"])
    if label == "asked":
        return {"procedure": boxes["procedure"], "ask": said}
    if label == "answers":
        more = {"procedure": boxes["procedure"]} if boxes["procedure"] else {}
        return {"ask": said, "say": _both(boxes), **_sourced(boxes), **more}
    if label == "old_terms":
        return {"say": said, "today": _both(boxes), **_sourced(boxes)}
    if label == "short":
        return {"say": said[0] if said else "", "means": one_line(boxes["means"])[: LENGTHS["means"]]}
    if label == "words":
        return {"say": said, "means": one_line(boxes["means"])[: LENGTHS["means"]]}
    if label == "cases":
        field, _equals, value = boxes["choice"].partition("=")
        return {"field": field, "value": _value(value), "say": said, "procedure": boxes["procedure"]}
    name = "intent" if label == "intents" else "limit"
    return {name: boxes[name], "say": said}


def _both(boxes: Mapping[str, str]) -> dict[str, str]:
    return {name: one_line(boxes[name])[: LENGTHS[name]] for name in ("vi", "en")}


def _sourced(boxes: Mapping[str, str]) -> dict[str, str]:
    found = {"source": one_line(boxes["source"])[: LENGTHS["source"]]}
    for key, name in (("valid_from", "since"), ("valid_to", "until")):
        if boxes[name].strip():
            found[key] = _day(boxes[name].strip())
    return found


def _day(text: str) -> str:
    """As ISO writes it; what is no day stays as it was typed, so that the check names it."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007  a day only
    except ValueError:
        return text[:20]


def _value(text: str) -> Any:
    return {"true": True, "false": False}.get(text, text)


def boxes_of(label: str, problems: list[dict[str, str]]) -> dict[str, str]:
    """The sentence at each box, from the places that the check names; what has no box of its own is said on top."""
    told: dict[str, str] = {}
    for problem in problems:
        path = problem["field"]
        own = _OF.get(label, {})
        keys = (path, ".".join(path.split(".")[:2]), path.split(".")[0])
        box = next((own[key] for key in keys if key in own), None) or _USUAL.get(keys[2], keys[2])
        told.setdefault(box if box in BOXES[label] else "said", problem["message"])
    return told


# What can be picked ---------------------------------------------------------------------------------------------------


def procedures(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(sector, [(slug, name)]) of every procedure with content, in the order of their names."""
    by_sector: dict[str, list[tuple[str, str]]] = {}
    for view in sorted(catalogue.views(), key=lambda each: each.name.say(language)):
        by_sector.setdefault(view.sector, []).append((view.slug, view.name.say(language)))
    return sorted(by_sector.items())


def choices(slug: str, language: str) -> list[tuple[str, str]]:
    """("field=value", "question: answer") of what the declaration of a procedure lets one pick."""
    view = next((each for each in catalogue.views() if each.slug == slug), None)
    if view is None:
        return []
    found: list[tuple[str, str]] = []
    for section in view.declaration.sections:
        for field in section.fields:
            if field.type == "yes_no":
                yes, no = Bilingual("Có", "Yes"), Bilingual("Không", "No")
                answers = [("true", yes), ("false", no)]
            else:
                answers = [(option.value, option.label) for option in field.options]
            found += [
                (f"{field.id}={value}", f"{field.label.say(language)}: {label.say(language)}")
                for value, label in answers
            ]
    return found


def in_words(label: str, entry: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An entry as a row of a table: {said: its phrases, means: what they lead to, source}."""
    names = {view.slug: view.name.say(language) for view in catalogue.views()}
    procedure = str(entry.get("procedure") or "")
    named = names.get(procedure, procedure)
    told = entry.get("say") if label == "answers" else entry.get("today")
    if isinstance(told, Mapping):
        means = str(told.get(language) or told.get("vi") or "")
    elif label == "cases":
        value = entry.get("value")
        wanted = f"{entry.get('field')}={str(value).lower() if isinstance(value, bool) else value}"
        means = next((told_ for one, told_ in choices(procedure, language) if one == wanted), wanted)
    elif label in ("intents", "limits"):
        known = words.INTENTS if label == "intents" else words.LIMITS
        means = str(known.get(str(entry.get("intent") or entry.get("limit")), ""))
    else:
        means = str(entry.get("means") or "")
    parts = [part for part in (named, means) if part]
    return {
        "said": teaching.said_in(label, entry),
        "means": " – ".join(parts),
        "source": str(entry.get("source") or ""),
        "since": str(entry.get("valid_from") or ""),
        "until": str(entry.get("valid_to") or ""),
    }
