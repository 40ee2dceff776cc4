"""What the law makes of a dossier's time: its due date and derivation, its steps, and the limits inside the limit.

Part of the door `queries`. The version in force at reception decides (before it: the one declared on).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView, Step
from motcua.dossiers import lateness, planning
from motcua.dossiers.models import ClockEvent, Dossier
from motcua.dossiers.words import UNVERIFIED
from motcua.foundation.time import local_date
from motcua.kernel import clock


def view_of(dossier: Dossier) -> ProcedureView:
    """The procedure as it binds this dossier: the version of its reception, before that the one declared on."""
    return catalogue.view_of(dossier.version_id or dossier.declared_version_id)


def declared_view_of(dossier: Dossier) -> ProcedureView:
    """The procedure version whose form was filled in."""
    return catalogue.view_of(dossier.declared_version_id)


def rules_of(dossier: Dossier) -> clock.ClockRules:
    """How the clock treats this dossier, by the law of the day of its reception."""
    return view_of(dossier).clock_rules(dossier.received_at or dossier.started_at)


# The due date ------------------------------------------------------------------------------------------------


def clock_events(dossier: Dossier) -> list[ClockEvent]:
    """Its clock rows, in the order in which they were written."""
    return list(ClockEvent.objects.filter(dossier=dossier).order_by("pk"))


def kernel_events(rows: Iterable[ClockEvent]) -> list[clock.Event]:
    """Clock rows as the engine reads them, in their order."""
    return [clock.Event(clock.Kind(row.kind), row.at, row.reason, row.until) for row in rows]


def clock_of(dossier: Dossier) -> clock.Deadline:
    """The due date derived anew from the clock events, with its derivation."""
    return derive(dossier, kernel_events(clock_events(dossier)))


def derive(dossier: Dossier, events: Sequence[clock.Event]) -> clock.Deadline:
    """What `events` make of the due date, by the limit, the rules and the calendar that bind this dossier.

    An open dossier follows the calendar of today; what has ended keeps the one of its end, so that a holiday table
    corrected later makes nobody late after the fact.
    """
    ended_at = dossier.resolved_at or dossier.closed_at
    calendar = calendar_for(dossier, ended_at)
    return clock.derive(view_of(dossier).limit, events, calendar, rules_of(dossier))


def calendar_for(dossier: Dossier, at: datetime | None = None) -> clock.Calendar:
    """The calendar its limit runs by, as it stands at `at` (None: now): that of the agency competent for it, or of the
    one that promised the date before a reorganisation, for a reorganisation changes no due date."""
    return agencies.calendar_of(
        dossier.limit_by_id or dossier.competent_agency_id or dossier.received_by_id, at
    )


def time_left(dossier: Dossier, at: datetime) -> clock.TimeLeft:
    """How a dossier stands at `at`, from its columns: for lists, without a query."""
    if dossier.clock_state != "running" or dossier.due_at is None:
        return clock.TimeLeft(0, "paused" if dossier.clock_state == "paused" else "none")
    deadline = clock.Deadline(
        dossier.due_on, dossier.due_at, None, None, dossier.due_provisional, "running", 0, ()
    )
    return clock.time_left(deadline, at, calendar_for(dossier))


def apology_day(dossier: Dossier, deadline: clock.Deadline) -> date | None:
    """The last day on which an apology for this dossier may leave, None where none is possible. No query."""
    view, day = view_of(dossier), dossier.received_at or dossier.started_at
    calendar = calendar_for(dossier)
    notice = view.setting("apology-notice", day, 1)
    return lateness.apology_by(deadline, rules_of(dossier).extensions_max, notice, calendar)


def chance_of(dossier: Dossier, at: datetime) -> lateness.Chance:
    """What can still be saved of an open dossier at `at`, from its columns: for lists, without a query."""
    due_at = dossier.due_at if dossier.clock_state == "running" else None
    calendar = calendar_for(dossier)
    return lateness.chance(due_at, dossier.save_by, at, calendar)


def law_of(dossier: Dossier, setting: str, known: str) -> str:
    """The ground of a dated value as a refusal names it: the text that `known` cites, and the one in force now where
    the pack names another, marked where the pack is not sure of it."""
    view, on = view_of(dossier), dossier.received_at or dossier.started_at
    source = view.source_of(setting, on)
    if not source or source in known:
        return known
    return f"{known}; {source} ({UNVERIFIED})" if view.is_doubtful(setting, on) else f"{known}; {source}"


# Limits inside the limit ----------------------------------------------------------------------------------------


def transfer_due_at(dossier: Dossier) -> datetime | None:
    """By when a received dossier goes to the unit: the same day, received after 15:00 the next working morning
    (NĐ 61/2018 art. 18); None when it was not received or has gone already. No query."""
    if dossier.received_at is None or dossier.business_state != "received":
        return None
    calendar = agencies.calendar_of(dossier.received_by_id)
    return clock.transfer_due(dossier.received_at, calendar, rules_of(dossier))


def ask_by(dossier: Dossier) -> datetime | None:
    """Until when the unit may send it back for a supplement: 3 working days from reception, unless the law of its
    sector says otherwise (NĐ 61/2018 art. 19(4)); None before reception. No query."""
    if dossier.received_at is None:
        return None
    calendar = calendar_for(dossier)
    return clock.ask_supplement_by(dossier.received_at, calendar, rules_of(dossier))


def answer_by(dossier: Dossier, asked_at: datetime) -> date | None:
    """The last day for answering a request made at `asked_at`, in working days; None where the procedure's law names
    none. After it the agency may stop the dossier."""
    days = rules_of(dossier).supplement_wait_days
    if days is None:
        return None
    calendar = calendar_for(dossier)
    return calendar.add_open_days(local_date(asked_at), days)


# Steps ------------------------------------------------------------------------------------------------------------


def process_steps(dossier: Dossier) -> tuple[Step, ...]:
    """The steps between transfer and return, as the procedure that binds this dossier lists them."""
    return unit_steps(view_of(dossier))


def unit_steps(view: ProcedureView) -> tuple[Step, ...]:
    """The steps between transfer and return: processing, other agencies, signing. What a procedure lists after its
    last signature (making a decision known) belongs to the return; what another agency of an interlinked procedure
    does is that agency's own work, on its own clock."""
    others = view.bundle.steps if view.bundle else frozenset()
    at_work = ("processing", "external", "signing")
    steps = [step for step in view.desk_steps if step.stage in at_work and step.key not in others]
    signed = max(
        (place for place, step in enumerate(steps) if step.stage == "signing"), default=len(steps) - 1
    )
    return tuple(steps[: signed + 1])


