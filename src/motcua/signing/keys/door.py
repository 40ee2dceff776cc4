"""What every door to a key offers: its certificate, the chain above it, and signatures, one or many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class KeyProblem(Exception):
    """The key does not answer: a wrong password, a token pulled out, a service that is down. `code` says which.

    `detail` is for operators; no password, PIN or code is ever in it.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


class KeyDoor(Protocol):
    """A key that never leaves its place. `certificate` and `chain` are DER, the chain without the root or with it.

    `at_once` is how many signatures one call of `sign_all` may ask for.
    """

    certificate: bytes
    chain: tuple[bytes, ...]
    at_once: int

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """The signature over `data`: PKCS#1 v1.5 for an RSA key, the DER pair for ECDSA. Raises KeyProblem."""
        ...

    def sign_all(self, many: Sequence[bytes], digest: str = "sha256") -> list[bytes]:
        """The signatures over `many`, in their order, by one authorisation. Raises KeyProblem; then none was made."""
        ...

    def close(self) -> None:
        """Let go of the key; a door that is closed signs no more. May be called twice."""
        ...
