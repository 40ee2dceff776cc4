"""A finding: what is wrong, where, how sure, by which source. The words for it are the face's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as filled
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What can be wrong with a dossier before it is handed in."""

    MISSING = "missing"  # a paper or an answer that the rule asks for is not there
    WRONG_ANSWER = "wrong_answer"
    WRONG_OFFICE = "wrong_office"
    UNREADABLE = "unreadable"  # blurred, dark, cut, too small: nobody can read it
    EMPTY = "empty"
    WRONG_PAPER = "wrong_paper"  # the text says clearly that it is another paper
    EXPIRED = "expired"
    DIFFERS = "differs"


KINDS = tuple(kind.value for kind in Kind)
BLOCKS, LIKELY, HINT = "blocks", "likely", "hint"  # a rule refuses it; probably wrong; worth a look
SEVERITIES = (BLOCKS, LIKELY, HINT)


@dataclass(frozen=True)
class Finding:
    """`code` names the sentence; `facts` fill it and hold personal data. `paper` is the key of the paper, `file` the
    one that was handed in for it (its row), `page` from 1. `source` is an article, "" where none stands behind it."""

    kind: Kind
    severity: str
    code: str
    paper: str = ""
    file: int = 0
    page: int = 0
    field: str = ""
    section: str = ""
    source: str = ""
    facts: Mapping[str, Any] = filled(default_factory=dict)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """What a rule refuses first, then what is probably wrong, then hints; papers together."""
    places = {kind: place for place, kind in enumerate(Kind)}
    return sorted(
        findings,
        key=lambda f: (SEVERITIES.index(f.severity), places[f.kind], f.paper, f.file, f.page, f.field),
    )


def kept(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """What is kept of findings with the dossier: kinds and places, no value of anybody; each once."""
    rows = {(f.kind.value, f.severity, f.code, f.paper, f.field, f.section): None for f in ordered(findings)}
    names = ("kind", "severity", "code", "paper", "field", "section")
    return [dict(zip(names, row, strict=True)) for row in rows]