def step_window(
    dossier: Dossier, number: int, events: Sequence[clock.Event]
) -> tuple[datetime | None, datetime | None]:
    """(by when step `number` has to begin, by when it should be done), each aware; None without a due date.

    Both follow the step's share of the limit and never lie past the due moment. A procedure with fewer steps owes only
    the result.
    """
    view, steps = view_of(dossier), process_steps(dossier)
    if dossier.due_at is None or number >= len(steps):
        return dossier.due_at, dossier.due_at
    calendar = calendar_for(dossier)
    place = view.desk_steps.index(steps[number])
    return planning.step_window(view.shares, place, events, dossier.due_at, calendar)


def drafting_step(steps: Sequence[Step]) -> int:
    """The place of the step in which the result is drafted: the last one that every dossier goes through before the
    final signature, or the last one of a procedure that lists no signature; 0 where it lists no steps at all."""
    place = len(steps) - 1
    while place > 0 and (steps[place].stage == "signing" or steps[place].optional):
        place -= 1
    return max(place, 0)


def has_more_steps(dossier: Dossier) -> bool:
    """Whether another step of every dossier comes before the result is drafted: then `advance` goes on to it, else
    `draft_result`."""
    return dossier.step < drafting_step(process_steps(dossier))


def next_place(steps: Sequence[Step], place: int, chosen: str = "") -> int | None:
    """Where a dossier at `place` goes on to: the next step that every dossier goes through before the draft, or the
    optional one whose key is `chosen`; None where there is no such step."""
    if chosen:
        return next((at for at in optional_places(steps, place) if steps[at].key == chosen), None)
    ahead = range(place + 1, drafting_step(steps) + 1)
    return next((at for at in ahead if not steps[at].optional), None)


def optional_places(steps: Sequence[Step], place: int) -> list[int]:
    """The optional steps that may come next: those before the next one that every dossier goes through."""
    found = []
    for at in range(place + 1, len(steps)):
        if not steps[at].optional:
            break
        found.append(at)
    return found


def optional_steps(dossier: Dossier) -> list[Step]:
    """The optional steps that this dossier may go to now."""
    steps = process_steps(dossier)
    return [steps[at] for at in optional_places(steps, dossier.step)]


def steps_before_signing(public_id: str) -> int:
    """How often `advance` is still possible before the result can be drafted, optional steps left out."""
    dossier = Dossier.objects.defer("answers", "answers_sealed").get(public_id=public_id)
    return _to_go(process_steps(dossier), dossier.step)


def steps_to_work_through(public_id: str) -> int:
    """How often a dossier is advanced from its first step until its result is drafted, wherever it stands now;
    optional steps left out."""
    dossier = Dossier.objects.defer("answers", "answers_sealed").get(public_id=public_id)
    return _to_go(process_steps(dossier), 0)


def _to_go(steps: Sequence[Step], place: int) -> int:
    return sum(not steps[at].optional for at in range(place + 1, drafting_step(steps) + 1))
