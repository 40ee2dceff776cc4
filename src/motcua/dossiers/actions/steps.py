"""The procedure's steps as they are lived: each with its share of the limit as its own due moment."""

from __future__ import annotations

from datetime import datetime

from motcua.agencies import queries as agencies
from motcua.catalogue.rules import Step
from motcua.dossiers import queries
from motcua.dossiers.queries import process_steps
from motcua.dossiers.models import Dossier, StepRun
from motcua.foundation.acts import Act
from motcua.kernel import clock


def start_step(act: Act, dossier: Dossier, number: int) -> str:
    """Open step `number`; answers its key ("" when the procedure has fewer steps: the result is then due)."""
    steps = process_steps(dossier)
    if number >= len(steps):
        return ""
    step = steps[number]
    StepRun.objects.create(
        dossier=dossier,
        number=number,
        key=step.key,
        stage=step.stage,
        started_at=act.at,
        due_at=_due(dossier, step),
    )
    return step.key


def _due(dossier: Dossier, step: Step) -> datetime | None:
    """When this step should be done: the share of the limit up to and with it, never past the due date."""
    view = queries.view_of(dossier)
    if dossier.due_at is None or view.limit.value is None or dossier.received_at is None:
        return dossier.due_at
    dues = clock.step_dues(
        view.limit,
        view.shares,
        dossier.received_at,
        agencies.calendar_of(dossier.competent_agency_id),
        view.clock_rules(dossier.received_at),
    )
    return min(dues[view.desk_steps.index(step)], dossier.due_at)


def finish_steps(act: Act, dossier: Dossier, *, note: str = "") -> None:
    """Close what is open, by whom and when."""
    StepRun.objects.filter(dossier=dossier, done_at=None).update(
        done_at=act.at, done_by_id=act.actor.account_id, note=note
    )
