"""Which agency of a place is competent for a procedure: the routing pack asked as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def rule_for(routing: Mapping[str, Any], procedure: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What kind of agency a procedure needs: said for the procedure, for its words, else for its level."""
    own = (routing.get("procedures") or {}).get(procedure.get("id"))
    if own is not None:
        return own
    words = procedure.get("responsible_agency_type")
    for rule in routing.get("rules") or ():
        if rule.get("responsible") == words:
            return rule.get("agency")
    return (routing.get("by_level") or {}).get(procedure.get("level"))


def pick(
    wanted: Mapping[str, Any],
    commune: str,
    agencies: Iterable[Mapping[str, Any]],
    areas: Mapping[str, Mapping],
) -> Mapping[str, Any] | None:
    """The existing agency of the wanted kind for a commune: its own, one that serves it, its province's, the
    nation's; None when the packs know no such agency."""
    province = (areas.get(commune) or {}).get("parent")
    best: Mapping[str, Any] | None = None
    best_rank = 9
    for agency in agencies:
        if agency.get("valid_to") is not None or not _is_wanted(agency, wanted):
            continue
        if agency.get("area") == commune:
            rank = 0
        elif commune in (agency.get("serves") or ()):
            rank = 1
        elif agency.get("serves"):
            continue
        elif agency.get("area") == province:
            rank = 2
        elif agency.get("area") == "VN":
            rank = 3
        else:
            continue
        if rank < best_rank:
            best, best_rank = agency, rank
    return best


def _is_wanted(agency: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(
        agency.get(key) == wanted[key] for key in ("kind", "level", "function") if wanted.get(key) is not None
    )
