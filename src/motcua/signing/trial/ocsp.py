"""The trial authority's answer to “is this certificate good?” (OCSP, RFC 6960)."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from motcua.signing.trial.authority import Authority

FRESH_HOURS = 1
_DER = serialization.Encoding.DER


def answer(authority: Authority, request: bytes, *, at: datetime) -> bytes:
    """The DER answer to a DER request, as of `at`: good, revoked with its moment, or unknown for what is not ours.

    A request that cannot be read, or asks for several certificates, is answered “malformed”; nothing is raised.
    """
    try:
        asked = ocsp.load_der_ocsp_request(request)
        serial = asked.serial_number
        ours = _asks_us(authority, asked)
    except (ValueError, NotImplementedError):
        refused = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        return refused.public_bytes(_DER)
    known = ours and authority.has_issued(serial)
    told = authority.revoked(serial) if known else None
    revoked = told is not None and told[0] <= at
    status = ocsp.OCSPCertStatus.GOOD if known else ocsp.OCSPCertStatus.UNKNOWN
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        issuer_name_hash=asked.issuer_name_hash,
        issuer_key_hash=asked.issuer_key_hash,
        serial_number=serial,
        algorithm=asked.hash_algorithm,
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else status,
        this_update=at,
        next_update=at + timedelta(hours=FRESH_HOURS),
        revocation_time=told[0] if revoked and told else None,
        revocation_reason=x509.ReasonFlags[told[1]] if revoked and told else None,
    )
    responder = authority.certificate("ocsp")
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder).certificates([responder])
    try:
        nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce)
        builder = builder.add_extension(nonce.value, critical=False)
    except x509.ExtensionNotFound:
        pass
    return builder.sign(authority.key("ocsp"), hashes.SHA256()).public_bytes(_DER)


def _asks_us(authority: Authority, asked: ocsp.OCSPRequest) -> bool:
    """Whether the request names our issuing authority: both hashes must be ours."""
    below = authority.certificate("ocsp")
    ours = ocsp.OCSPRequestBuilder().add_certificate(below, authority.issuing, asked.hash_algorithm).build()
    return (ours.issuer_name_hash, ours.issuer_key_hash) == (asked.issuer_name_hash, asked.issuer_key_hash)
