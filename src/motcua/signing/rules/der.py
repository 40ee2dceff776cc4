"""A mend for asn1crypto 1.5.1, which takes some definite lengths for indefinite ones (its issues 249 and 256).

Its `dump` looks at the last byte of a header only: a length of 1,152 bytes (`82 04 80`) counts as indefinite (`80`),
and the whole structure is encoded anew, again for every level above it. One signature in some fifty then takes twenty
seconds, and whoever uploads a PDF may choose such lengths on purpose. Here the length itself is read.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

INDEFINITE = 0x80


def is_indefinite(header: bytes) -> bool:
    """Whether the last length of a header, which may hold explicit tags before it, is the indefinite one."""
    place, last = 0, False
    while place < len(header):
        high = header[place] & 0x1F == 0x1F
        place += 1
        while high and place < len(header) and header[place] & 0x80:
            place += 1
        place += 1 if high else 0
        if place >= len(header):
            return last
        length = header[place]
        last = length == INDEFINITE
        place += 1 + (length & 0x7F if length > INDEFINITE else 0)
    return last


def _as_read(value: Any) -> bool:
    """Whether a value still is what was read, so that its bytes may be handed on as they are."""
    if hasattr(type(value), "chosen"):
        return False  # a choice has no bytes of its own
    changed = getattr(value, "_is_mutated", None)
    return changed is None or value.children is None or not changed()


def _mended(original: Callable[..., bytes]) -> Callable[..., bytes]:
    @functools.wraps(original)
    def dump(self: Any, force: bool = False) -> bytes:
        header = self._header
        if not force and header is not None and header[-1:] == b"\x80" and not is_indefinite(header):
            if _as_read(self):
                return header + self.contents + self._trailer
            self._header = None  # what is made or changed gets a new header in any case
        return original(self, force)

    return dump


@functools.cache
def mend() -> None:
    """Mend the library, once in a process, before anything is signed, stamped or verified."""
    from asn1crypto import core

    for kind in (core.Asn1Value, core.Choice, core.Primitive, core.Sequence, core.SequenceOf):
        kind.dump = _mended(kind.dump)


def written(value: Any) -> Any:
    """The same value as if it had been read: the library then hands its bytes on as they are, and does not encode it
    once more for every level above it."""
    return type(value).load(value.dump())
