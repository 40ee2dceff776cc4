"""Which layout of the packs sets a paper. Asks no database: for what is published as for what is only written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from motcua.foundation.canonical import digest
from motcua.papers.typesetting import Layout


def layout_for(kind: str, documents: Mapping[str, Mapping[str, Any]]) -> Layout | None:
    """The layout that sets papers of `kind`, from the bodies of the packs' `papers` by their id; None for none."""
    for key in sorted(documents):
        for row in documents[key].get("lays_out") or ():
            if row["kind"] == kind:
                files = tuple((name, str(documents[name]["layout"])) for name in _used(key, documents))
                return _layout(key, str(row["size"]), bool(row.get("across", False)), files)
    return None


@lru_cache(maxsize=64)
def _layout(key: str, size: str, across: bool, files: tuple[tuple[str, str], ...]) -> Layout:
    """Hashed once for all the papers that it sets."""
    return Layout(key, digest([key, size, across, dict(files)]), size, across, dict(files))


def _used(key: str, documents: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    """A layout and, down to the last, those it imports."""
    found: dict[str, None] = {}
    waiting = [key]
    while waiting:
        name = waiting.pop()
        if name not in found and name in documents:
            found[name] = None
            waiting += [str(other) for other in documents[name].get("uses") or ()]
    return sorted(found)
