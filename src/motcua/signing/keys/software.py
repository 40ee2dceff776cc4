"""A key in a PKCS#12 file, for trials: opened once with its password, then kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from motcua.signing.keys.door import KeyProblem
from motcua.signing.keys.verified import HASHES, usable_public_key

AT_ONCE = 10  # so that a caller soon sees, and may store, what is done


class SoftwareKey:
    """Opens a PKCS#12 file. Raises KeyProblem: "wrong_password", "unusable" (no key, a kind the law does not name,
    a certificate of another key)."""

    def __init__(self, content: bytes, password: str) -> None:
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode())
        except ValueError as problem:
            raise KeyProblem("wrong_password") from problem
        if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise KeyProblem("unusable", "a certificate with an RSA or ECDSA key is needed")
        der = serialization.Encoding.DER
        self.private: Any = key
        self.at_once = AT_ONCE
        self.certificate = certificate.public_bytes(der)
        self.chain = tuple(other.public_bytes(der) for other in others)
        if usable_public_key(self.certificate) != key.public_key():
            raise KeyProblem("unusable", "the certificate is of another key")

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """See `KeyDoor`. Raises KeyProblem for a digest outside SHA-2."""
        if digest not in HASHES:
            raise KeyProblem("unusable", f"digest {digest}")
        if self.private is None:
            raise KeyProblem("closed")
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(HASHES[digest]()))
        made: bytes = self.private.sign(data, padding.PKCS1v15(), HASHES[digest]())
        return made

    def sign_all(self, many: Sequence[bytes], digest: str = "sha256") -> list[bytes]:
        """See `KeyDoor`."""
        return [self.sign(data, digest) for data in many]

    def close(self) -> None:
        """See `KeyDoor`."""
        self.private = None

    def sign_pss(self, data: bytes, digest: str = "sha256") -> bytes:
        """RSASSA-PSS with a salt as long as the digest (RFC 7518, 3.5); only for RSA. Raises KeyProblem."""
        if self.private is None:
            raise KeyProblem("closed")
        if not isinstance(self.private, rsa.RSAPrivateKey) or digest not in HASHES:
            raise KeyProblem("unusable", f"PSS {digest}")
        hashed = HASHES[digest]()
        made: bytes = self.private.sign(data, padding.PSS(padding.MGF1(hashed), hashed.digest_size), hashed)
        return made
