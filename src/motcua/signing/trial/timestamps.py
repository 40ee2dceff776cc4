"""The trial authority's time stamps (RFC 3161)."""

from __future__ import annotations

import functools
import hashlib
import secrets
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding

from motcua.signing.rules.der import mend, written
from motcua.signing.trial.authority import Authority

POLICY = "2.25.301183914204739012834617283940182734650"  # a private arc: the policy of trial stamps
HASHES = {"sha256": 32, "sha384": 48, "sha512": 64}


def stamp(authority: Authority, request: bytes, *, at: datetime) -> bytes:
    """The DER answer to a DER request: a token that says `at`, or a rejection for what cannot be stamped."""
    from asn1crypto import tsp

    mend()
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        name = imprint["hash_algorithm"]["algorithm"].native
        fits = HASHES.get(name) == len(imprint["hashed_message"].native)
        wants_certificate, nonce = bool(asked["cert_req"].native), asked["nonce"].native
    except (ValueError, TypeError, KeyError):
        return _rejected("bad_data_format")
    if not fits:
        return _rejected("bad_alg")
    said: dict[str, Any] = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": imprint,
        "serial_number": secrets.randbits(120) | 1,
        "gen_time": at.astimezone(UTC).replace(microsecond=0),
    }
    if nonce is not None:
        said["nonce"] = nonce
    token = _token(authority, tsp.TSTInfo(said).dump(), at, wants_certificate)
    return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()


def _rejected(reason: str) -> bytes:
    from asn1crypto import tsp

    # The library asks for a token even where the norm has none: the outer sequence, below 128 bytes, is written here.
    told = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {reason}}).dump()
    return b"\x30" + bytes([len(told)]) + told


@functools.lru_cache(maxsize=8)
def _constant(own: bytes) -> tuple[bytes, bytes, bytes]:
    """What is the same in every stamp by a certificate, in DER: who signs, the kind of content, the certificate."""
    from asn1crypto import cms, tsp, x509

    certificate = x509.Certificate.load(own)
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    known_by = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(own).digest()})
    bound = {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [known_by]})]}
    return (
        cms.IssuerAndSerialNumber(named).dump(),
        cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}).dump(),
        cms.CMSAttribute(bound).dump(),
    )


def _token(authority: Authority, content: bytes, at: datetime, with_certificate: bool) -> Any:
    from asn1crypto import algos, cms, core, x509

    der = serialization.Encoding.DER
    own = authority.certificate("tsa").public_bytes(der)
    signer_id, *constant = _constant(own)
    attributes = cms.CMSAttributes(
        [
            *(cms.CMSAttribute.load(each) for each in constant),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(at)})]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
        ]
    )
    attributes = written(attributes)
    key = authority.key("tsa")
    if isinstance(key, ec.EllipticCurvePrivateKey):
        method, signature = "sha256_ecdsa", key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
    else:
        method = "sha256_rsa"
        signature = key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": cms.IssuerAndSerialNumber.load(signer_id)}
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": method}),
            "signature": signature,
        }
    )
    body: dict[str, Any] = {
        "version": "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
        "signer_infos": [written(signer)],
    }
    if with_certificate:
        issuing = authority.issuing.public_bytes(der)
        body["certificates"] = [x509.Certificate.load(own), x509.Certificate.load(issuing)]
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(body)})
