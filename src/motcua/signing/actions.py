"""Signing a file as TT 15/2025/TT-BKHCN wants it: the certificate is checked first, with its authority's word of now.

Nothing is written to the database: whoever signs a paper of a dossier writes the journal line that belongs to it.
"""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from motcua.signing import fields, network, pades, queries
from motcua.signing.appearance import Box, Look, seal_look
from motcua.signing.batch import Document, Refused, Signed, sign_many, sign_one
from motcua.signing.data import sign_data, stamp_digest
from motcua.signing.doors import open_door, open_key, put_trial_key_on_token, send_code
from motcua.signing.errors import (
    NOT_SIGNABLE,
    NoSuchCertificate,
    NoTimeStamp,
    WrongName,
    WrongPassword,
)
from motcua.signing.examples import ExampleDesk
from motcua.signing.keys import KeyDoor
from motcua.signing.queries import trial_authority
from motcua.signing.trial import NAME_MAX, TREES, NotOurCertificate, Person, stamp

__all__ = [
    "Document", "ExampleDesk", "Refused", "Signed", "fill_field", "issue_trial_certificate", "issue_trial_key",
    "look_of_person", "look_of_seal", "open_door", "open_key", "put_field", "put_trial_key_on_token",
    "revoke_trial_certificate", "send_code", "sign_data", "sign_file", "sign_many", "stamp_digest", "stamps_for",
]  # fmt: skip


def put_field(content: bytes, name: str, *, box: Box, page: int, told: str) -> bytes:
    """The PDF with an empty place that is filled behind the first signature. Raises the refusals of NOT_SIGNABLE."""
    try:
        return fields.put_field(content, name, box=box, page=page, told=told)
    except pades.NotSignable as problem:
        raise NOT_SIGNABLE[problem.code]() from problem


def fill_field(content: bytes, name: str, text: str) -> bytes:
    """The PDF with `text` in that place. Raises the refusals of NOT_SIGNABLE, KeyError for no such place."""
    try:
        return fields.fill_field(content, name, text)
    except pades.NotSignable as problem:
        raise NOT_SIGNABLE[problem.code]() from problem


def look_of_person(name: str, agency: str, *, at: datetime, box: Box, page: int) -> Look:
    """How a personal signature shows itself in its place (NĐ 30/2020/NĐ-CP, Annex I)."""
    lines = (f"Người ký: {name}", f"Cơ quan: {agency}", f"Thời gian ký: {queries.written_time(at)}")
    return Look(box, page, lines)


def look_of_seal(agency: str, *, box: Box, page: int) -> Look:
    """How the agency's seal shows itself over the left third of the personal signature in this box."""
    return seal_look(agency, over=Look(box, page))


def stamps_for(key: KeyDoor, *, at: datetime, address: str = "") -> pades.StampSource:
    """Who gives the time stamps: the authority at `address`, or, in a simulation, the trial authority of the key.

    Raises NoTimeStamp when there is neither.
    """
    if address:
        return network.FarStamps(address)
    if settings.MOTCUA.simulation:
        issuer = x509.load_der_x509_certificate(key.certificate).issuer
        for tree in TREES:
            authority = trial_authority(tree, at=at)
            if authority.issuing.subject == issuer:
                return functools.partial(stamp, authority, at=at)
    raise NoTimeStamp()


def sign_file(
    content: bytes,
    key: KeyDoor,
    *,
    field: str,
    at: datetime,
    stamps: pades.StampSource,
    level: str = "B-LT",
    look: Look | None = None,
    reason: str = "",
    ask: network.Fetch | None = None,
) -> bytes:
    """The PDF with one signature more, at the aware moment `at`; nothing is signed when a check fails.

    The certificate must lead to a trusted root, be made for signing, hold at `at` and be known not to be revoked.
    Raises the refusals of BEFORE_SIGNING and NOT_SIGNABLE, those of a key door (KEY_PROBLEMS), and
    NoTimeStamp.
    """
    return sign_one(
        Document("", content, field, look, reason), key, at=at, stamps=stamps, level=level, ask=ask
    )


def issue_trial_key(
    tree: str, holder: dict[str, Any], *, at: datetime, password: str, days: int = 0
) -> tuple[bytes, str]:
    """A new key of the trial authority as PKCS#12, and the serial number of its certificate (hexadecimal).

    `holder` has name, agency, title, number and seal as in `trial.Person`. Raises NoTrialAuthority, WrongName,
    WrongPassword (an empty one).
    """
    authority = trial_authority(tree, at=at)
    person = Person(**holder)
    if not password:
        raise WrongPassword()
    try:
        if not person.name.strip():
            raise WrongName(most=NAME_MAX)
        content = authority.issue_pkcs12(person, at=at, password=password, days=max(days, 0))
    except ValueError as problem:
        raise WrongName(most=NAME_MAX) from problem
    certificate = x509.load_der_x509_certificate(open_key(content, password).certificate)
    return content, f"{certificate.serial_number:x}"


def issue_trial_certificate(
    tree: str, holder: dict[str, Any], *, at: datetime, public_key: Any, days: int = 0
) -> tuple[bytes, ...]:
    """A certificate of the trial authority for a key that somebody else has: (hers, issuing, root) in DER.

    `holder` as in `issue_trial_key`. Raises NoTrialAuthority, WrongName.
    """
    authority = trial_authority(tree, at=at)
    try:
        made = authority.issue(Person(**holder), at=at, public_key=public_key, days=max(days, 0))
    except ValueError as problem:
        raise WrongName(most=NAME_MAX) from problem
    der = serialization.Encoding.DER
    return tuple(each.public_bytes(der) for each in (made, authority.issuing, authority.root))


def revoke_trial_certificate(tree: str, serial: str, *, at: datetime, reason: str = "unspecified") -> None:
    """A certificate of the trial authority holds no longer from `at` on. Raises NoTrialAuthority, NoSuchCertificate."""
    authority = trial_authority(tree, at=at)
    try:
        authority.revoke(int(serial, 16), at=at, reason=reason)
    except (ValueError, NotOurCertificate) as problem:
        raise NoSuchCertificate(serial=serial[:60]) from problem
