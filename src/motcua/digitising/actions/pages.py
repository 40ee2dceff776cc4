"""The pages of a scan: uploaded, put in order, turned, left out; or the whole scan dropped."""

from __future__ import annotations

from typing import Any

from motcua.digitising import rules
from motcua.digitising.actions.base import done, dossier_of, let_go, locked
from motcua.digitising.errors import NoPages, NothingToScan, ScanUnreadable, TooManyPages, TooManyScans
from motcua.digitising.models import Proposal, Scan, ScanPage
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import FileRefused
from motcua.files import actions as stored
from motcua.files import queries as files
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record


@action("digitising.begin")
def begin(
    act: Act,
    *,
    dossier: str,
    files: list[str],
    paper: int | None = None,
    key: str = "other",
    name: str = "",
    form: str = "original",
) -> dict:
    """Begin a scan of uploaded files (public ids of files this account keeps): of the paper `paper` of the dossier, or
    of a further one. Answers {scan, dossier, state, pages}.

    Raises DossierNotFound, OwnDossier, MayNotDigitise, NothingToScan, TooManyScans, FileRefused (no such paper, or it
    has a file already), ScanUnreadable, TooManyPages.
    """
    row = dossier_of(act, dossier)
    if not files:
        raise NothingToScan([{"field": "files", "message": str(NothingToScan.message)}])
    if Scan.objects.filter(dossier=row).exclude(state=rules.State.DROPPED).count() >= rules.SCANS_MAX:
        raise TooManyScans(most=rules.SCANS_MAX)
    scan = Scan(dossier=row, begun_at=act.at, begun_by_id=act.actor.account_id)
    if paper is not None:
        found = next((each for each in dossiers.papers_of(row) if each.pk == paper), None)
        if found is None or found.file_id is not None:
            raise FileRefused()
        scan.paper_id, scan.key, scan.name, scan.form = found.pk, found.key, found.name, found.form
    else:
        known = {each.key: each.name.vi for each in dossiers.declared_view_of(row).papers}
        if (key not in known and key != "other") or form not in rules.FORMS:
            raise FileRefused()
        scan.key, scan.form = key, form
        scan.name = (name.strip() or known.get(key, "") or "Giấy tờ khác")[:300]
    scan.save(force_insert=True)
    count = _add(act, scan, files, 0)
    facts = {"scan": scan.public_id, "paper": scan.key, "pages": count}
    record(act, "scan.begun", scan.subject, facts={**facts, "dossier": dossier})
    return done(scan, pages=count)


@action("digitising.add_pages")
def add_pages(act: Act, *, scan: str, files: list[str]) -> dict:
    """Add the pages of further files behind those that are there. Raises as `begin`, ScanNotFound, ScanBusy."""
    row = locked(act, scan, rules.CHANGEABLE)
    if not files:
        raise NothingToScan([{"field": "files", "message": str(NothingToScan.message)}])
    count = _add(act, row, files, ScanPage.objects.filter(scan=row).count())
    _open_again(row)
    record(act, "scan.pages_added", row.subject, facts={"pages": count})
    return done(row, pages=count)


def _add(act: Act, scan: Scan, given: list[str], there: int) -> int:
    """Rows for the pages of these files, behind the `there` that the scan has; returns how many it has then."""
    from motcua.digitising import images  # what draws is read when something is drawn

    rows: list[ScanPage] = []
    for public_id in given[: rules.UPLOADS_MAX]:
        file = files.kept_by(act.actor, public_id)
        if file.kind not in rules.KINDS:
            raise FileRefused()
        try:
            count = images.count_pages(b"".join(files.content(file)), file.kind)
        except images.Unreadable as problem:
            raise ScanUnreadable(name=file.name) from problem
        if there + len(rows) + count > rules.PAGES_MAX:
            raise TooManyPages(most=rules.PAGES_MAX)
        rows += [
            ScanPage(scan=scan, place=there + len(rows) + at, file_id=file.pk, index=at)
            for at in range(count)
        ]
    if not rows:
        raise NoPages()
    for place, row in enumerate(rows, there):
        row.place = place
    ScanPage.objects.bulk_create(rows)
    return there + len(rows)


def _open_again(scan: Scan) -> None:
    """Pages changed: what was made of them is no longer it."""
    scan.state, scan.problem = rules.State.PAGES, ""
    scan.save(update_fields=["state", "problem"])
    Proposal.objects.filter(scan=scan, state=rules.Said.OPEN).delete()


@action("digitising.arrange")
def arrange(act: Act, *, scan: str, pages: list[dict[str, Any]]) -> dict:
    """Put the pages in order: {page (id), place (number), turn (0, 90, 180, 270 more), out (bool)}; a page that is not
    named keeps its place. Raises ScanNotFound, ScanBusy, NoPages (none would be left)."""
    row = locked(act, scan, rules.CHANGEABLE)
    said = {int(each["page"]): each for each in pages}
    there = list(ScanPage.objects.filter(scan=row).order_by("place", "pk"))
    kept = [page for page in there if not said.get(page.pk, {}).get("out")]
    if not kept:
        raise NoPages()
    order = sorted(
        kept, key=lambda page: (int(said.get(page.pk, {}).get("place", page.place + 1)), page.place)
    )
    for place, page in enumerate(order):
        turn = int(said.get(page.pk, {}).get("turn") or 0)
        page.place = place
        if turn in rules.TURNS and turn:
            page.turned = rules.turned_more(page.turned, turn)
            page.picture, page.words, page.dpi = None, "", None
        page.save(update_fields=["place", "turned", "picture", "words", "dpi"])
    ScanPage.objects.filter(pk__in=[page.pk for page in there if page not in kept]).delete()
    _open_again(row)
    record(act, "scan.arranged", row.subject, facts={"pages": len(kept), "left_out": len(there) - len(kept)})
    return done(row, pages=len(kept))


@action("digitising.drop")
def drop(act: Act, *, scan: str) -> dict:
    """Drop a scan that does not lie in the dossier: its pages, its PDF and what was read of it are forgotten."""
    return _drop(act, locked(act, scan, rules.OPEN_STATES))


@action("digitising.drop_left")
def drop_left(act: Act, *, scan: str) -> dict:
    """Drop a scan that was begun long ago and never got into its dossier: the system's own act. Raises Forbidden."""
    if act.actor.kind != "system":
        raise Forbidden()
    row = Scan.objects.select_for_update().filter(public_id=scan, state__in=rules.OPEN_STATES).first()
    return _drop(act, row) if row is not None and rules.is_left(row.begun_at, act.at) else {}


def _drop(act: Act, row: Scan) -> dict:
    let_go(act, row)
    made = row.made_id
    row.state, row.made = rules.State.DROPPED, None
    row.save(update_fields=["state", "made"])
    Proposal.objects.filter(scan=row).delete()
    ScanPage.objects.filter(scan=row).delete()
    if made is not None:
        stored.drop_unused(act, [made])
    record(act, "scan.dropped", row.subject)
    return done(row)
