"""What a seal, a day and their signatures look like. The format is described in docs/operating/journal.md, and
`verify_journal.py` reads it without this module.

A seal covers journal lines by their hashes, a day covers seals by their digests; each names the digest of the one
before it, so that none can be left out, put in or exchanged later without everybody seeing it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, datetime
from typing import Any

from motcua.kernel import merkle

VERSION = 1
START = "0" * 64
GONE = bytes(32)  # stands for a line that its head counts and that was not there when it was sealed
HASH_BYTES = 32
SEAL, DAY = "motcua-seal", "motcua-day"
_HEX = re.compile(r"[0-9a-f]{64}")


def entry(line_hash: str) -> bytes:
    """What of a line enters the tree: the bytes of its hash, or zeros for one that is missing or no hash at all."""
    return bytes.fromhex(line_hash) if _HEX.fullmatch(line_hash) else GONE


def entries(leaves: bytes) -> list[bytes]:
    """The entries of a seal, as it keeps them one behind the other."""
    return [leaves[place : place + HASH_BYTES] for place in range(0, len(leaves), HASH_BYTES)]


def seal_body(*, number: int, previous: str, at: datetime, total: int, leaves: bytes) -> dict[str, Any]:
    """What is signed of a seal: its number, the digest of the one before, when, how many lines, their root."""
    held = entries(leaves)
    body: dict[str, Any] = {"format": SEAL, "version": VERSION, "number": number, "previous": previous}
    return {**body, "at": at, "lines": len(held), "total": total, "root": merkle.root(held).hex()}


def day_body(
    *, number: int, previous: str, on: date, at: datetime, first: int, seals: list[str], lines: int
) -> dict[str, Any]:
    """What is signed of a day: its seals from `first` on by their digests, none included, and their root."""
    body: dict[str, Any] = {"format": DAY, "version": VERSION, "number": number, "previous": previous}
    held = [bytes.fromhex(digest) for digest in seals]
    return {
        **body,
        "date": on,
        "at": at,
        "first": first,
        "seals": len(held),
        "lines": lines,
        "root": merkle.root(held).hex(),
    }


def to_text(raw: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes behind `to_text`. Raises ValueError for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def payload_of(jws: str) -> bytes:
    """What a compact JWS says, whoever signed it. Raises ValueError when it is none."""
    parts = jws.split(".")
    if len(parts) != 3:
        raise ValueError("not a compact JWS")
    return to_bytes(parts[1])


def body_of(jws: str) -> dict[str, Any]:
    """The body within a compact JWS. Raises ValueError when it is none."""
    body = json.loads(payload_of(jws))
    if not isinstance(body, dict):
        raise ValueError("not a body")
    return body


def key_of(jws: str) -> str:
    """The name of the key that a compact JWS says signed it. Raises ValueError when it is none."""
    return str(body_of(f".{jws.split('.')[0]}.")["kid"])


def digest_of(jws: str) -> str:
    """By what the next one names this one: SHA-256 over the signed body. Raises ValueError when it is no JWS."""
    return hashlib.sha256(payload_of(jws)).hexdigest()
