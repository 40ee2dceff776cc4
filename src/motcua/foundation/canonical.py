"""One way to write data as bytes, so that equal data have equal hashes on every machine and database."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """Dates as ISO text, aware moments as UTC with microseconds, decimals as text; anything unknown is a TypeError."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(data: Any) -> bytes:
    """JSON in UTF-8, keys sorted, no blanks (the subset of RFC 8785 that holds for text, integers and lists)."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain).encode()


def digest(data: Any) -> str:
    """SHA-256 over `canonical(data)`, as 64 hex digits."""
    return hashlib.sha256(canonical(data)).hexdigest()
