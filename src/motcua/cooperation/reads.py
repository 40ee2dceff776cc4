"""The reads of joint tasks, behind the door `queries`. What a person may see of them the grant rows decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.catalogue.rules import Part
from motcua.cooperation import rules
from motcua.cooperation.errors import TaskNotFound
from motcua.cooperation.models import HandedPaper, JointTask, TaskGrant, TaskPassing
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.rows import the_one
from motcua.kernel import clock
from motcua.kernel.text import Bilingual

CONSULTING = Bilingual("Cho ý kiến", "Give an opinion")
RELATED = ("dossier__procedure", "dossier__applicant", "assigned_to")
UNREAD = ("dossier__answers", "dossier__answers_sealed")  # what lists have no use for


def visible_to(actor: Actor) -> QuerySet[JointTask]:
    """The tasks that `actor` may see: those with a grant row for one of the actor's holder keys."""
    grants = TaskGrant.objects.filter(task=OuterRef("pk"), holder__in=sorted(actor.holders))
    return JointTask.objects.filter(Exists(grants)) if actor.holders else JointTask.objects.none()


def get_visible(actor: Actor, public_id: str) -> JointTask:
    """The task with its dossier and file. Raises TaskNotFound: not there, not yours, or of your own dossier."""
    rows = visible_to(actor).select_related(*RELATED, "asked_by", "file")
    task = the_one(rows.filter(public_id=public_id))
    if task is None or dossiers.is_own(actor, task.dossier):
        raise TaskNotFound()
    return task


def tasks_of(dossier: Any) -> list[JointTask]:
    """All tasks of a dossier (or its key), in the order in which they were made; one query, none where the row was read
    with `has_tasks` and has none."""
    if getattr(dossier, "has_tasks", True) is False:
        return []
    rows = JointTask.objects.filter(dossier=dossier).select_related("assigned_to").order_by("pk")
    return list(rows)


def has_tasks(key: str) -> Exists:
    """Whether a dossier, whose key the column `key` holds, has tasks: a column for its own query, which spares one."""
    return Exists(JointTask.objects.filter(dossier=OuterRef(key)))


# Policy ---------------------------------------------------------------------------------------------------------


def standing_of(task: JointTask, dossier: Any | None = None) -> rules.Standing:
    """The facts that decide who sees `task`; `dossier` where it is at hand already."""
    dossier = dossier if dossier is not None else task.dossier
    return rules.Standing(
        state=rules.State(task.state),
        agency=task.agency_id,
        above=tuple(office.id for office in agencies.ancestors(task.agency_id)),
        asking=dossier.competent_agency_id,
        one_stop=dossier.desk_now_id,
        assigned=task.assigned_to_id,
        due_at=task.due_at,
        opened_at=task.opened_at,
        erased=dossier.erased_at is not None,
    )


def may(actor: Actor, task: JointTask, verb: str) -> bool:
    """Whether `actor` may do `verb` on the task by position; its state is not looked at. Nobody works on her own
    dossier."""
    if actor.kind == "system":
        return True
    return rules.side_holder(verb, standing_of(task)) in actor.holders and not dossiers.is_own(
        actor, task.dossier
    )


def allowed_verbs(actor: Actor, task: JointTask) -> list[str]:
    """The verbs that `actor` may do on `task` right now."""
    found = [verb for verb in rules.verbs_from(rules.State(task.state)) if may(actor, task, verb)]
    still_open = task.dossier.closed_at is None and task.dossier.resolved_at is None
    found = [verb for verb in found if verb != "ask_again" or still_open]
    return [verb for verb in found if verb != "take" or task.assigned_to_id != actor.account_id]


def sees(actor: Actor, task: JointTask) -> bool:
    """Whether `actor` may open the task by a position; no query."""
    return any(grant.holder in actor.holders for grant in rules.rights(standing_of(task)))


def works_on(actor: Actor, task: JointTask) -> bool:
    """True for whoever sees the task because her agency was asked, or asked: not only because she leads."""
    found = {grant.role for grant in rules.rights(standing_of(task)) if grant.holder in actor.holders}
    return bool(found - {"lead"})


def may_consult(actor: Actor, dossier: Any) -> bool:
    """Whether `actor` may ask another agency about the dossier now: an officer in process, and in that state."""
    return dossier.business_state == "in_process" and dossiers.may(actor, dossier, "advance")


# What a task is -------------------------------------------------------------------------------------------------


