"""A certificate that came from an authority, checked before anybody is shown it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.certificates import keys
from motcua.signing import queries as signing
from motcua.signing import rules as signing_rules


@dataclass(frozen=True)
class Checked:
    """What a good certificate says: its number (hexadecimal), the digest of its key, and how long it holds."""

    serial: str
    digest: str
    begins: datetime
    until: datetime
    issuer: str


class WrongCertificate(Exception):
    """Why a certificate is not taken: other_key, other_name, other_number, or what `signing` objects.

    `serial` and `issuer` say which one it was, as far as it can be read. `hers`: it has her key or her number, so
    nobody else is hurt when it is revoked; an authority that mixes up its answers may have sent a stranger's.
    """

    def __init__(self, code: str, *, serial: str = "", issuer: str = "", hers: bool = False) -> None:
        super().__init__(code)
        self.code, self.serial, self.issuer, self.hers = code, serial, issuer, hers


def check(
    certificate: bytes, others: Sequence[bytes], *, name: str, number: str, digest: str, at: datetime
) -> Checked:
    """The certificate (DER) when it is hers: her name and number, the key of her request (`digest`; "" when the key
    was made by the authority), under a trusted root that is not the officials' own, in force and not revoked.

    Raises WrongCertificate.
    """
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        found = x509.load_der_x509_certificate(certificate)
        key = found.public_key()
    except ValueError:
        raise WrongCertificate("unreadable") from None
    own, has_number = keys.key_digest(key), number in _numbers(found.subject)
    names = found.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    serial, issuer = f"{found.serial_number:x}", str(names[0].value) if names else ""
    said = [str(each.value) for each in found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    wrong = {
        "other_key": bool(digest) and own != digest,
        "weak_key": not keys.kind_of(key),
        "other_name": said != [name],
        "other_number": not has_number,
    }
    code = next((each for each, holds in wrong.items() if holds), "")
    if code := code or objection_to(certificate, others, at=at):
        hers = has_number or (bool(digest) and own == digest)
        raise WrongCertificate(code, serial=serial, issuer=issuer, hers=hers)
    return Checked(serial, own, found.not_valid_before_utc, found.not_valid_after_utc, issuer)


def objection_to(certificate: bytes, others: Sequence[bytes], *, at: datetime) -> str:
    """Why a citizen's certificate holds not at `at`, as its authority says now: untrusted, expired, revoked,
    revocation_unknown …; "" when it holds. Asks over the network."""
    roots, evidence = signing.trusted(at=at)
    public = tuple(root for root in roots if root.kind != "government")
    asked = signing_rules.questions_about(certificate, others, public)
    if asked:
        evidence = evidence.with_more(signing.standing_of(asked, at=at))
    return signing_rules.objection(certificate, others, public, evidence, at=at)


def _numbers(subject: Any) -> set[str]:
    """The personal numbers that a subject names: authorities here write CCCD:… into UID (or the serial number)."""
    from cryptography.x509.oid import NameOID

    said = [
        str(each.value)
        for oid in (NameOID.USER_ID, NameOID.SERIAL_NUMBER)
        for each in subject.get_attributes_for_oid(oid)
    ]
    return {each.rpartition(":")[2].strip() for each in said}
