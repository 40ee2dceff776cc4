"""A signature that comes from elsewhere is used only when the certificate says that it is good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from motcua.signing.keys.door import KeyProblem

HASHES: dict[str, Any] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
RSA_BITS_LEAST = 2048  # TT 15/2025/TT-BKHCN


def usable_public_key(certificate: bytes) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    """The public key of a certificate in DER. Raises KeyProblem "unusable" for what the law does not name."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
    except ValueError as problem:
        raise KeyProblem("unusable", "the certificate cannot be read") from problem
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= RSA_BITS_LEAST:
        return key
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key
    raise KeyProblem("unusable", "an RSA key of 2048 bits or more, or an ECDSA key is needed")


def digest_of(data: bytes, digest: str) -> bytes:
    """The digest of data by name. Raises KeyProblem for one outside SHA-2."""
    if digest not in HASHES:
        raise KeyProblem("unusable", f"digest {digest}")
    made = hashes.Hash(HASHES[digest]())
    made.update(data)
    return made.finalize()


def verified(certificate: bytes, many: Sequence[bytes], made: Sequence[bytes], digest: str) -> list[bytes]:
    """The signatures `made` over `many`, when there is one for each and every one holds.

    Raises KeyProblem "wrong_signature": then none of them is used.
    """
    if len(made) != len(many):
        raise KeyProblem("wrong_signature", f"{len(made)} signatures for {len(many)}")
    key = usable_public_key(certificate)
    method = HASHES[digest]()
    try:
        for data, signature in zip(many, made, strict=True):
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, data, padding.PKCS1v15(), method)
            else:
                key.verify(signature, data, ec.ECDSA(method))
    except InvalidSignature as problem:
        raise KeyProblem("wrong_signature", "not by the key of the certificate") from problem
    return list(made)
