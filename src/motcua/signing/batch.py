"""Many documents by one key in one go: each is checked as a single one is, and stands or falls alone.

What is the same for all is done once: asking the authorities about the certificates, opening the key, and one
authorisation of a remote key for many signatures. The answers of the authorities are used for at most
`FRESH_SECONDS` within one call, and never for another call.
"""

from __future__ import annotations

import time as machine_time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.errors import Refusal
from motcua.signing import network, pades
from motcua.signing.appearance import Look
from motcua.signing.errors import (
    BEFORE_SIGNING,
    NOT_SIGNABLE,
    AlreadySigned,
    FileUnreadable,
    NoTimeStamp,
    refusal_of,
)
from motcua.signing.keys import KeyDoor, KeyProblem
from motcua.signing.queries import standing_of, trusted
from motcua.signing.rules import (
    Evidence,
    Roots,
    objection,
    questions_about,
    stamping_certificates,
    trial_request,
)

FRESH_SECONDS = 300.0  # after so long the authorities are asked again, in the middle of a batch too
AT_ONCE_MAX = 100  # documents in memory at a time, whatever a key allows
BYTES_AT_ONCE = 64 * 1024 * 1024  # and their size: each is held some three times while it is signed


@dataclass(frozen=True)
class Document:
    """One to be signed: the caller's name for it, its bytes, the field, how the signature looks, and why."""

    id: str
    content: bytes
    field: str = "ChuKy"
    look: Look | None = None
    reason: str = ""


@dataclass(frozen=True)
class Signed:
    """The document of this name with its signature."""

    id: str
    content: bytes


@dataclass(frozen=True)
class Refused:
    """The document of this name was not signed; `refusal` says why."""

    id: str
    refusal: Refusal


def sign_many(
    documents: Iterable[Document],
    key: KeyDoor,
    *,
    at: datetime,
    stamps: pades.StampSource,
    level: str = "B-LT",
    ask: network.Fetch | None = None,
) -> Iterator[Signed | Refused]:
    """One answer for each document, in their order, at the aware moment `at`.

    The certificate must lead to a trusted root, be made for signing, hold at `at` and be known not to be revoked:
    else the refusal of BEFORE_SIGNING (or NoTimeStamp) is raised at once and nothing is signed. Afterwards nothing
    is raised: a document that cannot be signed is `Refused` (NOT_SIGNABLE, AlreadySigned for a field that is signed
    or was asked for twice), and when the key itself stops (a token pulled out, an authorisation used up) every
    document from there on is, without asking the key again: a wrong PIN is never tried twice.
    Documents are taken in portions of `key.at_once` and at most BYTES_AT_ONCE; what was answered is signed for good, so
    that a caller who stores each answer may begin again with the same documents after a crash.
    """
    sitting = _sitting(key, at, stamps, level, ask)
    return _answers(documents, sitting, lambda: _sitting(key, at, stamps, level, ask))


def sign_one(
    document: Document,
    key: KeyDoor,
    *,
    at: datetime,
    stamps: pades.StampSource,
    level: str,
    ask: network.Fetch | None,
) -> bytes:
    """The one document signed; every refusal is raised."""
    answer = next(sign_many([document], key, at=at, stamps=stamps, level=level, ask=ask))
    if isinstance(answer, Refused):
        raise answer.refusal
    return answer.content


def may_sign(key: KeyDoor, *, at: datetime, ask: network.Fetch | None) -> tuple[Roots, Evidence]:
    """The roots and what the authorities say of this key now. Raises the refusals of BEFORE_SIGNING."""
    roots, evidence = trusted(at=at)
    asked = questions_about(key.certificate, key.chain, roots)
    evidence = evidence.with_more(standing_of(asked, at=at, ask=ask))
    why = objection(key.certificate, key.chain, roots, evidence, at=at)
    if why:
        raise BEFORE_SIGNING[why]()
    return roots, evidence


@dataclass
class _Checked:
    sitting: pades.Sitting
    until: float  # of the machine's clock, which no legal time moves


def _sitting(
    key: KeyDoor, at: datetime, stamps: pades.StampSource, level: str, ask: network.Fetch | None
) -> _Checked:
    """The certificates checked with what the authorities say now. Raises those of BEFORE_SIGNING, NoTimeStamp."""
    until = machine_time.monotonic() + FRESH_SECONDS
    roots, evidence = may_sign(key, at=at, ask=ask)
    if level in ("B-LT", "B-LTA"):
        try:
            stamper = stamping_certificates(stamps(trial_request()))
        except OSError as problem:
            raise NoTimeStamp() from problem
        more = questions_about(*stamper, roots) if stamper else []
        evidence = evidence.with_more(standing_of(more, at=at, ask=ask))
    return _Checked(
        pades.Sitting(key, at=at, level=level, stamps=stamps, roots=roots, evidence=evidence), until
    )


def _answers(
    documents: Iterable[Document], checked: _Checked, again: Callable[[], _Checked]
) -> Iterator[Signed | Refused]:
    ended: Refusal | None = None  # why nothing more is signed
    known: set[tuple[str, str]] = set()
    for portion in _portions(documents, max(1, min(checked.sitting.key.at_once, AT_ONCE_MAX))):
        if ended is None and machine_time.monotonic() > checked.until:
            try:
                checked = again()
            except Refusal as refusal:
                ended = refusal
        if ended is not None:
            yield from (Refused(each.id, ended) for each in portion)
            continue
        fresh = [each for each in portion if not _seen(each, known)]
        jobs = [pades.Job(each.content, each.field, each.look, each.reason) for each in fresh]
        made = dict(zip(map(id, fresh), checked.sitting.sign(jobs), strict=True))
        for each in portion:
            answer = made.get(id(each))
            if isinstance(answer, bytes):
                yield Signed(each.id, answer)
            else:
                yield Refused(each.id, _refusal(answer))
        stopped = [each for each in made.values() if isinstance(each, KeyProblem | OSError)]
        if stopped and len(stopped) == sum(not isinstance(each, pades.NotSignable) for each in made.values()):
            ended = _refusal(stopped[0])


def _portions(documents: Iterable[Document], at_once: int) -> Iterator[list[Document]]:
    """The documents in their order, so many and so large at a time."""
    portion: list[Document] = []
    size = 0
    for document in documents:
        if portion and (len(portion) == at_once or size + len(document.content) > BYTES_AT_ONCE):
            yield portion
            portion, size = [], 0
        portion.append(document)
        size += len(document.content)
    if portion:
        yield portion


def _seen(document: Document, known: set[tuple[str, str]]) -> bool:
    """Whether this call has had this field of this document; it is remembered."""
    name = (document.id, document.field)
    if name in known:
        return True
    known.add(name)
    return False


def _refusal(problem: object) -> Refusal:
    if problem is None:
        return AlreadySigned()
    if isinstance(problem, KeyProblem):
        return refusal_of(problem)
    if isinstance(problem, pades.NotSignable):
        return NOT_SIGNABLE[problem.code]()
    return NoTimeStamp() if isinstance(problem, OSError) else FileUnreadable()