def part_of(task: JointTask) -> Part | None:
    """What the pack says of the task; None for a consultation. No query."""
    bundle = dossiers.view_of(task.dossier).bundle
    return bundle.part(task.key) if bundle and task.key else None


def title_of(task: JointTask, language: str, dossier: Any | None = None) -> str:
    """What is to be done, in a few words; the question of a consultation is told only on its own page."""
    if not task.key:
        return CONSULTING.say(language)
    bundle = dossiers.view_of(dossier if dossier is not None else task.dossier).bundle
    part = bundle.part(task.key) if bundle else None
    return part.name.say(language) if part else task.key


def agency_of(task: JointTask, language: str) -> str:
    return agencies.names([task.agency_id], language).get(task.agency_id, "")


def time_left(task: JointTask, at: datetime) -> clock.TimeLeft:
    """How a task stands at `at`, on its own clock; without a query."""
    if task.state == rules.State.DONE:
        return clock.TimeLeft(0, "done")
    if task.state != rules.State.OPEN or (task.due_at is None and task.clock_state != "paused"):
        return clock.TimeLeft(0, "none")
    if task.clock_state == "paused":
        return clock.TimeLeft(0, "paused")
    deadline = clock.Deadline(task.due_at.date(), task.due_at, None, None, False, "running", 0, ())
    return clock.time_left(deadline, at, agencies.calendar_of(task.limit_by_id or task.agency_id))


def papers_of(task: JointTask) -> list[Any]:
    """The papers of the dossier that were handed with the task: those its part names, or those sent with the question.

    For the lead of a bundle they are all in the dossier; here stand those of the part as well.
    """
    papers = dossiers.papers_of(task.dossier)
    part = part_of(task)
    if part is not None:
        return [paper for paper in papers if paper.key in part.papers]
    handed = set(HandedPaper.objects.filter(task=task).values_list("paper_id", flat=True))
    return [paper for paper in papers if paper.pk in handed]


@dataclass(frozen=True)
class PartAt:
    """Which agency does which task of an interlinked dossier."""

    task: str
    key: str
    agency: int


def parts_of(public_id: str) -> list[PartAt]:
    """The parts of an interlinked dossier in the order in which they can be done, whatever became of them."""
    rows = JointTask.objects.filter(dossier__public_id=public_id, kind=rules.What.BUNDLE).order_by("pk")
    return [PartAt(*row) for row in rows.values_list("public_id", "key", "agency_id")]


def before(task: JointTask) -> list[JointTask]:
    """The tasks whose answers this one builds on: those that came before it in its bundle."""
    part = part_of(task)
    if part is None or not part.after:
        return []
    rows = JointTask.objects.filter(dossier=task.dossier_id, key__in=part.after).select_related("file")
    return list(rows.order_by("pk"))


def holding(dossier: Any, language: str) -> list[str]:
    """For what the result of a dossier waits: "agency: what it does"."""
    rows = JointTask.objects.filter(dossier=dossier, holds=True, state__in=list(rules.OPEN)).order_by("pk")
    return [f"{agency_of(task, language)}: {title_of(task, language, dossier)}" for task in rows]


# Lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """One row of a list: the task and why it is there."""

    task: JointTask
    role: str
    todo: bool
    sort_key: str


def worklist(
    holder: str,
    *,
    limit: int = 100,
    after: tuple[str, int] | None = None,
    todo: bool = True,
    late_at: datetime | None = None,
) -> list[Work]:
    """The tasks of one holder key ("office:12:process", "account:7"), soonest due first; keyset paging by `after`.

    `after` is the (sort key, task id) of the last row of the page before. `todo=False`: everything the holder may see,
    newest first, `after` then holds only the task id as its second part. `late_at`: only open ones due before it.
    """
    rows = TaskGrant.objects.filter(holder=holder)
    rows = rows.select_related("task", *(f"task__{name}" for name in RELATED))
    rows = rows.defer(*(f"task__{name}" for name in (*UNREAD, "question", "answer")))
    if late_at is not None:
        rows = rows.filter(task__state=rules.State.OPEN, task__due_at__lt=late_at)
    if todo or late_at is not None:
        rows = rows.filter(todo=True) if todo else rows
        if after:
            rows = rows.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], task__gt=after[1]))
        rows = rows.order_by("sort_key", "task")
    else:
        if after:
            rows = rows.filter(task__lt=after[1])
        rows = rows.order_by("-task")
    return [Work(row.task, row.role, row.todo, row.sort_key) for row in rows[:limit]]


