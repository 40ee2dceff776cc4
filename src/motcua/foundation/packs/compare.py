"""What differs between two documents, told by path, so that a person decides before it is published."""

from __future__ import annotations

from typing import Any

# One difference: where, what stands there now (None: nothing), what would stand there (None: nothing).
Difference = tuple[str, Any, Any]


def compare(published: Any, draft: Any, path: str = "") -> list[Difference]:
    """Every place where two plain documents differ, in reading order.

    Lists whose items all carry a `key` or an `id` are matched by it, so that an inserted paper does not make
    every paper below it look changed; other lists are compared place by place.
    """
    if type(published) is type(draft) or not isinstance(published, (dict, list)):
        if published == draft and type(published) is type(draft):
            return []
        if isinstance(published, dict) and isinstance(draft, dict):
            return _compare_mappings(published, draft, path)
        if isinstance(published, list) and isinstance(draft, list):
            return _compare_lists(published, draft, path)
    return [(path or "/", published, draft)]


def _join(path: str, part: str) -> str:
    return f"{path}.{part}" if path else part


def _compare_mappings(published: dict, draft: dict, path: str) -> list[Difference]:
    found: list[Difference] = []
    for name in [*published, *(n for n in draft if n not in published)]:
        found += compare(published.get(name), draft.get(name), _join(path, str(name)))
    return found


def _names(items: list) -> list[str] | None:
    """The items' own names when every item has one and no two are equal."""
    for label in ("key", "id", "code"):
        names = [str(item[label]) for item in items if isinstance(item, dict) and item.get(label)]
        if len(names) == len(items) and len(set(names)) == len(names):
            return names
    return None


def _compare_lists(published: list, draft: list, path: str) -> list[Difference]:
    before, after = _names(published), _names(draft)
    if before is None or after is None:
        return _by_place(published, draft, path)
    found = _compare_mappings(
        {f"[{n}]": i for n, i in zip(before, published, strict=True)},
        {f"[{n}]": i for n, i in zip(after, draft, strict=True)},
        path,
    )
    kept = [n for n in before if n in after]
    if kept != [n for n in after if n in before]:
        found.append((_join(path, "order"), before, after))
    return found


def _by_place(published: list, draft: list, path: str) -> list[Difference]:
    found: list[Difference] = []
    for place in range(max(len(published), len(draft))):
        old = published[place] if place < len(published) else None
        new = draft[place] if place < len(draft) else None
        found += compare(old, new, f"{path}[{place + 1}]")
    return found
