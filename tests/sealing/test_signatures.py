"""The verifier's own arithmetic on P-256, against another implementation and where curves go wrong."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.sealing.verifier import alone as verifier

pytestmark = pytest.mark.kernel
ES256 = ec.ECDSA(hashes.SHA256())


def signed(secret: int, data: bytes) -> tuple[bytes, tuple[int, int]]:
    key = ec.derive_private_key(secret, ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    r, s = decode_dss_signature(key.sign(data, ES256))
    return r.to_bytes(32) + s.to_bytes(32), (numbers.x, numbers.y)


def test_it_takes_what_another_implementation_signs_and_nothing_else():
    for secret in (1, 2, 15, 16, 2**255, verifier.N - 1):
        data = b"data" * secret.bit_length()
        raw, key = signed(secret, data)
        assert verifier.is_signed(data, raw, key)
        for place in (0, 31, 32, 63):
            changed = bytearray(raw)
            changed[place] ^= 1
            assert not verifier.is_signed(data, bytes(changed), key)
        assert not verifier.is_signed(data + b"x", raw, key)
        assert not verifier.is_signed(data, raw, signed(secret % 7 + 3, b"")[1])


def test_numbers_out_of_range_and_points_off_the_curve_are_refused():
    raw, key = signed(5, b"data")
    r, s, n, p = raw[:32], raw[32:], verifier.N.to_bytes(32), verifier.P
    zero = bytes(32)
    for wrong in (b"", raw[:-1], raw + b"x", zero + s, r + zero, zero + zero, n + s, r + n):
        assert not verifier.is_signed(b"data", wrong, key)
    x, y = key
    for off in ((x, y ^ 1), (0, 0), (x + p, y), (x, y + p), (p, p)):
        assert not verifier.is_signed(b"data", raw, off)


def test_sums_at_the_edges():
    one = (*verifier.G, 1)
    x, y, z = two = verifier.add(one, one)
    assert verifier.add(one, (verifier.G[0], verifier.P - verifier.G[1], 1)) is None
    assert verifier.times(verifier.G, verifier.N) is None and verifier.add(None, None) is None
    assert verifier.add(None, two) == verifier.add(two, None) == two
    inverse = pow(z, -1, verifier.P)
    known = ec.derive_private_key(2, ec.SECP256R1()).public_key().public_numbers()
    assert (x * inverse**2 % verifier.P, y * inverse**3 % verifier.P) == (known.x, known.y)
    # r and s for which both halves of the sum cancel: no signature, and no crash
    digest = int.from_bytes(hashlib.sha256(b"").digest())
    r = (-digest) % verifier.N
    assert not verifier.is_signed(b"", r.to_bytes(32) + (1).to_bytes(32), verifier.G)
