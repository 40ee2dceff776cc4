"""Data signed as JWS (RFC 7515; TT 15/2025/TT-BKHCN names it for JSON): taken apart strictly, then judged like a PDF.

The algorithm is never the choice of whoever sends the data: a certificate's key decides which names may stand in `alg`
(no `none`, no HMAC over a public key), `crit` names nothing that is not understood, what is not protected by the
signature is not read, and no address out of a header is ever fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from motcua.signing.rules import der
from motcua.signing.rules.aside import aside
from motcua.signing.rules.evidence import Evidence, Question, Roots, asked_of, chain, standing
from motcua.signing.rules.report import Finding, Report, Signature, finding, worst
from motcua.signing.rules.signers import holder, may_sign

BYTES_MAX, SIGNATURES_MAX, CERTIFICATES_MAX = 10 * 1024 * 1024, 30, 10
RSA_LEAST = 2048
# name -> (kind of key, digest, bytes of a number on the curve; RFC 7518, 3.1). HMAC and "none" are not among them.
ALGORITHMS: dict[str, tuple[str, str, int]] = {
    **{f"RS{bits}": ("rsa", f"sha{bits}", 0) for bits in (256, 384, 512)},
    **{f"PS{bits}": ("rsa-pss", f"sha{bits}", 0) for bits in (256, 384, 512)},
    "ES256": ("secp256r1", "sha256", 32),
    "ES384": ("secp384r1", "sha384", 48),
    "ES512": ("secp521r1", "sha512", 66),
}
UNDERSTOOD = frozenset(
    {"sigT"}
)  # the claimed time of ETSI TS 119 182-1, which older signers mark as critical


class NotSigned(Exception):
    """The bytes are no JWS, or one that must not be believed; holds the finding that says why."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(code)
        self.finding: Finding = finding(code, **told)


@dataclass(frozen=True)
class Part:
    """One signature of a JWS: its protected header as text and as data, the payload as text ("" detached)."""

    protected: str
    payload: str
    signature: bytes
    header: Mapping[str, Any]

    @property
    def signed(self) -> bytes:
        """The signing input of RFC 7515, 5.1."""
        return f"{self.protected}.{self.payload}".encode()


def to_text(raw: bytes) -> str:
    """base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes behind `to_text`, and behind nothing else. Raises ValueError."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if to_text(raw) != text:
        raise ValueError("not the one way to write these bytes")
    return raw


def looks_signed(content: bytes) -> bool:
    """Whether bytes look like a JWS, so that they are read as one: compact, or a JSON object."""
    head = content[:64].lstrip()
    return head.startswith(b"{") or (head.startswith(b"eyJ") and content.count(b".") == 2)


def parts_of(content: bytes) -> list[Part]:
    """The signatures of a JWS, compact or JSON (flattened, general). Raises NotSigned."""
    if len(content) > BYTES_MAX:
        raise NotSigned("too_large", most=BYTES_MAX // 1024 // 1024)
    try:
        text = content.decode("utf-8").strip()
        if not text.startswith("{"):
            protected, payload, signature = text.split(".")
            return [_part(protected, payload, signature, {})]
        told = _object(text)
        payload = str(told.get("payload") or "")
        rows = told.get("signatures", [told])
        if not rows:
            raise ValueError("no signature")
        if len(rows) > SIGNATURES_MAX:
            raise NotSigned("too_complex")
        return [
            _part(str(row["protected"]), payload, str(row["signature"]), row.get("header") or {})
            for row in rows
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise NotSigned("jws_unreadable") from problem


def _part(protected: str, payload: str, signature: str, beside: Mapping[str, Any]) -> Part:
    header = _object(to_bytes(protected).decode("utf-8"))
    if set(header) & set(beside):
        raise ValueError("a name stands in both headers")  # RFC 7515, 4
    if payload:
        to_bytes(payload)
    if not isinstance(header.get("alg"), str):
        raise ValueError("no algorithm")
    critical = header.get("crit", [])
    if not isinstance(critical, list) or ("crit" in header and not critical):
        raise ValueError("crit")
    unknown = [str(name) for name in critical if name not in UNDERSTOOD or name not in header]
    # RFC 7797: an unencoded payload must be named critical; one that is not is another payload than we would read
    unknown += ["b64"] if "b64" in header and "b64" not in unknown else []
    if unknown or "crit" in beside:
        raise NotSigned("critical_unknown", names=", ".join(unknown or ["crit"])[:80])
    return Part(protected, payload, to_bytes(signature), header)


def _object(text: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a name stands twice")
        return found

    told = json.loads(text, object_pairs_hook=once)
    if not isinstance(told, dict):
        raise ValueError("not an object")
    return told


def payload_of(content: bytes) -> bytes:
    """What a JWS says, whoever signed it; nothing where it is detached. Raises NotSigned."""
    return to_bytes(parts_of(content)[0].payload)


def algorithm_for(certificate: bytes, wanted: str = "") -> str:
    """The name under which the key of a certificate (DER) signs here: `wanted` where it fits, else RS256 or that of its
    curve. Raises ValueError for a key that has none, or not the wanted one."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = x509.load_der_x509_certificate(certificate).public_key()
    fits: list[str] = []
    if isinstance(key, rsa.RSAPublicKey):
        fits = [name for name, (kind, _digest, _size) in ALGORITHMS.items() if kind.startswith("rsa")]
    elif isinstance(key, ec.EllipticCurvePublicKey):
        fits = [name for name, (kind, _digest, _size) in ALGORITHMS.items() if kind == key.curve.name]
    if not fits or (wanted and wanted not in fits):
        raise ValueError("JWS has no such name for this key")
    return wanted or fits[0]


