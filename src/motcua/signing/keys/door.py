"""What every door to a key offers: its certificate, the chain above it, and one signature at a time."""

from __future__ import annotations

from typing import Protocol


class KeyProblem(Exception):
    """The key does not answer: a wrong password, a token pulled out, a service that is down. `code` says which."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class KeyDoor(Protocol):
    """A key that never leaves its place. `certificate` and `chain` are DER, the chain without the root or with it."""

    certificate: bytes
    chain: tuple[bytes, ...]

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """The signature over `data`: PKCS#1 v1.5 for an RSA key, the DER pair for ECDSA. Raises KeyProblem."""
        ...
