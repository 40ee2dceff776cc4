"""One document that says everything a dossier is judged by: a procedure with its declaration, owner, doors,
clock and law notes inside. So one hash pins all; a change elsewhere makes a new version of the procedure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from motcua.foundation.canonical import canonical

Document = dict[str, Any]  # {"kind": folder, "key": id, "body": resolved content, "layers": its origins}
PROCEDURES = "procedures"


def plain_body(body: Any) -> Any:
    """A document as plain JSON data: dates of YAML as ISO text, also where they are keys."""

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {_name(key): named(inner) for key, inner in value.items()}
        return [named(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    return json.loads(canonical(named(body)))


def _name(key: Any) -> str:
    return key if isinstance(key, str) else str(json.loads(canonical([key]))[0])


def assemble(documents: Iterable[Document]) -> list[Document]:
    """The documents, plain, each procedure with what other documents say about it put inside.

    What a procedure says itself wins. A name that leads nowhere stays a name: the check of packs tells it.
    """
    plain = [{**d, "body": plain_body(d["body"])} for d in documents]
    by_kind: dict[str, dict[str, Document]] = {}
    for document in plain:
        by_kind.setdefault(document["kind"], {})[document["key"]] = document
    for document in by_kind.get(PROCEDURES, {}).values():
        _complete(document, by_kind)
    return plain


def _complete(procedure: Document, by_kind: dict[str, dict[str, Document]]) -> None:
    body, used = dict(procedure["body"]), []
    declaration = by_kind.get("declarations", {}).get(str(body.get("declaration")))
    if declaration is not None and isinstance(body["declaration"], str):
        body["declaration"] = declaration["body"]
        used.append(declaration)
    owner = dict(body.get("owner") or {"system": "platform", "unverified": True})
    system = by_kind.get("systems", {}).get(str(owner.get("system")))
    if system is not None:
        body["owner"] = {**{k: v for k, v in system["body"].items() if k != "id"}, **owner}
        used.append(system)
    if "doors" not in body:
        doors = [d for d in by_kind.get("doors", {}).values() if _leads_to(d["body"], body)]
        body["doors"] = [{k: v for k, v in d["body"].items() if k != "id"} | {"key": d["key"]} for d in doors]
        used += doors
    defaults = by_kind.get("defaults", {}).get(PROCEDURES)
    if defaults is not None:
        for name, value in defaults["body"].items():
            if name != "id" and body.get(name) is None:
                body[name] = value
        used.append(defaults)
    notes = [d for d in by_kind.get("law-notes", {}).values() if _is_about(d["body"], body)]
    if notes:
        body["law_notes"] = _with_notes(body.get("law_notes") or [], notes)
        used += notes
    procedure["body"] = body
    others = [layer for document in used for layer in document["layers"]]
    procedure["layers"] = list(dict.fromkeys([*procedure["layers"], *others]))


def _leads_to(door: dict, procedure: dict) -> bool:
    """A door is for all procedures that may be filed through one of its channels, unless it names them."""
    if door.get("procedures"):
        return procedure.get("slug") in door["procedures"]
    return not door.get("channels") or bool(set(door["channels"]) & set(procedure.get("channels") or ()))


def _is_about(note: dict, procedure: dict) -> bool:
    return procedure.get("slug") in (note.get("procedures") or ()) or procedure.get("field_vi") in (
        note.get("sectors") or ()
    )


def _with_notes(own: list[dict], documents: list[Document]) -> list[dict]:
    """Own notes first; a document's note comes without its list of procedures, which would be noise here."""
    known = {note.get("key") for note in own}
    shared = [
        {k: v for k, v in d["body"].items() if k not in ("id", "procedures", "sectors")} | {"key": d["key"]}
        for d in documents
        if d["key"] not in known
    ]
    return [*own, *shared]
