"""Every change of the catalogue: following what is published, importing an official list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.catalogue import projection
from motcua.catalogue.errors import ListUnreadable, ListWrong
from motcua.catalogue.finding import CHANGES
from motcua.catalogue.models import Procedure
from motcua.catalogue.rules import LISTED
from motcua.catalogue.rules.lists import COLUMNS, LineProblem, Unreadable, read_list
from motcua.catalogue.words import line_problem, unreadable
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, action, new_act
from motcua.foundation.canonical import digest
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.packs import store
from motcua.kernel.text import slug

BATCH = 400  # rows a statement
PREFIX = "thủ tục "  # said of nearly all of them, so it tells nothing on a screen
_LISTED_FIELDS = (
    "name_vi",
    "short_name_vi",
    "issued_by",
    "executed_by",
    "sector",
    "folded",
    "sort_name",
    "changed_at",
)


def follow(act: Act, versions: list[store.Version]) -> None:
    """Registered with the store: the catalogue moves within the publication. A version of a later day waits for the
    task `catalogue.follow_calendar`."""
    for version in versions:
        if version.kind == "sectors":
            projection.follow_sectors(version.body)
    procedures = [v for v in versions if v.kind == "procedures"]
    projection.follow_procedures(procedures, act.at)
    projection.end_procedures(procedures, act.at)


def import_list(act: Act, raw: bytes) -> dict:
    """Import the bytes of an official list (CSV) as listed procedures; see `import_listed` for the answer.

    Raises ListUnreadable (no list at all) and ListWrong (with a problem for each wrong line): then nothing changed.
    """
    try:
        found = read_list(raw)
    except Unreadable as problem:
        raise ListUnreadable(why=unreadable(problem), columns=", ".join(COLUMNS)) from None
    if found.problems:
        raise ListWrong([_told(problem) for problem in found.problems], count=len(found.problems))
    return import_listed(act, rows=found.rows)


def _told(problem: LineProblem) -> dict:
    return {"field": str(problem.line), "code": problem.code, "message": line_problem(problem)}


@action("catalogue.import_listed")
def import_listed(act: Act, *, rows: list[dict]) -> dict:
    """Take rows {code, name_vi, issued_by, executed_by, field_vi} in as listed procedures, all or none.

    Returns {rows, created, updated, unchanged, skipped: known in full already, absent: listed before, not in this
    list; they stay}. Raises Forbidden.
    """
    if act.actor.kind != "system" and not act.actor.has_role("administrator"):
        raise Forbidden()
    known = {row.code: row for row in Procedure.objects.exclude(code=None).select_related("sector")}
    sectors, fresh, changed = projection.Sectors(), [], []
    counts = dict.fromkeys(("created", "updated", "unchanged", "skipped"), 0)
    for given in rows:
        row = known.get(given["code"])
        if row is not None and row.coverage != LISTED:
            counts["skipped"] += 1
            continue
        target = row or Procedure(code=given["code"], coverage=LISTED, slug=_slug(given))
        if not _fill(target, given, sectors) and row is not None:
            counts["unchanged"] += 1
            continue
        target.changed_at = act.at
        counts["updated" if row is not None else "created"] += 1
        (changed if row is not None else fresh).append(target)
    Procedure.objects.bulk_create(fresh, batch_size=BATCH)
    Procedure.objects.bulk_update(changed, _LISTED_FIELDS, batch_size=50)
    listed = {code for code, row in known.items() if row.coverage == LISTED}
    counts |= {"rows": len(rows), "absent": len(listed - {given["code"] for given in rows})}
    record(act, "catalogue.imported", CHANGES, facts={**counts, "digest": digest(rows)})
    return counts


def _slug(given: dict) -> str:
    """An address that says what it is; the code at its end keeps it unique and leads back to it."""
    return f"{slug(given['name_vi'])[:90]}-{slug(given['code'])}".lstrip("-").replace("--", "-")


def _fill(row: Procedure, given: dict, sectors: projection.Sectors) -> bool:
    """Put the list's words into a listed row; whether anything changed."""
    name = given["name_vi"]
    short = name[len(PREFIX) :] if name.lower().startswith(PREFIX) else name
    short = short[:1].upper() + short[1:]
    wanted = {
        "name_vi": name,
        "short_name_vi": short[:300],
        "issued_by": given.get("issued_by", "")[:300],
        "executed_by": given.get("executed_by", ""),
        "sector": sectors.of(given.get("field_vi", "")),
        "folded": projection.folded(name, row.code),
        "sort_name": projection.sort_name(short),
    }
    before = {field: getattr(row, field) for field in wanted} if row.pk else {}
    for field, value in wanted.items():
        setattr(row, field, value)
    return before != wanted


def follow_calendar(at: datetime) -> int:
    """For the scheduled task: bring every row to the version in force at the aware moment `at`; how many moved.

    No act of anybody, a projection of acts done before; the line in the journal tells every process to read anew.
    """
    with transaction.atomic():
        changed = projection.catch_up(at)
        if changed:
            act = new_act(system("worker"), at=at, purpose="catalogue.follow", channel="task")
            record(act, "catalogue.followed", CHANGES, facts={"changed": changed})
    return changed
