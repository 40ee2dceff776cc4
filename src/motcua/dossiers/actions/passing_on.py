"""Government is reorganised: many dossiers go to successors in one act, each with its journal line.

Code, receipt, reception and due date stay; what changes is who is competent and which desk serves (rules on the
structure of government: a transfer event sets the competent agency, the due date does not restart). Written for
thousands at once: the same rows as single acts make, in few statements. Called within the act of a reorganisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from motcua.agencies import queries as agencies
from motcua.agencies.rules import DEFAULT_CALENDAR, DEFAULT_HOURS, Office
from motcua.dossiers.actions.base import write_rights
from motcua.dossiers.errors import NotYours
from motcua.dossiers.events import DossierPassedOn
from motcua.dossiers.models import Dossier, PassingOn, SerialBlock
from motcua.dossiers.numbering import follow_serials
from motcua.foundation.acts import Act
from motcua.foundation.events import publish_many
from motcua.foundation.journal import record, record_many
from motcua.foundation.models import JournalLine
from motcua.foundation.rows import update_rows
from motcua.foundation.time import local_date

BATCH = 500


@dataclass
class Passing:
    """One dossier (a row under lock) and where it goes: agencies by id. `facts` go into its journal line.

    `assigned` and `limit_by` are what the columns become; `passing_to` fills them in as the rules want it.
    """

    row: Dossier
    competent: int | None
    desk: int | None  # what serves it from now on; None: the desk that received it
    assigned: int | None = None
    limit_by: int | None = None
    facts: dict = field(default_factory=dict)


def passing_to(
    row: Dossier, *, competent: int | None, desk: int | None, staying: frozenset[tuple[int, int]], facts: dict
) -> Passing:
    """Where `row` goes. Whoever has it on her desk keeps it when she processes at the successor too (`staying` are
    (account, agency)); the calendar of the promise is kept where the successor keeps other hours or holidays."""
    moved = competent != row.competent_agency_id
    keeps = not moved or (row.assigned_to_id, competent) in staying
    limit_by = row.limit_by_id
    if moved and limit_by is None and row.received_at is not None:
        former, new = agencies.office(row.competent_agency_id or 0), agencies.office(competent or 0)
        limit_by = row.competent_agency_id if _other_times(former, new) else None
    return Passing(row, competent, desk, row.assigned_to_id if keeps else None, limit_by, facts)


def _other_times(former: Office | None, new: Office | None) -> bool:
    def times(office: Office | None) -> tuple[str, str]:
        return (
            (office and office.calendar) or DEFAULT_CALENDAR,
            (office and office.hours) or DEFAULT_HOURS,
        )

    return former is not None and times(former) != times(new)


def pass_on(act: Act, passings: Sequence[Passing], *, cause: str, back: bool = False) -> list[JournalLine]:
    """Pass dossiers on (rows locked by the caller, each once) within the running transaction; a journal line each.

    `cause` is the reorganisation, `back` that it is undone. A dossier that nobody has received yet goes to the new desk
    as if it had been handed in there: it gets its code from it. Raises NotYours for anybody but the platform.
    """
    if act.actor.kind != "system":
        raise NotYours()
    before = {p.row.pk: (p.row.competent_agency_id, p.row.desk_now_id) for p in passings}
    _write_columns(act, passings)
    write_rights(*(p.row for p in passings))
    entries, events, told = [], [], []
    for each in passings:
        row = each.row
        (from_agency, from_desk), to_agency, to_desk = (
            before[row.pk],
            row.competent_agency_id,
            row.desk_now_id,
        )
        counts = row.received_at is not None and from_agency != to_agency
        places = {
            "from_agency": from_agency,
            "to_agency": to_agency,
            "from_desk": from_desk,
            "to_desk": to_desk,
        }
        facts = {
            "cause": cause, "from": from_agency, "competent": to_agency, "desk_from": from_desk, "desk": to_desk,
            "counts": counts, "due_on": row.due_on, **each.facts,
        }  # fmt: skip
        entries.append((row.subject, facts))
        events.append(DossierPassedOn(dossier=row.public_id, cause=cause, back=back, **places))
        told.append(
            PassingOn(
                dossier=row, at=act.at, cause=cause, back=back, counts=counts,
                **{f"{name}_id": value for name, value in places.items()},
            )
        )  # fmt: skip
    PassingOn.objects.bulk_create(told, batch_size=BATCH)
    lines = record_many(act, "dossier.passed_back" if back else "dossier.passed_on", entries)
    publish_many(act, zip(events, lines, strict=True))
    return lines


_COLUMNS = ("competent_agency_id", "assigned_to_id", "limit_by_id", "received_by_id", "desk_id")


def _write_columns(act: Act, passings: Sequence[Passing]) -> None:
    for each in passings:
        row = each.row
        row.competent_agency_id, row.assigned_to_id, row.limit_by_id = (
            each.competent,
            each.assigned,
            each.limit_by,
        )
        if row.received_at is None and each.desk is not None:
            row.received_by_id, row.desk_id = each.desk, None
        else:
            row.desk_id = None if each.desk == row.received_by_id else each.desk
        row.revision, row.passed_on_at = row.revision + 1, act.at
    values = [(each.row.pk, [getattr(each.row, name) for name in _COLUMNS]) for each in passings]
    update_rows(Dossier, _COLUMNS, values, raised="revision", same={"passed_on_at": act.at})


def pass_on_numbering(act: Act, pairs: Iterable[tuple[int, int]]) -> dict:
    """Numbers of agencies that end: a successor that keeps the same code goes on counting where they stopped; runs lent
    to counters for days on which the former agency no longer stands come back unused. (former, successor) ids.

    Codes given out stay as they are: a dossier is never coded anew.
    """
    day, followed, taken_back = local_date(act.at), 0, 0
    for former, successor in pairs:
        old, new = agencies.office(former), agencies.office(successor)
        if old and new and old.dossier_code and old.dossier_code == new.dossier_code:
            followed += follow_serials(former, successor, day)
        lent = SerialBlock.objects.select_for_update().filter(
            agency_id=former, returned_at=None, day__gte=day
        )
        for block in lent.order_by("pk"):
            block.used_to, block.returned_at = block.first - 1, act.at
            block.save(update_fields=["used_to", "returned_at"])
            subject = f"serials:{block.agency_id}-{block.day}"
            facts = {"used_to": block.used_to, "gap_from": block.first, "gap_to": block.last, "ended": True}
            record(act, "serials.returned", subject, facts=facts)
            taken_back += 1
    return {"followed": followed, "blocks_taken_back": taken_back}
