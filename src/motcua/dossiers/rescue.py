"""Lists of lateness: the apologies that must leave, and the work ordered by what can still be saved.

Part of the door `queries`. Both read projected columns (`apology_by`, `save_by`) through an index, of open rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.dossiers import rules
from motcua.dossiers.deadlines import chance_of
from motcua.dossiers.lateness import Chance
from motcua.dossiers.models import Dossier, DossierGrant
from motcua.foundation.time import local_date
from motcua.kernel import clock

RELATED = ("procedure", "received_by", "competent_agency", "applicant", "assigned_to")
OPEN = Q(resolved_at__isnull=True, closed_at__isnull=True, received_at__isnull=False)
# whose business an apology is: the unit writes it, the one-stop sends it, the head answers for it (art. 19(9))
APOLOGY_ROLES = ("process", "sign", "reception", "lead")


def offices_of(holders: Iterable[str], roles: Iterable[str]) -> list[int]:
    """The offices where holder keys ("office:12:process") hold one of `roles`."""
    wanted = set(roles)
    parts = (holder.split(":") for holder in holders)
    return sorted({int(p[1]) for p in parts if len(p) == 3 and p[0] == "office" and p[2] in wanted})


def apologies(
    holders: Iterable[str],
    at: datetime,
    *,
    limit: int = 100,
    after: tuple[str, int] | None = None,
    today_only: bool = False,
) -> list[Dossier]:
    """Open dossiers for which today, or the next working day, is the last day for an apology; the soonest first.

    Of the offices where `holders` process, sign, receive or lead, out of what these may see. `after` is (ISO day of the
    last row's `apology_by`, its id). What can no longer be put off, or was put off once, is not among them.
    """
    held = sorted(holders)
    offices = offices_of(held, APOLOGY_ROLES)
    if not offices:
        return []
    today = local_date(at)
    until = today if today_only else clock.remind_until(today, agencies.calendar_of(offices[0]))
    where = Q(competent_agency__in=offices) | Q(received_by__in=offices)
    grants = DossierGrant.objects.filter(
        dossier=OuterRef("pk"), holder__in=[h for h in held if h.startswith("office:")]
    )
    rows = Dossier.objects.filter(
        where, Exists(grants), apology_by__gte=today, apology_by__lte=until, resolved_at=None, closed_at=None
    )
    if after:
        day = date.fromisoformat(after[0])
        rows = rows.filter(Q(apology_by__gt=day) | Q(apology_by=day, pk__gt=after[1]))
    return list(rows.select_related(*RELATED).order_by("apology_by", "pk")[:limit])


@dataclass(frozen=True)
class Rescue:
    """A dossier with its chance, and its place in the list: (part, ISO moment, id)."""

    dossier: Dossier
    chance: Chance
    place: tuple[int, str, int]


SAVABLE, LATE, OPEN_ENDED = 0, 1, 2


def rescues(
    holder: str, at: datetime, *, limit: int = 100, after: tuple[int, str, int] | None = None
) -> list[Rescue]:
    """What waits for one holder key, by what can still be saved: least time to spare first; what is late sinks below
    all that can still be met (the latest broken promise first), what no limit runs for comes last.

    The time to spare is the office time left less the office time that the remaining steps have in the plan; since
    both end at the due moment, its order is the order of `save_by`. `after` is the `place` of the last row of the page
    before, `at` the moment of the first page.
    """
    found: list[Rescue] = []
    first = after[0] if after else SAVABLE
    for part in range(first, OPEN_ENDED + 1):
        room = limit - len(found)
        if room <= 0:
            break
        found += _part(holder, at, part, room, after if after and part == first else None)
    return found


def _waiting(holder: str) -> QuerySet[Dossier]:
    """The open rows that wait for a holder key, the way in through its office or its desk."""
    kind, _colon, rest = holder.partition(":")
    grants = DossierGrant.objects.filter(dossier=OuterRef("pk"), holder=holder)
    if kind == "account":
        where, grants = Q(assigned_to=int(rest)), grants.exclude(role__in=rules.OWN_ROLES).filter(todo=True)
    else:
        office, _colon, role = rest.partition(":")
        where = Q(competent_agency__in=agencies.below([int(office)]) if role == "lead" else [int(office)])
        grants = grants if role == "lead" else grants.filter(todo=True)
    return Dossier.objects.filter(OPEN, where, Exists(grants))


def _part(
    holder: str, at: datetime, part: int, limit: int, after: tuple[int, str, int] | None
) -> list[Rescue]:
    rows, column, sign = _waiting(holder), "save_by", ""
    if part == SAVABLE:
        rows = rows.filter(due_at__gte=at, save_by__isnull=False)
    elif part == LATE:
        rows, column, sign = rows.filter(due_at__lt=at), "due_at", "-"
    else:
        rows, column = rows.filter(due_at=None), "received_at"
    if after:
        moment, step = datetime.fromisoformat(after[1]), "lt" if sign else "gt"
        rows = rows.filter(Q(**{f"{column}__{step}": moment}) | Q(**{column: moment, "pk__gt": after[2]}))
    rows = rows.select_related(*RELATED).order_by(f"{sign}{column}", "pk")
    return [
        Rescue(row, chance_of(row, at), (part, getattr(row, column).isoformat(), row.pk))
        for row in rows[:limit]
    ]
