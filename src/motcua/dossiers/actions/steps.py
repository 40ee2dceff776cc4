"""The procedure's steps as they are lived: each with its share of the limit as its own due moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, StepRun
from motcua.dossiers.planning import step_plan
from motcua.dossiers.queries import process_steps
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
        due_at=due_of_step(dossier, number, queries.kernel_events(queries.clock_events(dossier))),
    )
    return step.key


def due_of_step(dossier: Dossier, number: int, events: Sequence[clock.Event]) -> datetime | None:
    """When step `number` should be done: its share of the limit, never past the due date; None without one."""
    view = queries.view_of(dossier)
    steps = process_steps(dossier)
    if dossier.due_at is None or number >= len(steps):
        return dossier.due_at
    calendar = queries.calendar_for(dossier)
    return step_plan(view.shares, events, dossier.due_at, calendar)[view.desk_steps.index(steps[number])]


def plan_anew(dossier: Dossier, events: Sequence[clock.Event]) -> None:
    """The clock was paused, restarted or set anew: so is the moment by which the step that runs should be done."""
    if dossier.transferred_at is not None:
        due_at = due_of_step(dossier, dossier.step, events)
        StepRun.objects.filter(dossier=dossier, done_at=None).update(due_at=due_at)


def finish_steps(act: Act, dossier: Dossier, *, note: str = "") -> None:
    """Close what is open, by whom and when."""
    StepRun.objects.filter(dossier=dossier, done_at=None).update(
        done_at=act.at, done_by_id=act.actor.account_id, note=note
    )
