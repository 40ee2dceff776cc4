"""The packs' document of this room as rules: built once per version, asks no database."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from motcua.foundation.packs import store
from motcua.precheck.rules import Prechecks

_NONE = Prechecks()


def prechecks_at(at: datetime) -> Prechecks:
    """What is looked over, in force at a moment; nothing where no pack says."""
    version = store.current("prechecks", "prechecks", at)
    return _prechecks(version.pk, version.hash) if version else _NONE


# the hash is part of the name: another database of this process may give the same key to another document
@lru_cache(maxsize=8)
def _prechecks(pk: int, hash_: str) -> Prechecks:
    return Prechecks.of(store.version(pk).body)
