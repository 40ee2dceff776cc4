"""What stands beside a draft: every other published document, as the checks and the prover of packs want to see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from motcua.editing.document import declaration_of, procedure_of
from motcua.foundation.packs import store
from motcua.foundation.packs.layers import KINDS
from motcua.foundation.packs.resolve import whole_procedure
from motcua.foundation.packs.resolved import Document, Resolved

DESK = store.DESK


@dataclass(frozen=True)
class Standing:
    """The documents in force at a moment."""

    at: datetime

    @cached_property
    def beside(self) -> dict[str, dict[str, dict]]:
        """Every document by kind and id."""
        return {kind: {v.key: v.body for v in store.current_all(kind, self.at)} for kind in KINDS}

    def resolved_with(self, document: dict[str, Any]) -> Resolved:
        """All documents, with a draft in the place of the procedure and of the declaration it brings."""
        found = {
            (kind, key): Document(kind, key, body, (DESK,), ())
            for kind, bodies in self.beside.items()
            for key, body in bodies.items()
        }
        procedure, inside = procedure_of(document), declaration_of(document)
        id, whole = str(procedure.get("id")), whole_procedure(procedure, self.beside)
        found["procedures", id] = Document("procedures", id, whole, (DESK,), ())
        if inside is not None:
            name = procedure["declaration"]
            found["declarations", name] = Document("declarations", name, inside, (DESK,), ())
        return Resolved((DESK,), found, {})
