"""Which agency of a place is competent for a procedure: the routing pack asked as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.foundation.packs.problems import Place, Words, show_value
from motcua.foundation.packs.resolved import Resolved


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


def check_routing(resolved: Resolved, faulty: set[str]) -> Iterator[tuple[str, tuple[Place, str, Words]]]:
    """For every active procedure and every commune of today: is there somebody competent, and somebody to receive?

    Yields (id of the procedure, finding), one finding a procedure. Nothing is asked of packs without communes, or
    of procedures in `faulty` files, which have been told.
    """
    routing = resolved.get("routing", "competence")
    communes = [
        code for code, row in resolved.areas.items() if len(code) == 5 and row.get("valid_to") is None
    ]
    if routing is None or not communes:
        return
    agencies, areas = list(resolved.agencies.values()), resolved.areas
    found: dict[str, str | None] = {}
    for document in resolved.of("procedures"):
        procedure = document.body
        if procedure.get("status") != "active" or any(file in faulty for file in document.files):
            continue
        receivers = routing.body.get("received_by") or {}
        joint = [row["agency"] for row in _tasks(procedure) if row.get("agency")]
        main = (rule_for(routing.body, procedure), receivers.get(procedure.get("level")))
        for wanted in (*main, *joint):
            words = repr(wanted)
            if words not in found:
                lost = wanted is None or any(pick(wanted, c, agencies, areas) is None for c in communes)
                found[words] = _said(wanted) if lost else None
            if found[words] is not None:
                shown = show_value(procedure.get("responsible_agency_type"))
                vi = f"thấy {shown}, nhưng có xã, phường không có cơ quan loại {found[words]}."
                en = f"found {shown}, but some communes have no agency of the kind {found[words]}."
                yield document.id, (("responsible_agency_type",), "reference", (vi, en))
                break


def _said(wanted: Any) -> str:
    return ", ".join(f"{key} {value}" for key, value in wanted.items()) if isinstance(wanted, dict) else "–"


def _tasks(procedure: dict) -> list[dict]:
    rows = (procedure.get("bundle") or {}).get("tasks")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
