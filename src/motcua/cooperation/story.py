"""What joint tasks tell in words: who is being waited for, since when, until when; what each agency has answered.

No name of a person and no word of a question or an answer is in it: the applicant and the public read this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.cooperation import reads, rules
from motcua.cooperation.models import JointTask
from motcua.dossiers.queries import TimelineEntry
from motcua.foundation.ui.words import say_moment

S = rules.State


@dataclass(frozen=True)
class Told:
    """One task as everybody concerned may know it. Moments are aware; `sentence` says how it stands now."""

    id: str
    kind: str
    key: str
    role: str
    name: str
    agency: str
    state: str
    opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    late: bool
    holds: bool
    unverified: bool  # its limit was read in no source
    sentence: str


def told_of(task: JointTask, dossier: Any, at: datetime, language: str) -> Told:
    """How a task of `dossier` stands at `at`."""
    part = None
    if task.key:
        task.dossier = dossier
        part = reads.part_of(task)
    state = S(task.state)
    late = rules.is_late(state, task.due_at, at) or (
        state is S.DONE and rules.answered_late(task.due_at, task.closed_at)
    )
    name, agency = reads.title_of(task, language, dossier), reads.agency_of(task, language)
    return Told(
        id=task.public_id,
        kind=task.kind,
        key=task.key,
        role=task.role,
        name=name,
        agency=agency,
        state=str(state),
        opened_at=task.opened_at,
        due_at=task.due_at,
        closed_at=task.closed_at,
        late=late,
        holds=task.holds,
        unverified=bool(part and part.limit_in_doubt),
        sentence=_sentence(task, state, name, agency, late, language),
    )


def _sentence(task: JointTask, state: rules.State, name: str, agency: str, late: bool, language: str) -> str:
    since = say_moment(task.opened_at, language) if task.opened_at else ""
    until = say_moment(task.due_at, language) if task.due_at else ""
    closed = say_moment(task.closed_at, language) if task.closed_at else ""
    if state is S.WAITING:
        return _("{name}: {agency} làm tiếp khi việc trước đã xong.").format(name=name, agency=agency)
    if state is S.OPEN and task.clock_state == "paused":
        return _("{agency} ({name}) chờ người nộp, từ {since}.").format(agency=agency, name=name, since=since)
    if state is S.OPEN and late:
        return _(
            "Đang chờ {agency} ({name}) từ {since}; cơ quan này phải xong trước {until}, nay đã quá hạn. "
            "Ngày hẹn trả của hồ sơ không đổi."
        ).format(agency=agency, name=name, since=since, until=until)
    if state is S.OPEN and until:
        return _("Đang chờ {agency} ({name}) từ {since} đến {until}.").format(
            agency=agency, name=name, since=since, until=until
        )
    if state is S.OPEN:
        return _("Đang chờ {agency} ({name}) từ {since}.").format(agency=agency, name=name, since=since)
    if state is S.DONE and late:
        return _("{agency} ({name}) đã xong lúc {at}, quá hạn {until}.").format(
            agency=agency, name=name, at=closed, until=until
        )
    if state is S.DONE:
        return _("{agency} ({name}) đã xong lúc {at}.").format(agency=agency, name=name, at=closed)
    if state is S.DECLINED:
        return _("{agency} ({name}) không làm được, đã nêu lý do với cơ quan chủ trì lúc {at}.").format(
            agency=agency, name=name, at=closed
        )
    if state is S.RECALLED:
        return _("Việc giao {agency} ({name}) đã được thu hồi lúc {at}.").format(
            agency=agency, name=name, at=closed
        )
    return _("{agency} ({name}) không phải làm nữa, từ {at}.").format(agency=agency, name=name, at=closed)


def overview(dossier: Any, at: datetime, language: str) -> list[Told]:
    """Every task of a dossier (or of its key, where nothing is to be told), as the applicant may know it; one query."""
    return [told_of(task, dossier, at, language) for task in reads.tasks_of(dossier)]


def waits(tasks: Iterable[Told]) -> list[str]:
    """Who is being waited for now, in sentences."""
    return [task.sentence for task in tasks if task.state == S.OPEN]


def told(dossier: Any, language: str) -> list[TimelineEntry]:
    """What joint tasks add to the timeline of a dossier: when each agency was asked, and when it answered."""
    entries = []
    for task in reads.tasks_of(dossier):
        words = f"{reads.agency_of(task, language)}: {reads.title_of(task, language, dossier)}"
        if task.opened_at:
            entries.append(TimelineEntry(task.opened_at, "task_opened", words))
        if task.closed_at:
            entries.append(TimelineEntry(task.closed_at, f"task_{task.state}", words))
    return entries
