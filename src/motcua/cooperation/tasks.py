"""In the background: whose answer is late is noted, and the head of the one-stop is told."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.agencies import queries as agencies
from motcua.agencies.events import PositionEnded, WorkPassedOn
from motcua.cooperation import actions, queries
from motcua.cooperation.events import TaskLate
from motcua.cooperation.models import JointTask
from motcua.dossiers.events import DossierPassedOn
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.events import Delivered, handles
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task
from motcua.notices import actions as notices

BATCH = 50  # tasks in one transaction of the worker
HEADS = ("head", "leader")


@task("cooperation.find_late", cron="*/10 * * * *")
def find_late() -> None:
    """Note every task whose limit has passed since the last look; what is left over becomes the next job."""
    moment = now()
    found = queries.overdue(moment, limit=BATCH)
    for public_id in found:
        act = new_act(
            system("worker"),
            at=moment,
            purpose="late answers",
            act_id=f"late/{public_id}/{moment:%Y%m%d%H%M%S}",
            channel="task",
        )
        actions.note_late(act, task=public_id)
    if len(found) == BATCH:
        enqueue("cooperation.find_late", key=f"after {found[-1]}")


@handles(PositionEnded, name="cooperation.position_ended")
def position_ended(event: PositionEnded, delivery: Delivered) -> None:
    """What lay on the desk of somebody who has left goes back to the pool of its agency."""
    enqueue("cooperation.release_work", key=event.position, run=event.position, account=event.account_id)


def _has_tasks(events: Sequence[DossierPassedOn]) -> list[bool]:
    """Most of the thousands that a reorganisation passes on were never asked about: nothing to do for those. Who asks
    locks the dossier first, as passing it on does: none is missed between the two."""
    asked = queries.asked_of_others([event.dossier for event in events])
    return [event.dossier in asked for event in events]


@handles(DossierPassedOn, name="cooperation.follow_reorganisation", among=_has_tasks)
def follow_reorganisation(event: DossierPassedOn, delivery: Delivered) -> None:
    """Another agency or another desk has the dossier: who asked, and whom late answers are told to, are theirs now."""
    act = new_act(
        system("worker"),
        at=delivery.at,
        purpose="reorganisation",
        act_id=f"passed-on/{event.dossier}/{delivery.seq}",
        channel="task",
    )
    actions.follow_holder(act, dossier=event.dossier)
    if event.from_agency == event.to_agency or event.to_agency is None:
        return
    for public_id in queries.lead_tasks(event.dossier, event.from_agency):
        if event.back:
            actions.pass_back(act.part(f"back-{public_id}"), task=public_id, cause=event.cause)
        else:
            actions.pass_on(act.part(public_id), task=public_id, to=[event.to_agency], cause=event.cause)


@handles(WorkPassedOn, name="cooperation.follow_agency")
def follow_agency(event: WorkPassedOn, delivery: Delivered) -> None:
    """What other agencies asked of an agency that ended is its successor's to answer; undone, its own again."""
    enqueue(
        "cooperation.pass_on_work",
        key=f"{event.agency}/{delivery.seq}/0",
        run=f"{event.agency}/{delivery.seq}",
        agency=event.agency,
        to=list(event.to),
        cause=event.cause,
        back=event.back,
        after=0,
    )


@task("cooperation.pass_on_work")
def pass_on_work(*, run: str, agency: int, to: list[int], cause: str, back: bool, after: int) -> None:
    """Pass on (or `back`) the next tasks of one agency; what is left over becomes the next job."""
    read = queries.passed_from if back else queries.of_agency
    more = {"cause": cause} if back else {}
    found = read(agency, **more, after=after, limit=BATCH)
    for _key, public_id in found:
        act = new_act(
            system("worker"),
            at=now(),
            purpose="reorganisation",
            act_id=f"{'back' if back else 'passed-on'}/{run}/{public_id}",
            channel="task",
        )
        if back:
            actions.pass_back(act, task=public_id, cause=cause)
        else:
            actions.pass_on(act, task=public_id, to=to, cause=cause)
    if len(found) == BATCH:
        mark = found[-1][0]
        enqueue(
            "cooperation.pass_on_work",
            key=f"{run}/{mark}",
            run=run, agency=agency, to=to, cause=cause, back=back, after=mark,
        )  # fmt: skip


@task("cooperation.release_work")
def release_work(*, run: str, account: int) -> None:
    """Put back what one account has on its desk without the position for it."""
    for public_id in queries.held_by(account):
        act = new_act(
            system("worker"),
            at=now(),
            purpose="position ended",
            act_id=f"release/{run}/{public_id}",
            channel="task",
        )
        actions.release(act, task=public_id)


@task("cooperation.release_ended", cron="28 0 * * *")
def release_ended() -> None:
    """Nightly: positions that ended with a day to come have ended now."""
    day = now().date().isoformat()
    for account in queries.holding_accounts():
        enqueue("cooperation.release_work", key=f"{day}/{account}", run=f"{day}/{account}", account=account)


@handles(TaskLate, name="cooperation.tell_head")
def tell_head(event: TaskLate, delivery: Delivered) -> None:
    """The head of the one-stop is told once that an agency has not answered in time (NĐ 61/2018 art. 19(5))."""
    row = JointTask.objects.select_related("dossier").filter(public_id=event.task).first()
    if row is None or row.dossier.desk_now_id is None:
        return
    holders = [f"account:{account}" for account in _heads(row.dossier.desk_now_id, delivery.at)]
    notices.tell(
        holders,
        kind="task.late",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
        params={"task": event.task, "code": row.dossier.code, "agency": event.agency, "kind": event.kind},
    )


def _heads(one_stop: int, at) -> list[int]:
    """Who leads the one-stop; where nobody does, whoever leads the nearest agency above it."""
    for office in (one_stop, *(above.id for above in agencies.ancestors(one_stop))):
        found = {held.account_id for held in agencies.holders_at([office], at, *HEADS)}
        if found:
            return sorted(found)
    return []