def waiting_counts(holders: Iterable[str], *, cap: int = 1000) -> dict[str, int]:
    """How much waits for each holder key, told up to `cap`; one query over the index of what waits."""
    found = dict.fromkeys(holders, 0)
    rows = TaskGrant.objects.filter(todo=True, holder__in=list(found)).order_by().values("holder")
    for holder, count in rows.annotate(count=Count("pk")).values_list("holder", "count"):
        found[holder] = min(count, cap)
    return found


def page(actor: Actor, *, limit: int = 50, before_id: int | None = None) -> list[JointTask]:
    """Everything `actor` may see, newest first, keyset paging by the id of the last row of the page before."""
    rows = visible_to(actor).select_related(*RELATED).defer(*UNREAD)
    rows = rows.filter(pk__lt=before_id) if before_id is not None else rows
    return list(rows.order_by("-pk")[:limit])


def waiting(actor: Actor, *, limit: int = 50) -> list[JointTask]:
    """What waits for `actor` under any of her holder keys, soonest due first."""
    rows = TaskGrant.objects.filter(todo=True, holder__in=sorted(actor.holders))
    rows = rows.select_related("task", *(f"task__{name}" for name in RELATED))
    rows = rows.defer(*(f"task__{name}" for name in (*UNREAD, "question", "answer")))
    return [row.task for row in rows.order_by("sort_key", "task")[:limit]]


def overdue(at: datetime, *, limit: int = 200) -> list[str]:
    """Public ids of open tasks whose limit passed before `at` and of which nobody was told yet, longest late first."""
    rows = JointTask.objects.filter(state=rules.State.OPEN, late_told_at=None, due_at__lt=at)
    return list(rows.order_by("due_at").values_list("public_id", flat=True)[:limit])


def held_by(account: int, *, limit: int = 1000) -> list[str]:
    """Public ids of the open tasks on the desk of an account."""
    rows = JointTask.objects.filter(assigned_to=account, state=rules.State.OPEN).order_by("pk")
    return list(rows.values_list("public_id", flat=True)[:limit])


def holding_accounts() -> list[int]:
    """The accounts that have an open task on their desk."""
    rows = JointTask.objects.filter(state=rules.State.OPEN).exclude(assigned_to=None).order_by()
    return sorted(rows.values_list("assigned_to", flat=True).distinct())


def count_late(holder: str, at: datetime, *, cap: int = 1000) -> int:
    """How many open tasks under one holder key are late at `at`, counted up to `cap`."""
    rows = TaskGrant.objects.filter(holder=holder, task__state=rules.State.OPEN, task__due_at__lt=at)
    return len(rows.values_list("pk")[:cap])


# A reorganisation of government --------------------------------------------------------------------------------------


def of_agency(agency: int, *, after: int, limit: int) -> list[tuple[int, str]]:
    """The next open or waiting tasks of an agency by id: (key, public id)."""
    rows = JointTask.objects.filter(agency=agency, state__in=list(rules.OPEN), pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", "public_id")[:limit])


def passed_from(agency: int, cause: str, *, after: int, limit: int) -> list[tuple[int, str]]:
    """The next tasks that `cause` took from an agency and that did not go back: (key, public id)."""
    rows = TaskPassing.objects.filter(from_agency=agency, cause=cause, back_at=None, task__gt=after)
    return list(rows.order_by("task").values_list("task", "task__public_id").distinct()[:limit])


def asked_of_others(dossiers: Collection[str]) -> set[str]:
    """Those of these dossiers (public ids) that have tasks, whatever became of them."""
    rows = JointTask.objects.filter(dossier__public_id__in=dossiers)
    return set(rows.values_list("dossier__public_id", flat=True))


def lead_tasks(dossier: str, agency: int | None) -> list[str]:
    """The lead's own open part of a dossier, where it still lies with an agency that leads it no more."""
    rows = JointTask.objects.filter(
        dossier__public_id=dossier, agency=agency, role=rules.LEAD, state__in=list(rules.OPEN)
    )
    return list(rows.order_by("pk").values_list("public_id", flat=True))


def stranded(on: date) -> dict[int, int]:
    """Unfinished tasks at agencies that do not stand on the day `on`: agency id -> tasks; none when all is well."""
    rows = JointTask.objects.filter(
        agency__in=agencies.not_standing(on), state__in=list(rules.OPEN)
    ).order_by()
    return dict(rows.values_list("agency").annotate(n=Count("pk")))
