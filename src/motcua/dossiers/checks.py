"""Proofs that what is stored for speed equals what the rules call for, and which subjects must have a journal chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from motcua.dossiers import queries, rules
from motcua.dossiers.models import ClockEvent, Dossier, DossierGrant
from motcua.foundation import policy
from motcua.foundation.journal.verify import register_subjects
from motcua.kernel import clock


def _dossier_ids() -> Iterator[str]:
    yield from Dossier.objects.values_list("public_id", flat=True).iterator(chunk_size=5000)


def grant_differences() -> Iterator[str]:
    """Every dossier whose grant rows are not the ones the rule calls for."""
    rows = Dossier.objects.prefetch_related(Prefetch("grants", DossierGrant.objects.all(), to_attr="kept"))
    yield from _confirmed(rows, _of_grants)


def _of_grants(dossier: Dossier) -> Iterator[str]:
    standing = queries.standing_of(dossier, helper=queries.helper_of(dossier))
    wanted = {(r.holder, r.role, r.reason, r.todo, r.sort_key) for r in rules.rights(standing)}
    stored = {(g.holder, g.role, g.reason, g.todo, g.sort_key) for g in dossier.kept}
    for extra in sorted(stored - wanted):
        yield f"{dossier}: row {extra} is stored, the rule does not call for it"
    for missing in sorted(wanted - stored):
        yield f"{dossier}: row {missing} is called for, it is not stored"


def due_differences() -> Iterator[str]:
    """Every dossier whose stored due date is not the one its clock events give."""
    rows = Dossier.objects.exclude(received_at=None).prefetch_related(
        Prefetch("clock_events", ClockEvent.objects.order_by("pk"), to_attr="ticks")
    )
    yield from _confirmed(rows, _of_due)


def _of_due(dossier: Dossier) -> Iterator[str]:
    events = [clock.Event(clock.Kind(e.kind), e.at, e.reason, e.until) for e in dossier.ticks]
    deadline = queries.derive(dossier, events)
    if (deadline.due_at, deadline.provisional) != (dossier.due_at, dossier.due_provisional):
        yield f"{dossier}: due {dossier.due_at} is stored, its clock events give {deadline.due_at}"
        return
    last = queries.apology_day(dossier, deadline)
    if last != dossier.apology_by:
        yield f"{dossier}: apology by {dossier.apology_by} is stored, its clock events give {last}"
    if dossier.resolved_at is None and dossier.closed_at is None:
        begin, _end = queries.step_window(dossier, dossier.step, events)
        if begin != dossier.save_by:
            yield f"{dossier}: to begin by {dossier.save_by} is stored, its steps give {begin}"


def _confirmed(rows: QuerySet[Dossier], faults: Callable[[Dossier], Iterator[str]]) -> Iterator[str]:
    """What is wrong with each dossier, looked at once more under lock: people go on working during the walk."""
    for dossier in rows.order_by("pk").iterator(chunk_size=1000):
        if not any(faults(dossier)):
            continue
        with transaction.atomic():
            # the lock first, alone: what is read after it cannot change any more
            Dossier.objects.select_for_update().filter(pk=dossier.pk).values_list("pk", flat=True).first()
            still = [fault for again in rows.filter(pk=dossier.pk) for fault in faults(again)]
        yield from still


register_subjects("dossier", _dossier_ids)
policy.register_check("dossiers.grants", grant_differences)
policy.register_check("dossiers.due_dates", due_differences)
