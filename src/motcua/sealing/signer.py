"""Who signs the roots. This is the one place where that is chosen: `signer()`.

Today a software key of the installation (ES256) in a file of its own, readable by its user alone. A token or a remote
service is another class with the same three members. Curves are loaded where they are needed: no other command waits
for them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from motcua.foundation.canonical import canonical
from motcua.sealing import rules
from motcua.sealing.errors import KeyUnusable

NUMBER = 32  # bytes of a number on the curve P-256


class Signer(Protocol):
    """`public` is the JWK that is published, `kid` its thumbprint (RFC 7638); `sign` gives the ES256 signature."""

    kid: str
    public: dict[str, str]

    def sign(self, data: bytes) -> bytes: ...


def signer() -> Signer:
    """The signer of this installation. Raises KeyUnusable when its key cannot be used."""
    path = settings.MOTCUA.seal_key_file or settings.MOTCUA.var / "secrets" / "journal-seal.pem"
    return SoftwareKey(_key_text(path))


def jws(body: dict[str, Any], by: Signer, *, with_key: bool = False) -> str:
    """`body` in canonical form, signed, as a compact JWS (RFC 7515); `with_key` puts the public key beside its name."""
    head: dict[str, Any] = {"alg": "ES256", "kid": by.kid, "typ": f"{body['format']}+jws"}
    if with_key:
        head["jwk"] = {name: by.public[name] for name in ("crv", "kty", "x", "y")}
    signed = f"{rules.to_text(canonical(head))}.{rules.to_text(canonical(body))}"
    return f"{signed}.{rules.to_text(by.sign(signed.encode()))}"


def is_signed(text: str, keys: dict[str, dict[str, str]]) -> bool:
    """Whether one of `keys` (kid → JWK) signed this compact JWS; False for anything that is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    try:
        head, body, signature = text.split(".")
        jwk = keys[_kid_of(head)]
        raw = rules.to_bytes(signature)
        pair = encode_dss_signature(int.from_bytes(raw[:NUMBER]), int.from_bytes(raw[NUMBER:]))
        x, y = (int.from_bytes(rules.to_bytes(jwk[name])) for name in ("x", "y"))
        key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        key.verify(pair, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return False
    return len(raw) == 2 * NUMBER


def _kid_of(head: str) -> str:
    told = rules.body_of(f".{head}.")
    if told["alg"] != "ES256":
        raise ValueError("another algorithm")
    return str(told["kid"])


def thumbprint(jwk: dict[str, str]) -> str:
    """The name of a public key by its own content (RFC 7638)."""
    named = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    return rules.to_text(hashlib.sha256(canonical(named)).digest())


class SoftwareKey:
    """A key on the curve P-256 out of PEM text (PKCS #8, not encrypted)."""

    def __init__(self, pem: bytes) -> None:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except (ValueError, TypeError):
            raise KeyUnusable() from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise KeyUnusable()
        self._key = key
        numbers = key.public_key().public_numbers()
        x, y = (rules.to_text(number.to_bytes(NUMBER)) for number in (numbers.x, numbers.y))
        self.public = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
        self.kid = thumbprint(self.public)
        self.public |= {"kid": self.kid, "use": "sig", "alg": "ES256"}

    def sign(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(NUMBER) + s.to_bytes(NUMBER)


def _new_key() -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _key_text(path: Path) -> bytes:
    """The key of the installation, made at first use where the settings name none.

    Several processes may start at once: the file is written whole under another name and linked into place.
    """
    if not path.exists():
        if settings.MOTCUA.seal_key_file:
            raise KeyUnusable()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(_new_key())
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    if path.stat().st_mode & 0o077:
        raise KeyUnusable()
    return path.read_bytes()
