"""What proves a certificate: trust roots, answers of authorities, and what they say of a moment in the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Law 20/2023/QH15 art. 22: the roots of officials (Ban Cơ yếu Chính phủ) and those of citizens and firms (NEAC).
KINDS = ("government", "public", "other")


@dataclass(frozen=True)
class Root:
    """A certificate that is trusted, in DER, and whose it is: government, public or other."""

    certificate: bytes
    kind: str = "other"


Roots = tuple[Root, ...]


@dataclass(frozen=True)
class Evidence:
    """Revocation information: DER of OCSP answers and of revocation lists."""

    ocsps: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    def with_more(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence((*self.ocsps, *other.ocsps), (*self.crls, *other.crls))


@dataclass(frozen=True)
class Question:
    """A certificate under a trusted root whose standing is worth asking for, and who issued it; both in DER."""

    certificate: bytes
    issuer: bytes


@dataclass(frozen=True)
class Standing:
    """What is known of a chain at a moment: good, revoked (with the moment), or unknown."""

    state: str
    revoked_at: datetime | None = None
    of_signer: bool = False  # revoked: the first certificate of the chain itself, not an authority above it


def chain(certificate: Any, others: Sequence[Any], roots: Roots) -> Any:
    """The chain from a certificate to one of the roots, whatever its validity; None when there is none."""
    import asyncio

    from asn1crypto import x509
    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError

    trusted = [x509.Certificate.load(root.certificate) for root in roots]
    context = ValidationContext(trust_roots=trusted, other_certs=list(others), allow_fetching=False)
    try:
        return next(iter(asyncio.run(context.path_builder.async_build_paths(certificate))), None)
    except PathBuildingError:
        return None


def asked_of(path: Any) -> list[Question]:
    """The certificates of a chain below its root, each with the one that issued it."""
    below = list(path.iter_certs(include_root=True))
    return [Question(each.dump(), issuer.dump()) for issuer, each in zip(below, below[1:], strict=False)]


def standing(path: Any, roots: Roots, evidence: Evidence, moment: datetime) -> Standing:
    """Whether any certificate of a chain was revoked by `moment`, from this evidence alone.

    Unknown is never good (TT 15/2025/TT-BKHCN): every certificate below the root needs an answer that is signed by
    its authority and speaks of that moment, or of a later one.
    """
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.errors import InsufficientRevinfoError, RevokedError, ValidationError
    from pyhanko_certvalidator.validate import validate_path

    if not evidence.ocsps and not evidence.crls:
        return Standing("unknown")
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root.certificate) for root in roots],
        other_certs=list(path.iter_certs(include_root=True)),
        ocsps=readable_ocsps(evidence.ocsps),
        crls=readable_crls(evidence.crls),
        moment=moment,
        revocation_mode="require",
        retroactive_revinfo=True,
        allow_fetching=False,
    )
    try:
        validate_path(context, path)
    except RevokedError as revoked:
        return Standing("revoked", revoked.revocation_dt, bool(revoked.is_ee_cert))
    except InsufficientRevinfoError:
        return Standing("unknown")
    except ValidationError:
        return Standing("unknown")
    return Standing("good")


def readable_ocsps(given: tuple[bytes, ...]) -> list[Any]:
    """The OCSP answers among these bytes that can be read and are answers; others are left out."""
    from asn1crypto import ocsp

    kept = []
    for each in dict.fromkeys(given):
        try:
            answer = ocsp.OCSPResponse.load(each)
            if answer["response_status"].native == "successful" and answer.basic_ocsp_response.native:
                kept.append(answer)
        except (ValueError, TypeError, KeyError):
            continue
    return kept


def readable_crls(given: tuple[bytes, ...]) -> list[Any]:
    """The revocation lists among these bytes that can be read; others are left out."""
    from asn1crypto import crl

    kept = []
    for each in dict.fromkeys(given):
        try:
            found = crl.CertificateList.load(each)
            if found.native:
                kept.append(found)
        except (ValueError, TypeError, KeyError):
            continue
    return kept
