"""The asked agency takes, answers or declines; the asking one takes back or asks again."""

from __future__ import annotations

from motcua.agencies import queries as agencies
from motcua.cooperation import rules
from motcua.cooperation.actions.base import done, lock, save, tell
from motcua.cooperation.actions.follow import open_ready, open_task
from motcua.cooperation.errors import AnswerDayWrong, NothingAnswered, NotInProcess, TaskNotYours, WhyNeeded
from motcua.cooperation.models import JointTask
from motcua.dossiers import queries as dossiers
from motcua.files import queries as files
from motcua.foundation.acts import Act, action
from motcua.kernel.text import clean_text, one_line

WHY_MIN = 10


@action("cooperation.take")
def take(act: Act, *, task: str, revision: int | None = None) -> dict:
    """An officer of the asked agency takes it onto her own desk (or takes it over from a colleague)."""
    row = lock(act, task, "take", revision=revision)
    save(act, row, assigned_to_id=act.actor.account_id)
    tell(act, row, "taken")
    return done(row)


@action("cooperation.answer")
def answer(
    act: Act,
    *,
    task: str,
    note: str = "",
    number: str = "",
    file: str | None = None,
    revision: int | None = None,
) -> dict:
    """The agency has done its part: what came of it in words, the number of its paper, the paper as a file.

    What waited for it is opened in the same act. Raises NothingAnswered when all three are missing, FileNotFound for a
    file that somebody else handed in.
    """
    row = lock(act, task, "answer", revision=revision)
    said, numbered = clean_text(note)[: rules.TEXT_MAX].strip(), one_line(number)[:60]
    stored = files.kept_by(act.actor, file) if file else None
    if not said and not numbered and stored is None:
        raise NothingAnswered([{"field": "note", "message": str(NothingAnswered.message)}])
    late = rules.is_late(rules.State(row.state), row.due_at, act.at)
    save(
        act,
        row,
        state=rules.State.DONE,
        closed_at=act.at,
        closed_by_id=act.actor.account_id,
        number=numbered,
        answer=said,
        file_id=stored.pk if stored else None,
    )
    tell(act, row, "answered", late=late, file=stored.sha256 if stored else None)
    return done(row, opened=_go_on(act, row))


@action("cooperation.decline")
def decline(act: Act, *, task: str, reason: str, revision: int | None = None) -> dict:
    """The agency cannot do its part and says why; whoever leads decides what follows. Raises WhyNeeded."""
    row = lock(act, task, "decline", revision=revision)
    said = _why(reason)
    save(
        act,
        row,
        state=rules.State.DECLINED,
        closed_at=act.at,
        closed_by_id=act.actor.account_id,
        answer=said,
    )
    tell(act, row, "declined")
    return done(row, opened=_go_on(act, row))


@action("cooperation.recall")
def recall(act: Act, *, task: str, reason: str, revision: int | None = None) -> dict:
    """Whoever leads takes it back: the agency sees it no more, the result waits for it no longer. Raises WhyNeeded."""
    row = lock(act, task, "recall", revision=revision)
    said = _why(reason)
    save(
        act,
        row,
        state=rules.State.RECALLED,
        closed_at=act.at,
        closed_by_id=act.actor.account_id,
        answer=said,
    )
    tell(act, row, "recalled")
    return done(row, opened=_go_on(act, row))


@action("cooperation.ask_again")
def ask_again(act: Act, *, task: str, revision: int | None = None) -> dict:
    """What was declined or taken back is asked of the same agency again, with its whole limit from now.

    Raises NotInProcess once the dossier has its result or has ended; AnswerDayWrong for a consultation whose day has
    passed: that is a new question.
    """
    row = lock(act, task, "ask_again", revision=revision)
    if row.dossier.business_state != "in_process":
        raise NotInProcess()
    if row.kind == rules.What.CONSULTATION and row.due_at is not None and row.due_at <= act.at:
        due = row.dossier.due_on
        raise AnswerDayWrong(due=f"{due:%d/%m/%Y}" if due else "")
    row.answer, row.number, row.file_id = "", "", None
    row.save(update_fields=["answer", "number", "file"])
    open_task(act, row, dossiers.kernel_events(dossiers.clock_events(row.dossier)), verb="asked_again")
    return done(row)


@action("cooperation.release")
def release(act: Act, *, task: str) -> dict:
    """Whoever had it on her desk works at that agency no more: it lies in the agency's pool again.

    Only the platform does this. Answers {…, released: False} when she still does, or it is over.
    """
    if act.actor.kind != "system":
        raise TaskNotYours()
    row = lock(act, task, "release")
    account = row.assigned_to_id
    if account is None or row.state != rules.State.OPEN:
        return done(row, released=False)
    _roles, holders, _party = agencies.held_by(account, act.at)
    if f"office:{row.agency_id}:{rules.WORKS}" in holders:
        return done(row, released=False)
    save(act, row, assigned_to_id=None)
    tell(act, row, "released", account=account)
    return done(row, released=True)


def _go_on(act: Act, row: JointTask) -> list[str]:
    """Open what waited for this one; gives their public ids."""
    if row.kind != rules.What.BUNDLE or row.dossier.closed_at is not None:
        return []
    tasks = list(JointTask.objects.select_for_update().filter(dossier=row.dossier_id).order_by("pk"))
    for task in tasks:
        task.dossier = row.dossier
    return [task.public_id for task in open_ready(act, row.dossier, tasks)]


def _why(reason: str) -> str:
    said = one_line(str(reason))[:1000]
    if len(said) < WHY_MIN:
        raise WhyNeeded([{"field": "reason", "message": str(WhyNeeded.message)}])
    return said
