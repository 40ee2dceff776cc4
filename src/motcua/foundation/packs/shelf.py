"""The published documents, as every process holds them in memory.

A published body never changes, so bodies are kept by their hash. Which version is in force is kept in one
small index; another process notices a publication within `FRESH_SECONDS`, by one query over a covering index.
Within the transaction that publishes, and only there, the index shows what is not committed yet.
"""

from __future__ import annotations

import itertools
import threading
import time as machine_time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count

from motcua.foundation.errors import NotFound
from motcua.foundation.models import PackVersion
from motcua.foundation.time import now

FRESH_SECONDS = 5.0
BODIES_MAX = 3000  # some ten kilobytes each

_State = PackVersion.State


@dataclass(frozen=True)
class Version:
    """A published document: which one, when in force (aware, half open; None: without end), its content."""

    pk: int
    kind: str
    key: str
    hash: str
    number: int
    valid_from: datetime | None
    valid_to: datetime | None
    withdrawn: bool = False

    @property
    def body(self) -> dict:
        """The resolved document. Shared by everybody in this process: read it, never change it."""
        return _bodies.of(self)

    def in_force(self, at: datetime) -> bool:
        begun = self.valid_from is None or self.valid_from <= at
        return begun and (self.valid_to is None or at < self.valid_to)


class _Bodies:
    """Bodies by content hash: whatever a rollback or another process does, a hash names one content only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, dict] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, version: Version) -> dict:
        with self._lock:
            body = self._kept.get(version.hash)
            if body is not None:
                self._kept.move_to_end(version.hash)
                return body
        rows = PackVersion.objects.filter(pk=version.pk, hash=version.hash)
        found = rows.values_list("body", flat=True).first()
        if found is None:
            raise NotFound()
        self.keep({version.hash: found})
        return found

    def keep(self, bodies: dict[str, dict]) -> None:
        with self._lock:
            self._kept.update(bodies)
            while len(self._kept) > BODIES_MAX:
                self._kept.popitem(last=False)

    def missing(self, versions: Iterable[Version]) -> list[Version]:
        with self._lock:
            return [v for v in versions if v.hash not in self._kept]


@dataclass(frozen=True)
class _Index:
    serial: int  # this reading, within this process
    revision: tuple[tuple[str, int], ...]
    by_pk: dict[int, Version]
    by_name: dict[tuple[str, str], tuple[Version, ...]]  # newest first
    turns: tuple[
        datetime, ...
    ]  # every moment at which a version comes into force or ends, the first one first


_bodies = _Bodies()
_shared: tuple[_Index, float] | None = None  # the index and when it was last checked, by the machine's clock
_tokens = itertools.count(1)


class _Published:
    """Waits for the commit of a publication. While it waits, its transaction reads an index of its own."""

    def __init__(self) -> None:
        self.token = next(_tokens)

    def __call__(self) -> None:
        forget()


def published_now() -> None:
    """Called by the store within the transaction that changed what is in force."""
    transaction.on_commit(_Published())


def forget() -> None:
    """Let this process look again at its next reading (tests, and after a commit)."""
    global _shared
    _shared = None


def _revision() -> tuple[tuple[str, int], ...]:
    """Moves with every publication and withdrawal: published rows are added, never taken away."""
    rows = PackVersion.objects.exclude(state=_State.DRAFT).order_by("state").values_list("state")
    return tuple(rows.annotate(rows=Count("pk")))


def _read() -> _Index:
    revision = _revision()
    by_pk: dict[int, Version] = {}
    by_name: dict[tuple[str, str], tuple[Version, ...]] = {}
    rows = PackVersion.objects.exclude(state=_State.DRAFT).order_by("kind", "key", "-number")
    columns = ("pk", "kind", "key", "hash", "number", "valid_from", "valid_to", "state")
    for *values, state in rows.values_list(*columns):
        version = Version(*values, withdrawn=state == _State.WITHDRAWN)
        by_pk[version.pk] = version
        name = (version.kind, version.key)
        by_name[name] = (*by_name.get(name, ()), version)
    turns = {turn for each in by_pk.values() for turn in (each.valid_from, each.valid_to) if turn is not None}
    return _Index(next(_tokens), revision, by_pk, by_name, tuple(sorted(turns)))


def _own_index() -> _Index | None:
    """The index of a transaction that has published and is still open; None for everybody else."""
    waiting = tuple(entry[1].token for entry in connection.run_on_commit if isinstance(entry[1], _Published))
    if not waiting:
        return None
    held = getattr(connection, "motcua_pack_index", None)
    if held is None or held[0] != waiting:
        held = (waiting, _read())
        connection.motcua_pack_index = held  # type: ignore[attr-defined]
    return held[1]


def _index() -> _Index:
    global _shared
    own = _own_index()
    if own is not None:
        return own
    held, clock = _shared, machine_time.monotonic()
    if held is not None:
        if clock - held[1] < FRESH_SECONDS:
            return held[0]
        if _revision() == held[0].revision:
            _shared = (held[0], clock)
            return held[0]
    fresh = _read()
    _shared = (fresh, clock)
    return fresh


def revision() -> tuple[int, int]:
    """What stays as long as nothing was published and nothing came into force or ended; whoever keeps in memory what
    packs say now keeps it beside."""
    index = _index()
    return index.serial, bisect_right(index.turns, now())


def history(kind: str, key: str) -> tuple[Version, ...]:
    """Every version ever published under a name, newest first."""
    return _index().by_name.get((kind, key), ())


def current(kind: str, key: str, at: datetime | None = None) -> Version | None:
    """The version in force at the aware moment `at` (None: at this moment), or None."""
    moment = at or now()
    return next((v for v in history(kind, key) if v.in_force(moment)), None)


def current_all(kind: str, at: datetime | None = None) -> list[Version]:
    """All documents of a kind in force at `at`, by key; their bodies are read in one query."""
    moment = at or now()
    found = []
    for (of_kind, _key), versions in _index().by_name.items():
        if of_kind == kind:
            found += [v for v in versions if v.in_force(moment)][:1]
    warm(found)
    return found


def warm(versions: Iterable[Version]) -> None:
    """Read the bodies that this process does not hold yet, in one query per 500."""
    missing = _bodies.missing(versions)
    for start in range(0, len(missing), 500):
        rows = PackVersion.objects.filter(pk__in=[v.pk for v in missing[start : start + 500]])
        _bodies.keep(dict(rows.values_list("hash", "body")))


def version(pk: int) -> Version:
    """The published version `pk`, whenever it was in force; costs no query once this process knows it.

    Its `valid_to` may be some seconds old: ask `current` for what is in force. Raises NotFound.
    """
    held = _shared
    if held is not None and pk in held[0].by_pk and _own_index() is None:
        return held[0].by_pk[pk]
    found = _index().by_pk.get(pk)
    if found is None:
        forget()
        found = _index().by_pk.get(pk)
    if found is None:
        raise NotFound()
    return found


def by_hash(kind: str, key: str, hash_: str) -> Version | None:
    """The version of a name with this content, newest first, or None."""
    return next((v for v in history(kind, key) if v.hash == hash_), None)
