"""Addresses of outside systems: which of them may be spoken to."""

from __future__ import annotations

import contextlib
import ipaddress
from urllib.parse import urlsplit


def is_safe_address(address: str) -> bool:
    """Whether what is sent there is read by nobody on the way: https, or http on this very machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    here = parts.hostname == "localhost"
    with contextlib.suppress(ValueError):  # a name, not a number
        here = here or ipaddress.ip_address(parts.hostname or "").is_loopback
    return bool(parts.hostname) and (parts.scheme == "https" or (here and parts.scheme == "http"))
