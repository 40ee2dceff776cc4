"""Identifiers that must not be guessed: the opaque public id and the tracking reference.

Both use Crockford's base32 (no I, L, O, U), so that they can be read out over the telephone.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—._/]+")
_REFERENCE_SYMBOLS = 16
_PRIMITIVE = 0b100101  # x^5 + x^2 + 1, the field of 32 elements


def public_id() -> str:
    """A new public identifier: 26 symbols, 130 random bits. Unique for all practical purposes, tells nothing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))


def tracking_reference() -> str:
    """A new tracking reference "XXXX-XXXX-XXXX-XXXX": 75 random bits and a check symbol.

    Whoever knows it may follow the dossier without login, so it must be long enough to resist guessing.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(_REFERENCE_SYMBOLS - 1))
    return _grouped(body + _check_symbol(body))


def parse_tracking(text: object) -> str | None:
    """The reference in its printed form, or None when it cannot be one.

    Forgives lower case, spaces, other dashes, and O for 0, I or L for 1. One wrong symbol or two exchanged
    symbols are always noticed.
    """
    if not isinstance(text, str) or len(text) > 80:
        return None
    symbols = _SEPARATORS.sub("", text).upper().translate(_LOOKALIKES)
    if len(symbols) != _REFERENCE_SYMBOLS or any(symbol not in _VALUE for symbol in symbols):
        return None
    return _grouped(symbols) if _check_symbol(symbols[:-1]) == symbols[-1] else None


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _PRIMITIVE
        right >>= 1
    return product


def _check_symbol(body: str) -> str:
    """Horner's rule over the field of 32 elements: each place has its own non-zero weight, so no exchange
    goes unseen.
    """
    total = 0
    for symbol in body:
        total = _times(total ^ _VALUE[symbol], 2)
    return ALPHABET[total]
