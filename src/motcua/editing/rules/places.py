"""Small changes of a document at a place: set, unset, add, remove, move. A document is never changed in place."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

Place = tuple[str | int, ...]
Change = Mapping[str, Any]  # {"do": set | unset | add | remove | move, "at": place, "value"?, "by"?}


class NoPlace(LookupError):
    """The document has nothing at the place; the text is the place as people write it."""


def at(document: Any, place: Iterable[str | int]) -> Any:
    """What stands at a place, None where nothing does."""
    for part in place:
        if isinstance(document, dict) and isinstance(part, str):
            document = document.get(part)
        elif isinstance(document, list) and isinstance(part, int) and 0 <= part < len(document):
            document = document[part]
        else:
            return None
    return document


def changed(document: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The document after some changes, one after the other. Raises NoPlace for a place that is not there."""
    after = copy.deepcopy(document)
    for change in changes:
        _APPLY[change["do"]](after, tuple(change["at"]), change)
    return after


def _inside(document: Any, place: Place) -> Any:
    found = at(document, place)
    if not isinstance(found, (dict, list)):
        raise NoPlace(said(place))
    return found


def _set(document: dict, place: Place, change: Change) -> None:
    holder, last = document, place[-1]
    for part in place[:-1]:
        inner = holder.get(part) if isinstance(holder, dict) else holder
        if isinstance(part, str) and not isinstance(inner, (dict, list)):
            holder[part] = {}
        holder = _inside(holder, (part,))
    in_list = isinstance(holder, list) and isinstance(last, int) and 0 <= last < len(holder)
    if not in_list and not (isinstance(holder, dict) and isinstance(last, str)):
        raise NoPlace(said(place))
    holder[last] = change["value"]


def _unset(document: dict, place: Place, change: Change) -> None:
    holder = at(document, place[:-1])
    if isinstance(holder, dict):
        holder.pop(place[-1], None)


def _add(document: dict, place: Place, change: Change) -> None:
    holder, last = _inside(document, place[:-1]), place[-1]
    rows = holder.get(last) if isinstance(holder, dict) else at(holder, (last,))
    if not isinstance(rows, list):
        _set(document, place, {"value": [change["value"]]})
    else:
        rows.append(change["value"])


def _remove(document: dict, place: Place, change: Change) -> None:
    rows, last = _inside(document, place[:-1]), place[-1]
    if not isinstance(rows, list) or not isinstance(last, int) or not 0 <= last < len(rows):
        raise NoPlace(said(place))
    del rows[last]


def _move(document: dict, place: Place, change: Change) -> None:
    rows, last = _inside(document, place[:-1]), place[-1]
    if not isinstance(rows, list) or not isinstance(last, int) or not 0 <= last < len(rows):
        raise NoPlace(said(place))
    to = min(max(last + int(change["by"]), 0), len(rows) - 1)
    rows.insert(to, rows.pop(last))


_APPLY = {"set": _set, "unset": _unset, "add": _add, "remove": _remove, "move": _move}


def said(place: Iterable[str | int]) -> str:
    """`steps.0.role`: a place as inputs and addresses name it, counted from 0."""
    return ".".join(str(part) for part in place)


def place_of(text: str) -> Place:
    """The place that `said` wrote."""
    parts = (part for part in text.split(".") if part)
    return tuple(int(part) if part.isascii() and part.isdigit() and len(part) < 6 else part for part in parts)
