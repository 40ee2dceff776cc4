"""The access log: reading personal data leaves a row (Law 91/2025/QH15 art. 4; rules of level 3).

It is apart from the journal: rows, not chains; kept at least as long as the law's floor, then purged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from motcua.foundation.actors import Actor
from motcua.foundation.models import AccessEntry, AccessSubject


def seen(
    actor: Actor, *, at: datetime, purpose: str, page: str, subjects: Iterable[str], reason: str = ""
) -> None:
    """One entry for one page or list: `actor` saw the personal data of `subjects` ("dossier:…", "party:…").

    `purpose` is a word of ours, `reason` what the reader wrote herself. Nothing is written when there is nobody to
    see. `office` keeps where the reader sat at that moment.
    """
    names = sorted(set(subjects))
    if not names:
        return
    office = ",".join(sorted(h for h in actor.holders if h.startswith("office:")))[:200]
    entry = AccessEntry.objects.create(
        at=at, actor=actor.key, office=office, purpose=purpose, page=page, reason=reason
    )
    AccessSubject.objects.bulk_create(AccessSubject(entry=entry, subject=name) for name in names)


def who_saw(subject: str) -> QuerySet[AccessEntry]:
    """The entries about one subject, newest first."""
    return AccessEntry.objects.filter(subjects__subject=subject).order_by("-at", "-pk")
