"""Making a JWS (RFC 7515) through a door to a key: the door signs bytes, and no library ever holds the key.

The header carries the chain (`x5c`), the hash of the signer's certificate and the claimed time, as the European profile
for JSON does (ETSI TS 119 182-1, baseline B-B).
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime

from motcua.foundation.canonical import canonical
from motcua.signing.keys import KeyDoor, KeyProblem
from motcua.signing.rules.jws import ALGORITHMS, joined_numbers, to_text

FORMS = ("compact", "json")


def signed(
    content: bytes,
    key: KeyDoor,
    algorithm: str,
    *,
    at: datetime,
    form: str = "compact",
    detached: bool = False,
) -> bytes:
    """`content` as a JWS, compact or flattened JSON, with the payload left out where `detached`.

    PS256 and its like ask the door for `sign_pss`, which not every door has. Raises KeyProblem.
    """
    kind, digest, size = ALGORITHMS[algorithm]
    sign = getattr(key, "sign_pss", None) if kind == "rsa-pss" else key.sign
    if sign is None:
        raise KeyProblem("unusable", algorithm)
    above = [each for each in key.chain if each != key.certificate and not _is_root(each)]
    header = {
        "alg": algorithm,
        "iat": int(at.timestamp()),
        "typ": "JOSE" if form == "compact" else "JOSE+JSON",
        "x5c": [base64.b64encode(each).decode() for each in (key.certificate, *above)],
        "x5t#S256": to_text(hashlib.sha256(key.certificate).digest()),
    }
    protected, payload = to_text(canonical(header)), to_text(content)
    raw = sign(f"{protected}.{payload}".encode(), digest)
    signature = to_text(joined_numbers(raw, size) if size else raw)
    held = "" if detached else payload
    if form == "compact":
        return f"{protected}.{held}.{signature}\n".encode()
    told = {"protected": protected, "signature": signature} | ({} if detached else {"payload": payload})
    return f"{json.dumps(told)}\n".encode()


def _is_root(certificate: bytes) -> bool:
    from cryptography import x509

    found = x509.load_der_x509_certificate(certificate)
    return found.issuer == found.subject
