"""Doubts of a form's reader, kept with a draft: what each is about moves with the document, and goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.editing.rules.places import Place, place_of


def key_of(doubt: Any) -> str:
    """The name of a doubt within its draft."""
    if not isinstance(doubt, Mapping):
        return str(doubt)[:200]
    about = doubt.get("field") or doubt.get("section") or doubt.get("place") or ""
    return f"{doubt.get('code') or doubt.get('text')}:{about}"[:200]


def place_now(document: Mapping[str, Any], doubt: Any) -> Place | None:
    """Where the document has now what a doubt is about; () for the whole, None when it is gone."""
    if not isinstance(doubt, Mapping):
        return ()
    field, section = doubt.get("field"), doubt.get("section")
    if not field and not section:
        return place_of(str(doubt.get("place") or ""))
    inside = document.get("declaration")
    sections = inside.get("sections") if isinstance(inside, Mapping) else None
    for number, one in enumerate(sections if isinstance(sections, list) else ()):
        if not isinstance(one, Mapping):
            continue
        if section and one.get("id") == section:
            return ("declaration", "sections", number)
        for inside, row in enumerate(one.get("fields") or ()):
            if field and isinstance(row, Mapping) and row.get("id") == field:
                return ("declaration", "sections", number, "fields", inside)
    return None
