"""Reads for indexes: how many dossiers of a period have a quality, and which they are, by the same condition.

Part of the door `queries`. Each measure is a population (what came in, or was resolved, in the period) and a
condition on it; the figure and its rows ask for the same, so that no figure can lead to other rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, FeeLine, Letter, Paper, Rating
from motcua.foundation.time import TZ

DISSATISFIED_STARS = 2  # one or two stars of five: "không hài lòng", "rất không hài lòng"


@dataclass(frozen=True)
class Span:
    """Whose dossiers, from when up to when (excluded), as they stand at `at`; moments are aware.

    `blamed` are the primary keys of dossiers about which somebody complained.
    """

    agencies: frozenset[int]
    since: datetime
    until: datetime
    at: datetime
    blamed: frozenset[int] = field(default_factory=frozenset)

    @property
    def by(self) -> datetime:
        """The moment by which it is judged: the end of the period, or now while it lasts."""
        return min(self.until, self.at)


def _late(span: Span) -> Q:
    """Ended after its due date, or still open past it. Without a due date nothing is late.

    Every comparison stands beside "is there", so that its negation holds for all the others and for nothing unknown.
    """
    by, has_due = span.by, Q(due_at__isnull=False)
    resolved = Q(resolved_at__isnull=False, resolved_at__lt=by, resolved_at__gt=F("due_at"))
    ended = Q(resolved_at__isnull=True, closed_at__isnull=False, closed_at__lt=by, closed_at__gt=F("due_at"))
    unresolved = Q(resolved_at__isnull=True) | Q(resolved_at__gte=by)
    not_ended = Q(resolved_at__isnull=False) | Q(closed_at__isnull=True) | Q(closed_at__gte=by)
    return has_due & (resolved | ended | (unresolved & not_ended & Q(due_at__lt=by)))


def _papers(**given: object) -> Exists:
    rows = Paper.objects.filter(dossier=OuterRef("pk"), removed_at__isnull=True, **given)
    return Exists(rows.exclude(form="present_only"))


def _money() -> Exists:
    return Exists(FeeLine.objects.filter(dossier=OuterRef("pk"), payable__gt=0))


def _rated(**given: object) -> Exists:
    return Exists(Rating.objects.filter(dossier=OuterRef("pk"), **given))


def _apologised() -> Exists:
    return Exists(Letter.objects.filter(dossier=OuterRef("pk"), kind="apology"))


def _asked(more_than: int = 0) -> Exists:
    """Whether supplements were asked for, more often than `more_than` (0 or 1) times."""
    rows = Letter.objects.filter(dossier=OuterRef("pk"), kind="supplement-request")
    if more_than:
        earlier = Letter.objects.filter(
            dossier=OuterRef("dossier"), kind="supplement-request", pk__lt=OuterRef("pk")
        )
        rows = rows.filter(Exists(earlier))
    return Exists(rows)


def _discontent(span: Span) -> Q:
    return _late(span) | Q(_rated(stars__lte=DISSATISFIED_STARS)) | Q(pk__in=sorted(span.blamed))


_DAY = TruncDate("resolved_at", tzinfo=TZ)  # the day in Viet Nam
CAME, RESOLVED = "received_at", "resolved_at"
# measure -> the moment by which it belongs to a period, and what it asks besides
MEASURES: dict[str, tuple[str, Callable[[Span], Q]]] = {
    "received": (CAME, lambda span: Q()),
    "in_time": (CAME, lambda span: ~_late(span)),
    "late": (CAME, _late),
    "online": (CAME, lambda span: Q(channel__in=rules.ONLINE_CHANNELS)),
    "money_due": (CAME, lambda span: Q(_money())),
    "with_fee_lines": (CAME, lambda span: Q(Exists(FeeLine.objects.filter(dossier=OuterRef("pk"))))),
    "with_papers": (CAME, lambda span: Q(_papers())),
    "digitised": (CAME, lambda span: Q(_papers()) & ~Q(_papers(file__isnull=True))),
    "reused": (CAME, lambda span: Q(_papers(digitised__gte=2))),
    "dissatisfied": (CAME, lambda span: Q(_rated(stars__lte=DISSATISFIED_STARS))),
    "blamed": (CAME, lambda span: Q(pk__in=sorted(span.blamed))),
    "discontent": (CAME, _discontent),
    "content": (CAME, lambda span: ~_discontent(span)),
    "apologised": (CAME, lambda span: Q(_apologised())),
    "rated": (CAME, lambda span: Q(_rated())),
    "resolved": (RESOLVED, lambda span: Q()),
    "resolved_in_time": (RESOLVED, lambda span: Q(due_at__isnull=True) | Q(due_at__gte=F("resolved_at"))),
    "resolved_late": (RESOLVED, lambda span: Q(due_at__lt=F("resolved_at"))),
    "resolved_early": (RESOLVED, lambda span: Q(due_on__gt=_DAY)),
    "resolved_on_day": (RESOLVED, lambda span: Q(due_at__gte=F("resolved_at"), due_on__lte=_DAY)),
    "never_asked": (RESOLVED, lambda span: ~Q(_asked())),
    "asked_once": (RESOLVED, lambda span: Q(_asked()) & ~Q(_asked(more_than=1))),
    "e_result": (RESOLVED, lambda span: Q(result_file__isnull=False)),
}


def _population(rows: QuerySet[Dossier], column: str, span: Span) -> QuerySet[Dossier]:
    return rows.filter(
        competent_agency__in=sorted(span.agencies),
        received_at__isnull=False,
        **{f"{column}__gte": span.since, f"{column}__lt": span.until},
    )


def quality_counts(span: Span, names: Iterable[str] | None = None) -> dict[str, int]:
    """How many dossiers each measure counts: one query for each population."""
    found: dict[str, int] = {}
    wanted = list(names) if names is not None else list(MEASURES)
    for column in (CAME, RESOLVED):
        counts = _counts(span, [name for name in wanted if MEASURES[name][0] == column])
        found |= _population(Dossier.objects.all(), column, span).aggregate(**counts) if counts else {}
    return found


def quality_by_agency(span: Span, names: Collection[str]) -> dict[int, dict[str, int]]:
    """The same for each agency that has any: {agency id: {measure: dossiers}}."""
    found: dict[int, dict[str, int]] = {}
    for column in (CAME, RESOLVED):
        counts = _counts(span, [name for name in names if MEASURES[name][0] == column])
        rows = _population(Dossier.objects.all(), column, span).order_by().values("competent_agency")
        for row in rows.annotate(**counts) if counts else ():
            agency = row.pop("competent_agency")
            found.setdefault(agency, dict.fromkeys(names, 0)).update(row)
    return found


def _counts(span: Span, names: Iterable[str]) -> dict[str, Count]:
    # a bare count for those that ask nothing besides; the others count where their condition holds
    found = {}
    for name in names:
        condition = MEASURES[name][1](span)
        found[name] = Count("pk", filter=condition) if condition else Count("pk")
    return found


def quality_rows(
    visible: QuerySet[Dossier], span: Span, name: str, *, limit: int, after: int = 0
) -> list[Dossier]:
    """A page of the dossiers that a measure counts, of those a reader may see, by primary key."""
    column, condition = MEASURES[name]
    rows = _population(visible, column, span).filter(condition(span), pk__gt=after)
    rows = rows.select_related("procedure", "competent_agency", "applicant").defer(
        "answers", "answers_sealed"
    )
    return list(rows.order_by("pk")[:limit])


def procedures_met(span: Span, procedures: Collection[int]) -> set[int]:
    """Which of some procedures (by primary key) had a dossier received in the period."""
    rows = _population(Dossier.objects.all(), CAME, span).filter(procedure__in=sorted(procedures))
    return set(rows.order_by().values_list("procedure", flat=True).distinct())


def star_counts(span: Span) -> dict[int, int]:
    """How many dossiers received in the period were rated with each number of stars."""
    rows = Rating.objects.filter(dossier__in=_population(Dossier.objects.all(), CAME, span))
    return dict(rows.order_by().values_list("stars").annotate(Count("pk")))
