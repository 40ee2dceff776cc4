"""Labels in one statement, for pages that are opened all day: those an officer may use, those on the rows at hand, and
how many of a list carry each. Part of the door `queries`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, IntegerField, Q, Value

from motcua.notes.models import Label, Mark

_TEXTS = ("public_id", "name", "key", "colour")
_ORDER = ("kind", "row", *(f"said_{name}" for name in _TEXTS), "of", "retired", "number")


@dataclass(frozen=True)
class Found:
    """A label as it stands, without the words of its agency."""

    pk: int
    public_id: str
    name: str
    key: str
    colour: str
    agency_id: int
    retired: bool


@dataclass
class AtOnce:
    """What one statement told: the labels of the agencies asked for, those on each dossier by its key, and how many
    dossiers of a list carry each name (by the name's key); all in the order of their names."""

    usable: list[Found] = field(default_factory=list)
    on: dict[int, list[Found]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=dict)


def read(offices: Collection[int], dossiers: Collection[int], *, among: Any = None) -> AtOnce:
    """Labels in use at these agencies (ids), labels on these dossiers (keys), and, of `among` (keys, as a query), how
    many dossiers carry each name in use. One statement, none when nothing is asked for."""
    parts = []
    in_use = Label.objects.filter(agency__in=sorted(set(offices)), retired_at=None)
    if offices:
        parts.append(_of(in_use, "usable", "", Value(0, IntegerField())))
    if dossiers:
        marks = Mark.objects.filter(dossier__in=sorted(dossiers)).order_by()
        parts.append(_of(marks, "on", "label__", F("dossier_id")))
    if offices and among is not None:
        counted = Mark.objects.filter(label__key__in=in_use.values("key"), dossier__in=among).order_by()
        nothing = {f"said_{name}": Value("") for name in _TEXTS if name != "key"}
        counted = counted.values(said_key=F("label__key")).annotate(
            kind=Value("count"), row=Value(0, IntegerField()), of=Value(0, IntegerField()),
            retired=Value(False, BooleanField()), number=Count("dossier", distinct=True), **nothing,
        )  # fmt: skip
        parts.append(counted.values_list(*_ORDER))
    found = AtOnce()
    if not parts:
        return found
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for kind, row, public_id, name, key, colour, agency, retired, number in sorted(rows, key=_by_name):
        label = Found(row, public_id, name, key, colour, agency, bool(retired))
        if kind == "usable":
            found.usable.append(label)
        elif kind == "on":
            found.on[number].append(label)
        else:
            found.counts[key] = number
    return found


def _by_name(row: tuple) -> tuple:
    return row[_ORDER.index("said_key")], row[_ORDER.index("row")]


def _of(rows: Any, kind: str, path: str, number: Any) -> Any:
    """The columns of labels that stand at `path` of `rows`, under the same names whatever the path."""
    retired = ExpressionWrapper(Q(**{f"{path}retired_at__isnull": False}), BooleanField())
    return rows.order_by().annotate(
        kind=Value(kind),
        row=F(f"{path}id"),
        **{f"said_{name}": F(f"{path}{name}") for name in _TEXTS},
        of=F(f"{path}agency_id"),
        retired=retired,
        number=number,
    ).values_list(*_ORDER)  # fmt: skip
