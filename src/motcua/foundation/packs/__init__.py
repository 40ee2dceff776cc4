"""Packs: law and locality as data.

YAML under `packs/`, in layers (nationwide, then a province or an area), is read, checked with every problem
told at once, and laid over each other into the documents that hold in one place. What is named here asks no
database; what is published lives in `shelf`. Packs hold facts and wording, never programs.

    load(packs_dir, ["quang-ninh-ha-long"]) -> Resolved      the documents, kept per process
    check(packs_dir) -> Report                               every problem, with file and line
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.foundation.packs.layers import PackSet, read
from motcua.foundation.packs.problems import PacksBroken, Problem
from motcua.foundation.packs.resolve import resolve
from motcua.foundation.packs.resolved import Document, Resolved, row_in_force, setting_in_force

__all__ = [
    "Document",
    "PackSet",
    "PacksBroken",
    "Problem",
    "Resolved",
    "documents_of",
    "forget_read",
    "load",
    "read",
    "resolve",
    "row_in_force",
    "setting_in_force",
]


def load(packs_dir: Path | str, layers: list[str] | tuple[str, ...]) -> Resolved:
    """The resolved documents of some layers; what they lie over comes along by itself.

    Read once per process and kept. Raises PacksBroken with every reading or overlay problem; what the
    documents say is judged by `check`, not here.
    """
    return _load(str(Path(packs_dir).resolve()), tuple(layers))


@lru_cache(maxsize=8)
def _load(packs_dir: str, layers: tuple[str, ...]) -> Resolved:
    packs = read(Path(packs_dir))
    resolved, problems = resolve(packs, list(layers))
    if packs.problems or problems:
        raise PacksBroken([*packs.problems, *problems])
    return resolved


def documents_of(layers: list[str], packs_dir: Path | None = None) -> list[dict[str, Any]]:
    """The resolved documents as rows {kind, key, body, layers}, read afresh: what the store takes in.

    `packs_dir` None is the folder of the settings. Raises PacksBroken.
    """
    if packs_dir is None:
        from django.conf import settings  # only here: the command that checks packs runs without Django

        packs_dir = settings.MOTCUA.packs_dir
    forget_read()
    found = load(packs_dir, layers)
    return [{"kind": d.kind, "key": d.id, "body": d.body, "layers": list(d.layers)} for d in found.documents]


def forget_read() -> None:
    """Let the next `load` read the files again (tests, and after somebody edited a pack)."""
    _load.cache_clear()
