"""Windows: opened by an officer, closed by her, by a colleague when she has left, or when the day is over."""

from __future__ import annotations

from datetime import date

from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.queue import queries
from motcua.queue.actions.base import close, end_left_over, serves_at
from motcua.queue.errors import NoSuchPlace, WindowClosed, WindowTaken, WindowWrong
from motcua.queue.models import Window


@action("queue.open_window")
def open_window(act: Act, *, agency: str, number: int, services: list[str]) -> dict:
    """Open a numbered window at an agency (its code) for some services (none: all); closes the one held before.

    Raises NoSuchPlace, WindowWrong, WindowTaken.
    """
    day = local_date(act.at)
    office = queries.place(act.actor, "serve", agency, day)
    plan = queries.plan_of(office, act.at)
    known = [service.key for service in plan.services]
    if not 1 <= number <= plan.windows or any(key not in known for key in services):
        raise WindowWrong()
    end_left_over(act, office.id, day)
    former = (
        Window.objects.select_for_update().filter(officer_id=act.actor.account_id, closed_at=None).first()
    )
    if former is not None:
        close(act, former, "another_window")
    if Window.objects.filter(agency_id=office.id, number=number, closed_at=None).exists():
        raise WindowTaken(number=number)
    served = [key for key in known if key in services]
    row = Window.objects.create(
        agency_id=office.id,
        number=number,
        officer_id=act.actor.account_id,
        services=served if len(served) < len(known) else [],
        opened_at=act.at,
    )
    facts = {"agency": office.id, "number": number, "services": row.services}
    record(act, "window.opened", row.subject, facts=facts)
    return {"window": row.public_id, "number": row.number, "services": row.services}


@action("queue.close_window")
def close_window(act: Act, *, window: str) -> dict:
    """Close a window of one's one-stop, one's own or one that a colleague left. Raises WindowClosed."""
    rows = Window.objects.select_for_update().filter(public_id=window, closed_at=None)
    row = rows.first() if window.isalnum() else None
    if row is None or not serves_at(act, row.agency_id):
        raise WindowClosed()
    close(act, row, "closed" if row.officer_id == act.actor.account_id else "closed_by_colleague")
    return {"window": row.public_id, "number": row.number}


@action("queue.end_day")
def end_day(act: Act, *, agency_id: int, day: date) -> dict:
    """End what days before `day` left open at an agency. The platform's own act. Raises NoSuchPlace for others."""
    if act.actor.kind != "system":
        raise NoSuchPlace()
    return {"ended": end_left_over(act, agency_id, day)}
