"""What tasks do when their dossier moves: they open with its transfer, wait while it waits, and end with it.

Runs within the act that moves the dossier (`dossiers.queries.register_follower`), under the dossier's lock.
"""

from __future__ import annotations

from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue.rules import Part
from motcua.cooperation import rules
from motcua.cooperation.actions.base import derived, save, tell, write_rights
from motcua.cooperation.errors import NobodyThere
from motcua.cooperation.models import JointTask
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act
from motcua.foundation.time import local_date
from motcua.kernel import clock, forms

# Moves of a dossier that touch its clock: the tasks' own clocks follow.
_CLOCK_MOVES = ("ask_supplement", "answer", "ask_payment", "confirm_payment", "recount")
_ENDS = ("withdraw", "stop")
_RESULTS = ("sign", "approve", "take_over_result")


def follow(act: Act, dossier: Any, verb: str) -> None:
    """Bring the tasks of a dossier up to what has just happened to it."""
    if verb == "transfer":
        begin(act, dossier)
        return
    if dossier.transferred_at is None or verb not in (*_CLOCK_MOVES, *_ENDS, *_RESULTS, "forward"):
        return
    tasks = _tasks(dossier)
    if not tasks:
        return
    if verb in _CLOCK_MOVES:
        recount(act, dossier, tasks)
    elif verb == "forward":
        _hand_on(act, dossier, tasks)
    else:
        _end(act, tasks, verb)


def _tasks(dossier: Any) -> list[JointTask]:
    """The tasks of the dossier, locked; each knows its dossier as it stands in memory."""
    tasks = list(JointTask.objects.select_for_update().filter(dossier=dossier).order_by("pk"))
    for task in tasks:
        task.dossier = dossier
    return tasks


def begin(act: Act, dossier: Any) -> None:
    """Make the tasks of an interlinked procedure; those that wait for no other one are open at once.

    Filed electronically a dossier goes to all agencies at the same time, each with its role and limit (NĐ 61/2018
    art. 19(6)); where the pack says that one part needs another's answer, it follows. Raises NobodyThere.
    """
    bundle = dossiers.view_of(dossier).bundle
    if bundle is None or not bundle.in_force(local_date(dossier.received_at)):
        return
    if JointTask.objects.filter(dossier=dossier, kind=rules.What.BUNDLE).exists():
        return
    view = dossiers.declared_view_of(dossier)
    answers = dossiers.answers_of(dossier)
    day = dossiers.judged_on(dossier, local_date(act.at))
    values = forms.asked_answers(view.declaration, answers, day)
    wanted = [part for part in bundle.parts if part.when is None or part.when.holds(values, day)]
    tasks = []
    for part in wanted:
        office = _agency(act, dossier, part, values)
        task = JointTask.objects.create(
            dossier=dossier,
            kind=rules.What.BUNDLE,
            key=part.key,
            role=part.role,
            agency_id=office,
            state=rules.State.WAITING,
            holds=part.holds,
        )
        tasks.append(task)
    open_ready(act, dossier, tasks)
    for task in tasks:
        if task.state == rules.State.WAITING:
            write_rights(task)


def _agency(act: Act, dossier: Any, part: Part, values: dict[str, Any]) -> int:
    """Who does a part: the competent agency leads; another one is looked for where the declaration says, else where
    the dossier was received."""
    if part.agency is None:
        return dossier.competent_agency_id
    on = local_date(act.at)
    said = values.get(part.place) if part.place else None
    areas = [said.get("commune_code")] if isinstance(said, dict) else []
    areas.append(agencies.office(dossier.received_by_id).area_code)
    found: Office | None = None
    for area in areas:
        if found is None and area and agencies.area(area, on) is not None:
            found = agencies.serving(part.agency, area=area, on=on)
    if found is None:
        raise NobodyThere(name=part.name.say(act.actor.language))
    return found.id


def open_ready(act: Act, dossier: Any, tasks: list[JointTask]) -> list[JointTask]:
    """Open every waiting task of a bundle whose turn has come; gives those that were opened."""
    bundle = dossiers.view_of(dossier).bundle
    own = {task.key: task for task in tasks if task.kind == rules.What.BUNDLE}
    after = {part.key: part.after for part in bundle.parts if part.key in own} if bundle else {}
    events = dossiers.kernel_events(dossiers.clock_events(dossier))
    opened = []
    for key in rules.ready(after, {key: rules.State(task.state) for key, task in own.items()}):
        open_task(act, own[key], events)
        opened.append(own[key])
    return opened


def open_task(act: Act, task: JointTask, events: list[clock.Event], *, verb: str = "opened") -> None:
    """Ask the agency: from now on it sees the task, and its own clock runs."""
    task.state, task.opened_at, task.limit_by_id = rules.State.OPEN, act.at, None
    columns = derived(task, events)
    save(
        act,
        task,
        state=rules.State.OPEN,
        opened_at=act.at,
        closed_at=None,
        closed_by_id=None,
        assigned_to_id=None,
        late_told_at=None,
        limit_by_id=None,
        **columns,
    )
    tell(act, task, verb)


def recount(act: Act, dossier: Any, tasks: list[JointTask]) -> None:
    """The dossier waits for its applicant, or goes on, or its calendar was corrected: so do the open tasks."""
    events = dossiers.kernel_events(dossiers.clock_events(dossier))
    for task in tasks:
        columns = derived(task, events) if task.state == rules.State.OPEN else {}
        if any(getattr(task, name) != value for name, value in columns.items()):
            save(act, task, **columns, late_told_at=None)


def _hand_on(act: Act, dossier: Any, tasks: list[JointTask]) -> None:
    """Another agency is competent now: it leads, and what was asked for it follows."""
    for task in tasks:
        moves = task.role == rules.LEAD and rules.State(task.state) in rules.OPEN
        changes = {"agency_id": dossier.competent_agency_id, "assigned_to_id": None} if moves else {}
        save(act, task, **changes)


def _end(act: Act, tasks: list[JointTask], verb: str) -> None:
    """The dossier has ended, or has its result: nobody works on for nothing. A part that the result did not wait for
    goes on after it."""
    for task in tasks:
        goes_on = verb in _RESULTS and task.kind == rules.What.BUNDLE and not task.holds
        if rules.State(task.state) in rules.OPEN and not goes_on:
            save(act, task, state=rules.State.ENDED, closed_at=act.at)
            tell(act, task, "ended", because=verb)
