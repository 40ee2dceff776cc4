"""The documents as they hold in one place, after every layer has had its say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from motcua.foundation.canonical import digest
from motcua.foundation.packs.problems import PacksBroken, Problem


@dataclass(frozen=True)
class Document:
    """One resolved document. `layers` and `files` say where it is from, lowest first.

    `hash` is the SHA-256 of its canonical JSON. The body is shared: read it, never change it.
    """

    kind: str
    id: str
    body: dict[str, Any]
    layers: tuple[str, ...]
    files: tuple[str, ...]

    @cached_property
    def hash(self) -> str:
        return digest(self.body)


@dataclass(frozen=True)
class Resolved:
    """All documents of a stack of layers, by kind and id."""

    layers: tuple[str, ...]
    by_name: dict[tuple[str, str], Document] = field(repr=False)
    packs: dict[str, dict[str, Any]] = field(repr=False)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, by kind and id."""
        return tuple(self.by_name[name] for name in sorted(self.by_name))

    @cached_property
    def kinds(self) -> dict[str, tuple[Document, ...]]:
        """The documents of each kind, by id."""
        grouped: dict[str, list[Document]] = {}
        for document in self.documents:
            grouped.setdefault(document.kind, []).append(document)
        return {kind: tuple(found) for kind, found in grouped.items()}

    def of(self, kind: str) -> tuple[Document, ...]:
        """The documents of a kind, by id."""
        return self.kinds.get(kind, ())

    def get(self, kind: str, id: str) -> Document | None:
        """The document with this name, or None."""
        return self.by_name.get((kind, id))

    def need(self, kind: str, id: str) -> Document:
        """The document with this name. Raises PacksBroken when there is none."""
        document = self.get(kind, id)
        if document is None:
            vi, en = f"không có tài liệu “{id}”.", f"there is no document “{id}”."
            raise PacksBroken([Problem("/".join((*self.layers[-1:], kind)), 1, (), "reference", vi, en)])
        return document

    def rows(self, kind: str, label: str) -> list[dict[str, Any]]:
        """The items of a list that several documents of a kind share, e.g. `rows("agencies", "agencies")`.

        What is no item (the check tells it) is left out, so that one faulty file does not stop the others.
        """
        lists = (document.body.get(label) for document in self.of(kind))
        return [row for rows in lists if isinstance(rows, list) for row in rows if isinstance(row, dict)]

    @cached_property
    def agencies(self) -> dict[str, dict[str, Any]]:
        """Every agency of every time, by code."""
        return _by_code(self.rows("agencies", "agencies"))

    @cached_property
    def areas(self) -> dict[str, dict[str, Any]]:
        """Every area of every time, by code."""
        return _by_code(self.rows("areas", "areas"))

    @property
    def succession(self) -> list[dict[str, Any]]:
        """Succession rows, each with `of` (area or agency)."""
        return [
            {"of": document.body.get("of"), **row}
            for document in self.of("succession")
            for row in document.body.get("rows") or ()
        ]

    def value(self, id: str, on: date) -> Any:
        """The value in force on a local day; None before the first. Raises PacksBroken for an unknown id."""
        row = row_in_force(self.need("values", id).body["values"], on)
        return None if row is None else row["value"]


def _by_code(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows if isinstance(row.get("code"), str)}


def row_in_force(values: dict[str, dict[str, Any]], on: date) -> dict[str, Any] | None:
    """The dated row `{value, source, to?, unverified?}` that holds on a local day, or None."""
    day = on.isoformat()
    started = [start for start in values if start <= day]
    if not started:
        return None
    row = values[max(started)]
    end = row.get("to")
    return None if end is not None and day > end else row


def setting_in_force(setting: Any, on: date) -> Any:
    """What holds on a local day, for a setting that is one value or a list of `{from, value, source}`."""
    if not isinstance(setting, list):
        return setting
    held = [row for row in setting if row.get("from") is None or row["from"] <= on.isoformat()]
    return held[-1]["value"] if held else None
