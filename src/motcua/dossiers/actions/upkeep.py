"""What the platform itself does to dossiers when something below them changes: a position ends, two records prove to be
one person, a holiday table is corrected. Each is an act of its own with its journal line; nobody else may do them.
"""

from __future__ import annotations

from motcua.agencies import queries as agencies
from motcua.dossiers import joined, queries, rules
from motcua.dossiers.actions.base import done, project, save, tell_due_moved, write_rights
from motcua.dossiers.actions.steps import plan_anew
from motcua.dossiers.errors import DossierNotFound, NotYours
from motcua.dossiers.models import Assistance, Dossier
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record


def system_row(act: Act, dossier: str) -> Dossier:
    """The dossier under lock, for the platform itself. Raises NotYours for anybody else, DossierNotFound."""
    if act.actor.kind != "system":
        raise NotYours()
    row = Dossier.objects.select_for_update().filter(public_id=dossier).first()
    if row is None:
        raise DossierNotFound()
    return row


@action("dossiers.release")
def release(act: Act, *, dossier: str) -> dict:
    """Whoever had it on her desk processes in that unit no more: it lies in the unit's pool again.

    Answers {…, released: False} when she still does (or another has it already).
    """
    row = system_row(act, dossier)
    account = row.assigned_to_id
    if account is None or row.closed_at is not None or _processes(account, row, act):
        return done(row, released=False)
    save(act, row, assigned_to_id=None)
    write_rights(row)
    record(act, "dossier.released", row.subject, facts={"account": account})
    return done(row, released=True)


def _processes(account: int, row: Dossier, act: Act) -> bool:
    _roles, holders, _party = agencies.held_by(account, act.at)
    return f"office:{row.competent_agency_id}:process" in holders


@action("dossiers.end_help")
def end_help(act: Act, *, dossier: str) -> dict:
    """The helper of a draft helps at no office any more: her access ends, nobody else sees the draft."""
    row = system_row(act, dossier)
    help_given = Assistance.objects.select_for_update().filter(dossier=row, ended_at=None).first()
    if help_given is None or row.business_state != rules.State.DRAFT:
        return done(row, ended=False)
    roles, _holders, _party = agencies.held_by(help_given.helper_id, act.at)
    if any(role in rules.HELPING_ROLES for role, _agency in roles):
        return done(row, ended=False)
    help_given.ended_at = act.at
    help_given.save(update_fields=["ended_at"])
    save(act, row)
    write_rights(row)
    record(act, "dossier.help_ended", row.subject, facts={"helper": help_given.helper_id})
    return done(row, ended=True)


@action("dossiers.follow_person")
def follow_person(act: Act, *, dossier: str, former: int, party: int) -> dict:
    """Two records proved to be one person: her dossier belongs to the record that stays."""
    row = system_row(act, dossier)
    if row.applicant_id != former:
        return done(row, followed=False)
    save(act, row, applicant_id=party)
    write_rights(row)
    record(act, "dossier.person_merged", row.subject, facts={"from": former, "party": party})
    return done(row, followed=True)


@action("dossiers.recount")
def recount(act: Act, *, dossier: str) -> dict:
    """A corrected calendar is replayed over an open dossier: its due date is derived again from the same rows.

    Applicant and officer are told when the due moment moves. Answers {…, before, after: ISO days or None, changed}.
    What has ended keeps the calendar of its end.
    """
    row = system_row(act, dossier)
    if row.received_at is None or row.resolved_at is not None or row.closed_at is not None:
        return done(row, changed=False)
    before = _projected(row)
    events = queries.kernel_events(queries.clock_events(row))
    project(row, queries.derive(row, events))
    joined.moved(act, row, "recount")  # what others do for it runs by calendars of their own
    row.save_by, _done_by = queries.step_window(row, row.step, events)
    if before == _projected(row):
        return done(row, changed=False)
    plan_anew(row, events)
    save(act, row)
    write_rights(row)
    facts = {"before": before[0], "after": row.due_on, "provisional": row.due_provisional}
    line = record(act, "dossier.recounted", row.subject, facts=facts)
    if before[1] != row.due_at:
        tell_due_moved(act, row, line, before=before[0], cause="calendar")
    return done(
        row, changed=True, before=before[0].isoformat() if before[0] else None, after=done(row)["due_on"]
    )


def _projected(row: Dossier) -> tuple:
    return row.due_on, row.due_at, row.due_provisional, row.apology_by, row.save_by
