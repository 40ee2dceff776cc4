"""Merkle trees as RFC 6962 (section 2.1) hashes them: one root stands for a list, a short path proves one entry.

Leaves and inner nodes are hashed with different first bytes, so that nobody passes a node off as an entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 + entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees: SHA-256(0x01 + left + right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _levels(entries: Sequence[bytes]) -> list[list[bytes]]:
    """The tree from its leaves up; a last node without a partner moves up as it is."""
    levels = [[leaf_hash(entry) for entry in entries]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [node_hash(below[place], below[place + 1]) for place in range(0, len(below) - 1, 2)]
        levels.append(pairs + below[len(pairs) * 2 :])
    return levels


def root(entries: Sequence[bytes]) -> bytes:
    """The root over `entries` in their order; the hash of nothing for none."""
    return _levels(entries)[-1][0] if entries else EMPTY


def paths(entries: Sequence[bytes], places: Sequence[int]) -> list[list[bytes]]:
    """For each of `places` the hashes that lead from its entry to the root, lowest first.

    Raises IndexError for a place that the list does not have.
    """
    levels = _levels(entries)
    found = []
    for place in places:
        if not 0 <= place < len(entries):
            raise IndexError(place)
        path = []
        for level in levels[:-1]:
            beside = place ^ 1
            if beside < len(level):
                path.append(level[beside])
            place //= 2
        found.append(path)
    return found


def root_by_path(entry: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of a list of `size` that holds `entry` at `place`, as its path tells (RFC 9162, section 2.1.3.2).

    Raises ValueError for a place outside the list or a path of another length than the place calls for.
    """
    if not 0 <= place < size:
        raise ValueError("the place is outside the list")
    last, found = size - 1, leaf_hash(entry)
    rest = list(path)
    while last:
        if place % 2 or place < last:
            if not rest:
                raise ValueError("the path is too short")
            beside = rest.pop(0)
            found = node_hash(beside, found) if place % 2 else node_hash(found, beside)
        place, last = place // 2, last // 2
    if rest:
        raise ValueError("the path is too long")
    return found
