"""From layers to resolved documents: overlay, and what a procedure inherits from the rules beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.foundation.packs.layers import PackFile, PackSet
from motcua.foundation.packs.overlay import lay_over
from motcua.foundation.packs.problems import Place, Problem, Words
from motcua.foundation.packs.resolved import Document, Resolved

# The kind and the id of a document.
Name = tuple[str, str]


def resolve(packs: PackSet, layers: list[str]) -> tuple[Resolved, list[Problem]]:
    """Lay the layers over each other. `layers` may leave out what they lie over.

    Whatever is wrong between the documents comes back as problems. Raises PacksBroken for an unknown layer.
    """
    stack = packs.stack(layers)
    problems: list[Problem] = []
    kept: dict[Name, _Pile] = {}
    for layer in stack:
        for name, file in packs.layers.get(layer, {}).items():
            _place(kept, name, file, problems)
    bodies = {name: pile.body for name, pile in kept.items()}
    bodies = _inherit(bodies, [packs.packs[layer].body for layer in stack])
    documents = {name: pile.document(*name, bodies[name]) for name, pile in kept.items()}
    return Resolved(tuple(stack), documents, {layer: packs.packs[layer].body for layer in stack}), problems


class _Pile:
    """One document with the files it was laid from."""

    def __init__(self, file: PackFile) -> None:
        self.files = [file]
        self.body = {key: value for key, value in file.body.items() if key != "overrides"}

    def document(self, kind: str, id: str, body: dict[str, Any]) -> Document:
        files = self.files
        return Document(kind, id, body, tuple(f.layer for f in files), tuple(f.shown for f in files))


def _place(kept: dict[Name, _Pile], name: Name, file: PackFile, problems: list[Problem]) -> None:
    def tell(place: Place, code: str, words: Words) -> None:
        problems.append(Problem(file.shown, file.line_of(place), place, code, *words))

    target = file.body.get("overrides")
    pile = kept.get(name)
    below = f"{pile.files[-1].layer}/{file.kind}/{file.id}" if pile else None
    known = {f"{f.layer}/{file.kind}/{file.id}" for f in pile.files} if pile else set()
    if target is None:
        if below is not None:
            vi = f"tài liệu này đã có ở {below}; muốn ghi đè thì thêm “overrides: {below}”."
            en = f"this document exists in {below}; to lie over it, add “overrides: {below}”."
            tell(("id",), "layer", (vi, en))
        else:
            kept[name] = _Pile(file)
    elif target not in known:
        vi = f"thấy “{target}”, nhưng không có tài liệu ấy ở lớp dưới."
        en = f"found “{target}”, but there is no such document in a layer below."
        tell(("overrides",), "layer", (vi, en))
    else:
        assert pile is not None
        pile.body = lay_over(pile.body, file.body, lambda place, words: tell(place, "layer", words))
        pile.files.append(file)


def _inherit(bodies: dict[Name, dict], packs: list[dict]) -> dict[Name, dict]:
    """Complete procedures by defaults, systems, doors and law notes, agencies by their pack's calendar and hours.

    What is inherited becomes part of the document, and so of its hash: a dossier stays pinned to all of it.
    """
    by_kind: dict[str, dict[str, dict]] = {}
    for (kind, id), body in bodies.items():
        by_kind.setdefault(kind, {})[id] = body
    times: dict[str, Any] = {}
    for pack in packs:
        times.update({key: pack[key] for key in ("calendar", "hours") if pack.get(key)})
    completed = dict(bodies)
    for (kind, id), body in bodies.items():
        if kind == "procedures":
            completed[kind, id] = whole_procedure(body, by_kind)
        elif kind == "agencies":
            completed[kind, id] = _whole_agencies(body, times)
    return completed


def whole_procedure(body: dict, by_kind: Mapping[str, Mapping[str, dict]]) -> dict:
    """A procedure with what it inherits: the defaults, the system of its owner, the doors that open for it and the
    notes on the law that concern it. `by_kind` holds the other documents by kind and id."""
    defaults = by_kind.get("defaults", {}).get("procedures", {})
    whole = lay_over({k: v for k, v in defaults.items() if k != "id"}, body, lambda place, words: None)
    owner = body.get("owner")
    if isinstance(owner, dict):
        system = by_kind.get("systems", {}).get(str(owner.get("system")), {})
        whole["owner"] = {**{k: v for k, v in system.items() if k != "id"}, **owner}
    rules = by_kind.get("doors", {})
    doors = [_door(id, rule) for id, rule in sorted(rules.items()) if _opens(rule, body)]
    whole["doors"] = [*_listed(body, "doors"), *doors]
    notes = by_kind.get("law-notes", {})
    found = [_note(id, note) for id, note in sorted(notes.items()) if _concerns(note, body)]
    whole["law_notes"] = [*_listed(body, "law_notes"), *found]
    return whole


def _opens(rule: dict, procedure: dict) -> bool:
    """Whether a door rule opens for a procedure: it is in force at all, offered that way, and meant."""
    if procedure.get("status") != "active" or procedure.get("id") in _listed(rule, "except"):
        return False
    if rule.get("procedures") is not None and procedure.get("id") not in _listed(rule, "procedures"):
        return False
    if rule.get("channels") is None:
        return True
    return any(channel in _listed(procedure, "channels") for channel in _listed(rule, "channels"))


def _listed(body: dict, key: str) -> list:
    """A list of the document, or nothing when something else stands there (the check tells it)."""
    value = body.get(key)
    return value if isinstance(value, list) else []


def _door(id: str, rule: dict) -> dict:
    kept = ("door", "from", "to", "trial", "note_vi", "note_en", "source", "unverified")
    return {"key": id, **{key: rule[key] for key in kept if key in rule}}


def _concerns(note: dict, procedure: dict) -> bool:
    if procedure.get("id") in _listed(note, "procedures"):
        return True
    return procedure.get("field_vi") in _listed(note, "sectors")


def _note(id: str, note: dict) -> dict:
    return {"key": id, **{k: v for k, v in note.items() if k not in ("id", "procedures", "sectors")}}


def _whole_agencies(body: dict, times: dict[str, Any]) -> dict:
    rows = body.get("agencies")
    if not times or not isinstance(rows, list):
        return body
    return {**body, "agencies": [{**times, **row} if isinstance(row, dict) else row for row in rows]}
