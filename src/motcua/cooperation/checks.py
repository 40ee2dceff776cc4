"""Proof that the stored grant rows of tasks equal what the rule calls for."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from motcua.cooperation import queries, rules
from motcua.cooperation.models import JointTask, TaskGrant
from motcua.foundation import policy


def grant_differences() -> Iterator[str]:
    """Every task whose grant rows are not the ones the rule calls for; looked at once more under lock."""
    rows = JointTask.objects.select_related("dossier").defer("dossier__answers", "dossier__answers_sealed")
    rows = rows.prefetch_related(Prefetch("grants", TaskGrant.objects.all(), to_attr="kept"))
    for task in rows.order_by("pk").iterator(chunk_size=1000):
        if any(_faults(task)):
            yield from _again(rows, task)


def _again(rows: QuerySet[JointTask], task: JointTask) -> list[str]:
    with transaction.atomic():
        JointTask.objects.select_for_update().filter(pk=task.pk).values_list("pk", flat=True).first()
        return [fault for again in rows.filter(pk=task.pk) for fault in _faults(again)]


def _faults(task: JointTask) -> Iterator[str]:
    wanted = set(rules.rights(queries.standing_of(task)))
    stored = {rules.Right(g.holder, g.role, g.reason, g.todo, g.sort_key) for g in task.kept}
    for extra in sorted(stored - wanted):
        yield f"{task.public_id}: row {extra} is stored, the rule does not call for it"
    for missing in sorted(wanted - stored):
        yield f"{task.public_id}: row {missing} is called for, it is not stored"


policy.register_check("cooperation.grants", grant_differences)
