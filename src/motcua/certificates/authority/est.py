"""Speaking to an authority: EST (RFC 7030) for certificates, and beside it a few addresses of our own.

EST has no words for whom a place of registration has looked at, for a key in the authority's service, and for
revoking. So an order is announced first (`PUT /ra/v1/orders/{id}`), and what EST knows goes by EST: `simpleenroll` and
`simplereenroll` under the label of that order. What Vietnamese authorities really speak was not read: unverified.
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict
from http.client import HTTPException
from typing import Any

from motcua.certificates.authority.door import Answer, AuthorityProblem, Holder
from motcua.foundation.outside import STRAIGHT
from motcua.kernel.addresses import is_safe_address

SECONDS = 10.0
ANSWER_MAX = 1024 * 1024
WAIT_LEAST, WAIT_MOST = 5, 900  # seconds
STATES = ("announced", "waiting", "activation", "issued", "revoked", "refused")
JSON, CSR = "application/json", "application/pkcs10"


class EstAuthority:
    """An authority at `address` (https, but on this very machine), entered with the installation's account there."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self._base = _base(address)
        self._entry = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def enrol(self, order: str, holder: Holder, request: str) -> Answer:
        """See `Authority`."""
        told = self._announce(order, {"kind": "issue", "key": "device", "holder": asdict(holder)})
        return told if told.state == "refused" else self._enrol(order, "simpleenroll", request)

    def renew(self, order: str, holder: Holder, serial: str, request: str) -> Answer:
        """See `Authority`."""
        body = {"kind": "renew", "key": "device", "holder": asdict(holder), "serial": serial}
        told = self._announce(order, body)
        return told if told.state == "refused" else self._enrol(order, "simplereenroll", request)

    def open_credential(self, order: str, holder: Holder, serial: str = "") -> Answer:
        """See `Authority`."""
        body = {"kind": "renew" if serial else "issue", "key": "remote", "holder": asdict(holder)}
        return self._announce(order, {**body, "serial": serial})

    def revoke(self, order: str, serial: str, reason: str) -> Answer:
        """See `Authority`."""
        return self._announce(order, {"kind": "revoke", "serial": serial, "reason": reason})

    def cancel(self, order: str, ended: str, reason: str) -> Answer:
        """See `Authority`."""
        return self._announce(order, {"kind": "revoke", "order": ended, "reason": reason})

    def _announce(self, order: str, body: Mapping[str, Any]) -> Answer:
        status, headers, content = self._call("PUT", f"ra/v1/orders/{order}", json.dumps(body).encode(), JSON)
        try:
            told = json.loads(content)
            state = told["state"]
            given = tuple(base64.b64decode(each, validate=True) for each in told.get("certificates", ()))
            texts = {name: str(told.get(name) or "")[:500] for name in ("activation", "credential", "reason")}
        except (ValueError, TypeError, KeyError, AttributeError) as problem:
            raise AuthorityProblem("wrong_answer", "order") from problem
        if status not in (200, 201) or state not in STATES or (state == "issued" and not given):
            raise AuthorityProblem("wrong_answer", "order")
        if texts["activation"] and not is_safe_address(texts["activation"]):
            raise AuthorityProblem("wrong_answer", "activation")
        return Answer(state, given, wait=_wait(headers), **texts)

    def _enrol(self, order: str, method: str, request: str) -> Answer:
        body = "".join(line for line in request.splitlines() if not line.startswith("-----"))
        path = f".well-known/est/{order}/{method}"
        status, headers, content = self._call("POST", path, body.encode(), CSR)
        if status == 202:
            return Answer("waiting", wait=_wait(headers))
        if status != 200:
            raise AuthorityProblem("wrong_answer", method)
        return Answer("issued", certificates_of(content))

    def _call(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Authorization": self._entry, "Content-Type": kind}
        if kind == CSR:
            headers["Content-Transfer-Encoding"] = "base64"
        request = urllib.request.Request(  # noqa: S310  the scheme is asked in _base
            f"{self._base}/{path}", body, headers, method=method
        )
        try:
            with STRAIGHT.open(request, timeout=SECONDS) as answer:
                content = answer.read(ANSWER_MAX + 1)
                status, told = answer.status, dict(answer.headers.items())
        except urllib.error.HTTPError as refused:
            with refused:
                raise AuthorityProblem(_meaning(refused.code), f"{method} {refused.code}") from None
        except (OSError, HTTPException, ValueError) as problem:
            raise AuthorityProblem("down", type(problem).__name__) from None
        if len(content) > ANSWER_MAX:
            raise AuthorityProblem("wrong_answer", "too long")
        return status, {name.lower(): value for name, value in told.items()}, content


def certificates_of(content: bytes) -> tuple[bytes, ...]:
    """The certificates in a certs-only answer (base64 of PKCS#7), that of the holder first.

    Raises AuthorityProblem(wrong_answer).
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs7

    try:
        found = pkcs7.load_der_pkcs7_certificates(base64.b64decode(b"".join(content.split()), validate=True))
    except Exception as problem:  # noqa: BLE001  the library raises several kinds for what is no PKCS#7
        raise AuthorityProblem("wrong_answer", "pkcs7") from problem
    issuers = {each.issuer for each in found}
    mine = [each for each in found if each.subject not in issuers]
    if len(mine) != 1:
        raise AuthorityProblem("wrong_answer", "which certificate is hers")
    rest = [each for each in found if each is not mine[0]]
    return tuple(each.public_bytes(serialization.Encoding.DER) for each in (*mine, *rest))


def opened() -> EstAuthority | None:
    """The authority of this installation, None where the settings name none."""
    from django.conf import settings

    own = settings.MOTCUA
    if not own.certificate_authority_url:
        return None
    return EstAuthority(
        own.certificate_authority_url, own.certificate_authority_user, own.certificate_authority_password
    )


def _base(address: str) -> str:
    if not is_safe_address(address):
        raise AuthorityProblem("unsafe_address", address[:200])
    return address.rstrip("/")


def _meaning(status: int) -> str:
    if status in (401, 403):
        return "not_admitted"
    if status == 409:
        return "conflict"
    return "down" if status >= 500 or status in (404, 408, 429) else "wrong_answer"


def _wait(headers: Mapping[str, str]) -> int:
    said = headers.get("retry-after", "")
    return min(max(int(said), WAIT_LEAST), WAIT_MOST) if said.isascii() and said.isdigit() else WAIT_LEAST
