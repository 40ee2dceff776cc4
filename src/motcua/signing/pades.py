"""Signatures on PDF by the European profile (PAdES, ETSI EN 319 142-1) through pyHanko: B-B, B-T, B-LT, B-LTA.

Every signature is one revision behind what is there, so that earlier signatures stay what they were. A `Sitting` is
one key at one moment: what is the same for every document (the check of the certificates, the room a signature
takes, the key itself) is done once, what differs is done for each.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from motcua.signing.appearance import Look, stamp_style
from motcua.signing.keys import KeyDoor, KeyProblem
from motcua.signing.rules import Evidence, Roots, der
from motcua.signing.rules.aside import aside
from motcua.signing.rules.evidence import readable_crls, readable_ocsps

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


LOG = logging.getLogger(__name__)


class NotSignable(Exception):
    """The file cannot be signed; `code` says why (unreadable, encrypted, signed, locked, certificate)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class StampSource(Protocol):
    """Whoever gives time stamps: RFC 3161, DER in and DER out. Raises OSError when it does not answer.

    One that is asked over the network may have a true `far`: then several documents of a batch wait for it at once.
    """

    def __call__(self, request: bytes) -> bytes: ...


@dataclass(frozen=True)
class Job:
    """One signature to make: on which bytes, in which field, and how it looks."""

    content: bytes
    field: str
    look: Look | None = None
    reason: str = ""
    place: str = ""


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
    """The file with one signature more, in the field `field`; see `Sitting`. Raises what it gives."""
    sitting = Sitting(key, at=at, level=level, stamps=stamps, roots=roots, evidence=evidence)
    made = sitting.sign([Job(content, field, look, reason, place)])[0]
    if isinstance(made, bytes):
        return made
    raise made


