"""Whether the chosen office is the right one.

Reception is bound to no place within the province (NĐ 118/2025, read in digests only), so an office that would pass the
dossier on is no bar; one that takes none in, or for whose place nobody here decides, is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.kernel.text import Bilingual
from motcua.precheck.rules.findings import BLOCKS, LIKELY, Finding, Kind


@dataclass(frozen=True)
class Place:
    """A declared place that would decide: its question, its name, the agency that decides there ("" for none here),
    its name and that of the one-stop there."""

    field: str
    section: str
    commune: str
    agency: str
    agency_name: Bilingual = Bilingual("")
    one_stop: Bilingual = Bilingual("")


@dataclass(frozen=True)
class Filed:
    """Where it is to be handed in: chosen at all, taking dossiers in, by an open door; the agency that would decide."""

    chosen: bool
    receives: bool
    open: bool
    agency: str
    agency_name: Bilingual = Bilingual("")
    words: Bilingual = Bilingual("")
    source: str = ""


def office_findings(filed: Filed, places: Sequence[Place]) -> list[Finding]:
    """At most one: what is wrong with the office that was chosen. `places` are those of which any one may decide."""

    def found(severity: str, code: str, at: Place | None = None, source: str = "") -> list[Finding]:
        facts = {"agency": filed.agency_name, "words": filed.words}
        if at is not None:
            facts |= {"commune": at.commune, "right": at.agency_name, "one_stop": at.one_stop}
        field, section = (at.field, at.section) if at else ("", "")
        return [
            Finding(
                Kind.WRONG_OFFICE, severity, code, field=field, section=section, source=source, facts=facts
            )
        ]

    if not filed.chosen:
        return found(BLOCKS, "office_not_chosen")
    if not filed.receives:
        return found(BLOCKS, "office_takes_none")
    if not filed.open:
        return found(BLOCKS, "door_closed")
    here = [place for place in places if place.agency]
    if not filed.agency:
        at = here[0] if here else None
        return found(BLOCKS, "nobody_decides_there" if at else "nobody_decides", at)
    if not places or any(place.agency == filed.agency for place in here):
        return []
    if not here:
        return found(LIKELY, "other_province", places[0], filed.source)
    return found(LIKELY, "other_agency", here[0], filed.source)
