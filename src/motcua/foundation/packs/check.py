"""Every problem of every pack, told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.foundation.packs.layers import PackFile, PackSet, read
from motcua.foundation.packs.meaning import check_meaning
from motcua.foundation.packs.problems import PacksBroken, Place, Problem, Words
from motcua.foundation.packs.references import check_references
from motcua.foundation.packs.resolve import resolve
from motcua.foundation.packs.resolved import Resolved
from motcua.foundation.packs.routing import check_routing
from motcua.foundation.packs.schema import SHAPES
from motcua.foundation.packs.shapes import Findings

# Lists whose items are documents of their own for whoever counts them.
_COUNTED = {"agencies": "agencies", "areas": "areas", "succession": "rows", "sectors": "sectors"}


@dataclass
class Report:
    """What a check found. `counts` is layer → kind → number (agencies, areas, rows and sectors counted singly)."""

    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    files: int = 0

    def to_data(self, lang: str = "vi") -> dict[str, Any]:
        """The report as plain data, for `--json`."""
        return {
            "ok": not self.problems,
            "files": self.files,
            "counts": self.counts,
            "problems": [problem.to_data(lang) for problem in self.problems],
        }


def check(packs_dir: Path, shown_as: str | None = None) -> Report:
    """Read and judge every layer under a folder. Never raises for what is in the files.

    Each layer is judged on top of what it lies over: shapes first, then names that lead to other documents,
    conditions and forms, and at last whether every procedure finds its agency in every commune.
    """
    packs = read(packs_dir, shown_as)
    report = Report(list(packs.problems), files=len(packs.packs))
    whole: list[Resolved] = []
    for layer in sorted(packs.layers):
        report.files += len(packs.layers[layer])
        report.counts[layer] = _counts(packs.layers[layer].values())
        report.problems += _check_layer(packs, layer, whole)
    faulty = {problem.file for problem in report.problems}
    for resolved in whole:
        report.problems += _check_routing(packs, resolved, faulty)
    unique = {(p.file, p.line, p.place, p.code, p.en): p for p in report.problems}
    report.problems = sorted(unique.values(), key=lambda p: (p.file, p.line, [str(part) for part in p.place]))
    return report


def _counts(files: Iterable[PackFile]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for file in files:
        rows = file.body.get(_COUNTED.get(file.kind, ""))
        counts[file.kind] = counts.get(file.kind, 0) + (len(rows) if isinstance(rows, list) else 1)
    return dict(sorted(counts.items()))


def _check_layer(packs: PackSet, layer: str, whole: list[Resolved]) -> Iterator[Problem]:
    own = list(packs.layers[layer].values())
    if layer in packs.packs:
        own.insert(0, packs.packs[layer])
    misshapen: set[str] = set()
    for file in own:
        for problem in _check_shape(file):
            misshapen.add(file.shown)
            yield problem
    if layer not in packs.packs:  # told already; without it nobody knows what the layer lies over
        return
    try:
        resolved, problems = resolve(packs, [layer])
    except PacksBroken as broken:
        last = broken.problems[-1]
        yield from _told(packs.packs[layer], [(("over",), last.code, (last.vi, last.en))])
        return
    yield from problems
    if packs.lies_over_itself(layer):
        words = ("lớp gói này nằm trên chính nó.", "the layer lies over itself.")
        yield from _told(packs.packs[layer], [(("over",), "layer", words)])
    whole.append(resolved)
    lost = [(kind, words) for in_layer, kind, words in packs.lost if in_layer in resolved.layers]
    for file in own:
        yield from _told(file, check_references(file.kind, file.body, resolved, lost))
        document = resolved.get(file.kind, file.id)
        if document is not None:
            yield from _check_overlaid(file, document.body)
            # A calendar of the wrong shape cannot be asked to count; a procedure's conditions can be read anyway.
            if file.shown not in misshapen or file.kind not in ("calendars", "hours"):
                yield from _told(file, check_meaning(file.kind, document.body, resolved))
    yield from _check_twice(own, resolved, packs)


def _check_routing(packs: PackSet, resolved: Resolved, faulty: set[str]) -> Iterator[Problem]:
    """Whether everybody finds an agency; asked only when agencies, areas and routing are otherwise sound."""
    asked = ("agencies", "areas", "routing")
    layers = resolved.layers
    if any(kind in asked and layer in layers for layer, kind, _ in packs.lost):
        return
    if any(file in faulty for kind in asked for document in resolved.of(kind) for file in document.files):
        return
    top = layers[-1]
    for id, finding in check_routing(resolved, faulty):
        file = packs.layers[top].get(("procedures", id), packs.packs[top])
        yield from _told(file, [finding])


def _check_shape(file: PackFile) -> Iterator[Problem]:
    """The file by itself: its name, and whether everything in it is of the right kind."""
    findings = Findings(partial="overrides" in file.body)
    SHAPES[file.kind].check(file.body, (), findings)
    name = file.body.get("id")
    if isinstance(name, str) and name != file.id:
        vi = f"id phải là “{file.id}”, theo tên của tệp"
        findings.wrong(("id",), name, (vi, f"the id is “{file.id}”, as the file is named"))
    yield from _told(file, findings.rows)


def _check_overlaid(file: PackFile, body: dict) -> Iterator[Problem]:
    """What an overlay makes of the document below must be whole again."""
    if "overrides" in file.body:
        findings = Findings()
        SHAPES[file.kind].check(_without_inherited(file.kind, body), (), findings)
        yield from _told(file, findings.rows)


def _without_inherited(kind: str, body: dict) -> dict:
    """A resolved procedure without the keys that doors and law notes got from their rules."""
    if kind != "procedures":
        return body
    return {key: value for key, value in body.items() if key not in ("doors", "law_notes")}


def _told(file: PackFile, findings: Iterable[tuple[Place, str, Words]]) -> Iterator[Problem]:
    for place, code, (vi, en) in findings:
        yield Problem(file.shown, file.line_of(place), place, code, vi, en)


# Names that may exist only once in a stack of layers: kind, list, key, whether null may stand there often.
_ONCE = (
    ("procedures", None, "code"),
    ("agencies", "agencies", "code"),
    ("agencies", "agencies", "dossier_code"),
    ("areas", "areas", "code"),
)


def _check_twice(own: list[PackFile], resolved: Resolved, packs: PackSet) -> Iterator[Problem]:
    everything = [
        file
        for layer in resolved.layers
        for file in packs.layers.get(layer, {}).values()
        if "overrides" not in file.body
    ]
    for kind, label, key in _ONCE:
        first: dict[str, PackFile] = {}
        for file in everything:
            if file.kind != kind:
                continue
            for place, name in _names(file.body, label, key):
                known = first.setdefault(name, file)
                if known is not file and file in own:
                    vi = f"thấy “{name}”, nhưng mã này đã có ở {known.shown}."
                    en = f"found “{name}”, but this code is already used in {known.shown}."
                    yield Problem(file.shown, file.line_of(place), place, "duplicate", vi, en)


def _names(body: dict, label: str | None, key: str) -> Iterator[tuple[Place, str]]:
    rows = [body] if label is None else body.get(label)
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get(key) if isinstance(row, dict) else None
        if isinstance(name, str):
            yield ((key,) if label is None else (label, number, key)), name


def check_document(kind: str, body: dict, resolved: Resolved) -> list[tuple[Place, str, Words]]:
    """Every finding of one document that is no file: its shape, its names among the other documents, its meaning.

    `resolved` holds the document, completed by what it inherits, in its place. For whoever writes a document elsewhere
    than in a file; a file is judged by `check`.
    """
    findings = Findings()
    SHAPES[kind].check(body, (), findings)
    found = [*findings.rows, *check_references(kind, body, resolved, [])]
    document = resolved.get(kind, str(body.get("id")))
    if document is not None:
        found += check_meaning(kind, document.body, resolved)
    return list(dict.fromkeys(found))
