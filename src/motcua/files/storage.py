"""Where the bytes lie: a port, and a folder addressed by content behind it. Another store fulfils the same port.

<files>/ab/cd/abcd…   sealed content, written beside, synced, renamed: it is there whole or not at all
<files>/incoming/     what is being written; leftovers of a crash are swept
<files>/leaving/      unreferenced content waits here a day before it is gone; reading finds it here too
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time as machine_time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

import structlog
from django.conf import settings

from motcua.files.errors import StoreBroken, StoreFull

log = structlog.get_logger(__name__)
MB = 1024 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Storage(Protocol):
    """What a store must do. Addresses are the SHA-256 of the content (64 hex digits)."""

    def room_for(self, size: int) -> None:
        """Raises StoreFull when `size` bytes would leave less than the reserve."""

    def holds(self, address: str) -> bool:
        """Whether the content is there; if so, it counts as used now and is not swept for a day."""

    def put(self, address: str, chunks: Iterable[bytes]) -> None:
        """Keep the bytes whole or not at all. Raises StoreFull, StoreBroken."""

    def open(self, address: str) -> BinaryIO:
        """The bytes as they were put. Raises FileNotFoundError."""

    def addresses(self) -> Iterator[tuple[str, float]]:
        """Every content with the moment of its last use (machine time, seconds)."""

    def drop(self, address: str, before: float) -> bool:
        """Drop a content at once, unless it was used since a moment (machine time). Whether it is gone."""

    def let_go(self, address: str, at: float) -> None:
        """Lay a content aside at a moment (machine time); `open` and `holds` still find it."""

    def laid_aside(self) -> list[str]:
        """The contents that wait to be dropped."""

    def sweep(self, is_used: set[str] | frozenset[str], before: float) -> int:
        """Drop what was laid aside, or left half-written, before a moment, except what is used after all."""


class Folder:
    """The store in a folder of this machine."""

    def __init__(self, root: Path, reserve_mb: int) -> None:
        self.root, self.reserve = root, reserve_mb * MB
        self._incoming, self._leaving = root / "incoming", root / "leaving"

    def _path(self, address: str) -> Path:
        if len(address) != 64 or not all(c in "0123456789abcdef" for c in address):
            raise ValueError("an address is 64 hex digits")
        return self.root / address[:2] / address[2:4] / address

    def room_for(self, size: int) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.root).free
        if free - size < self.reserve:
            log.error("files.store_full", free_mb=free // MB, reserve_mb=self.reserve // MB)
            raise StoreFull()

    def holds(self, address: str) -> bool:
        path = self._path(address)
        try:
            os.utime(path)
        except FileNotFoundError:
            return self._brought_back(address)
        return True

    def _brought_back(self, address: str) -> bool:
        path = self._path(address)
        try:
            os.utime(self._leaving / address)
            (self._leaving / address).rename(path)
        except FileNotFoundError:
            return path.exists()
        return True

    def put(self, address: str, chunks: Iterable[bytes]) -> None:
        path = self._path(address)
        part = self._incoming / f"{secrets.token_hex(12)}.part"
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as out:
                os.chmod(part, 0o600)
                for chunk in chunks:
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
            _sync_folder(path.parent)
        except OSError as problem:
            log.error("files.not_written", error=str(problem), errno=problem.errno)
            raise (StoreFull() if problem.errno in _FULL else StoreBroken()) from problem
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def open(self, address: str) -> BinaryIO:
        try:
            return self._path(address).open("rb")
        except FileNotFoundError:
            return (self._leaving / address).open("rb")

    def addresses(self) -> Iterator[tuple[str, float]]:
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                yield path.name, path.stat().st_mtime

    def drop(self, address: str, before: float) -> bool:
        path, aside = self._path(address), self._leaving / address
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                # aside first: whoever hands the same content in at this moment brings it back, or puts it anew
                self._leaving.mkdir(parents=True, exist_ok=True)
                path.rename(aside)
        _drop(aside, before)
        return not (path.exists() or aside.exists())

    def let_go(self, address: str, at: float) -> None:
        self._leaving.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            os.utime(self._path(address), (at, at))
            self._path(address).rename(self._leaving / address)

    def sweep(self, is_used: set[str] | frozenset[str], before: float) -> int:
        gone = 0
        for part in self._incoming.glob("*.part"):
            gone += _drop(part, before)
        for path in self._leaving.glob("*"):
            if path.name in is_used:
                self._brought_back(path.name)
            else:
                gone += _drop(path, before)
        return gone

    def laid_aside(self) -> list[str]:
        """The contents that wait to be dropped."""
        return [path.name for path in self._leaving.glob("*")]


def _drop(path: Path, before: float) -> int:
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()
            return 1
    return 0


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clock() -> float:
    """The machine's clock, in seconds: what lies on a disk is as old as its disk says, whatever the law's time."""
    return machine_time.time()


def storage() -> Storage:
    """The store of this installation."""
    return Folder(settings.MOTCUA.files_dir, settings.MOTCUA.disk_reserve_mb)
