"""The hash of a journal line, format version 1. Plain functions over plain data, so that others can re-implement it.

    hash = SHA-256( canonical JSON of
        ["motcua-journal", 1, chain, seq, previous, verb, actor, act_id, purpose, channel, at, recorded_at,
         facts, {name: SHA-256(salt + "|" + name + "|" + value)}] )

Canonical JSON: UTF-8, keys sorted, no blanks, moments as UTC with six decimals and a Z. The first line of a chain
has 64 zeros as `previous`. Test vectors: tests/foundation/journal/vectors.json.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from motcua.foundation.canonical import digest

VERSION = 1
START = "0" * 64


def personal_digest(salt: str, name: str, value: str) -> str:
    """What stands in a line for a personal value: without the salt it says nothing, with it it proves the value."""
    return hashlib.sha256(f"{salt}|{name}|{value}".encode()).hexdigest()


def line_hash(
    *,
    version: int,
    chain: str,
    seq: int,
    previous: str,
    verb: str,
    actor: str,
    act_id: str,
    purpose: str,
    channel: str,
    at: datetime,
    recorded_at: datetime,
    facts: dict,
    personal: dict,
) -> str:
    """The hash of one line (64 hex digits). Raises ValueError for a version this program does not know."""
    if version != VERSION:
        raise ValueError(f"journal format {version} is unknown")
    return digest(
        [
            "motcua-journal",
            version,
            chain,
            seq,
            previous,
            verb,
            actor,
            act_id,
            purpose,
            channel,
            at,
            recorded_at,
        ]
        + [facts, personal]
    )
