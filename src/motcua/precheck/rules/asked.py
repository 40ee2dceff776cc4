"""What officers asked for later beside what the check had said. Kinds and places only, no value of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.kernel.text import fold
from motcua.precheck.rules.findings import Kind

OTHER = "other"
# Folded words by which a request tells its kind, the clearer first. Officers write freely: what tells none is `other`.
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (Kind.EXPIRED, ("het han", "qua han su dung", "het gia tri", "khong con gia tri", "con gia tri", "con han")),
    (Kind.UNREADABLE, ("bi mo", "chup mo", "anh mo", "mo nhoe", "khong ro", "ro net", "ro hon", "khong doc duoc",
                      "mat goc", "du bon goc", "qua toi", "chup toi")),
    (Kind.DIFFERS, ("khong khop", "khong thong nhat", "khong trung", "khac voi", "sai khac", "sai ten", "cho khop",
                    "thong nhat voi")),
    (Kind.WRONG_OFFICE, ("tham quyen", "khong thuoc dia ban", "nop tai co quan", "sai noi nop")),
    (Kind.WRONG_PAPER, ("khong dung loai", "khong phai la", "nham giay", "sai loai", "khong dung mau", "dung mau")),
    (Kind.EMPTY, ("trang trang", "trang giay trang")),
    (Kind.WRONG_ANSWER, ("ke khai lai", "khai lai", "to khai", "chua khai", "ghi ro", "khai ro", "sua muc")),
    (Kind.MISSING, ("thieu", "chua co", "chua nop", "bo sung", "nop them", "nop")),
)  # fmt: skip


def kind_of_words(text: str, *, paper: str = "") -> str:
    """Of which kind a request is, by its words; a paper that is asked for without more is missing."""
    said = f" {' '.join(fold(text).replace(',', ' ').replace('.', ' ').split())} "
    for kind, told in _WORDS:
        if any(f" {each} " in said for each in told):
            return str(kind)
    return str(Kind.MISSING) if paper else OTHER


@dataclass(frozen=True)
class Item:
    """One thing that an officer asked of a dossier: for which paper or part of the form, of which kind."""

    dossier: str
    procedure: str
    kind: str
    paper: str = ""
    section: str = ""


@dataclass(frozen=True)
class Worst:
    """A procedure in which officers ask for what nobody was told."""

    procedure: str
    asked: int
    told: int
    missed: tuple[tuple[str, str, int], ...]  # (kind, paper or section, how often)


@dataclass(frozen=True)
class Compared:
    """Of what officers asked of dossiers that had been checked, how much had been told; of what was told and handed in
    all the same, how much nobody asked for."""

    dossiers: int = 0
    asked: int = 0
    told: int = 0
    same_kind: int = 0
    by_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # kind → (asked, told)
    said: int = 0
    never_asked: int = 0
    never_by_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # kind → (said, never asked)
    worst: tuple[Worst, ...] = ()

    @property
    def recall(self) -> float | None:
        return self.told / self.asked if self.asked else None


def compare(
    said: Mapping[str, Sequence[Mapping[str, Any]]], items: Iterable[Item], *, worst_most: int = 10
) -> Compared:
    """`said`: dossier → what is kept of its check (see `findings.kept`). An item was told when a finding was about its
    paper or part of the form; one that names neither, when a finding of its kind was made. Hints count: they were told.
    """
    asked_of: dict[str, list[Item]] = {}
    for item in items:
        if item.dossier in said:
            asked_of.setdefault(item.dossier, []).append(item)
    asked, told, by_kind, told_kind = 0, 0, Counter[str](), Counter[str]()
    same = 0
    per: dict[str, list[tuple[Item, bool]]] = {}
    for dossier, wanted in asked_of.items():
        for item in wanted:
            hits = [row for row in said[dossier] if _about(row, item)]
            asked, told = asked + 1, told + bool(hits)
            same += any(row["kind"] == item.kind for row in hits)
            by_kind[item.kind] += 1
            told_kind[item.kind] += bool(hits)
            per.setdefault(item.procedure, []).append((item, bool(hits)))
    all_said, never = Counter[str](), Counter[str]()
    for dossier, rows in said.items():
        for row in rows:
            all_said[row["kind"]] += 1
            never[row["kind"]] += not any(_about(row, item) for item in asked_of.get(dossier, ()))
    return Compared(
        dossiers=len(said),
        asked=asked,
        told=told,
        same_kind=same,
        by_kind={kind: (by_kind[kind], told_kind[kind]) for kind in sorted(by_kind)},
        said=sum(all_said.values()),
        never_asked=sum(never.values()),
        never_by_kind={kind: (all_said[kind], never[kind]) for kind in sorted(all_said)},
        worst=tuple(_worst(per)[:worst_most]),
    )


def _about(row: Mapping[str, Any], item: Item) -> bool:
    if item.paper:
        return row["paper"] == item.paper
    if item.section:
        return row["section"] == item.section
    return row["kind"] == item.kind


def _worst(per: Mapping[str, Sequence[tuple[Item, bool]]]) -> list[Worst]:
    found = []
    for procedure, rows in per.items():
        missed = Counter((item.kind, item.paper or item.section) for item, told in rows if not told)
        if missed:
            found.append(
                Worst(
                    procedure,
                    len(rows),
                    sum(told for _item, told in rows),
                    tuple((kind, place, count) for (kind, place), count in missed.most_common(3)),
                )
            )
    return sorted(found, key=lambda one: (one.told - one.asked, one.procedure))
