"""A new version of a procedure while dossiers run: drafts go over to it, an officer may bring a received one over."""

from __future__ import annotations

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries, rules, versions
from motcua.dossiers.actions.base import done, lock, project, save, tell_due_moved, write_rights
from motcua.dossiers.actions.demands import demand_reason
from motcua.dossiers.actions.steps import plan_anew
from motcua.dossiers.actions.upkeep import system_row
from motcua.dossiers.deadlines import drafting_step, unit_steps
from motcua.dossiers.models import Dossier, StepRun, VersionMove
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Refusal
from motcua.foundation.journal import record
from motcua.kernel import forms


@action("dossiers.follow_version")
def follow_version(act: Act, *, dossier: str) -> dict:
    """A draft goes over to the version of its procedure in force at the act, with what was answered so far.

    What the new form cannot hold any more (a question of another kind) is asked again. What was handed in stays on its
    version. Answers {…, moved: whether it was behind, asked_again: field names}.
    """
    row = system_row(act, dossier)
    if row.business_state != rules.State.DRAFT:
        return done(row, moved=False, asked_again=[])
    former = queries.declared_view_of(row)
    try:
        view = catalogue.view_for(former.slug, act.at)
    except (
        Refusal
    ):  # it ended without a successor: the draft stays as it is, and submitting says why it cannot go
        return done(row, moved=False, asked_again=[])
    if view.version_id == former.version_id:
        return done(row, moved=False, asked_again=[])
    answers, lost = versions.fitting(queries.answers_of(row), former, view)
    opened, sealed = forms.split(view.declaration, answers)
    VersionMove.objects.create(dossier=row, former_id=former.version_id, at=act.at)
    save(act, row, declared_version_id=view.version_id, answers=opened, answers_sealed=sealed or "")
    facts = {"version": view.version_id, "hash": view.hash, "former": former.hash, "asked_again": lost}
    record(act, "dossier.version_followed", row.subject, facts=facts)
    return done(row, moved=True, asked_again=lost)


@action("dossiers.note_version_seen")
def note_version_seen(act: Act, *, dossier: str) -> dict:
    """Whoever writes the draft has seen what changed; it is not told again. Answers {…, seen: how many moves}."""
    row = lock(act, dossier, "edit")
    seen = VersionMove.objects.filter(dossier=row, seen_at=None).update(seen_at=act.at)
    if seen:
        record(act, "dossier.version_seen", row.subject, facts={"moves": seen})
    return done(row, seen=seen)


@action("dossiers.change_version")
def change_version(act: Act, *, dossier: str, reason: str, revision: int | None = None) -> dict:
    """Bring a received dossier over to the version in force now, where that version's transitional clause lets it.

    The limit is counted anew from the same clock events, the steps are those of the new version; the first promise, the
    fees and the form that was filled in stay. Applicant and officer are told when the due date moves. Answers {…,
    before, after: ISO days or None}. Raises ReasonNeeded, MoveNotAllowed, VersionStays.
    """
    row = lock(act, dossier, "change_version", revision=revision)
    said = demand_reason(reason)
    view = versions.demand_newer(row, act.at)
    former, before = queries.view_of(row), row.due_on
    place = _same_step(former, view, row.step)
    row.version_id, row.step = view.version_id, place
    events = queries.kernel_events(queries.clock_events(row))
    project(row, queries.derive(row, events))
    _rename_step(row, view)
    plan_anew(row, events)
    save(act, row, version_id=row.version_id, step=place)
    write_rights(row)
    facts = {
        "version": view.version_id,
        "hash": view.hash,
        "former": former.hash,
        "before": before,
        "after": row.due_on,
    }
    line = record(act, "dossier.change_version", row.subject, facts=facts, personal={"reason": said})
    if before != row.due_on:
        tell_due_moved(act, row, line, before=before, cause="version")
    return done(row, before=before.isoformat() if before else None, after=done(row)["due_on"])


def _same_step(former: ProcedureView, view: ProcedureView, place: int) -> int:
    """Where the work stands in the new version: the step of the same key, else as far along, never past the draft."""
    old, new = unit_steps(former), unit_steps(view)
    keys = [step.key for step in new]
    if place < len(old) and old[place].key in keys:
        return keys.index(old[place].key)
    return min(place, drafting_step(new))


def _rename_step(row: Dossier, view: ProcedureView) -> None:
    """The step that runs bears the name and place that it has in the new version."""
    steps = unit_steps(view)
    if row.step < len(steps):
        running = StepRun.objects.filter(dossier=row, done_at=None)
        running.update(number=row.step, key=steps[row.step].key, stage=steps[row.step].stage)
