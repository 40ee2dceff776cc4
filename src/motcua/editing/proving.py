"""The prover asked about a draft: as `motcua packs prove` asks it about a pack, with the agencies of this place."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.editing.document import declaration_of, procedure_of
from motcua.editing.rules.proving import house
from motcua.editing.standing import Standing
from motcua.foundation.packs.prove import Ways
from motcua.kernel.prover import Finding, Subject, Unproved, cover, prove


def proof(document: dict[str, Any], standing: Standing, today: date) -> dict[str, Any]:
    """{ok, asked, findings, unproved, coverage} of a draft's document on a day, as plain data.

    A finding is {kind, place (in the draft's document), name, vi, en, dossier}; `coverage` holds the covering test
    dossiers, as `motcua packs prove --cases` writes them.
    """
    resolved = standing.resolved_with(document)
    body = resolved.need("procedures", str(document["id"])).body
    named, inside = procedure_of(document).get("declaration"), declaration_of(document)
    if inside is None and isinstance(named, str):
        known = resolved.get("declarations", named)
        inside = None if known is None else known.body
    subject = Subject(body, inside)
    found = prove(subject, today, Ways(resolved).of(body), house())
    covering = cover(subject, today)
    return {
        "ok": found.holds,
        "asked": found.asked,
        "findings": [_finding(one) for one in found.findings],
        "unproved": [_told(one) for one in found.unproved],
        "coverage": covering.to_data(),
    }


def _told(said: Finding | Unproved) -> dict[str, Any]:
    place = ["declaration", *said.place] if said.where == "declaration" else list(said.place)
    return {"place": place, "name": said.name, "vi": said.say("vi"), "en": said.say("en")}


def _finding(said: Finding) -> dict[str, Any]:
    dossier = None if said.dossier is None else said.dossier.to_data()
    return {"kind": said.kind, **_told(said), "dossier": dossier}
