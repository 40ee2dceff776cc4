"""In the background: papers looked at one by one, old looks forgotten."""

from __future__ import annotations

from motcua.digitising import queries as digitising
from motcua.digitising.errors import ScanUnreadable
from motcua.files import queries as files
from motcua.files.errors import FileNotFound, StoreBroken
from motcua.foundation.time import now
from motcua.foundation.work import task
from motcua.precheck import actions, queries

PAGES_MOST = 6
SECONDS = 40.0  # for one file; what is not read by then is said


@task(actions.TASK, long=True)
def look(*, file: str) -> None:
    """Look at one stored file, unless its content was looked at meanwhile."""
    try:
        row = files.stored(file)
    except FileNotFound:
        return  # taken out again
    if queries.is_looked_at(row.sha256):
        return
    try:
        pages, count = digitising.looked_at(row, pages_most=PAGES_MOST, seconds=SECONDS)
    except (ScanUnreadable, StoreBroken) as problem:
        actions.keep_look(sha256=row.sha256, at=now(), pages=[], count=0, problem=problem.code[-20:])
        return
    actions.keep_look(sha256=row.sha256, at=now(), pages=pages, count=count)


@task("precheck.forget", cron="47 3 * * *")
def forget() -> None:
    """Nightly: looks of a month ago."""
    while actions.forget_old(now() - actions.KEPT_FOR):
        pass
