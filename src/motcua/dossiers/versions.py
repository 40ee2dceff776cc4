"""Versions of a procedure while dossiers run: which drafts are behind, and what changed for the applicant.

Part of the door `queries`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import Change, ProcedureView, changes
from motcua.dossiers.deadlines import declared_view_of, view_of
from motcua.dossiers.errors import MoveNotAllowed, VersionStays
from motcua.dossiers.models import Dossier, VersionMove
from motcua.dossiers.rules import State
from motcua.dossiers.words import NO_CLAUSE, NO_NEWER, state_name
from motcua.foundation.errors import Refusal

# Received and not resolved: the clock of these may still follow another version.
UNDER_WAY = frozenset(
    {
        State.RECEIVED,
        State.IN_PROCESS,
        State.SUPPLEMENT,
        State.AWAITING_PAYMENT,
    }
)


def changes_for_applicant(dossier: Dossier) -> tuple[Change, ...]:
    """What is otherwise in this draft's form since its writer last knew it; () once she has seen it. One query."""
    first = VersionMove.objects.filter(dossier=dossier, seen_at=None).order_by("pk").first()
    if first is None or dossier.business_state != State.DRAFT:
        return ()
    return changes(catalogue.view_of(first.former_id), declared_view_of(dossier))


def newer_version(dossier: Dossier, at: datetime) -> ProcedureView | None:
    """The version in force at `at` where it is another one than binds this dossier; None else, and where the procedure
    is no longer in force."""
    try:
        in_force = catalogue.view_for(declared_view_of(dossier).slug, at)
    except Refusal:
        return None
    return in_force if in_force.version_id != view_of(dossier).version_id else None


def may_go_over(dossier: Dossier, at: datetime) -> bool:
    """Whether an officer could bring this dossier over to another version at `at`. No query."""
    if dossier.business_state not in UNDER_WAY:
        return False
    found = newer_version(dossier, at)
    return found is not None and found.may_take_over


def changes_to_newer(dossier: Dossier, at: datetime) -> tuple[Change, ...]:
    """What would be otherwise for the applicant under the version in force at `at`; () where there is no newer one."""
    found = newer_version(dossier, at)
    return changes(view_of(dossier), found) if found is not None else ()


def demand_newer(dossier: Dossier, at: datetime) -> ProcedureView:
    """The version that an officer may bring this received dossier over to. Raises MoveNotAllowed, VersionStays."""
    if dossier.business_state not in UNDER_WAY:
        raise MoveNotAllowed(state=state_name(dossier.business_state))
    found = newer_version(dossier, at)
    if found is None:
        raise VersionStays(why=NO_NEWER)
    if not found.may_take_over:
        raise VersionStays(why=NO_CLAUSE)
    return found


def fitting(
    answers: dict[str, Any], old: ProcedureView, new: ProcedureView
) -> tuple[dict[str, Any], list[str]]:
    """(the answers that the new form can hold, the names of those it cannot): a question whose kind changed is asked
    again. Answers to questions that went away stay until the submission drops them, should the question come back.
    """
    known, asked = old.declaration, new.declaration
    lost = []
    for name in answers:
        before, after = known.field(name), asked.field(name)
        if before is None or after is None:
            continue
        if (before.type, _columns(before)) != (after.type, _columns(after)):
            lost.append(name)
    return {name: value for name, value in answers.items() if name not in lost}, sorted(lost)


def _columns(field: Any) -> tuple:
    return tuple((column.id, column.type) for column in field.columns)
