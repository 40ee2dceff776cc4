"""In the background: pages are made ready and read one after the other, then set as one PDF/A."""

from __future__ import annotations

import json
import time as machine_time

from motcua.digitising import actions, queries
from motcua.digitising.actions.making import TASK
from motcua.files import actions as files
from motcua.files.errors import FileTooLarge, StoreBroken, StoreFull
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task

BATCH = 200
SECONDS_IN_ONE_GO = 15.0  # then others' work has its turn


@task(TASK, long=True)
def work(*, scan: str, run: int, step: int) -> None:
    """Make the pages of a scan ready until the time is up; the rest is the next job. The last one sets the PDF."""
    from motcua.digitising import images, making  # what draws is read when something is drawn

    row = queries.in_making(scan, run)
    if row is None:
        return
    begun, sources, program = machine_time.monotonic(), making.Sources(), queries.reader()
    try:
        for page in queries.unprepared(row):
            if machine_time.monotonic() - begun > SECONDS_IN_ONE_GO:
                enqueue(TASK, key=f"{scan}/{run}/{step + 1}", scan=scan, run=run, step=step + 1)
                return
            _prepare(row, page, sources, program)
        _finish(row)
    except images.Unreadable:
        _fail(row, "unreadable")
    except FileTooLarge:
        _fail(row, "too_large")
    except (StoreFull, StoreBroken):
        _fail(row, "store")


@task("digitising.drop_left", cron="23 3 * * *")
def drop_left() -> None:
    """Nightly: what was scanned and left lying; what is over the batch waits for the next night."""
    for scan in queries.left(now(), limit=BATCH):
        actions.drop_left(_act(f"left/{scan}"), scan=scan)


def _act(name: str) -> Act:
    return new_act(system("worker"), at=now(), purpose="digitising", act_id=name[:100], channel="task")


def _prepare(row, page, sources, program: str) -> None:
    from motcua.digitising import making

    ready = making.prepare(page, sources, program=program)
    content = files.prepare(files.from_bytes(ready.jpeg, f"trang-{page.place + 1}.jpg"))
    words = (
        "" if ready.words is None else json.dumps([word.as_row() for word in ready.words], ensure_ascii=False)
    )
    actions.keep_page(
        _act(f"page/{row.public_id}/{row.run}/{page.pk}"),
        scan=row.public_id,
        run=row.run,
        page=page.pk,
        content=content,
        dpi=ready.dpi,
        guessed=ready.guessed,
        skew=str(ready.skew),
        words=words,
    )


def _finish(row) -> None:
    from motcua.digitising import making

    pages = queries.pages_of(row)
    moment = now()
    made = making.pdf_of(pages, title=row.name, at=moment)
    content = files.prepare(files.from_bytes(made, f"{row.name}.pdf"), accept=["pdf"])
    actions.finish(_act(f"scan/{row.public_id}/{row.run}"), scan=row.public_id, run=row.run, content=content)


def _fail(row, problem: str) -> None:
    act = _act(f"fail/{row.public_id}/{row.run}")
    actions.fail(act, scan=row.public_id, run=row.run, problem=problem)
