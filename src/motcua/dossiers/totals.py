"""Totals and canonical rows over all dossiers; for summaries of a simulation and for comparing two runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from motcua.dossiers import rules
from motcua.dossiers.models import ClockEvent, Dossier, FeeLine, Letter, Paper, StepRun
from motcua.foundation.models import ActRecord, JournalLine

# values made by chance or by the machine; everything else must come out the same for one seed
_RANDOM_FACTS = ("letter", "file", "party", "account", "helper", "version", "hash", "registers")


def totals() -> dict[str, Any]:
    """Counts over all dossiers, and `days`: calendar days from reception to result, as fractions.

    Beside the on-time count stand those by the first promise, the restarts of the clock, and the requests for a
    supplement that came late or were repeated: a restart can hide lateness, these show it.
    """
    found: dict[str, Any] = {
        "dossiers": Dossier.objects.count(),
        "acts": ActRecord.objects.count(),
        "received": 0,
        "resolved": 0,
        "with_limit": 0,
        "on_time": 0,
        "first_promised": 0,
        "first_on_time": 0,
        "restarts": ClockEvent.objects.filter(kind="restart").count(),
        "beyond": Letter.objects.filter(beyond__gt="").count(),
        "open": 0,
        "days": [],
    }
    rows = Dossier.objects.exclude(received_at=None).values_list(
        "received_at", "resolved_at", "due_at", "first_due_at", "closed_at"
    )
    for received_at, resolved_at, due_at, first_due_at, closed_at in rows.iterator(chunk_size=5000):
        found["received"] += 1
        found["open"] += resolved_at is None and closed_at is None
        if resolved_at is None:
            continue
        found["resolved"] += 1
        found["days"].append((resolved_at - received_at).total_seconds() / 86400)
        worth = rules.worth_of(received_at, resolved_at, due_at)
        found["with_limit"] += worth != "open_ended"
        found["on_time"] += worth in ("early", "on_time")
        found["first_promised"] += first_due_at is not None
        found["first_on_time"] += first_due_at is not None and resolved_at <= first_due_at
    return found


def canonical_rows() -> Iterator[dict[str, Any]]:
    """Every dossier with its events, steps, letters, fees, papers and journal, without what chance or machine made."""
    lines: dict[str, list[JournalLine]] = {}
    for line in JournalLine.objects.filter(chain__startswith="dossier:").order_by("chain", "seq").iterator():
        lines.setdefault(line.chain, []).append(line)
    rows = Dossier.objects.select_related(
        "procedure", "received_by", "competent_agency", "applicant"
    ).prefetch_related(
        Prefetch("clock_events", ClockEvent.objects.order_by("pk")),
        Prefetch("steps", StepRun.objects.order_by("pk")),
        Prefetch("letters", Letter.objects.order_by("pk")),
        Prefetch("fees", FeeLine.objects.order_by("pk")),
        Prefetch("papers", Paper.objects.order_by("pk")),
    )
    for dossier in rows.order_by("started_at", "code", "pk").iterator(chunk_size=500):
        yield _canonical(dossier, lines.get(dossier.subject, []))


def _canonical(dossier: Dossier, lines: list[JournalLine]) -> dict[str, Any]:
    columns = (
        "code channel business_state finance_state delivery_state sync_state answers answers_sealed started_at "
        "submitted_at received_at resolved_at returned_at closed_at clock_state due_at due_on "
        "first_due_on first_due_at apology_by save_by due_provisional step outcome result_number revision"
    )
    return {
        **{name: getattr(dossier, name) for name in columns.split(" ")},
        "procedure": dossier.procedure.slug,
        "received_by": dossier.received_by.code if dossier.received_by else None,
        "competent": dossier.competent_agency.code if dossier.competent_agency else None,
        "applicant": dossier.applicant.full_name if dossier.applicant else None,
        "clock": [[e.kind, e.at, e.reason, e.until] for e in dossier.clock_events.all()],
        "steps": [[s.key, s.started_at, s.due_at, s.done_at, s.note] for s in dossier.steps.all()],
        "letters": [[x.kind, x.at, x.content, x.answered_at] for x in dossier.letters.all()],
        "fees": [[f.key, f.normal, f.payable, f.paid_at, f.receipt_number] for f in dossier.fees.all()],
        "papers": [[p.key, p.form, p.digitised, p.added_at] for p in dossier.papers.all()],
        "journal": [
            [
                line.seq,
                line.verb,
                line.at,
                line.purpose,
                {k: v for k, v in line.facts.items() if k not in _RANDOM_FACTS},
                sorted(line.personal),
            ]
            for line in lines
        ],
    }
