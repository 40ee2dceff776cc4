"""Signing a file as TT 15/2025/TT-BKHCN wants it: the certificate is checked first, with its authority's word of now.

Nothing is written to the database: whoever signs a paper of a dossier writes the journal line that belongs to it.
"""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

from cryptography import x509
from django.conf import settings

from motcua.signing import network, pades
from motcua.signing.appearance import Look
from motcua.signing.errors import (
    BEFORE_SIGNING,
    NOT_SIGNABLE,
    KeyUnusable,
    NoSuchCertificate,
    NoTimeStamp,
    WrongName,
    WrongPassword,
)
from motcua.signing.examples import ExampleDesk
from motcua.signing.keys import KeyDoor, KeyProblem, SoftwareKey
from motcua.signing.queries import standing_of, trial_authority, trusted
from motcua.signing.rules import objection, questions_about, stamping_certificates, trial_request
from motcua.signing.trial import NAME_MAX, TREES, NotOurCertificate, Person, stamp

__all__ = [
    "ExampleDesk", "issue_trial_key", "open_key", "revoke_trial_certificate", "sign_file", "stamps_for",
]  # fmt: skip


def open_key(content: bytes, password: str) -> SoftwareKey:
    """The key of a PKCS#12 file. Raises WrongPassword, KeyUnusable."""
    try:
        return SoftwareKey(content, password)
    except KeyProblem as problem:
        raise (WrongPassword() if problem.code == "wrong_password" else KeyUnusable()) from problem


def stamps_for(key: KeyDoor, *, at: datetime, address: str = "") -> pades.StampSource:
    """Who gives the time stamps: the authority at `address`, or, in a simulation, the trial authority of the key.

    Raises NoTimeStamp when there is neither.
    """
    if address:
        return lambda request: network.fetch(address, request, network.STAMP_TYPE)
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
    Raises the refusals of BEFORE_SIGNING and NOT_SIGNABLE, and NoTimeStamp.
    """
    roots, evidence = trusted(at=at)
    asked = questions_about(key.certificate, key.chain, roots)
    evidence = evidence.with_more(standing_of(asked, at=at, ask=ask))
    why = objection(key.certificate, key.chain, roots, evidence, at=at)
    if why:
        raise BEFORE_SIGNING[why]()
    try:
        if level != "B-T":
            stamper = stamping_certificates(stamps(trial_request()))
            more = questions_about(*stamper, roots) if stamper else []
            evidence = evidence.with_more(standing_of(more, at=at, ask=ask))
        return pades.sign_pdf(
            content, key, field=field, at=at, level=level, stamps=stamps,
            roots=roots, evidence=evidence, look=look, reason=reason,
        )  # fmt: skip
    except pades.NotSignable as problem:
        raise NOT_SIGNABLE[problem.code]() from problem
    except OSError as problem:
        raise NoTimeStamp() from problem


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


def revoke_trial_certificate(tree: str, serial: str, *, at: datetime, reason: str = "unspecified") -> None:
    """A certificate of the trial authority holds no longer from `at` on. Raises NoTrialAuthority, NoSuchCertificate."""
    authority = trial_authority(tree, at=at)
    try:
        authority.revoke(int(serial, 16), at=at, reason=reason)
    except (ValueError, NotOurCertificate) as problem:
        raise NoSuchCertificate(serial=serial[:60]) from problem
