"""Questions that wait for their own answer, found in pack data that make no form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.kernel.conditions import ConditionError, parse
from motcua.kernel.prover.findings import Finding, Place
from motcua.kernel.text import Bilingual


def circles(data: Mapping[str, Any]) -> list[Finding]:
    """One finding for each circle of `when` conditions, at the first field of the page that lies on it."""
    needs: dict[str, frozenset[str]] = {}
    places: dict[str, Place] = {}
    for name, place, waits in _fields(data):
        needs[name], places[name] = waits, place
    found: list[Finding] = []
    told: set[frozenset[str]] = set()
    for start in needs:
        way = _way_back(start, needs)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            said = " → ".join((*way, start))
            found.append(
                Finding("circle", "declaration", (*places[start], "when"), start, Bilingual(said, said))
            )
    return found


def _fields(data: Mapping[str, Any]) -> Iterator[tuple[str, Place, frozenset[str]]]:
    for number, section in enumerate(_rows(data.get("sections"))):
        around = _names(section.get("when"))
        for place, one in enumerate(_rows(section.get("fields"))):
            here: Place = ("sections", number, "fields", place)
            yield str(one.get("id")), here, around | _names(one.get("when"))


def _rows(rows: Any) -> list[Mapping[str, Any]]:
    listed = rows if isinstance(rows, list | tuple) else ()
    return [row if isinstance(row, Mapping) else {} for row in listed]


def _names(text: Any) -> frozenset[str]:
    try:
        return parse(text).names() if isinstance(text, str) else frozenset()
    except ConditionError:
        return frozenset()


def _way_back(start: str, needs: Mapping[str, frozenset[str]]) -> list[str]:
    """The shortest way from a name over what it waits for back to it; [] when there is none."""
    ways, seen = [[start]], set()
    while ways:
        longer = []
        for way in ways:
            for name in sorted(needs.get(way[-1], ())):
                if name == start:
                    return way
                if name in needs and name not in seen:
                    seen.add(name)
                    longer.append([*way, name])
        ways = longer
    return []
