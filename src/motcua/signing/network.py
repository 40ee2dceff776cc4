"""Asking authorities over the network: OCSP, revocation lists, time stamps.

Bounded in time and size; an authority that is down gives no answer, which is never a good one.
"""

from __future__ import annotations

import time as machine_time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPException

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from motcua.foundation.outside import STRAIGHT
from motcua.signing.rules import Evidence, Question

SECONDS_EACH, SECONDS_ALL = 3.0, 8.0
ANSWER_MAX = 10 * 1024 * 1024
_DER = serialization.Encoding.DER
OCSP_TYPE, STAMP_TYPE = "application/ocsp-request", "application/timestamp-query"

Fetch = Callable[[str, bytes | None, str], bytes]  # (address, body or None, type of the body) -> answer


def fetch(address: str, body: bytes | None = None, kind: str = "") -> bytes:
    """The answer of an http(s) address. Raises OSError when it does not answer well, in time, or says too much."""
    if not address.startswith(("http://", "https://")):
        raise OSError(f"not an http address: {address}")
    headers = {"Content-Type": kind} if body is not None else {}
    request = urllib.request.Request(address, body, headers)  # noqa: S310  the scheme is asked above
    try:
        with STRAIGHT.open(request, timeout=SECONDS_EACH) as answer:
            content: bytes = answer.read(ANSWER_MAX + 1)
    except (HTTPException, ValueError) as problem:
        raise OSError(str(problem)) from problem
    if len(content) > ANSWER_MAX:
        raise OSError(f"too long an answer: {address}")
    return content


@dataclass(frozen=True)
class FarStamps:
    """The time stamps of an authority on the network (RFC 3161 over HTTP)."""

    address: str
    far = True  # several may be under way at once

    def __call__(self, request: bytes) -> bytes:
        """The DER answer to a DER request. Raises OSError."""
        return fetch(self.address, request, STAMP_TYPE)


def gather(questions: Iterable[Question], ask: Fetch = fetch) -> Evidence:
    """What the authorities of these certificates say: OCSP first, else the revocation list. No answer is left out.

    Ask only for certificates under a trusted root: the addresses come out of the certificates.
    """
    ocsps: list[bytes] = []
    crls: list[bytes] = []
    known: set[str] = set()
    end = machine_time.monotonic() + SECONDS_ALL
    for question in questions:
        certificate = x509.load_der_x509_certificate(question.certificate)
        for address in _responders(certificate):
            if machine_time.monotonic() < end and (
                answer := _try(ask, address, ocsp_request(question), OCSP_TYPE)
            ):
                ocsps.append(answer)
                break
        else:
            for address in _lists(certificate):
                if address in known:
                    break
                if machine_time.monotonic() < end and (answer := _try(ask, address, None, "")):
                    known.add(address)
                    crls.append(answer)
                    break
    return Evidence(tuple(ocsps), tuple(crls))


def ocsp_request(question: Question) -> bytes:
    """The DER request that asks for one certificate."""
    certificate = x509.load_der_x509_certificate(question.certificate)
    issuer = x509.load_der_x509_certificate(question.issuer)
    # SHA-1 names the issuer here and protects nothing; responders know no other (RFC 5019)
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303
    return builder.build().public_bytes(_DER)


def _try(ask: Fetch, address: str, body: bytes | None, kind: str) -> bytes | None:
    try:
        return ask(address, body, kind)
    except (OSError, urllib.error.URLError):
        return None


def _responders(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    wanted = AuthorityInformationAccessOID.OCSP
    return [str(each.access_location.value) for each in found if each.access_method == wanted][:2]


def _lists(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [str(name.value) for point in found for name in point.full_name or ()][:2]
