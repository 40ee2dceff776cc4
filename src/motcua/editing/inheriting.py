"""Between a published document, which carries all that it is judged by, and the document a person edits.

`document_of` takes away what a procedure inherits; `body_of` puts it back, from what stands beside it now. Both are
inverse for what is published today; `tests/editing/test_round_trip.py` shows it for every shipped pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.editing.document import Document, declaration_of, procedure_of
from motcua.foundation.packs.assemble import assemble
from motcua.foundation.packs.resolve import whole_procedure

Beside = Mapping[str, Mapping[str, dict]]  # every other document, by kind and id
DESK = "desk"
_PUT_IN = ("clock_values", "fee_rules")
_BY_RULE = ("doors", "law_notes")


def document_of(body: Mapping[str, Any], beside: Beside) -> Document:
    """The document to edit, from a published body: without the doors and notes that rules give, the system's own words
    about itself, the defaults, and the national values; the declaration stays inside."""
    document = {key: value for key, value in body.items() if key not in _PUT_IN}
    for name in _BY_RULE:
        own = [row for row in document.pop(name, None) or () if "key" not in row]
        if own:
            document[name] = own
    owner = document.get("owner")
    if isinstance(owner, dict):
        system = beside.get("systems", {}).get(str(owner.get("system")), {})
        kept = {key: value for key, value in owner.items() if key not in system or system[key] != value}
        document["owner"] = {"system": owner.get("system"), **kept}
    defaults = beside.get("defaults", {}).get("procedures", {})
    return {key: value for key, value in document.items() if key == "id" or defaults.get(key, ...) != value}


def body_of(document: Mapping[str, Any], beside: Beside) -> Document:
    """What the store publishes for a document: the procedure with everything that it inherits and that it is judged by.

    A declaration that is only named is taken from beside; one that is missing stays a name, and the check tells it.
    """
    procedure, inside = procedure_of(document), declaration_of(document)
    declarations = dict(beside.get("declarations", {}))
    if inside is not None:
        declarations[procedure["declaration"]] = inside
    rows = [_row("values", key, body) for key, body in beside.get("values", {}).items()]
    rows += [_row("declarations", key, body) for key, body in declarations.items()
             if key == procedure.get("declaration")]  # fmt: skip
    rows.append(_row("procedures", str(procedure.get("id")), whole_procedure(procedure, beside)))
    return assemble(rows)[-1]["body"]


def _row(kind: str, key: str, body: dict) -> dict[str, Any]:
    return {"kind": kind, "key": key, "body": body, "layers": [DESK]}
