"""Two forms open on one declaration: what each person changed since her form was drawn is kept, nothing is put back.

A form says with which mark each of its fields was drawn. Three values decide about a field: the drawn one (known by its
mark), the one that is stored now, and the one that is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from motcua.kernel.conditions import is_given

Mark = Callable[[str, Any], str]


def settle(
    stored: Mapping[str, Any], given: Mapping[str, Any], drawn: Mapping[str, str], mark: Mark
) -> tuple[dict[str, Any], list[str]]:
    """(the given answers that are to be kept, the fields that were changed both here and elsewhere).

    `drawn` holds the marks of the form's fields, `mark(field, value)` makes one. A field that was not changed since it
    was drawn is not kept anew, whatever stands in it; one changed here only is kept; one that both changed, to
    different values, is left as it is stored and named. A given field without a drawn mark is kept as it is given.
    """
    kept: dict[str, Any] = {}
    elsewhere: list[str] = []
    for name, value in given.items():
        now, before = mark(name, value), drawn.get(name)
        held = mark(name, stored.get(name))
        if before is None or held == before or now == held:
            kept[name] = value
        elif now != before:
            elsewhere.append(name)
    return kept, elsewhere


def bare(value: Any) -> Any:
    """An answer without what says nothing, so that an empty box, a missing one and an empty row are the same."""
    if isinstance(value, Mapping):
        inside = {str(name): bare(each) for name, each in value.items()}
        return {name: each for name, each in inside.items() if each is not None} or None
    if isinstance(value, list | tuple):
        rows = [bare(each) for each in value]
        return [each for each in rows if each is not None] or None
    if isinstance(value, str):
        return value.strip() or None
    return value if is_given(value) else None
