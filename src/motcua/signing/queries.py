"""Every read of the room: whom this installation trusts, and what a signed file is worth."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from motcua.signing import network
from motcua.signing.appearance import copy_look, written_time
from motcua.signing.errors import NoTrialAuthority
from motcua.signing.roots import read_roots
from motcua.signing.rules import (
    Evidence,
    Question,
    Report,
    Root,
    Roots,
    data_questions,
    looks_signed,
    questions,
    verify,
    verify_data,
)
from motcua.signing.rules.signers import holder
from motcua.signing.trial import TREES, Authority, ocsp_answer, open_authority

__all__ = [
    "check", "copy_look", "holder_of", "is_trial", "standing_of", "trial_authority", "trial_roots", "trust_folder",
    "trusted", "written_time",
]  # fmt: skip

_DER = serialization.Encoding.DER


def trust_folder() -> Path:
    """Where an operator lays the roots that this installation trusts: `var/trust/government`, `var/trust/public`."""
    return settings.MOTCUA.var / "trust"


def trial_authority(tree: str, *, at: datetime) -> Authority:
    """The trial authority of a tree, made at first use. Raises NoTrialAuthority outside a simulation."""
    if not settings.MOTCUA.simulation or tree not in TREES:
        raise NoTrialAuthority()
    folder = settings.MOTCUA.var / "trial-authority"
    return open_authority(folder, tree, at=at, address=f"{settings.MOTCUA.base_url}/signing/trial")


def trusted(*, at: datetime) -> tuple[Roots, Evidence]:
    """The roots this installation trusts, with the lists that lie beside them; in a simulation also the trial roots."""
    folder = trust_folder()
    roots, evidence = read_roots(folder) if folder.is_dir() else ((), Evidence())
    if settings.MOTCUA.simulation:
        own = [Root(trial_authority(tree, at=at).root.public_bytes(_DER), tree) for tree in TREES]
        roots = (*roots, *own)
    return roots, evidence


def trial_roots(*, at: datetime) -> dict[str, bytes]:
    """The trial roots as files for `motcua verify --roots`, with the lists of this moment: name in the folder -> bytes.

    Raises NoTrialAuthority outside a simulation.
    """
    files: dict[str, bytes] = {}
    for tree in TREES:
        authority = trial_authority(tree, at=at)
        files[f"{tree}/root.crt"] = authority.root.public_bytes(serialization.Encoding.PEM)
        for issuer in ("root", "issuing"):
            files[f"{tree}/{issuer}.crl"] = authority.crl(at=at, issuer=issuer)
    return files


def holder_of(certificate: bytes) -> dict[str, Any]:
    """{signer, agency, title, kind, issuer, trial} of a certificate in DER."""
    from asn1crypto import x509 as asn1

    return holder(asn1.Certificate.load(certificate))


def check(
    content: bytes, *, at: datetime, ask: network.Fetch | None = None, payload: bytes | None = None
) -> Report:
    """What the signatures of a file (PDF, or data as JWS) are worth, with what the authorities say now. `payload` is
    the data of a detached JWS. Never raises, keeps nothing."""
    roots, evidence = trusted(at=at)
    data = looks_signed(content)
    asked = data_questions(content, roots) if data else questions(content, roots, at=at)
    answers = standing_of(asked, at=at, ask=ask) if asked else Evidence()
    if data:
        return verify_data(content, roots, evidence.with_more(answers), at=at, payload=payload)
    return verify(content, roots, evidence.with_more(answers), at=at)


def standing_of(asked: list[Question], *, at: datetime, ask: network.Fetch | None = None) -> Evidence:
    """What authorities say of these certificates: our own trial authority at once, others over the network."""
    own, others, evidence = [], [], Evidence()
    if settings.MOTCUA.simulation:
        for tree in TREES:
            own.append(trial_authority(tree, at=at))
    for question in asked:
        said = next((each for each in (_own_answer(one, question, at) for one in own) if each), None)
        if said is None:
            others.append(question)
        else:
            evidence = evidence.with_more(said)
    return evidence.with_more(network.gather(others, ask or network.fetch)) if others else evidence


def _own_answer(authority: Authority, question: Question, at: datetime) -> Evidence | None:
    issuer = x509.load_der_x509_certificate(question.issuer)
    if issuer == authority.issuing:
        return Evidence(ocsps=(ocsp_answer(authority, network.ocsp_request(question), at=at),))
    if issuer == authority.root:
        return Evidence(crls=(authority.crl(at=at, issuer="root"),))
    return None


def is_trial() -> bool:
    """Whether the trial authority issues here: in a simulation only."""
    return bool(settings.MOTCUA.simulation)
