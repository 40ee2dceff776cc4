"""The packs' documents of this room as rules: built once per version, asks no database."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from motcua.foundation.packs import store
from motcua.kernel.text import Bilingual
from motcua.registers.rules import Bundle, Kinds, Registers, bundles_of

_NO_REGISTERS, _NO_KINDS = Registers({}), Kinds({}, Bilingual(""), "")


def registers_at(at: datetime) -> Registers:
    """The registers in force at a moment; none where no pack has any."""
    version = store.current("registers", "registers", at)
    return _registers(version.pk, version.hash) if version else _NO_REGISTERS


def kinds_at(at: datetime) -> Kinds:
    """The kinds of papers in force at a moment; none where no pack has any."""
    version = store.current("paper-kinds", "paper-kinds", at)
    return _kinds(version.pk, version.hash) if version else _NO_KINDS


def bundles_at(at: datetime) -> dict[str, Bundle]:
    """The bundles in force at a moment, by id; none where no pack has any."""
    version = store.current("bundles", "bundles", at)
    return _bundles(version.pk, version.hash) if version else {}


# the hash is part of the name: another database of this process may give the same key to another document
@lru_cache(maxsize=8)
def _registers(pk: int, hash_: str) -> Registers:
    return Registers.of(store.version(pk).body)


@lru_cache(maxsize=8)
def _kinds(pk: int, hash_: str) -> Kinds:
    return Kinds.of(store.version(pk).body, hash_)


@lru_cache(maxsize=8)
def _bundles(pk: int, hash_: str) -> dict[str, Bundle]:
    return bundles_of(store.version(pk).body)
