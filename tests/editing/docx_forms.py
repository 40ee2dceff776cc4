"""What the tests of reading forms share: the vocabulary of the packs, and how a draft is compared with a pack."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from functools import cache

from motcua.config.paths import default_packs
from motcua.editing.docx import FormDraft, Vocabulary, read_form
from motcua.foundation.packs import documents_of
from tests.support.paper_forms import ASKS, FORMS, Paper


@cache
def declarations() -> dict[str, dict]:
    found = documents_of(["national"], default_packs())
    return {one["key"]: one["body"] for one in found if one["kind"] == "declarations"}


@cache
def vocabulary(without: str = "") -> Vocabulary:
    return Vocabulary.of(body for key, body in declarations().items() if key != without)


def read(paper: bytes | Paper, name: str = "mau.docx", known: Vocabulary | None = None) -> FormDraft:
    raw = paper.bytes() if isinstance(paper, Paper) else paper
    return read_form(io.BytesIO(raw), name, known if known is not None else vocabulary())


def of_lines(text: str) -> FormDraft:
    paper = Paper("TỜ KHAI THỬ")
    paper.lines(text)
    return read(paper)


@dataclass(frozen=True)
class Measured:
    """A draft beside the full declaration of the same procedure: questions that the paper asks, and how many of them
    were found, with the right type, under the same id. `missed` names those without the right type."""

    asked: int
    found: int
    typed: int
    named: int
    missed: tuple[str, ...]


def measure(key: str) -> Measured:
    """Read the paper form of a procedure without having seen its own declaration."""
    draft = read(FORMS[key](), f"{key}.docx", vocabulary(without=key))
    pack = {one["id"]: one for section in declarations()[key]["sections"] for one in section["fields"]}
    types = {one["id"]: one["type"] for one in draft.fields()}
    seen: Counter[str] = Counter()
    got = {}
    for label, name in draft.asked:
        seen[label] += 1
        got[label, seen[label]] = name
    pairs = {wanted: got.get(where) for wanted, where in ASKS[key].items()}
    right = {wanted for wanted, name in pairs.items() if name and types[name] == pack[wanted]["type"]}
    return Measured(
        len(pairs),
        sum(name is not None for name in pairs.values()),
        len(right),
        sum(wanted == name for wanted, name in pairs.items()),
        tuple(sorted(set(pairs) - right)),
    )
