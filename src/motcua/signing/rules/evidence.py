"""What proves a certificate: trust roots, answers of authorities, and what they say of a moment in the past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

# Law 20/2023/QH15 art. 22: the roots of officials (Ban Cơ yếu Chính phủ) and those of citizens and firms (NEAC).
KINDS = ("government", "public", "other")
PATHS_MAX = 30
# From when on a list or an answer keeps what was revoked although it has expired since (X.509, RFC 6960 4.4.4)
KEPT_ON_LIST, KEPT_IN_ANSWERS = "2.5.29.60", ("1.3.6.1.5.5.7.48.1.6", "archive_cutoff")


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
    reason: str = ""


def chain(certificate: Any, others: Sequence[Any], roots: Roots) -> Any:
    """The chain from a certificate to one of the roots, whatever its validity; None when there is none.

    Names lead to it, but each step must be a signature: a stranger's certificate that names our authority as its
    issuer belongs to no chain of ours.
    """
    import asyncio

    from asn1crypto import x509
    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError

    trusted = [x509.Certificate.load(root.certificate) for root in roots]
    context = ValidationContext(trust_roots=trusted, other_certs=list(others), allow_fetching=False)

    async def first() -> Any:
        paths = context.path_builder.async_build_paths_lazy(certificate)
        tried = 0
        try:
            async for path in paths:
                tried += 1
                if _signed_through(path):
                    return path
                if tried == PATHS_MAX:
                    break
        finally:
            await paths.cancel()
        return None

    try:
        return asyncio.run(first())
    except PathBuildingError:
        return None


def _signed_through(path: Any) -> bool:
    steps = [each.dump() for each in path.iter_certs(include_root=True)]
    return all(_issued(below, above) for above, below in zip(steps, steps[1:], strict=False))


@lru_cache(maxsize=512)
def _issued(below: bytes, above: bytes) -> bool:
    """Whether the one certificate is signed by the key of the other."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        issuer = x509.load_der_x509_certificate(above)
        x509.load_der_x509_certificate(below).verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


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
        ocsps=[each for each in readable_ocsps(evidence.ocsps) if _answers_for(each, path)],
        crls=[each for each in readable_crls(evidence.crls) if _lists(each, path)],
        moment=moment,
        revocation_mode="require",
        retroactive_revinfo=True,
        allow_fetching=False,
    )
    try:
        validate_path(context, path)
    except RevokedError as revoked:
        reason = str(getattr(revoked.reason, "native", None) or "")
        return Standing("revoked", revoked.revocation_dt, bool(revoked.is_ee_cert), reason)
    except InsufficientRevinfoError:
        return Standing("unknown")
    except ValidationError:
        return Standing("unknown")
    return Standing("good")


def but_of(evidence: Evidence, certificate: Any) -> Evidence:
    """The evidence without what could speak of this certificate: answers about its number, lists of its issuer."""
    ocsps = [
        each.dump()
        for each in readable_ocsps(evidence.ocsps)
        if all(
            single["cert_id"]["serial_number"].native != certificate.serial_number
            for single in each.response_data["responses"]
        )
    ]
    crls = [each.dump() for each in readable_crls(evidence.crls) if each.issuer != certificate.issuer]
    return Evidence(tuple(ocsps), tuple(crls))


def _answers_for(answer: Any, path: Any) -> bool:
    """Whether “good” in an answer may be believed: for a certificate that had expired when the authority looked, only
    where it says that it keeps such rows."""
    data = answer.response_data
    ends = {
        each.serial_number: each.not_valid_after
        for each in islice(path.iter_certs(include_root=True), 1, None)
    }
    for single in data["responses"]:
        until = ends.get(single["cert_id"]["serial_number"].native)
        if until is None or single["cert_status"].name != "good" or single["this_update"].native <= until:
            continue
        kept = [*_moments(single["single_extensions"]), *_moments(data["response_extensions"])]
        if not any(since <= until for since in kept):
            return False
    return True


def _lists(found: Any, path: Any) -> bool:
    """The same for a revocation list: absence speaks for a certificate only while the list still keeps its row."""
    made, listed = (
        found["tbs_cert_list"]["this_update"].native,
        found["tbs_cert_list"]["revoked_certificates"],
    )
    for each in islice(path.iter_certs(include_root=True), 1, None):
        if each.issuer != found.issuer or made <= each.not_valid_after:
            continue
        kept = _moments(found["tbs_cert_list"]["crl_extensions"])
        rows = {row["user_certificate"].native for row in listed} if listed.native else set()
        if each.serial_number not in rows and not any(since <= each.not_valid_after for since in kept):
            return False
    return True


def _moments(extensions: Any) -> Iterator[datetime]:
    from asn1crypto import core

    for each in extensions if extensions.native else ():
        if each["extn_id"].native in (KEPT_ON_LIST, *KEPT_IN_ANSWERS):
            yield core.GeneralizedTime.load(each["extn_value"].contents).native


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
