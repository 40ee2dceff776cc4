"""The access log: reading personal data leaves a row (Law 91/2025/QH15 art. 4; rules of level 3).

It is apart from the journal: rows, not chains; kept at least as long as the law's floor, then purged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.foundation.actors import Actor
from motcua.foundation.models import AccessEntry, AccessSubject


@dataclass(frozen=True)
class Reading:
    """One look at a page or list: who saw, when (aware), for what, on which page, whose data.

    `purpose` is a word of ours, `reason` what the reader wrote herself.
    """

    actor: Actor
    at: datetime
    purpose: str
    page: str
    subjects: tuple[str, ...]
    reason: str = ""


def seen(
    actor: Actor, *, at: datetime, purpose: str, page: str, subjects: Iterable[str], reason: str = ""
) -> None:
    """One entry for one page or list: `actor` saw the personal data of `subjects` ("dossier:…", "party:…").

    Nothing is written when there is nobody to see. The entry keeps where the reader sat at that moment.
    """
    seen_all([Reading(actor, at, purpose, page, tuple(subjects), reason)])


def seen_all(readings: Iterable[Reading]) -> None:
    """The entries of many readings, in their order, in two statements. Readings of nobody's data are left out."""
    kept = [reading for reading in readings if reading.subjects]
    if not kept:
        return
    entries = AccessEntry.objects.bulk_create(
        AccessEntry(
            at=each.at,
            actor=each.actor.key,
            office=",".join(sorted(h for h in each.actor.holders if h.startswith("office:")))[:200],
            purpose=each.purpose,
            page=each.page,
            reason=each.reason,
        )
        for each in kept
    )
    AccessSubject.objects.bulk_create(
        AccessSubject(entry=entry, subject=name)
        for entry, reading in zip(entries, kept, strict=True)
        for name in sorted(set(reading.subjects))
    )


def who_saw(subject: str) -> QuerySet[AccessEntry]:
    """The entries about one subject, newest first."""
    return AccessEntry.objects.filter(subjects__subject=subject).order_by("-at", "-pk")
