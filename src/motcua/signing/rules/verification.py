"""Verifying signed PDF files: one pure function from bytes, trust roots and revocation information to a report.

Each signature is judged at the time of signing (TT 15/2025/TT-BKHCN): the time that a trusted time stamp proves, else
the moment of checking, since a claimed time proves nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from asn1crypto import parser

from motcua.signing.rules import der
from motcua.signing.rules.aside import aside
from motcua.signing.rules.evidence import (
    Evidence,
    Question,
    Root,
    Roots,
    Standing,
    asked_of,
    but_of,
    chain,
    standing,
)
from motcua.signing.rules.filled import filled_after
from motcua.signing.rules.reading import (
    SIGNATURES_MAX,
    Unreadable,
    ends_early,
    hides_signature,
    of_other_kinds,
    open_pdf,
    page_count,
    programs_in,
)
from motcua.signing.rules.report import Finding, Report, Signature, finding, worst
from motcua.signing.rules.signers import described, holder, level_of, may_sign

RSA_LEAST = 2048
# RFC 3161, 4: for another reason than these, whoever has the key may have made any stamp.
WITHOUT_THEFT = ("affiliation_changed", "superseded", "cessation_of_operation")
GOOD_DIGESTS = ("sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")


@aside
def verify(content: bytes, roots: Roots, evidence: Evidence, *, at: datetime) -> Report:
    """What the signatures of a PDF are worth at the moment `at`. Never raises, whatever the bytes are.

    `evidence` is what authorities say now; what the file itself keeps (its security store) is read besides. Evidence
    of now goes first: a key that was revoked before signing stays revoked, whatever old answer the file holds.
    """
    der.mend()
    digest = hashlib.sha256(content).hexdigest()
    try:
        return _verify(content, digest, roots, evidence, at)
    except Unreadable as unreadable:
        return Report("invalid", digest, at, findings=(unreadable.finding,))
    except Exception:  # noqa: BLE001  bytes of a stranger, read by a parser of others: "broken" is the answer
        return Report("invalid", digest, at, findings=(finding("broken"),))


def _verify(content: bytes, digest: str, roots: Roots, evidence: Evidence, at: datetime) -> Report:
    reader, told = open_pdf(content)
    pages = page_count(reader)
    programs = programs_in(reader)
    if programs:
        told.append(finding("script", what=", ".join(programs)))
    if ends_early(content):
        told.append(finding("trailing"))
    if hides_signature(content, reader):
        told.append(finding("signature_hidden"))
    signed, others = list(reader.embedded_signatures), of_other_kinds(reader)
    if len(signed) + len(others) > SIGNATURES_MAX:
        raise Unreadable("too_complex")
    signatures: tuple[Signature, ...] = ()
    if signed:
        case = _Case(reader, roots, evidence, at)
        # whatever calls itself otherwise is judged as a signature, and does not hold: nothing is passed over
        signatures = tuple(case.signature(each) for each in signed if each.sig_object_type != "/DocTimeStamp")
        if case.archive_broken:
            told.append(finding("archive_broken"))
    signatures += tuple(
        Signature(name, "invalid", findings=(finding("signature_unreadable"),)) for name in others
    )
    if not signatures:
        told.append(finding("unsigned"))
    states = {_plain_state(each.state) for each in signatures} | {worst(tuple(told))}
    state = next(each for each in ("invalid", "unknown", "valid") if each in states)
    return Report(state, digest, at, pages, tuple(told), signatures)


def _plain_state(state: str) -> str:
    return "invalid" if state in ("expired", "revoked") else state


@aside
def questions(content: bytes, roots: Roots, *, at: datetime) -> list[Question]:
    """The certificates of a file, signers' and time stamps', whose standing is worth asking their authorities for.

    Only chains that lead to one of our roots are answered for: the addresses inside a stranger's certificate are a
    stranger's. Never raises.
    """
    der.mend()
    found: dict[bytes, Question] = {}
    try:
        reader, _told = open_pdf(content)
        case = _Case(reader, roots, Evidence(), at)
        for each in list(reader.embedded_signatures)[:SIGNATURES_MAX]:
            for path in case.paths(each):
                found |= {one.certificate: one for one in asked_of(path)}
    except Exception:  # noqa: BLE001  a file that cannot be read asks nothing; `verify` says what is wrong
        return list(found.values())
    return list(found.values())


class _Case:
    """One file being verified."""

    def __init__(self, reader: Any, roots: Roots, evidence: Evidence, at: datetime) -> None:
        from asn1crypto import x509

        self.reader, self.roots, self.evidence, self.at = reader, roots, evidence, at
        self.trusted = [x509.Certificate.load(root.certificate) for root in roots]
        self.kept, self.certificates = _kept_in_file(reader)
        self.archive_broken = False
        self.archived = list(self._archive_stamps())

    # chains and times

    def _context(self, moment: datetime, more: Any = ()) -> Any:
        from pyhanko_certvalidator import ValidationContext

        return ValidationContext(
            trust_roots=self.trusted,
            other_certs=[*self.certificates, *more],
            moment=moment,
            revocation_mode="soft-fail",  # chains only: what was revoked is asked for by itself
            allow_fetching=False,
        )

    def standing(self, path: Any, moment: datetime) -> Standing:
        """What is known of a chain at a moment: the authorities' word of now, then what the file keeps."""
        now = standing(path, self.roots, self.evidence, moment)
        if now.state != "unknown":
            return now
        both = standing(path, self.roots, self.evidence.with_more(self.kept), moment)
        if (
            both.state == "good"
        ):  # an old good answer in the file, where only authorities above are silent today
            fresh = self.evidence.with_more(but_of(self.kept, path.leaf))
            now = standing(path, self.roots, fresh, moment)
        return now if now.state == "revoked" else both

    def _archive_stamps(self) -> Iterator[tuple[int, datetime]]:
        """The document time stamps that still hold, from the last to the first, each judged at the time that the next
        one proves (ETSI EN 319 102-1, 5.6.2.3): (its revision, its time)."""
        from pyhanko.sign.validation import validate_pdf_timestamp
        from pyhanko.sign.validation.status import SignatureCoverageLevel

        proven = self.at
        for each in reversed(list(self.reader.embedded_timestamp_signatures)):
            try:
                status = validate_pdf_timestamp(each, self._context(proven))
            except Exception:  # noqa: BLE001  a broken archive stamp proves nothing
                self.archive_broken = True
                continue
            covers = status.coverage is not None and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
            whole = status.intact and status.valid and covers and not _filling(each)
            self.archive_broken |= not whole
            if whole and status.trusted and self._stamper_stands(status, proven):
                proven = min(proven, status.timestamp)
                yield each.signed_revision, status.timestamp

    def _whole_until(self, embedded: Any) -> datetime:
        """Until when a signature was whole for sure: the present, or the earliest archive stamp behind it."""
        behind = [moment for revision, moment in self.archived if revision > embedded.signed_revision]
        return min([self.at, *behind])

    def _stamper_stands(self, stamp: Any, proven: datetime) -> bool:
        """Whether who gave a time stamp was good at its time, and did not lose the key before it is proven to be
        there: a thief stamps whatever time he likes."""
        path = stamp.validation_path
        later = self.standing(path, min(proven, path.leaf.not_valid_after))
        if later.state == "revoked" and later.reason not in WITHOUT_THEFT:
            return False
        known = self.standing(path, stamp.timestamp)
        return known.state == "good" or (known.state == "unknown" and _vouches(later, stamp.timestamp))

    def paths(self, embedded: Any) -> Iterator[Any]:
        """The chains of a signature and of its time stamp that lead to a root of ours, whatever their validity."""
        from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

        held = [(embedded.signer_cert, embedded.other_embedded_certs)]
        for stamp in extract_tst_data_iter(embedded.signer_info, signed=False):
            said = described(stamp)
            if said is not None:
                held.append(said)
        for certificate, others in held:
            path = chain(certificate, [*self.certificates, *others], self.roots)
            if path is not None:
                yield path

    # one signature

    def signature(self, embedded: Any) -> Signature:
        """The judgement of one signature; a signature that cannot be read is one that does not hold."""
        name = str(embedded.field_name or "")
        try:
            return self._signature(name, embedded)
        except Exception:  # noqa: BLE001  the signature object is a stranger's too
            return Signature(name, "invalid", findings=(finding("signature_unreadable"),))

    def _signature(self, name: str, embedded: Any) -> Signature:
        stamped = _stamped_time(embedded)  # only where to begin: the stamp that holds may be another
        judged = stamped or self.at
        status = self._judged_at(embedded, judged)
        told: list[Finding] = [*_wholeness(embedded, status), *_algorithms(embedded, status)]
        proven, stamped_by = self._time(embedded, status, told) if stamped else (False, "")
        if not stamped:
            told.append(finding("time_claimed"))
        moment = status.timestamp_validity.timestamp if proven else self.at
        if moment != judged:
            judged = moment
            status = self._judged_at(embedded, judged)
        root, revocation = self._chain(embedded, status, judged, proven, told)
        certificate = embedded.signer_cert
        who = holder(certificate)
        if who["trial"]:
            told.append(finding("trial"))
        findings = tuple(told)
        return Signature(
            field=name,
            state=_state(findings),
            signed_at=judged if proven else _aware(embedded.self_reported_timestamp) or stamped,
            time_proven=proven,
            stamped_by=stamped_by,
            whole=bool(status.intact and status.valid),
            root=root.kind if root else "",
            level=level_of(embedded, self.reader, bool(stamped), self.kept),
            certificate_from=certificate.not_valid_before,
            certificate_until=certificate.not_valid_after,
            serial=f"{certificate.serial_number:x}",
            revocation=revocation,
            findings=findings,
            **who,
        )

    def _judged_at(self, embedded: Any, moment: datetime) -> Any:
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.settings import KeyUsageConstraints

        anything = KeyUsageConstraints(key_usage=set())  # asked by itself, with a sentence of its own
        whole_until = self._context(self._whole_until(embedded))
        return validate_pdf_signature(
            embedded, self._context(moment), whole_until, key_usage_settings=anything
        )

    def _time(self, embedded: Any, status: Any, told: list[Finding]) -> tuple[bool, str]:
        """Whether the time stamp of a signature proves its time, and who gave it."""
        stamp = status.timestamp_validity
        if stamp is None or not (stamp.intact and stamp.valid):
            told.append(finding("timestamp_broken"))
            return False, ""
        by = str(stamp.signing_cert.subject.native.get("common_name", ""))
        if stamp.trusted and self._stamper_stands(stamp, self._whole_until(embedded)):
            return True, by
        told.append(finding("timestamp_untrusted"))
        return False, by

    def _chain(
        self, embedded: Any, status: Any, judged: datetime, proven: bool, told: list[Finding]
    ) -> tuple[Root | None, str]:
        """Judge the signer's certificate at the time of signing; adds findings, returns its root and its standing."""
        certificate = embedded.signer_cert
        if not may_sign(certificate):
            told.append(finding("wrong_usage"))
        path = next(iter(self.paths(embedded)), None)
        if path is None or path.leaf != certificate:
            told.append(finding("untrusted"))
            return None, "unknown"
        root = next(each for each in self.roots if each.certificate == path.first.dump())
        if judged > certificate.not_valid_after:
            code = "expired" if proven else "expired_unproven"
            told.append(finding(code, day=_day(certificate.not_valid_after)))
        elif judged < certificate.not_valid_before:
            told.append(finding("not_yet_valid", day=_day(certificate.not_valid_before)))
        elif not status.trusted and status.intact and status.valid:
            told.append(finding("chain_invalid", detail=getattr(status.trust_problem_indic, "name", "?")))
        known = self.standing(path, judged)
        if known.state == "revoked":
            code = "revoked_before" if proven else "revoked_unproven"
            told.append(finding(code, day=_day(known.revoked_at)))
            return root, "revoked"
        later = standing(path, self.roots, self.evidence, min(self.at, certificate.not_valid_after))
        if known.state == "unknown" and not _vouches(later, judged):
            told.append(finding("revocation_unknown"))
            return root, "unknown"
        if later.state == "revoked":
            told.append(finding("revoked_later", day=_day(later.revoked_at)))
            return root, "revoked_later"
        if self.at > certificate.not_valid_after and proven:
            told.append(finding("expired_later"))
        return root, "good"


