"""What a person hands in to get a certificate: a PKCS#10 request (RFC 2986), judged. A private key is refused.

Nothing here keeps anything, and no message repeats what was handed in.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from motcua.certificates.rules import REQUEST_BYTES_MAX
from motcua.kernel.text import fold

RSA_LEAST, RSA_MOST = 2048, 8192  # TT 15/2025/TT-BKHCN: RSA from 2048 bits
CURVES = ("secp256r1", "secp384r1", "secp521r1")
_SECRETS = (b"PRIVATE KEY", b"PUTTY-USER-KEY-FILE", b"<RSAKEYVALUE", b"BEGIN ENCRYPTED", b"<D>")
_WRAPPED = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----(.+?)-----END [A-Z0-9 ]+-----", re.DOTALL)


class RequestProblem(Exception):
    """Why a request cannot be taken: private_key, too_long, unreadable, not_proved, weak_key, other_person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Judged:
    """A request that may be handed on: in PEM, the digest of its key, and the key in words (RSA 2048, P-256)."""

    pem: str
    digest: str
    kind: str


def judge(content: bytes, *, name: str, number: str) -> Judged:
    """The request of the person with this name and personal number.

    Its signature must prove that whoever made it has the key; the key must be of a kind and size that the law lets
    sign; a name or number in it must be hers (it may be without both: the authority takes them from the
    registration). Raises RequestProblem; private_key before anything else is looked at.
    """
    if holds_private_key(content):
        raise RequestProblem("private_key")
    if len(content) > REQUEST_BYTES_MAX:
        raise RequestProblem("too_long")
    from cryptography.hazmat.primitives import serialization

    request = _read(content)
    key = request.public_key()
    kind = kind_of(key)
    if not kind or (request.signature_hash_algorithm and request.signature_hash_algorithm.digest_size < 32):
        raise RequestProblem("weak_key")
    if not request.is_signature_valid:
        raise RequestProblem("not_proved")
    _demand_same(request.subject, name, number)
    return Judged(request.public_bytes(serialization.Encoding.PEM).decode(), key_digest(key), kind)


def holds_private_key(content: bytes) -> bool:
    """Whether this is, or holds, a private key in any of the usual forms: PEM, DER, PKCS#12, JWK, PuTTY, XML."""
    capitals = content.upper()
    if any(word in capitals for word in _SECRETS):
        return True
    if content.lstrip()[:1] in (b"{", b"["):
        return _is_secret_jwk(content)
    bodies = [content, *_unwrapped(content)]
    return any(_is_secret_der(each) for each in bodies)


def kind_of(key: Any) -> str:
    """The kind and size of a public key in words; "" for one that the law does not let sign."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, rsa.RSAPublicKey):
        fits = RSA_LEAST <= key.key_size <= RSA_MOST and key.public_numbers().e >= 65537
        return f"RSA {key.key_size}" if fits else ""
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
        return f"P-{key.curve.key_size}"
    return ""


def key_digest(key: Any) -> str:
    """SHA-256 of a public key (SubjectPublicKeyInfo), by which request and certificate belong together."""
    import hashlib

    from cryptography.hazmat.primitives import serialization

    encoded = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()


def same_name(first: str, second: str) -> bool:
    """Whether two names are the same but for tones, case and blanks: tools on phones often write without tones."""
    return fold(first).split() == fold(second).split()


def _read(content: bytes) -> Any:
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_csr(content)
        else:
            given = (
                content
                if content[:1] == b"\x30"
                else base64.b64decode(b"".join(content.split()), validate=True)
            )
            found = x509.load_der_x509_csr(given)
        found.public_key()
        _ = found.is_signature_valid, found.signature_hash_algorithm, found.subject
    except UnsupportedAlgorithm:
        raise RequestProblem("weak_key") from None
    except (ValueError, TypeError, binascii.Error):
        raise RequestProblem("unreadable") from None
    return found


def _demand_same(subject: Any, name: str, number: str) -> None:
    from cryptography.x509.oid import NameOID

    said = [str(each.value) for each in subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if any(each.strip() and not same_name(each, name) for each in said):
        raise RequestProblem("other_person")
    for oid in (NameOID.USER_ID, NameOID.SERIAL_NUMBER):
        for each in subject.get_attributes_for_oid(oid):
            told = re.findall(r"[0-9]{9,12}", str(each.value))
            if any(one != number for one in told):
                raise RequestProblem("other_person")


def _unwrapped(content: bytes) -> list[bytes]:
    """What lies inside PEM or base64, as far as it can be read."""
    found = []
    for body in [*_WRAPPED.findall(content), content]:
        try:
            found.append(base64.b64decode(b"".join(body.split()), validate=True))
        except (ValueError, binascii.Error):
            continue
    return found


def _is_secret_jwk(content: bytes) -> bool:
    try:
        told = json.loads(content)
    except ValueError:
        return False
    keys = told.get("keys", [told]) if isinstance(told, dict) else told
    return isinstance(keys, list) and any(
        isinstance(each, dict) and "kty" in each and "d" in each for each in keys
    )


def _is_secret_der(content: bytes) -> bool:
    if content[:1] != b"\x30":
        return False
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        serialization.load_der_private_key(content, None)
        return True
    except TypeError:  # it is one, under a password
        return True
    except UnsupportedAlgorithm:
        return True
    except ValueError:
        pass
    try:
        pkcs12.load_pkcs12(content, None)
        return True
    except (
        ValueError
    ) as problem:  # the word for a PKCS#12 under a password is another than that for no PKCS#12
        return "password" in str(problem).lower()
