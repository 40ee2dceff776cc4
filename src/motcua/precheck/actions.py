"""Looking at papers, and keeping what was said. Neither changes anything of the dossier."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from motcua.foundation.acts import Act, action
from motcua.foundation.work import enqueue
from motcua.precheck import queries, rules
from motcua.precheck.models import Check, Look

TASK = "precheck.look"
KEPT_FOR = timedelta(days=30)  # a look at papers of a draft that nobody goes on with; a new one costs seconds


@action("precheck.ask")
def ask(act: Act, *, dossier: str) -> dict:
    """Have the papers that nobody has looked at looked at, in the background. Answers {dossier, asked: how many files}.

    Raises DossierNotFound, NotBeingFiled.
    """
    row = queries.of_filer(act.actor, dossier)
    unread = queries.unread_of(row)
    hour = f"{act.at:%Y%m%d%H}"  # one that failed is tried again, not again at every reload
    for each in unread:
        enqueue(TASK, key=f"{each.file.sha256[:40]}/{hour}", file=each.file.public_id)
    return {"dossier": row.public_id, "asked": len(unread)}


def keep(dossier: Any, found: queries.Overlook, at: datetime) -> None:
    """Keep what somebody was just told of a draft: kinds, papers and fields, no value; the last word before it is
    handed in stays with it. Like the access log it goes with a look, not with an act; the caller has asked the policy.
    """
    if dossier.submitted_at is not None:
        return
    kept, unread = rules.kept(found.findings), len(found.unread)
    row = Check.objects.filter(dossier=dossier).first()
    if row is None:
        Check.objects.bulk_create(
            [Check(dossier=dossier, at=at, findings=kept, unread=unread)],
            update_conflicts=True,
            unique_fields=["dossier"],
            update_fields=["at", "findings", "unread"],
        )
    elif (row.findings, row.unread) != (kept, unread):
        Check.objects.filter(pk=row.pk).update(at=at, findings=kept, unread=unread)


def keep_look(
    *, sha256: str, at: datetime, pages: list[dict[str, Any]], count: int, problem: str = ""
) -> None:
    """Keep what was seen in a content, in the place of an earlier look. The platform's own: nobody's act."""
    values = {"at": at, "count": min(count, 9999), "problem": problem}
    values["pages"] = json.dumps(pages, ensure_ascii=False) if pages else ""
    Look.objects.update_or_create(sha256=sha256, defaults=values)


def forget_old(before: datetime, *, limit: int = 500) -> int:
    """Forget the looks made before a moment, a batch of them; how many."""
    old = list(Look.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
    return Look.objects.filter(pk__in=old).delete()[0]


def erase(act: Act, dossier: Any) -> list[int]:
    """What was seen and said goes with its dossier, within the act that erases it. No file is let go."""
    _forget(paper.file.sha256 for paper in dossier.papers.select_related("file") if paper.file)
    Check.objects.filter(dossier=dossier).delete()
    return []


def _forget(hashes: Iterable[str]) -> None:
    Look.objects.filter(sha256__in=list(hashes)).delete()
