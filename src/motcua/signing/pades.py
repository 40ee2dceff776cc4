"""Signatures on PDF by the European profile (PAdES, ETSI EN 319 142-1) through pyHanko: B-B, B-T, B-LT, B-LTA.

Every signature is one revision behind what is there, so that earlier signatures stay what they were.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from motcua.signing.appearance import Look, stamp_style
from motcua.signing.keys import KeyDoor
from motcua.signing.rules import Evidence, Roots, der
from motcua.signing.rules.aside import aside
from motcua.signing.rules.evidence import readable_crls, readable_ocsps

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


class NotSignable(Exception):
    """The file cannot be signed; `code` says why (unreadable, encrypted, locked, certificate)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class StampSource(Protocol):
    """Whoever gives time stamps: RFC 3161, DER in and DER out. Raises OSError when it does not answer."""

    def __call__(self, request: bytes) -> bytes: ...


@aside
def sign_pdf(
    content: bytes,
    key: KeyDoor,
    *,
    field: str,
    at: datetime,
    level: str = "B-T",
    stamps: StampSource | None = None,
    roots: Roots = (),
    evidence: Evidence | None = None,
    look: Look | None = None,
    reason: str = "",
    place: str = "",
) -> bytes:
    """The file with one signature more, in the field `field`, at the aware legal time `at`.

    B-T and above need `stamps`; B-LT and above need `roots` and `evidence` for every certificate of the chain,
    which is checked before signing and kept in the file (TT 15/2025/TT-BKHCN: chain, validity, revocation). Raises
    NotSignable, KeyProblem, OSError (the time stamps do not answer); then nothing was signed.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

    der.mend()
    if level not in LEVELS:
        raise ValueError(f"no such level: {level}")
    lasting = level in ("B-LT", "B-LTA")
    if (level != "B-B" and stamps is None) or (lasting and evidence is None):
        raise ValueError(f"{level} needs a source of time stamps, and from B-LT on evidence")

    class Timed(PdfSigner):
        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = at  # the legal time is handed in, the machine's is not asked
            return session

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        if writer.prev.encrypted:
            raise NotSignable("encrypted")
        if field in (each.field_name for each in writer.prev.embedded_signatures):
            raise NotSignable("locked", field)
        context = _context(roots, evidence, at, key) if lasting and evidence else None
        meta = PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=lasting,
            use_pades_lta=level == "B-LTA",
            validation_context=context,
            reason=reason or None,
            location=place or None,
        )
        pages = int(writer.prev.root["/Pages"]["/Count"])
        spec = (
            SigFieldSpec(field, on_page=look.page % pages, box=_whole(look)) if look else SigFieldSpec(field)
        )
        signer = Timed(
            meta,
            door_signer(key),
            timestamper=_timestamper(stamps) if stamps and level != "B-B" else None,
            stamp_style=stamp_style(look) if look else None,
            new_field_spec=spec,
        )
        out = signer.sign_pdf(writer, in_place=False)
    except PdfError as problem:
        raise NotSignable("unreadable", str(problem)) from problem
    except SigningError as problem:
        raise NotSignable("certificate" if lasting else "locked", str(problem)) from problem
    return out.getvalue()


def door_signer(key: KeyDoor) -> Any:
    """A key door as a signer of pyHanko: it hands over bytes and takes a signature, and never sees the key."""
    from asn1crypto import algos, x509
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    certificate = x509.Certificate.load(key.certificate)
    rsa = certificate.public_key.algorithm == "rsa"

    class DoorSigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:
                return bytes(certificate.public_key.byte_size if rsa else 80)
            return key.sign(data, digest_algorithm)

    return DoorSigner(
        signing_cert=certificate,
        cert_registry=SimpleCertificateStore.from_certs([x509.Certificate.load(each) for each in key.chain]),
        signature_mechanism=algos.SignedDigestAlgorithm(
            {"algorithm": "sha256_rsa" if rsa else "sha256_ecdsa"}
        ),
        embed_roots=False,
    )


def _context(roots: Roots, evidence: Evidence, at: datetime, key: KeyDoor) -> Any:
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=[x509.Certificate.load(each.certificate) for each in roots],
        other_certs=[x509.Certificate.load(each) for each in key.chain],
        ocsps=readable_ocsps(evidence.ocsps),
        crls=readable_crls(evidence.crls),
        moment=at,
        revocation_mode="require",
        allow_fetching=False,
    )


def _timestamper(source: StampSource) -> Any:
    from asn1crypto import tsp
    from pyhanko.sign.timestamps.api import TimeStamper

    class Stamper(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            answer = source(req.dump())
            try:
                return tsp.TimeStampResp.load(answer, strict=True)
            except (ValueError, TypeError, KeyError) as problem:
                raise OSError("the answer is no time stamp") from problem

    return Stamper()


def _whole(look: Look) -> tuple[int, int, int, int]:
    left, low, right, high = (round(each) for each in look.box)
    return left, low, right, high


def field_names(content: bytes) -> Sequence[str]:
    """The names of the signature fields that are signed, in their order. Raises NotSignable for what is no PDF."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return [each.field_name for each in PdfFileReader(io.BytesIO(content)).embedded_signatures]
    except PdfError as problem:
        raise NotSignable("unreadable", str(problem)) from problem
