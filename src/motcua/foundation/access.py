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


def who_saw_any(
    subjects: Iterable[str], *, but: str, limit: int, before: int | None = None
) -> list[AccessEntry]:
    """The newest entries about any of these subjects by others than the actor `but`; `before`: the id of the last one
    of the page before. One entry stands once, whatever it names of them."""
    about = AccessSubject.objects.filter(subject__in=list(subjects)).values("entry")
    rows = AccessEntry.objects.filter(pk__in=about).exclude(actor=but)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def offices_of(entry: AccessEntry) -> list[int]:
    """The agencies (ids) at which the reader sat, in their order, each once."""
    found = [part.split(":")[1] for part in entry.office.split(",") if part.count(":") == 2]
    return list(dict.fromkeys(int(part) for part in found if part.isdigit()))


def forget_reasons(subject: str) -> int:
    """Blank what readers wrote themselves in the entries about a subject that is erased: it may name people.

    Who looked, when and for which purpose stays as long as the law wants. Returns how many entries.
    """
    return AccessEntry.objects.filter(subjects__subject=subject).update(reason="")


def who_saw(subject: str) -> QuerySet[AccessEntry]:
    """The entries about one subject, newest first."""
    return AccessEntry.objects.filter(subjects__subject=subject).order_by("-at", "-pk")
