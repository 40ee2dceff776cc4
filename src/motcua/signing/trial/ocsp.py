"""The trial authority's answer to “is this certificate good?” (OCSP, RFC 6960)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
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
    made = builder.sign(authority.key("ocsp"), hashes.SHA256()).public_bytes(_DER)
    return _keeping(made, authority)


def _keeping(made: bytes, authority: Authority) -> bytes:
    """The answer with “what was revoked is kept since …” (archive cutoff, RFC 6960 4.4.4), which makes it say
    something about a certificate that has expired. cryptography writes no extension of a single answer."""
    from asn1crypto import core
    from asn1crypto import ocsp as asn1

    whole = asn1.OCSPResponse.load(made)
    basic = whole["response_bytes"]["response"].parsed
    since = core.GeneralizedTime(authority.root.not_valid_before_utc)
    kept = {
        "extn_id": "archive_cutoff",
        "critical": False,
        "extn_value": core.ParsableOctetString(since.dump()),
    }
    data = basic["tbs_response_data"]
    data["responses"][0]["single_extensions"] = [kept]
    basic["signature"] = core.OctetBitString(_signature(authority.key("ocsp"), data.dump(force=True)))
    whole["response_bytes"]["response"] = core.ParsableOctetString(basic.dump(force=True))
    return bytes(whole.dump(force=True))


def _signature(key: Any, content: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(content, ec.ECDSA(hashes.SHA256()))
    made: bytes = key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    return made


def _asks_us(authority: Authority, asked: ocsp.OCSPRequest) -> bool:
    """Whether the request names our issuing authority: both hashes must be ours."""
    below = authority.certificate("ocsp")
    ours = ocsp.OCSPRequestBuilder().add_certificate(below, authority.issuing, asked.hash_algorithm).build()
    return (ours.issuer_name_hash, ours.issuer_key_hash) == (asked.issuer_name_hash, asked.issuer_key_hash)