def joined_numbers(signature: bytes, size: int) -> bytes:
    """An ECDSA signature as JWS wants it, two numbers of `size` bytes, from its DER form. Raises ValueError."""
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    r, s = decode_dss_signature(signature)
    return r.to_bytes(size) + s.to_bytes(size)


def holds(part: Part, key: Any) -> bool:
    """Whether the public key (of the package cryptography) made this signature, by the algorithm its header names.

    Raises NotSigned: an algorithm that is none here, or is not one of this kind of key.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    name = str(part.header["alg"])
    kind, digest, size = ALGORITHMS.get(name, ("", "", 0))
    fits = isinstance(key, rsa.RSAPublicKey) if kind.startswith("rsa") else False
    if isinstance(key, ec.EllipticCurvePublicKey):
        fits = kind == key.curve.name
    if not fits:
        raise NotSigned("algorithm_refused", name=name[:20])
    hashed = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}[digest]()
    try:
        if size:
            if len(part.signature) != 2 * size:
                return False
            r, s = (int.from_bytes(part.signature[at : at + size]) for at in (0, size))
            key.verify(encode_dss_signature(r, s), part.signed, ec.ECDSA(hashed))
        elif kind == "rsa":
            key.verify(part.signature, part.signed, padding.PKCS1v15(), hashed)
        else:  # RFC 7518, 3.5: the salt is as long as the digest
            salted = padding.PSS(padding.MGF1(hashed), hashed.digest_size)
            key.verify(part.signature, part.signed, salted, hashed)
    except InvalidSignature:
        return False
    return True


@aside
def verify_data(
    content: bytes, roots: Roots, evidence: Evidence, *, at: datetime, payload: bytes | None = None
) -> Report:
    """What the signatures of a JWS are worth at `at`; `payload` is the file that a detached one was made over. Never
    raises, whatever the bytes are. No time stamp proves the time: each is judged at `at` itself."""
    der.mend()
    digest = hashlib.sha256(content).hexdigest()
    try:
        parts = parts_of(content)
    except NotSigned as problem:
        return Report("invalid", digest, at, findings=(problem.finding,))
    signatures = tuple(
        _judged(f"JWS {number}" if len(parts) > 1 else "JWS", _with(part, payload), roots, evidence, at)
        for number, part in enumerate(parts, 1)
    )
    states = {"invalid" if each.state == "revoked" else each.state for each in signatures}
    return Report(
        next(each for each in ("invalid", "unknown", "valid") if each in states),
        digest,
        at,
        0,
        (),
        signatures,
    )


def _with(part: Part, payload: bytes | None) -> Part:
    if payload is None or part.payload == to_text(payload):
        return part
    if part.payload:  # another file than the one inside: the signature shall not cover it
        return Part(part.protected, "", b"", part.header)
    return Part(part.protected, to_text(payload), part.signature, part.header)


def _judged(name: str, part: Part, roots: Roots, evidence: Evidence, at: datetime) -> Signature:
    try:
        return _signature(name, part, roots, evidence, at)
    except NotSigned as problem:
        return Signature(name, "invalid", findings=(problem.finding,))
    except Exception:  # noqa: BLE001  the certificates are a stranger's
        return Signature(name, "invalid", findings=(finding("signature_unreadable"),))


def _certificates(part: Part) -> list[bytes]:
    """The certificates of `x5c`, the signer's first; none where it has none. Raises NotSigned."""
    given = part.header.get("x5c")
    if given is None:
        return []
    try:
        if not given or len(given) > CERTIFICATES_MAX:
            raise ValueError("x5c")
        return [base64.b64decode(str(each), validate=True) for each in given]
    except (ValueError, TypeError) as problem:
        raise NotSigned("jws_unreadable") from problem