class Sitting:
    """One key signs at the aware legal time `at`, for as many documents as are handed to `sign`.

    B-T and above need `stamps`; B-LT and above need `roots` and `evidence` for every certificate of the chain,
    which is checked before signing and kept in the file (TT 15/2025/TT-BKHCN: chain, validity, revocation).
    """

    def __init__(
        self,
        key: KeyDoor,
        *,
        at: datetime,
        level: str = "B-T",
        stamps: StampSource | None = None,
        roots: Roots = (),
        evidence: Evidence | None = None,
    ) -> None:
        der.mend()
        if level not in LEVELS:
            raise ValueError(f"no such level: {level}")
        self.lasting = level in ("B-LT", "B-LTA")
        if (level != "B-B" and stamps is None) or (self.lasting and evidence is None):
            raise ValueError(f"{level} needs a source of time stamps, and from B-LT on evidence")
        self.key, self.at, self.level = key, at, level
        self._context = _context(roots, evidence, at, key) if self.lasting and evidence else None
        self._signer = door_signer(key, self._ask)
        self._stamper = _timestamper(stamps) if stamps and level != "B-B" else None
        self._checked: Any = None
        self._broken: Exception | None = None  # a fault of the door itself, which is no fault of a file
        self._room = 0
        self._open = 0  # documents of this round
        self._asked: list[tuple[bytes, asyncio.Future[bytes]]] = []
        self._heard: set[Any] = set()  # those who have asked or are out

    @aside
    def sign(self, jobs: Sequence[Job]) -> list[bytes | Exception]:
        """For each job, in its order, the file with one signature more, or why it was not signed: NotSignable,
        KeyProblem, OSError (the time stamps do not answer). The key is asked once for all that can be signed."""
        return asyncio.run(self._all(jobs))

    async def _all(self, jobs: Sequence[Job]) -> list[bytes | Exception]:
        self._open, self._asked, self._heard, self._one_by_one = len(jobs), [], set(), asyncio.Lock()
        return list(await asyncio.gather(*(self._one(job) for job in jobs)))

    async def _one(self, job: Job) -> bytes | Exception:
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.general import SigningError

        try:
            return await self._signed(job)
        except (NotSignable, KeyProblem, OSError) as problem:
            return problem
        except PdfError as problem:
            return _because(NotSignable("unreadable", str(problem)), problem)
        except SigningError as problem:
            return _because(NotSignable("locked", str(problem)), problem)
        except Exception as problem:
            if problem is self._broken:
                raise
            LOG.warning(
                "a file made the signing stumble", exc_info=True
            )  # ours or the file's: an operator may see
            return _because(NotSignable("unreadable", repr(problem)), problem)
        finally:
            self._told(asyncio.current_task())

    async def _signed(self, job: Job) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata

        writer = IncrementalPdfFileWriter(io.BytesIO(job.content))
        if writer.prev.encrypted:
            raise NotSignable("encrypted")
        if job.field in (each.field_name for each in writer.prev.embedded_signatures):
            raise NotSignable("signed", job.field)
        meta = PdfSignatureMetadata(
            field_name=job.field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=self.lasting,
            use_pades_lta=self.level == "B-LTA",
            validation_context=self._context,
            reason=job.reason or None,
            location=job.place or None,
        )
        pages = int(writer.prev.root["/Pages"]["/Count"])
        look = job.look
        spec = (
            SigFieldSpec(job.field, on_page=look.page % pages, box=_whole(look))
            if look
            else SigFieldSpec(job.field)
        )
        signer = self._pdf_signer()(
            meta,
            self._signer,
            timestamper=self._stamper,
            stamp_style=stamp_style(look) if look else None,
            new_field_spec=spec,
        )
        out: bytes = (await signer.async_sign_pdf(writer, in_place=False)).getvalue()
        return out

    # what is done once for all documents

    def _pdf_signer(self) -> Any:
        """pyHanko's signer at our legal time, which takes what a sitting knows already."""
        from pyhanko.sign.signers.pdf_signer import PdfSigner

        sitting = self

        class Timed(PdfSigner):
            def init_signing_session(self, *given: Any, **named: Any) -> Any:
                session: Any = super().init_signing_session(*given, **named)
                session.system_time = sitting.at  # the legal time is handed in, the machine's is not asked
                check, measure = session.perform_presign_validation, session.estimate_signature_container_size
                session.perform_presign_validation = lambda writer: sitting._check(check, writer)
                session.estimate_signature_container_size = lambda *one, **more: sitting._measure(
                    measure, *one, **more
                )
                return session

        return Timed

    async def _check(self, check: Any, writer: Any) -> Any:
        """The certificates of signer and time stamps at this moment, by this evidence: the same for every document,
        but for one that holds an archive stamp, which must be proven too."""
        if self.level == "B-LTA" and any(True for _ in writer.prev.embedded_timestamp_signatures):
            return await _proven(check, writer)
        async with self._one_by_one:
            if self._checked is None:
                self._checked = await _proven(check, writer)
        return self._checked

    async def _measure(self, measure: Any, *given: Any, **named: Any) -> int:
        """The room that a signature takes in the file, with pyHanko's half as much again to spare."""
        async with self._one_by_one:
            if not self._room:
                self._room = await measure(*given, **named)
        return self._room

    # asking the key

    async def _ask(self, data: bytes) -> bytes:
        """One document's signature, which comes when every document has asked or is out."""
        wanted: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._asked.append((data, wanted))
        self._told(asyncio.current_task())
        return await wanted

    def _told(self, task: Any) -> None:
        """This document has asked, or is out: when it was the last, the key signs all that was asked."""
        self._heard.add(task)
        if len(self._heard) < self._open or not self._asked:
            return
        asked, self._asked = self._asked, []
        try:
            made = self.key.sign_all([data for data, _ in asked])
            if len(made) != len(asked):
                raise KeyProblem("wrong_answer", f"{len(made)} signatures for {len(asked)}")
        except Exception as problem:  # noqa: BLE001  handed to each document that waits, or it would wait for ever
            self._broken = None if isinstance(problem, KeyProblem) else problem
            for _, wanted in asked:
                wanted.set_exception(problem)
            return
        for (_, wanted), signature in zip(asked, made, strict=True):
            wanted.set_result(signature)


async def _proven(check: Any, writer: Any) -> Any:
    """What pyHanko's check of the certificates says. Raises NotSignable "certificate"."""
    from pyhanko.sign.general import SigningError
    from pyhanko_certvalidator.errors import PathError, ValidationError

    try:
        return await check(writer)
    except (SigningError, PathError, ValidationError) as problem:
        raise NotSignable("certificate", str(problem)) from problem


def _because(problem: Exception, cause: Exception) -> Exception:
    problem.__cause__ = cause
    return problem


def door_signer(key: KeyDoor, ask: Callable[[bytes], Awaitable[bytes]]) -> Any:
    """A key door as a signer of pyHanko: it hands over bytes, is given a signature by `ask`, never sees the key."""
    from asn1crypto import algos, x509
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    certificate = x509.Certificate.load(key.certificate)
    rsa = certificate.public_key.algorithm == "rsa"

    class DoorSigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:
                return bytes(certificate.public_key.byte_size if rsa else 80)
            return await ask(data)

        async def signed_attrs(self, *given: Any, **named: Any) -> Any:
            return der.written(await super().signed_attrs(*given, **named))

        def signer_info(self, *given: Any, **named: Any) -> Any:
            return der.written(super().signer_info(*given, **named))

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
            if getattr(source, "far", False):
                answer = await asyncio.to_thread(source, req.dump())
            else:
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
