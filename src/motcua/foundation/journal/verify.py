"""Checking the whole journal: every line against its hash, its neighbours, its head, and every subject for a chain.

Found: a changed field, a deleted, inserted or moved line, a cut tail, a lost head, a chain lost whole while its
subject still stands. Not found here: somebody who may write all tables and rewrites lines, head and subject
together; only sealing (signed, published roots) shows that. See docs/operating/journal.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch

from motcua.foundation.crypto import CannotOpen, unseal
from motcua.foundation.journal.chain import START, personal_digest
from motcua.foundation.journal.write import hash_of
from motcua.foundation.models import JournalHead, JournalLine, JournalPersonal

# A room says which subjects must have a chain: kind -> function giving the public ids.
_subject_sources: dict[str, Callable[[], Iterable[str]]] = {}


def register_subjects(kind: str, ids: Callable[[], Iterable[str]]) -> None:
    """Every `kind:id` of `ids()` must have a chain; called by rooms at start-up."""
    _subject_sources[kind] = ids


@dataclass(frozen=True)
class Finding:
    """One thing wrong: in which chain, at which line (0 = the chain as a whole), what."""

    chain: str
    seq: int
    what: str

    def __str__(self) -> str:
        place = f"{self.chain} line {self.seq}" if self.seq else self.chain
        return f"{place}: {self.what}"


@dataclass
class Report:
    lines: int = 0
    chains: int = 0
    erased_values: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """An empty journal is not good: nothing was verified."""
        return self.lines > 0 and not self.findings


def verify(*, subject: str | None = None) -> Report:
    """Walk the journal (or the chain of one `subject`) in bounded memory and tell everything that does not fit.

    People go on working meanwhile: what seems wrong is looked at once more, with its chain held still, before it
    is told.
    """
    report = Report()
    heads = {
        h.chain: h for h in JournalHead.objects.filter(**({"chain": subject} if subject else {})).iterator()
    }
    seen: set[str] = set()
    for chain, lines in _chains(subject):
        seen.add(chain)
        report.chains += 1
        _verify_chain(chain, lines, heads.get(chain), report)
    suspect = {finding.chain for finding in report.findings} | (heads.keys() - seen)
    if subject is None:
        suspect |= {chain for chain in _subjects() if chain not in seen and chain not in heads}
    report.findings = [finding for chain in sorted(suspect) for finding in _held_still(chain)]
    if subject is None and report.lines == 0:
        report.findings.append(Finding("journal", 0, "it is empty: there is nothing to verify"))
    elif report.lines == 0 and not report.findings:
        report.findings.append(Finding(subject or "", 0, "there is no such chain"))
    return report


def _subjects() -> Iterator[str]:
    for kind, ids in _subject_sources.items():
        for public_id in ids():
            yield f"{kind}:{public_id}"


def _held_still(chain: str) -> list[Finding]:
    """What is wrong with one chain while nobody can write to it: whoever adds a line takes its head first."""
    with transaction.atomic():
        head = JournalHead.objects.select_for_update().filter(chain=chain).first()
        lines = next((found for _chain, found in _chains(chain)), [])
        if head is None and lines:  # it may have begun between the two reads
            head = JournalHead.objects.select_for_update().filter(chain=chain).first()
            lines = next((found for _chain, found in _chains(chain)), [])
    if not lines:
        known_by = f"the head counts {head.count} lines" if head else "the subject exists"
        return [Finding(chain, 0, f"{known_by}, {'the' if head else 'its'} chain is missing")]
    alone = Report()
    _verify_chain(chain, lines, head, alone)
    return alone.findings


def _chains(subject: str | None) -> Iterator[tuple[str, list[JournalLine]]]:
    lines = JournalLine.objects.order_by("chain", "seq", "pk").prefetch_related(
        Prefetch("personal_values", JournalPersonal.objects.all(), to_attr="kept")
    )
    if subject:
        lines = lines.filter(chain=subject)
    current: list[JournalLine] = []
    for line in lines.iterator(chunk_size=2000):
        if current and current[0].chain != line.chain:
            yield current[0].chain, current
            current = []
        current.append(line)
    if current:
        yield current[0].chain, current


def _verify_chain(chain: str, lines: list[JournalLine], head: JournalHead | None, report: Report) -> None:
    previous, expected = START, 1
    for line in lines:
        report.lines += 1
        for what in _line_faults(line, previous, expected, report):
            report.findings.append(Finding(chain, line.seq, what))
        previous, expected = line.hash, line.seq + 1
    if head is None:
        report.findings.append(Finding(chain, 0, f"{len(lines)} lines without a head"))
    elif head.count != lines[-1].seq:
        report.findings.append(
            Finding(chain, lines[-1].seq, f"the chain ends here, its head counts {head.count} lines")
        )
    elif head.hash != lines[-1].hash:
        report.findings.append(
            Finding(chain, lines[-1].seq, "the last line is not the one the head points to")
        )


def _line_faults(line: JournalLine, previous: str, expected: int, report: Report) -> Iterator[str]:
    if line.seq != expected:
        yield f"expected line {expected}: a line was deleted, inserted or moved"
    if line.previous != previous:
        yield "does not follow the line before it"
    try:
        if hash_of(line) != line.hash:
            yield "a field was changed: the hash does not fit"
    except (ValueError, TypeError) as problem:
        yield str(problem)
    kept = {value.name: value for value in line.kept}  # type: ignore[attr-defined]
    for name, wanted in line.personal.items():
        value = kept.pop(name, None)
        if value is None:
            report.erased_values += 1
            continue
        try:
            if personal_digest(value.salt, name, unseal(value.value, f"journal.{name}")) != wanted:
                yield f"the personal value {name!r} is not the recorded one"
        except CannotOpen as problem:
            yield f"the personal value {name!r}: {problem}"
    for name in kept:
        yield f"a personal value {name!r} was added"
