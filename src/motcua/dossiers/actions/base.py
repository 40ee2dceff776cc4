"""What all moves share: find and lock, check permission, move, rewrite the rights, journal, announce."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language

from motcua.dossiers import joined, queries, rules
from motcua.dossiers.actions.steps import plan_anew
from motcua.dossiers.errors import (
    ChangedMeanwhile,
    ClockRefuses,
    DossierNotFound,
    MoveNotAllowed,
    NotYours,
    OwnDossier,
    TimeGoesBack,
)
from motcua.dossiers.events import DossierMoved, DueDateMoved
from motcua.dossiers.models import ClockEvent, Dossier, DossierGrant, Letter
from motcua.dossiers.words import state_name
from motcua.foundation import policy
from motcua.foundation.acts import Act
from motcua.foundation.events import publish
from motcua.foundation.journal import record
from motcua.foundation.models import JournalLine
from motcua.foundation.rows import the_one
from motcua.kernel import clock

SKEW = timedelta(seconds=2)  # how far the clocks of two machines of one installation may differ


def lock(act: Act, public_id: str, verb: str, *, revision: int | None = None) -> Dossier:
    """The dossier under lock, if the actor may see it and may do `verb`, and it is still at `revision`.

    Raises DossierNotFound, NotYours (OwnDossier where only that stands in the way), ChangedMeanwhile, MoveNotAllowed,
    in this order: who may not see learns nothing; then TimeGoesBack when the act would lie before what the dossier
    has lived through.
    """
    dossier = the_one(Dossier.objects.select_for_update().filter(public_id=public_id))
    if dossier is None or not _sees(act, dossier):
        raise DossierNotFound()
    if not queries.may(act.actor, dossier, verb):
        raise OwnDossier() if queries.by_office(act.actor, dossier, verb) else NotYours()
    if revision is not None and revision != dossier.revision:
        raise ChangedMeanwhile()
    if rules.is_move(verb) and verb not in rules.verbs_from(rules.State(dossier.business_state)):
        raise MoveNotAllowed(state=state_name(dossier.business_state))
    if act.at < _last_moment(dossier) - SKEW:
        raise TimeGoesBack()
    return dossier


def _last_moment(dossier: Dossier) -> datetime:
    moments = (dossier.submitted_at, dossier.received_at, dossier.transferred_at, dossier.resolved_at)
    return max((moment for moment in moments if moment), default=dossier.started_at)


def _sees(act: Act, dossier: Dossier) -> bool:
    if act.actor.kind == "system":
        return True
    standing = queries.standing_of(dossier, helper=queries.helper_of(dossier))
    return any(right.holder in act.actor.holders for right in rules.rights(standing))


def move(
    act: Act,
    dossier: Dossier,
    verb: str,
    *,
    facts: dict | None = None,
    personal: dict[str, str] | None = None,
    rights: bool = True,
    **changes: Any,
) -> JournalLine:
    """Make the move `verb` with the given column changes; writes state, rights, journal line and announcement.

    Raises MoveNotAllowed when the table has no such move from here. `rights=False` where neither holders nor sort
    order can change (a note, a step within the same office).
    """
    before = rules.State(dossier.business_state)
    after = rules.next_state(before, verb)
    if after is None:
        raise MoveNotAllowed(state=state_name(before))
    changes["business_state"] = after
    save(act, dossier, **changes)
    if rights:
        write_rights(dossier)
    line = record(
        act,
        f"dossier.{verb}",
        dossier.subject,
        facts={"before": before, "after": after, **(facts or {})},
        personal=personal,
    )
    publish(
        act,
        DossierMoved(
            dossier=dossier.public_id,
            verb=verb,
            before=before,
            after=after,
            procedure=str(dossier.procedure_id),
            received_by=dossier.received_by_id,
            competent_agency=dossier.competent_agency_id,
            channel=dossier.channel,
        ),
        line,
    )
    joined.moved(act, dossier, verb)
    return line


def save(act: Act, dossier: Dossier, **changes: Any) -> None:
    """Write columns and count the revision, which tells two officers at one dossier apart."""
    for name, value in changes.items():
        setattr(dossier, name, value)
    dossier.revision += 1
    dossier.save(update_fields=[*changes, "revision", *_CLOCK_COLUMNS])


_CLOCK_COLUMNS = (
    "clock_state",
    "due_at",
    "due_on",
    "first_due_on",
    "first_due_at",
    "apology_by",
    "save_by",
    "due_provisional",
)


def write_rights(*dossiers: Dossier) -> None:
    """Make the stored grant rows of these dossiers equal what the rule calls for."""
    wanted = {
        row.pk: rules.rights(queries.standing_of(row, helper=queries.helper_of(row))) for row in dossiers
    }
    policy.write_grants(DossierGrant, "dossier", wanted)


def run_clock(
    dossier: Dossier, kind: str, at: datetime, *, reason: str = "", until: date | None = None
) -> clock.Deadline:
    """Add a clock event and project the due date derived from all events onto the dossier (saved by the move).

    The step that runs gets its moment anew. Raises TimeGoesBack, ClockRefuses.
    """
    earlier = [] if kind == "start" else queries.clock_events(dossier)
    event = ClockEvent(dossier=dossier, kind=kind, at=at, reason=reason, until=until)
    events = queries.kernel_events([*earlier, event])
    try:
        deadline = queries.derive(dossier, events)
    except clock.ClockProblem as problem:
        if problem.code == "clock.out_of_order":
            raise TimeGoesBack() from problem
        raise ClockRefuses(reason=problem.say(get_language() or "vi")) from problem
    event.save(force_insert=True)
    project(dossier, deadline)
    if kind != "stop":
        plan_anew(dossier, events)
    return deadline


def project(dossier: Dossier, deadline: clock.Deadline) -> None:
    """Put a derived deadline into the columns that lists sort by."""
    dossier.clock_state = deadline.state
    dossier.due_at, dossier.due_on = deadline.due_at, deadline.due_on
    if dossier.first_due_on is None:
        dossier.first_due_on, dossier.first_due_at = deadline.original_due_on, deadline.original_due_at
    dossier.apology_by = queries.apology_day(dossier, deadline)
    dossier.due_provisional = deadline.provisional


def tell_due_moved(act: Act, dossier: Dossier, line: JournalLine, *, before: date | None, cause: str) -> None:
    """Announce that the due date was moved by something that is no move of the dossier (`cause`: calendar, version)."""
    publish(
        act,
        DueDateMoved(
            dossier=dossier.public_id,
            cause=cause,
            before=before.isoformat() if before else "",
            after=dossier.due_on.isoformat() if dossier.due_on else "",
        ),
        line,
    )


def issue_letter(act: Act, dossier: Dossier, kind: str, content: dict, *, number: str = "") -> Letter:
    """A letter of one of the kinds of TT 03/2025 as data; pages print it. `content` holds its variable parts."""
    return Letter.objects.create(
        dossier=dossier,
        kind=kind,
        at=act.at,
        by=act.actor.key,
        content=content,
        number=number or dossier.code or "",
    )


def done(dossier: Dossier, **more: Any) -> dict:
    """What every action answers: ids, code, state, due date."""
    return {
        "dossier": dossier.public_id,
        "reference": dossier.reference,
        "code": dossier.code,
        "state": str(dossier.business_state),
        "due_on": dossier.due_on.isoformat() if dossier.due_on else None,
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "finance": str(dossier.finance_state),
        "revision": dossier.revision,
        **more,
    }