def _signature(name: str, part: Part, roots: Roots, evidence: Evidence, at: datetime) -> Signature:
    from asn1crypto import x509
    from cryptography import x509 as own

    certificates = _certificates(part)
    if not certificates:
        if part.header["alg"] not in ALGORITHMS:
            raise NotSigned("algorithm_refused", name=str(part.header["alg"])[:20])
        return Signature(name, "unknown", findings=(finding("no_certificate"),))
    leaf, others = (
        x509.Certificate.load(certificates[0], strict=True),
        [x509.Certificate.load(each, strict=True) for each in certificates[1:]],
    )
    thumb = part.header.get("x5t#S256")
    if thumb is not None and thumb != to_text(hashlib.sha256(certificates[0]).digest()):
        raise NotSigned("jws_unreadable")
    key = own.load_der_x509_certificate(certificates[0]).public_key()
    told: list[Finding] = []
    missing = not part.payload and bool(part.signature)
    whole = not missing and holds(part, key)
    if missing:
        told.append(finding("payload_missing"))
    elif not whole:
        told.append(finding("altered"))
    if getattr(key, "key_size", RSA_LEAST) < RSA_LEAST and leaf.public_key.algorithm == "rsa":
        told.append(finding("weak_algorithm", name=f"RSA {key.key_size}"))
    root, revocation = _standing(leaf, others, roots, evidence, at, told)
    who = holder(leaf)
    if who["trial"]:
        told.append(finding("trial"))
    told.append(finding("time_claimed"))
    state = worst(tuple(told))
    return Signature(
        field=name,
        state="revoked" if revocation == "revoked" and whole else state,
        signed_at=_claimed(part.header),
        whole=whole,
        root=root,
        level=f"JWS {part.header['alg']}",
        certificate_from=leaf.not_valid_before,
        certificate_until=leaf.not_valid_after,
        serial=f"{leaf.serial_number:x}",
        revocation=revocation,
        findings=tuple(told),
        **who,
    )


def _standing(
    leaf: Any, others: list[Any], roots: Roots, evidence: Evidence, at: datetime, told: list[Finding]
) -> tuple[str, str]:
    """The kind of the root and what is known of revocation now; adds findings."""
    if not may_sign(leaf):
        told.append(finding("wrong_usage"))
    path = chain(leaf, others, roots)
    if path is None:
        told.append(finding("untrusted"))
        return "", "unknown"
    root = next(each.kind for each in roots if each.certificate == path.first.dump())
    if at < leaf.not_valid_before:
        told.append(finding("not_yet_valid", day=f"{leaf.not_valid_before:%d/%m/%Y}"))
    elif at > leaf.not_valid_after:
        told.append(finding("expired_unproven"))
    known = standing(path, roots, evidence, min(at, leaf.not_valid_after))
    if known.state == "revoked":
        day = f"{known.revoked_at:%d/%m/%Y}" if known.revoked_at else "?"
        told.append(finding("revoked_unproven", day=day))
        return root, "revoked"
    if known.state != "good":
        told.append(finding("revocation_unknown"))
        return root, "unknown"
    return root, "good"


def _claimed(header: Mapping[str, Any]) -> datetime | None:
    """When the signer says it was signed: `iat`, or `sigT` of older signers."""
    try:
        if "iat" in header:
            return datetime.fromtimestamp(int(header["iat"]), UTC)
        said = datetime.fromisoformat(str(header["sigT"]))
        return said if said.tzinfo else said.replace(tzinfo=UTC)
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return None


@aside
def data_questions(content: bytes, roots: Roots) -> list[Question]:
    """The certificates of a JWS under our roots whose standing is worth asking their authorities for. Never raises."""
    from asn1crypto import x509

    der.mend()
    found: dict[bytes, Question] = {}
    try:
        for part in parts_of(content):
            held = [x509.Certificate.load(each) for each in _certificates(part)]
            path = chain(held[0], held[1:], roots) if held else None
            found |= {one.certificate: one for one in asked_of(path)} if path is not None else {}
    except Exception:  # noqa: BLE001  what cannot be read asks nothing; `verify_data` says what is wrong
        return list(found.values())
    return list(found.values())
