"""One document over another: what a province writes over what holds for the whole country."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeGuard

from motcua.foundation.packs.problems import Place, Words

# Lists whose items have a name of their own; all other lists are replaced as a whole.
KEYED = {
    "required_documents": "key",
    "fees": "key",
    "steps": "key",
    "papers": "key",
    "sectors": "key",
    "agencies": "code",
    "areas": "code",
    "rules": "responsible",
}

Tell = Callable[[Place, Words], None]


def lay_over(lower: Any, upper: Any, tell: Tell, place: Place = ()) -> Any:
    """The document that results; neither argument is changed.

    Mappings are merged key by key, lists named in KEYED item by item (`remove: true` drops an item, a new one
    comes last), everything else is replaced. `tell` hears of items to be removed that are not there.
    """
    if not isinstance(lower, dict) or not isinstance(upper, dict):
        return upper
    merged = dict(lower)
    for key, value in upper.items():
        if key == "overrides":
            continue
        here = (*place, key)
        below = lower.get(key)
        if key in KEYED and _named(below, KEYED[key]) and _named(value, KEYED[key]):
            merged[key] = _lay_list(below, value, KEYED[key], tell, here)
        else:
            merged[key] = lay_over(below, value, tell, here)
    return merged


def _named(items: Any, label: str) -> TypeGuard[list[dict]]:
    if not isinstance(items, list):
        return False
    return all(isinstance(item, dict) and isinstance(item.get(label), str) for item in items)


def _lay_list(lower: list[dict], upper: list[dict], label: str, tell: Tell, place: Place) -> list[dict]:
    merged = {item[label]: item for item in lower}
    for number, item in enumerate(upper):
        name = item[label]
        here = (*place, number)
        if item.get("remove") is True:
            if merged.pop(name, None) is None:
                vi = f"“{name}” cần bỏ không có ở lớp dưới."
                tell(here, (vi, f"“{name}” is to be removed, but the layer below does not have it."))
        else:
            merged[name] = lay_over(merged.get(name, {}), item, tell, here)
    return list(merged.values())
