"""A task has passed its own limit: noted once, and told to the head of the one-stop (NĐ 61/2018 art. 19(5))."""

from __future__ import annotations

from motcua.cooperation import rules
from motcua.cooperation.actions.base import done, lock
from motcua.cooperation.errors import TaskNotYours
from motcua.cooperation.events import TaskLate
from motcua.foundation.acts import Act, action
from motcua.foundation.events import publish
from motcua.foundation.journal import record


@action("cooperation.note_late")
def note_late(act: Act, *, task: str) -> dict:
    """Note that nobody answered in time. Only the platform itself does this. Answers {…, noted: False} where it was
    noted before, answered meanwhile, or is not late."""
    if act.actor.kind != "system":
        raise TaskNotYours()
    row = lock(act, task, "note_late")
    if row.late_told_at is not None or not rules.is_late(rules.State(row.state), row.due_at, act.at):
        return done(row, noted=False)
    row.late_told_at = act.at
    row.save(update_fields=["late_told_at"])
    line = record(
        act,
        "dossier.task_late",
        row.dossier.subject,
        facts={
            "task": row.public_id,
            "kind": row.kind,
            "key": row.key,
            "agency": row.agency_id,
            "due_at": row.due_at,
        },
    )
    publish(
        act,
        TaskLate(task=row.public_id, dossier=row.dossier.public_id, kind=row.kind, agency=row.agency_id),
        line,
    )
    return done(row, noted=True)
