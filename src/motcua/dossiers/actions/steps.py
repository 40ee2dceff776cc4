"""The procedure's steps as they are lived: each with its share of the limit as its own due moment."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, StepRun
from motcua.dossiers.queries import process_steps
from motcua.foundation.acts import Act
from motcua.kernel import clock


def start_step(act: Act, dossier: Dossier, number: int) -> str:
    """Open step `number`; answers its key ("" when the procedure has fewer steps: the result is then due).

    By when it has to begin is put onto the dossier, saved by the move.
    """
    steps = process_steps(dossier)
    events = queries.kernel_events(queries.clock_events(dossier))
    dossier.save_by, due_at = queries.step_window(dossier, number, events)
    if number >= len(steps):
        return ""
    step = steps[number]
    StepRun.objects.create(
        dossier=dossier, number=number, key=step.key, stage=step.stage, started_at=act.at, due_at=due_at
    )
    return step.key


def plan_anew(dossier: Dossier, events: Sequence[clock.Event]) -> None:
    """The clock was started, paused, restarted or set anew: so are the moments by which the step that runs has to begin
    and should be done."""
    dossier.save_by, due_at = queries.step_window(dossier, dossier.step, events)
    if dossier.transferred_at is not None:
        StepRun.objects.filter(dossier=dossier, done_at=None).update(due_at=due_at)


def finish_steps(act: Act, dossier: Dossier, *, note: str = "") -> None:
    """Close what is open, by whom and when."""
    StepRun.objects.filter(dossier=dossier, done_at=None).update(
        done_at=act.at, done_by_id=act.actor.account_id, note=note
    )
