"""The Merkle tree beside a slow one, written word for word after RFC 6962, section 2.1."""

from __future__ import annotations

import contextlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import merkle

pytestmark = pytest.mark.kernel
LISTS = st.lists(st.binary(max_size=40), max_size=40)


def mth(d: list[bytes]) -> bytes:
    """MTH(D[n]): k is the largest power of two smaller than n."""
    n = len(d)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = max(2**power for power in range(10) if 2**power < n)
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def audit_path(m: int, d: list[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    n = len(d)
    if n == 1:
        return []
    k = max(2**power for power in range(10) if 2**power < n)
    if m < k:
        return [*audit_path(m, d[:k]), mth(d[k:])]
    return [*audit_path(m - k, d[k:]), mth(d[:k])]


@given(LISTS)
def test_root_and_paths_are_those_of_the_standard(entries):
    root = merkle.root(entries)
    assert root == mth(entries)
    places = range(len(entries))
    for place, path in zip(places, merkle.paths(entries, places), strict=True):
        assert path == audit_path(place, entries)
        assert merkle.root_by_path(entries[place], place, len(entries), path) == root


@given(LISTS.filter(len), st.data())
def test_a_path_proves_nothing_else(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    [path] = merkle.paths(entries, [place])
    root, size = merkle.root(entries), len(entries)
    other = data.draw(st.binary(max_size=40).filter(lambda one: one != entries[place]))
    assert merkle.root_by_path(other, place, size, path) != root
    for elsewhere in set(range(size)) - {place}:
        with contextlib.suppress(ValueError):
            assert entries[elsewhere] == entries[place] or (
                merkle.root_by_path(entries[place], elsewhere, size, path) != root
            )
    with pytest.raises(ValueError):
        merkle.root_by_path(entries[place], place, size, [*path, root])
    if path:
        with pytest.raises(ValueError):
            merkle.root_by_path(entries[place], place, size, path[:-1])


def test_a_node_is_no_entry():
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.root([left + right]) != merkle.root([b"a", b"b"])


def test_places_outside_the_list():
    with pytest.raises(ValueError):
        merkle.root_by_path(b"a", 1, 1, [])
    with pytest.raises(IndexError):
        merkle.paths([b"a"], [-1])
