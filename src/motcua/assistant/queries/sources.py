"""Looking up what a sentence rests on: the field itself, as it stands in its document today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.agencies import queries as agencies
from motcua.assistant import mine, scripted
from motcua.assistant.rules import Source
from motcua.catalogue import queries as catalogue
from motcua.catalogue.errors import OnlyListed, ProcedureNotFound
from motcua.catalogue.rules import ProcedureView
from motcua.foundation.packs import store
from motcua.kernel.text import Bilingual


def value_of(source: Source) -> Any:
    """What the field of a sentence says; None where there is no such field (then the sentence has no source).

    A derived day gives its derivation, an agency's field its value ("" where the pack has none), a sentence of the
    assistant's own its text. Dossiers are not looked up here: they are read by their own policy.
    """
    if source.kind == "procedure":
        return _of_procedure(source)
    if source.kind == "listed":
        return getattr(catalogue.by_slug(source.key), source.path, None)
    if source.kind == "agency":
        return _of_agency(source)
    if source.kind == "pack":
        kind, _slash, key = source.key.partition("/")
        version = store.current(kind, key)
        return _walk(version.body, source.path) if version is not None else None
    if source.kind == "calendar":
        return source.path or None
    if source.kind == "self":
        own = source.key.removeprefix("mine-")
        return own if own != source.key and own in mine.SELF else scripted.text_of(source.key)
    return None


def _of_agency(source: Source) -> Any:
    office = agencies.by_code(source.key)
    if office is None:
        return None
    fields = {"name_vi": office.name_vi, "address_vi": office.address}
    return fields.get(source.path)


def _of_procedure(source: Source) -> Any:
    try:
        view = catalogue.view_for(source.key)
    except (ProcedureNotFound, OnlyListed):
        return None
    head, _dot, rest = source.path.partition(".")
    if head == "declaration" and rest.partition(".")[0] not in ("papers", "fees"):
        return _of_declaration(view, rest)
    if head == "law_notes":
        number, _dot, part = rest.partition(".")
        notes = view.all_law_notes
        return _plain(getattr(notes[int(number)], part, None)) if int(number) < len(notes) else None
    if head in ("fee_rules", "doors"):
        return view.body.get(head)
    return _walk(view.body, source.path)


def _of_declaration(view: ProcedureView, path: str) -> Any:
    name, _dot, part = path.partition(".")
    entry = view.declaration.by_id.get(name)
    return _plain(getattr(entry[1], part or "label")) if entry is not None else None


def _walk(value: Any, path: str) -> Any:
    """Along a path of keys; in a list a step is the `key` of a row, else its number."""
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            rows = [row for row in value if isinstance(row, Mapping) and row.get("key") == step]
            if rows:
                value = rows[0]
            else:
                value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        else:
            return None
    return value


def _plain(value: Any) -> Any:
    return value.to_data() if isinstance(value, Bilingual) else value
