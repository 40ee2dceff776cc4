"""One file that verifies papers in any browser without us and without a network: our scripts put together, with the
trust roots, the lists of revoked certificates and the keys of this moment inside. See `offline/`.
"""

from __future__ import annotations

import base64
import html
import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.foundation.time import TZ
from motcua.signing.rules import Evidence, Roots

PARTS = Path(__file__).parent / "offline"
_HOLE = re.compile(r"/\*([A-Z]+)\*/")
SCRIPTS = ("der", "trust", "pdf", "changes", "verify", "journal", "page")


def offline_page(
    roots: Roots, evidence: Evidence, keys: list[dict[str, str]], *, issuer: str, at: datetime
) -> bytes:
    """The page that trusts these roots, and these keys (JWK) for the journal and the list of withdrawn results."""
    told: dict[str, Any] = {
        "roots": [_text(each.certificate) for each in roots],
        "ocsps": [_text(each) for each in evidence.ocsps],
        "crls": [_text(each) for each in evidence.crls],
        "keys": keys,
    }
    # within a script element only "<" could end it early
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    shown = "".join(
        f"<li>{html.escape(each)}</li>" for each in [*_named(roots), *(key["kid"] for key in keys)]
    )
    scripts = "\n".join(_part(f"{name}.js") for name in SCRIPTS)
    filled = {
        "MADE": f"{at.astimezone(TZ):%d/%m/%Y %H:%M}",
        "FROM": html.escape(issuer),
        "ROOTS": shown,
        "CSS": _part("page.css"),
        "TRUST": data,
        "SCRIPT": f"(() => {{\n{scripts}\n}})();",
    }
    return _HOLE.sub(lambda hole: filled[hole[1]], _part("page.html")).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _named(roots: Roots) -> list[str]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    found = []
    for each in roots:
        certificate = x509.load_der_x509_certificate(each.certificate)
        print_ = certificate.fingerprint(hashes.SHA256()).hex()
        found.append(f"{certificate.subject.rfc4514_string()} · {each.kind} · SHA-256 {print_}")
    return found


@lru_cache(maxsize=16)
def _part(name: str) -> str:
    return (PARTS / name).read_text("utf-8")
