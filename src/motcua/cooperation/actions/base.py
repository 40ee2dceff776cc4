"""What all acts on tasks share: find and lock, check permission, write, journal, announce."""

from __future__ import annotations

from typing import Any

from motcua.agencies import queries as agencies
from motcua.cooperation import queries, rules
from motcua.cooperation.errors import TaskChangedMeanwhile, TaskMoveNotAllowed, TaskNotFound, TaskNotYours
from motcua.cooperation.events import TaskMoved
from motcua.cooperation.models import JointTask, TaskGrant
from motcua.cooperation.words import state_word
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import OwnDossier, TimeGoesBack
from motcua.foundation import policy
from motcua.foundation.acts import Act
from motcua.foundation.events import publish
from motcua.foundation.journal import record
from motcua.foundation.models import JournalLine
from motcua.kernel import clock


def lock(act: Act, public_id: str, verb: str, *, revision: int | None = None) -> JointTask:
    """The task under lock with its dossier, if the actor may see it and may do `verb`, and it is still at `revision`.

    The dossier is locked first, as by every move of it, so that a withdrawal and an answer never wait for each other.
    Raises TaskNotFound, TaskNotYours (OwnDossier where only that stands in the way), TaskChangedMeanwhile,
    TaskMoveNotAllowed, TimeGoesBack, in this order.
    """
    found = JointTask.objects.filter(public_id=public_id).values_list("pk", "dossier_id").first()
    if found is None:
        raise TaskNotFound()
    dossier = dossiers.under_lock(found[1])
    task = JointTask.objects.select_for_update().get(pk=found[0])
    task.dossier = dossier
    standing = queries.standing_of(task)
    is_system = act.actor.kind == "system"
    if not is_system and not any(g.holder in act.actor.holders for g in rules.rights(standing)):
        raise TaskNotFound()
    if verb in rules.SIDE and not queries.may(act.actor, task, verb):
        by_office = rules.side_holder(verb, standing) in act.actor.holders
        raise OwnDossier() if by_office else TaskNotYours()
    if revision is not None and revision != task.revision:
        raise TaskChangedMeanwhile()
    if verb in rules.SIDE and rules.next_state(rules.State(task.state), verb) is None:
        raise TaskMoveNotAllowed(state=state_word(task.state))
    if task.opened_at is not None and act.at < task.opened_at:
        raise TimeGoesBack()
    return task


def save(act: Act, task: JointTask, **changes: Any) -> None:
    """Write columns, count the revision, and make the grant rows equal what the rule calls for."""
    for name, value in changes.items():
        setattr(task, name, value)
    task.revision += 1
    task.save(update_fields=[*changes, "revision"])
    write_rights(task)


def write_rights(task: JointTask) -> None:
    """Make the stored grant rows equal what the rule calls for."""
    policy.write_grants(TaskGrant, "task", {task.pk: rules.rights(queries.standing_of(task))})


def tell(act: Act, task: JointTask, verb: str, **facts: Any) -> JournalLine:
    """One line in the journal of the dossier, and the announcement. Words of people never enter it."""
    line = record(
        act,
        f"dossier.task_{verb}",
        task.dossier.subject,
        facts={
            "task": task.public_id,
            "kind": task.kind,
            "key": task.key,
            "agency": task.agency_id,
            "state": task.state,
            "due_at": task.due_at,
            **facts,
        },
    )
    publish(
        act,
        TaskMoved(
            task=task.public_id,
            dossier=task.dossier.public_id,
            kind=task.kind,
            verb=verb,
            after=task.state,
            agency=task.agency_id,
        ),
        line,
    )
    return line


def derived(task: JointTask, events: list[clock.Event]) -> dict[str, Any]:
    """The columns of the task's own clock, from the clock events of its dossier; a consultation keeps its moment."""
    if task.kind == rules.What.CONSULTATION or task.opened_at is None:
        return {}
    part = queries.part_of(task)
    limit = part.limit if part else clock.Limit(None, clock.Unit.WORKING_DAYS)
    if not limit.is_fixed:  # no limit of its own is known: the dossier's promise is the only one there is
        return {"due_at": task.dossier.due_at, "clock_state": task.dossier.clock_state}
    deadline = clock.derive(
        limit,
        rules.own_events(task.opened_at, events),
        agencies.calendar_of(task.limit_by_id or task.agency_id),
        dossiers.rules_of(task.dossier),
    )
    return {"due_at": deadline.due_at, "clock_state": deadline.state}


def done(task: JointTask, **more: Any) -> dict:
    """What every action answers: ids, states, due moment."""
    return {
        "task": task.public_id,
        "dossier": task.dossier.public_id,
        "state": str(task.state),
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "revision": task.revision,
        **more,
    }
