"""Consultation (lấy ý kiến): an officer in process asks another agency, by a day, with some of the dossier's papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.cooperation import queries, rules
from motcua.cooperation.actions.base import done, tell, write_rights
from motcua.cooperation.errors import (
    AnswerDayWrong,
    CannotAskThere,
    NoSuchPaper,
    NotInProcess,
    QuestionNeeded,
    TooManyQuestions,
)
from motcua.cooperation.models import HandedPaper, JointTask
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound, NotYours, OwnDossier
from motcua.foundation.acts import Act, action
from motcua.foundation.time import TZ, local_date
from motcua.kernel.text import clean_text


@action("cooperation.consult")
def consult(
    act: Act,
    *,
    dossier: str,
    agency: str,
    question: str,
    until: date | str,
    papers: list | None = None,
) -> dict:
    """Ask `agency` (its code) `question`, to be answered by the end of the day `until`, with `papers` (ids of papers of
    the dossier): NĐ 61/2018/NĐ-CP art. 19(5).

    The day lies within the dossier's own limit. Raises DossierNotFound, NotYours, OwnDossier, NotInProcess,
    CannotAskThere, QuestionNeeded, AnswerDayWrong, NoSuchPaper, TooManyQuestions.
    """
    row = _dossier(act, dossier)
    office = _office(act, row, agency)
    asked = clean_text(question)[: rules.TEXT_MAX].strip()
    if len(asked) < rules.QUESTION_MIN:
        raise QuestionNeeded([{"field": "question", "message": str(QuestionNeeded.message)}])
    due_at = _due(act, row, office, until)
    handed = _papers(row, papers or [])
    still_open = JointTask.objects.filter(dossier=row, kind=rules.What.CONSULTATION, state=rules.State.OPEN)
    if still_open.count() >= rules.CONSULTATIONS_MAX:
        raise TooManyQuestions(most=rules.CONSULTATIONS_MAX)
    task = JointTask.objects.create(
        dossier=row,
        kind=rules.What.CONSULTATION,
        role=rules.CONSULTED,
        agency_id=office.id,
        state=rules.State.OPEN,
        asked_by_id=act.actor.account_id,
        question=asked,
        opened_at=act.at,
        due_at=due_at,
        clock_state="running",
    )
    HandedPaper.objects.bulk_create(HandedPaper(task=task, paper_id=paper) for paper in handed)
    write_rights(task)
    tell(act, task, "consulted", papers=len(handed))
    return done(task)


def _dossier(act: Act, public_id: str) -> Any:
    """The dossier under lock, of an officer who processes it now."""
    found = dossiers.visible_to(act.actor).filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise DossierNotFound()
    row = dossiers.under_lock(found)
    if not dossiers.may(act.actor, row, "advance"):
        raise OwnDossier() if dossiers.by_office(act.actor, row, "advance") else NotYours()
    if not queries.may_consult(act.actor, row):
        raise NotInProcess()
    return row


def _office(act: Act, row: Any, code: str) -> Office:
    office = agencies.by_code(code)
    if office is None or not office.valid_on(local_date(act.at)) or office.id == row.competent_agency_id:
        raise CannotAskThere()
    return office


def _due(act: Act, row: Any, office: Office, until: date | str) -> datetime:
    """The closing of that day at the asked agency, or the dossier's own due moment where that comes first that day."""
    wrong = AnswerDayWrong(
        [{"field": "until", "message": ""}], due=f"{row.due_on:%d/%m/%Y}" if row.due_on else "–"
    )
    wrong.problems[0]["message"] = wrong.sentence
    try:
        day = date.fromisoformat(until) if isinstance(until, str) else until
    except ValueError:
        raise wrong from None
    calendar = agencies.calendar_of(office.id)
    today = local_date(act.at)
    if day < today or (day - today).days > 366 or not calendar.is_open_day(day):
        raise wrong
    due_at = calendar.closing(day).replace(tzinfo=TZ)
    if row.due_at is not None and row.due_on == day:
        due_at = min(due_at, row.due_at)
    if due_at <= act.at or (row.due_at is not None and due_at > row.due_at):
        raise wrong
    return due_at


def _papers(row: Any, wanted: list) -> list[int]:
    there = {paper.pk for paper in dossiers.papers_of(row)}
    if len(wanted) > rules.PAPERS_MAX or any(type(each) is not int or each not in there for each in wanted):
        raise NoSuchPaper()
    return list(dict.fromkeys(wanted))
