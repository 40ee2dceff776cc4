"""A key in a PKCS#12 file, for trials: opened once with its password, then kept in memory."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from motcua.signing.keys.door import KeyProblem

_HASHES: dict[str, Any] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}


class SoftwareKey:
    """Opens a PKCS#12 file. Raises KeyProblem: "wrong_password", "unusable" (no key, a kind the law does not name)."""

    def __init__(self, content: bytes, password: str) -> None:
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode())
        except ValueError as problem:
            raise KeyProblem("wrong_password") from problem
        if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise KeyProblem("unusable", "a certificate with an RSA or ECDSA key is needed")
        if isinstance(key, rsa.RSAPrivateKey) and key.key_size < 2048:
            raise KeyProblem("unusable", "RSA keys have 2048 bits or more (TT 15/2025/TT-BKHCN)")
        der = serialization.Encoding.DER
        self._key = key
        self.certificate = certificate.public_bytes(der)
        self.chain = tuple(other.public_bytes(der) for other in others)

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """See `KeyDoor`. Raises KeyProblem for a digest outside SHA-2."""
        if digest not in _HASHES:
            raise KeyProblem("unusable", f"digest {digest}")
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(_HASHES[digest]()))
        return self._key.sign(data, padding.PKCS1v15(), _HASHES[digest]())