def _state(findings: tuple[Finding, ...]) -> str:
    """The outcome in the words of practice: valid, invalid, expired, revoked, unknown."""
    bad = {each.code for each in findings if each.does == "bad"}
    if bad and bad <= {"expired"}:
        return "expired"
    if bad and bad <= {"revoked_before", "revoked_unproven"}:
        return "revoked"
    return worst(findings)


def _stamped_time(embedded: Any) -> datetime | None:
    """The time that the signature's time stamp says, None without one; whether it may be believed is asked later."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    for stamp in extract_tst_data_iter(embedded.signer_info, signed=False):
        return stamp["encap_content_info"]["content"].parsed["gen_time"].native
    return None


def _vouches(later: Standing, moment: datetime) -> bool:
    """An authority that says “revoked since then” vouches for what was before."""
    return later.of_signer and later.revoked_at is not None and later.revoked_at > moment


def _aware(moment: datetime | None) -> datetime | None:
    """A claimed time without a zone is taken for the wall clock of Viet Nam."""
    return moment.replace(tzinfo=timezone(timedelta(hours=7))) if moment and moment.tzinfo is None else moment


def _wholeness(embedded: Any, status: Any) -> list[Finding]:
    """Whether the bytes are what was signed, all of them, and what came behind is allowed."""
    from pyhanko.sign.diff_analysis import SuspiciousModification
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid) or _filling(embedded):
        return [finding("altered")]
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return [finding("partial_coverage")]
    if isinstance(status.diff_result, SuspiciousModification) or status.docmdp_ok is False:
        return [finding("changed_after")]
    return filled_after(embedded)


def _filling(embedded: Any) -> bool:
    """Whether something else than zeros fills the place that was kept for a signature: no byte of a file is free."""
    content = bytes(embedded.pkcs7_content)
    return any(content[parser.peek(content) :])


def _algorithms(embedded: Any, status: Any) -> list[Finding]:
    """TT 15/2025/TT-BKHCN: SHA-2 or SHA-3, RSA keys of 2048 bits or more."""
    key = embedded.signer_cert.public_key
    if status.md_algorithm not in GOOD_DIGESTS:
        return [finding("weak_algorithm", name=str(status.md_algorithm).upper())]
    if key.algorithm == "rsa" and key.bit_size < RSA_LEAST:
        return [finding("weak_algorithm", name=f"RSA {key.bit_size}")]
    return []


def _kept_in_file(reader: Any) -> tuple[Evidence, list[Any]]:
    """The evidence and certificates of the file's own security store; nothing when there is none or it is broken."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        store = DocumentSecurityStore.read_dss(reader)
        ocsps = tuple(each.get_object().data for each in store.ocsps)
        crls = tuple(each.get_object().data for each in store.crls)
        return Evidence(ocsps, crls), list(store.load_certs())
    except NoDSSFoundError:
        return Evidence(), []
    except Exception:  # noqa: BLE001  a broken store keeps nothing
        return Evidence(), []


def _day(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y}" if moment else "?"
