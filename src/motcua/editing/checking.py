"""What is wrong in a draft, in the sentences of the packs' own check, each at its place in the draft's document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.editing.document import declaration_of, procedure_of
from motcua.editing.rules.places import Place
from motcua.editing.standing import Standing
from motcua.foundation.packs.check import check_document
from motcua.foundation.packs.resolved import Resolved


@dataclass(frozen=True)
class Fault:
    """One fault: where in the draft's document (its declaration lies under `declaration`), a code, the words."""

    place: Place
    code: str
    vi: str
    en: str

    def say(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


def faults(document: dict[str, Any], standing: Standing) -> list[Fault]:
    """Everything that `motcua packs check` would say of the document."""
    resolved = standing.resolved_with(document)
    procedure, inside = procedure_of(document), declaration_of(document)
    found = [
        Fault(place, code, *words) for place, code, words in check_document("procedures", procedure, resolved)
    ]
    if inside is not None:
        told = check_document("declarations", inside, resolved)
        found += [Fault(("declaration", *place), code, *words) for place, code, words in told]
    return [*found, *_taken(procedure, resolved)]


def _taken(procedure: dict[str, Any], resolved: Resolved) -> Iterator[Fault]:
    """A national code belongs to one procedure."""
    code = procedure.get("code")
    for other in resolved.of("procedures") if isinstance(code, str) else ():
        if other.body.get("code") == code and other.id != procedure.get("id"):
            vi = f"thấy “{code}”, nhưng mã này đã có ở {other.id}."
            yield Fault(
                ("code",), "duplicate", vi, f"found “{code}”, but this code is already used in {other.id}."
            )
