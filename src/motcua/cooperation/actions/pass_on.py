"""Government is reorganised: a task goes to the successor of its agency as a whole, and back when that is undone.

What goes is the duty: whose worklist it stands on, who may answer it, whose head it concerns. What stays is what was
asked and by when: the moment it is due does not move, its clock goes on by the calendar of the promise. Only the
platform does this. What is over stays with the agency that did it.
"""

from __future__ import annotations

from typing import Any

from motcua.agencies import queries as agencies
from motcua.cooperation import queries, rules
from motcua.cooperation.actions.base import done, lock, save, tell
from motcua.cooperation.errors import TaskNotYours
from motcua.cooperation.models import JointTask, TaskPassing
from motcua.foundation.acts import Act, action
from motcua.foundation.time import local_date


@action("cooperation.pass_on")
def pass_on(act: Act, *, task: str, to: list[int], cause: str) -> dict:
    """Give an open or waiting task to the one of these agencies (ids) that goes on with it; see `rules.heir`.

    Answers {…, passed}: False where it is over, lies there already, or nobody can tell to which of several it belongs:
    then it stays, and `queries.stranded` names it. Raises TaskNotYours for anybody but the platform.
    """
    if act.actor.kind != "system":
        raise TaskNotYours()
    row = lock(act, task, "pass_on")
    # the lead's own part goes where the dossier went, which the reorganisation has decided
    heirs = [row.dossier.competent_agency_id] if row.role == rules.LEAD else to
    heir = rules.heir(heirs, _nearest(act, row)) if rules.State(row.state) in rules.OPEN else None
    if heir is None or heir == row.agency_id:
        return done(row, passed=False)
    former = row.agency_id
    before = {"assigned_id": row.assigned_to_id, "limit_by_id": row.limit_by_id}
    changes: dict[str, Any] = {"agency_id": heir, "limit_by_id": _promised_by(row)}
    if row.assigned_to_id is not None and not _works(row.assigned_to_id, heir, act):
        changes["assigned_to_id"] = None
    save(act, row, **changes)
    TaskPassing.objects.create(
        task=row, cause=cause, from_agency_id=former, revision=row.revision, at=act.at, **before
    )
    tell(act, row, "passed_on", **{"from": former, "cause": cause})
    return done(row, passed=True)


@action("cooperation.pass_back")
def pass_back(act: Act, *, task: str, cause: str) -> dict:
    """The reorganisation was undone: a task that nobody has touched since goes back to where it was.

    Answers {…, passed}: False where it was not passed on, or somebody worked on it. Raises TaskNotYours for anybody but
    the platform.
    """
    if act.actor.kind != "system":
        raise TaskNotYours()
    row = lock(act, task, "pass_back")
    passing = TaskPassing.objects.filter(task=row, cause=cause, back_at=None).order_by("-pk").first()
    if passing is None or passing.revision != row.revision:
        return done(row, passed=False)
    former, own = row.agency_id, passing.assigned_id
    save(
        act,
        row,
        agency_id=passing.from_agency_id,
        assigned_to_id=own if own is not None and _works(own, passing.from_agency_id, act) else None,
        limit_by_id=passing.limit_by_id,
    )
    passing.back_at = act.at
    passing.save(update_fields=["back_at"])
    tell(act, row, "passed_back", **{"from": former, "cause": cause})
    return done(row, passed=True)


def _works(account: int, agency: int, act: Act) -> bool:
    return f"office:{agency}:{rules.WORKS}" in agencies.held_by(account, act.at)[1]


def _promised_by(row: JointTask) -> int | None:
    """By whose calendar its limit was counted; None while its clock has not begun."""
    return (row.limit_by_id or row.agency_id) if row.opened_at is not None else None


def _nearest(act: Act, row: JointTask) -> list[int]:
    """Who it belongs to among several successors, the surest first: a part goes where its agency serves the area, a
    question where the dossier lies."""
    dossier = row.dossier
    found, part = [], queries.part_of(row)
    areas = [
        office.area_code
        for office in map(agencies.office, (dossier.desk_now_id or 0, dossier.competent_agency_id or 0))
        if office is not None and office.area_code
    ]
    if part is not None and part.agency is not None:
        serving = (agencies.serving(part.agency, area=area, on=local_date(act.at)) for area in areas)
        found = [office.id for office in serving if office is not None]
    return [*found, *(id_ for id_ in (dossier.competent_agency_id, dossier.desk_now_id) if id_)]
