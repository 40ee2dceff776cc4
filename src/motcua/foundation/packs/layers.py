"""The folders under `packs/`, read into memory: one layer per folder, one document per file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from motcua.foundation.packs.problems import PacksBroken, Place, Problem
from motcua.foundation.packs.reader import ReadProblem, normal_text, read_data, read_lines, read_text

# Every folder a layer may have. The name of the folder is the kind of its documents.
KINDS = (
    "agencies",
    "areas",
    "assistant",
    "bundles",
    "calendars",
    "declarations",
    "defaults",
    "doors",
    "hours",
    "indexes",
    "law-notes",
    "letters",
    "paper-kinds",
    "papers",
    "prechecks",
    "procedures",
    "queues",
    "reasons",
    "registers",
    "reorganisations",
    "results",
    "retention",
    "routing",
    "sectors",
    "succession",
    "synonyms",
    "systems",
    "values",
)
PACK = "pack"


@dataclass(frozen=True)
class PackFile:
    """One readable file. `id` is its name without `.yaml`, `shown` the path as people know it."""

    layer: str
    kind: str
    id: str
    path: Path
    shown: str
    body: dict[str, Any]

    def line_of(self, place: Place) -> int:
        """The line of a key or item, or of the nearest one around it."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    @cached_property
    def _lines(self) -> dict[Place, int]:
        # Read again only when there is something to tell: a whole pack has no use for line numbers.
        try:
            return read_lines(read_text(self.path))
        except ReadProblem:
            return {}


@dataclass
class PackSet:
    """Everything under one packs folder. `problems` tells what could not be read."""

    root: Path
    layers: dict[str, dict[tuple[str, str], PackFile]] = field(default_factory=dict)
    packs: dict[str, PackFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: list[tuple[str, str, str]] = field(default_factory=list)
    """Layer, kind and words of files that could not be read: who refers to them is not to blame."""

    def stack(self, layers: list[str]) -> list[str]:
        """The given layers with what they lie over, lowest first. Raises PacksBroken for an unknown layer."""
        ordered: list[str] = []
        for name in layers:
            for below in self._down(name):
                if below not in ordered:
                    ordered.append(below)
        return ordered

    def lies_over_itself(self, name: str) -> bool:
        """Whether following `over` leads back to the layer."""
        lowest = self.packs[self._down(name)[0]]
        return isinstance(lowest.body.get("over"), str)

    def _down(self, name: str) -> list[str]:
        chain: list[str] = []
        current: Any = name
        while isinstance(current, str) and current not in chain:
            pack = self.packs.get(current)
            if pack is None:
                have = ", ".join(sorted(self.packs)) or "–"
                vi = f"không có lớp gói “{current}”; hiện có: {have}."
                en = f"there is no layer “{current}”; there are: {have}."
                raise PacksBroken([*self.problems, Problem(str(self.root), 1, (), "layer", vi, en)])
            chain.insert(0, current)
            current = pack.body.get("over")
        return chain


def read(root: Path, shown_as: str | None = None) -> PackSet:
    """Read every layer under `root`. Never raises for what is in the files: see `problems`.

    `shown_as` is how the folder is named in problems (default: as given).
    """
    packs = PackSet(root)
    name = str(root) if shown_as is None else shown_as
    try:
        folders = sorted(path for path in root.iterdir() if not path.name.startswith("."))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        vi, en = f"không mở được thư mục ({reason}).", f"the folder cannot be opened ({reason})."
        packs.problems.append(Problem(name, 1, (), "unreadable", vi, en))
        return packs
    for folder in folders:
        if folder.is_dir():
            _read_layer(packs, folder, f"{name}/{folder.name}")
    if not packs.packs and not packs.problems:
        vi, en = "không có lớp gói nào ở đây.", "there is no layer here."
        packs.problems.append(Problem(name, 1, (), "layer", vi, en))
    return packs


def _read_layer(packs: PackSet, folder: Path, shown: str) -> None:
    layer = folder.name
    if not (folder / "pack.yaml").exists():
        vi, en = "thiếu tệp pack.yaml.", "the file pack.yaml is missing."
        packs.problems.append(Problem(f"{shown}/pack.yaml", 1, (), "missing", vi, en))
    files = packs.layers.setdefault(layer, {})
    for path in sorted(folder.iterdir()):
        here = f"{shown}/{path.name}"
        if path.name.startswith("."):
            continue
        if path.is_dir():
            _read_folder(packs, files, layer, path, here)
        elif path.name == "pack.yaml":
            file = _read_file(packs, layer, PACK, path, here)
            if file is not None:
                packs.packs[layer] = file
        elif path.name == "sectors.yaml":
            _keep(files, _read_file(packs, layer, "sectors", path, here))
        elif path.suffix != ".md":
            _stranger(packs, here)


def _read_folder(packs: PackSet, files: dict, layer: str, folder: Path, shown: str) -> None:
    kind = folder.name
    if kind not in KINDS:
        listed = ", ".join(k for k in KINDS if k != "sectors")
        vi, en = f"thấy thư mục lạ; chỉ có {listed}.", f"found an unknown folder; known: {listed}."
        packs.problems.append(Problem(shown, 1, (), "name", vi, en))
        return
    for path in sorted(folder.iterdir()):
        here = f"{shown}/{path.name}"
        if path.name.startswith(".") or path.suffix == ".md":
            continue
        if path.suffix == ".yaml":
            _keep(files, _read_file(packs, layer, kind, path, here))
        else:
            _stranger(packs, here)


def _keep(files: dict, file: PackFile | None) -> None:
    if file is not None:
        files[(file.kind, file.id)] = file


def _stranger(packs: PackSet, shown: str) -> None:
    vi = "thấy tệp lạ; tài liệu của gói có đuôi .yaml, lời giải thích có đuôi .md."
    en = "found an unknown file; pack documents end in .yaml, explanations in .md."
    packs.problems.append(Problem(shown, 1, (), "name", vi, en))


def _read_file(packs: PackSet, layer: str, kind: str, path: Path, shown: str) -> PackFile | None:
    def tell(line: int, place: Place, code: str, vi: str, en: str) -> None:
        packs.problems.append(Problem(shown, line, place, code, vi, en))

    try:
        text = read_text(path)
        strange = normal_text(text)
        body = read_data(text)
    except ReadProblem as problem:
        for line, place, code, (vi, en) in problem.found:
            tell(line, place, code, vi, en)
        body, strange = problem.data, None
        if not isinstance(body, dict):
            packs.lost.append((layer, kind, _words_of(path)))
            return None
    if strange is not None:
        line, words = strange
        vi = f"thấy “{words}” chưa ở dạng Unicode dựng sẵn (NFC)."
        tell(line, (), "encoding", vi, f"found “{words}”, which is not in Unicode form NFC.")
    if not isinstance(body, dict):
        tell(1, (), "wrong", "tệp phải là một nhóm khóa.", "a pack file is a group of keys.")
        packs.lost.append((layer, kind, _words_of(path)))
        return None
    return PackFile(layer, kind, layer if kind == PACK else path.stem, path, shown, body)


def _words_of(path: Path) -> str:
    """The name and the words of a file that cannot be read as a document."""
    try:
        return f"{path.stem}\n{path.read_bytes().decode('utf-8', 'replace')}"
    except OSError:
        return path.stem
