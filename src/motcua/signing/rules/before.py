"""Before a signature is made: whether the certificate may sign at this moment (TT 15/2025/TT-BKHCN)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from motcua.signing.rules import der
from motcua.signing.rules.aside import aside
from motcua.signing.rules.evidence import Evidence, Question, Roots, asked_of, chain, standing
from motcua.signing.rules.signers import described, may_sign


@aside
def questions_about(certificate: bytes, others: Sequence[bytes], roots: Roots) -> list[Question]:
    """What to ask authorities about a certificate and those above it; nothing when it leads to no root of ours."""
    from asn1crypto import x509

    der.mend()
    path = chain(x509.Certificate.load(certificate), [x509.Certificate.load(each) for each in others], roots)
    return [] if path is None else asked_of(path)


@aside
def objection(
    certificate: bytes, others: Sequence[bytes], roots: Roots, evidence: Evidence, *, at: datetime
) -> str:
    """Why this certificate must not sign at `at`: untrusted, wrong_usage, not_yet_valid, expired, revoked,
    revocation_unknown; "" when it may."""
    from asn1crypto import x509

    der.mend()
    own = x509.Certificate.load(certificate)
    path = chain(own, [x509.Certificate.load(each) for each in others], roots)
    if path is None:
        return "untrusted"
    if not may_sign(own):
        return "wrong_usage"
    if at < own.not_valid_before:
        return "not_yet_valid"
    if at > own.not_valid_after:
        return "expired"
    known = standing(path, roots, evidence, at)
    return {"good": "", "revoked": "revoked"}.get(known.state, "revocation_unknown")


def trial_request() -> bytes:
    """A request for a time stamp of nothing, by which an authority shows its certificates."""
    from asn1crypto import tsp

    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    return tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True}).dump()


def stamp_request(digest: bytes) -> tuple[bytes, int]:
    """A request for a time stamp over a SHA-256 digest, and the number by which its answer is known."""
    from asn1crypto import tsp

    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    return asked.dump(), nonce


def stamp_told(answer: bytes, digest: bytes, nonce: int) -> tuple[datetime, str] | None:
    """When and by whom an answer says that this digest was stamped; None where it is refused, or about another."""
    from asn1crypto import tsp

    try:
        told = tsp.TimeStampResp.load(answer, strict=True)
        token = told["time_stamp_token"]["content"]
        info = token["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        same = (
            imprint["hash_algorithm"]["algorithm"].native == "sha256"
            and imprint["hashed_message"].native == digest
        )
        if told["status"]["status"].native not in ("granted", "granted_with_mods") or not same:
            return None
        if info["nonce"].native != nonce:
            return None
        found = described(token)
        name = found[0].subject.native.get("common_name", "") if found else ""
        return info["gen_time"].native, str(name)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def stamping_certificates(answer: bytes) -> tuple[bytes, tuple[bytes, ...]] | None:
    """Who gave a time stamp, and the certificates sent along, from the DER answer; None when it names nobody."""
    from asn1crypto import tsp

    try:
        token = tsp.TimeStampResp.load(answer)["time_stamp_token"]
        found = described(token["content"])
    except (ValueError, TypeError, KeyError):
        return None
    return (found[0].dump(), tuple(each.dump() for each in found[1])) if found else None
