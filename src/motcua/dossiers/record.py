"""A dossier whole, as data: what its person takes along, what an inspector carries away. Part of the door `queries`."""

from __future__ import annotations

from typing import Any

from motcua.dossiers.answered import answers_of
from motcua.dossiers.consents import consent_of
from motcua.dossiers.letters import ISSUED_TO_APPLICANT
from motcua.dossiers.models import ClockEvent, Dossier, FeeLine, Letter, Paper, StepRun

_MOMENTS = ("started_at", "submitted_at", "received_at", "resolved_at", "returned_at", "closed_at")


def record_of(row: Dossier, *, inside: bool = False) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """The dossier as a document, and its files as (name, stored file). The caller has asked the policy.

    `inside` adds what is not the applicant's to read: letters between agencies, steps with their remarks, who did what.
    """
    found: list[tuple[str, Any]] = []
    folder = f"tep/{row.code or row.reference}"
    papers = []
    kept = Paper.objects.filter(dossier=row, removed_at=None).select_related("file").order_by("pk")
    for number, paper in enumerate(kept, 1):
        name = f"{folder}/{number:02d}-{paper.file.name}" if paper.file else ""
        papers.append({"key": paper.key, "name": paper.name, "form": paper.form, **_file(name, paper.file)})
        found += [(name, paper.file)] if paper.file else []
    result = row.result_file
    if result is not None:
        found.append((f"{folder}/ket-qua-{result.name}", result))
    consent = consent_of(row)
    letters = Letter.objects.filter(dossier=row).order_by("pk")
    document = {
        "id": row.public_id,
        "code": row.code,
        "reference": row.reference,
        "procedure": row.procedure.slug,
        "state": row.business_state,
        "due_on": row.due_on,
        **{name: getattr(row, name) for name in _MOMENTS},
        "answers": answers_of(row),
        "papers": papers,
        "letters": [
            {"kind": each.kind, "number": each.number, "at": each.at, "content": each.content}
            for each in letters
            if inside or each.kind in ISSUED_TO_APPLICANT
        ],
        "fees": [
            {"name": fee.name, "payable": fee.payable, "paid_at": fee.paid_at}
            for fee in FeeLine.objects.filter(dossier=row).order_by("pk")
        ],
        "result": _file(f"{folder}/ket-qua-{result.name}", result) if result else None,
        "consent": {"how": consent.how, "at": consent.at} if consent else None,
    }
    return document | (_inside(row) if inside else {}), found


def _inside(row: Dossier) -> dict[str, Any]:
    steps = StepRun.objects.filter(dossier=row).select_related("done_by").order_by("pk")
    return {
        "version": row.version.hash if row.version else None,
        "outcome": row.outcome,
        "outcome_reason": row.outcome_reason,
        "steps": [
            {
                "key": step.key,
                "started_at": step.started_at,
                "due_at": step.due_at,
                "done_at": step.done_at,
                "done_by": step.done_by.display_name if step.done_by else None,
                "note": step.note,
            }
            for step in steps
        ],
        "clock": [
            {"kind": tick.kind, "at": tick.at, "reason": tick.reason, "until": tick.until}
            for tick in ClockEvent.objects.filter(dossier=row).order_by("pk")
        ],
    }


def _file(name: str, stored: Any) -> dict[str, Any]:
    return {"file": name, "sha256": stored.sha256, "bytes": stored.size} if stored else {"file": None}
