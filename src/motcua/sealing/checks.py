"""Checking the seals from inside: their own order and signatures, the lines they cover, and the copy outside.

It knows keys and roots only from the same machine; a stranger checks with `verify_journal.py` against roots that were
kept elsewhere. Part of the door `queries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Max

from motcua.foundation.journal.verify import Finding
from motcua.foundation.models import JournalHead, JournalLine
from motcua.kernel import merkle
from motcua.sealing import copies, rules
from motcua.sealing.models import Seal, SealDay, SealedChain, SealKey
from motcua.sealing.signer import is_signed

LATE = timedelta(hours=1)  # no transaction is open that long: an older line would have been sealed


@dataclass
class SealReport:
    """What was looked at: seals, days, lines that stand in a seal and those that wait for the next one."""

    seals: int = 0
    days: int = 0
    sealed: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(*, subject: str | None = None, kept: list[str] | None = None) -> SealReport:
    """Compare every seal (or what seals say of one `subject`) with the journal, every day with its seals, and both with
    the copy outside the database and with `kept`, roots that somebody kept. Told in the order of the seals."""
    report = SealReport()
    keys = dict(SealKey.objects.values_list("kid", "public"))
    previous, number = rules.START, 0
    for row in Seal.objects.order_by("number").iterator(chunk_size=50):
        report.seals += 1
        place = f"seal {row.number}"
        told = list(_row_faults(row, number, previous, keys)) + list(_leaf_faults(row))
        report.findings += [Finding(place, 0, what) for what in told]
        report.findings += _line_faults(row, subject, report)
        previous, number = row.digest, row.number
    report.findings += _day_faults(keys, report)
    report.findings += _copy_faults(copies.read(), "the copy outside the database")
    report.findings += _copy_faults(kept or [], "the roots that were kept")
    report.findings += _waiting(subject, report)
    return report


def _row_faults(row: Any, number: int, previous: str, keys: dict[str, dict[str, str]]) -> Iterator[str]:
    if row.number != number + 1:
        yield f"expected number {number + 1}: one was deleted or put in"
    try:
        body = rules.body_of(row.jws)
        digest = rules.digest_of(row.jws)
    except ValueError:
        yield "its signed body cannot be read"
        return
    if digest != row.digest or (body.get("number"), body.get("lines")) != (row.number, row.lines):
        yield "its row was changed: it is not what was signed"
    if body.get("previous") != previous:
        yield "does not follow the one before it"
    if not is_signed(row.jws, keys):
        yield "the signature does not hold"


def _leaf_faults(row: Seal) -> Iterator[str]:
    held = rules.entries(bytes(row.leaves))
    if not held and row.lines:
        yield f"the {row.lines} lines it covered are lost: the database was put back to an older state"
    elif len(held) != row.lines or merkle.root(held).hex() != _root(row.jws):
        yield "the list of what it covers was changed"


def _root(jws: str) -> str:
    try:
        return str(rules.body_of(jws).get("root"))
    except ValueError:
        return ""


def _line_faults(row: Seal, subject: str | None, report: SealReport) -> Iterator[Finding]:
    held = rules.entries(bytes(row.leaves))
    parts = row.chains.order_by("place")
    expected = 0
    for part in parts.filter(chain=subject) if subject else parts:
        count = part.last - part.first + 1
        if subject is None and part.place != expected or part.place + count > len(held):
            yield Finding(f"seal {row.number}", 0, f"which lines of {part.chain} it covers was changed")
        expected = part.place + count
        report.sealed += count
        lines = JournalLine.objects.filter(chain=part.chain, seq__range=(part.first, part.last))
        hashes = dict(lines.values_list("seq", "hash"))
        for seq in range(part.first, part.last + 1):
            place = part.place + seq - part.first
            if place < len(held) and rules.entry(hashes.get(seq, "")) != held[place]:
                what = "is not the line that was sealed" if seq in hashes else "was sealed and is missing"
                yield Finding(part.chain, seq, f"{what} (seal {row.number})")
    if subject is None and expected != len(held):
        yield Finding(f"seal {row.number}", 0, "which lines it covers was changed")


def _day_faults(keys: dict[str, dict[str, str]], report: SealReport) -> Iterator[Finding]:
    previous, number, first = rules.START, 0, 1
    for day in SealDay.objects.order_by("number"):
        report.days += 1
        place = f"day {day.on}"
        for what in _row_faults(day, number, previous, keys):
            yield Finding(place, 0, what)
        held = Seal.objects.filter(number__range=(day.first, day.first + day.seals - 1)).order_by("number")
        digests = [bytes.fromhex(digest) for digest in held.values_list("digest", flat=True)]
        if day.first != first or merkle.root(digests).hex() != _root(day.jws):
            yield Finding(place, 0, "its seals are not those that were signed")
        previous, number, first = day.digest, day.number, day.first + day.seals


def _copy_faults(lines: list[str], whose: str) -> Iterator[Finding]:
    """The first place, of seals and of days, where a copy says something else than the tables."""
    tables = {
        rules.SEAL: (Seal, "seal"),
        rules.DAY: (SealDay, "day"),
    }
    wrong: set[str] = set()
    known = {
        kind: dict(model.objects.values_list("number", "digest")) for kind, (model, _n) in tables.items()
    }
    for text in lines:
        try:
            body, digest = rules.body_of(text), rules.digest_of(text)
            kind, number = body["format"], body["number"]
            own = known[kind].get(number)
        except (ValueError, KeyError, TypeError):
            yield Finding("seals", 0, f"{whose}: a line cannot be read")
            continue
        if own == digest or kind in wrong:
            continue
        wrong.add(kind)
        what = "is missing here" if own is None else "is another one here"
        yield Finding(
            f"{tables[kind][1]} {number}",
            0,
            f"{what} than in {whose}" if own else f"stands in {whose}, {what}",
        )


def _waiting(subject: str | None, report: SealReport) -> Iterator[Finding]:
    """Count the lines that wait, and tell those that should have been sealed long ago."""
    last = Seal.objects.order_by("number").last()
    heads, sealed = JournalHead.objects.all(), SealedChain.objects.all()
    if subject:
        heads, sealed = heads.filter(chain=subject), sealed.filter(chain=subject)
    ends = dict(sealed.values("chain").annotate(most=Max("last")).values_list("chain", "most"))
    for chain, count in heads.values_list("chain", "count").iterator():
        end = ends.get(chain, 0)
        if end >= count:
            continue
        report.waiting += count - end
        oldest = (
            JournalLine.objects.filter(chain=chain, seq__gt=end).order_by("seq").first() if last else None
        )
        if last and oldest and oldest.recorded_at < last.at - LATE and not last.behind:
            yield Finding(chain, oldest.seq, "was never sealed, though later lines were")
