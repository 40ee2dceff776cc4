"""Making the PDF: asked for by an officer, done by the worker in small acts of its own."""

from __future__ import annotations

import json
from typing import Any

from motcua.digitising import queries, rules
from motcua.digitising.actions.base import done, in_making, locked
from motcua.digitising.errors import NoPages
from motcua.digitising.models import Proposal, ScanPage
from motcua.files import actions as files
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.work import enqueue

TASK = "digitising.work"


@action("digitising.make")
def make(act: Act, *, scan: str) -> dict:
    """Have the PDF made and its text read, in the background. Raises ScanNotFound, ScanBusy, NoPages."""
    row = locked(act, scan, rules.CHANGEABLE)
    pages = ScanPage.objects.filter(scan=row)
    if not pages.exists():
        raise NoPages()
    row.state, row.problem, row.run = rules.State.MAKING, "", row.run + 1
    row.save(update_fields=["state", "problem", "run"])
    enqueue(TASK, key=f"{row.public_id}/{row.run}/0", scan=row.public_id, run=row.run, step=0)
    record(act, "scan.asked", row.subject, facts={"pages": pages.count()})
    return done(row, run=row.run)


@action("digitising.keep_page")
def keep_page(
    act: Act, *, scan: str, run: int, page: int, content: dict, dpi: int, guessed: bool, skew: str, words: str
) -> dict:
    """The worker made one page ready: its picture (as `files.prepare` stored it), its words as JSON, "" when it was not
    read. Raises Forbidden. A run that is wanted no more changes nothing."""
    row = in_making(act, scan, run)
    if row is None:
        return {}
    kept = files.keep_stored.inside(act, content=content)  # type: ignore[attr-defined]
    ScanPage.objects.filter(pk=page, scan=row).update(
        picture=kept["id"], dpi=min(dpi, 9999), dpi_guessed=guessed, skew=float(skew), words=words
    )
    return done(row)


@action("digitising.finish")
def finish(act: Act, *, scan: str, run: int, content: dict) -> dict:
    """The worker set the PDF: keep it with what its words propose, for a person to look at. Raises Forbidden."""
    row = in_making(act, scan, run)
    if row is None:
        return {}
    before = row.made_id
    kept = files.keep_stored.inside(act, content=content)  # type: ignore[attr-defined]
    pages = queries.pages_of(row)
    unread = [page for page in pages if page.words == ""]
    row.made_id, row.made_at, row.state = kept["id"], act.at, rules.State.MADE
    row.text = rules.Text.ABSENT if not queries.can_read() else rules.Text.PART if unread else rules.Text.READ
    row.save(update_fields=["made", "made_at", "state", "text"])
    if before is not None:
        files.drop_unused(act, [before])
    _propose(row, pages)
    facts = {"sha256": kept["sha256"], "pages": len(pages), "unread": len(unread)}
    record(act, "scan.made", row.subject, facts=facts)
    return done(row)


def _propose(row: Any, pages: list[ScanPage]) -> None:
    """What the words say for the declaration; what a person has decided on stays as she decided it."""
    Proposal.objects.filter(scan=row, state=rules.Said.OPEN).delete()
    decided = set(Proposal.objects.filter(scan=row).values_list("field", flat=True))
    Proposal.objects.bulk_create(
        Proposal(
            scan=row,
            field=found.field,
            value=json.dumps(found.value, ensure_ascii=False),
            read=found.read,
            confidence=found.confidence,
            page=found.page,
            box=list(found.box),
        )
        for found in queries.read_proposals(row, pages)
        if found.field not in decided
    )


@action("digitising.fail")
def fail(act: Act, *, scan: str, run: int, problem: str) -> dict:
    """The worker could not make it; `problem` is a key of `words.PROBLEMS`. Raises Forbidden."""
    row = in_making(act, scan, run)
    if row is None:
        return {}
    row.state, row.problem = rules.State.FAILED, problem[:40]
    row.save(update_fields=["state", "problem"])
    record(act, "scan.failed", row.subject, facts={"problem": problem[:40]})
    return done(row)
