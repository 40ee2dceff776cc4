"""Applying: new positions first, then the dossiers in chunks, then the old positions end.

Each chunk is one transaction that also moves the mark where the next one goes on; a machine that stops between two
loses nothing, and starting again continues. People work meanwhile: every chunk decides anew, under lock, from what it
finds.
"""

from __future__ import annotations

from typing import Any

from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act, action, new_act
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.reorganisation import errors, queries
from motcua.reorganisation.actions.base import CHUNK, Clock, demand_platform, locked, subject
from motcua.reorganisation.models import Moved, PositionMoved, Run
from motcua.reorganisation.queries import Outcome, Planner
from motcua.reorganisation.rules import Goes

PURPOSE = "reorganisation"


def apply(
    actor: Actor, key: str, clock: Clock, *, partly: bool = False, chunk: int = CHUNK, tell: Any = None
) -> dict:
    """Apply a reorganisation from where it stands to its end; call it again after an interruption.

    `clock` gives the legal time of each transaction; `tell(done so far)` is called after each chunk. Answers
    {run, moved, undecided, positions, closed}. Raises TooEarly, Undecided (unless `partly`), NoSuchReorganisation.
    """

    def act(name: str) -> Act:
        return new_act(actor, at=clock(), purpose=PURPOSE, act_id=f"{PURPOSE}/{name}", channel="command")

    state = queries.run_of(key)
    mark = f"{state.public_id}/{state.turn}/{state.after}" if state else "new"
    run = begin(act(f"begin/{key}/{mark}/{clock().timestamp()}"), key=key, partly=partly)["run"]
    while True:
        at = Run.objects.get(public_id=run)
        name = f"{run}/{at.turn}/{at.after}"
        done = apply_chunk(act(name), run=run, chunk=chunk)
        if tell is not None:
            tell(done)
        if done["done"]:
            break
    return finish(act(f"{run}/finish/{done['turn']}"), run=run)


@action("reorganisation.begin")
def begin(act: Act, *, key: str, partly: bool = False) -> dict:
    """Start a run, or go on with one that was interrupted; the successors' positions are granted here.

    Raises NotYours, NoSuchReorganisation, TooEarly, Undecided, BeingUndone.
    """
    demand_platform(act)
    planner = Planner(key, act.at)
    if local_date(act.at) < planner.law.on:
        raise errors.TooEarly(on=f"{planner.law.on:%d/%m/%Y}")
    run = Run.objects.select_for_update().filter(reorganisation=key).exclude(state=Run.State.UNDONE).first()
    if run is not None and run.state == Run.State.UNDOING:
        raise errors.BeingUndone(key=key)
    plans = planner.positions()
    if run is None:
        if not partly:
            _demand_decided(planner, plans)
        run = Run.objects.create(
            reorganisation=key, version_id=planner.version, partly=partly, begun_at=act.at
        )
        facts = {"run": run.public_id, "version": planner.version, "on": planner.law.on, "partly": partly}
        record(act, "reorganisation.begun", subject(key), facts=facts)
    else:
        run.state, run.partly = Run.State.APPLYING, partly or run.partly
        run.turn, run.after, run.moved_in_turn = run.turn + 1, 0, 0
        run.save(update_fields=["state", "partly", "turn", "after", "moved_in_turn"])
    granted = sum(_grant(act, run, plan) for plan in plans)
    return {"run": run.public_id, "granted": granted}


def _demand_decided(planner: Planner, plans: list[queries.PositionPlan]) -> None:
    open_dossiers = sum(not isinstance(found.answer, Goes) for found in queries.outcomes(planner))
    open_positions = sum(not plan.to for plan in plans)
    if open_dossiers or open_positions:
        raise errors.Undecided(dossiers=open_dossiers, positions=open_positions, key=planner.law.key)


def _grant(act: Act, run: Run, plan: queries.PositionPlan) -> int:
    """The same role at each agency where the holder goes on; again after an interruption changes nothing."""
    known = {row.granted for row in PositionMoved.objects.filter(run=run, ended=plan.held.public_id)}
    if known:
        return 0
    for code in plan.to:
        office = agencies.by_code(code)
        if office is None:
            continue
        made = agency_actions.succeed.inside(act, position=plan.held.public_id, agency=office.public_id)
        granted = made["position"] or ""
        PositionMoved.objects.get_or_create(run=run, ended=plan.held.public_id, granted=granted)
    return len(plan.to)


@action("reorganisation.apply_chunk")
def apply_chunk(act: Act, *, run: str, chunk: int = CHUNK) -> dict:
    """Pass the next dossiers on. Answers {moved, undecided, turn, done: nothing is left that can move}.

    A turn goes through all dossiers by id; as long as one moved something there is another, for what people received or
    forwarded meanwhile behind the mark. Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = locked(run)
    if state.state != Run.State.APPLYING:
        raise errors.NotApplying()
    planner = Planner(state.reorganisation, act.at)
    rows = dossiers.lying_with(planner.leaving, after=state.after, limit=chunk, lock=True)
    found = [outcome for row in rows if (outcome := planner.outcome(row)) is not None]
    clear = [outcome for outcome in found if isinstance(outcome.answer, Goes)]
    _pass_on(act, state, planner, clear)
    if rows:
        state.after = rows[-1].pk
        state.moved_in_turn += len(clear)
        state.moved += len(clear)
    done = not rows and state.moved_in_turn == 0
    if not rows and not done:
        state.turn, state.after, state.moved_in_turn = state.turn + 1, 0, 0
    state.save(update_fields=["after", "moved_in_turn", "moved", "turn"])
    return {"moved": len(clear), "undecided": len(found) - len(clear), "turn": state.turn, "done": done}


def _pass_on(act: Act, run: Run, planner: Planner, clear: list[Outcome]) -> None:
    if not clear:
        return
    going = {outcome.competent for outcome in clear if outcome.competent}
    staying = frozenset(
        (h.account_id, h.agency_id) for h in agencies.holders_at(going, act.at, "processor", "head")
    )
    before = [
        (
            o.dossier.competent_agency_id,
            o.dossier.desk_now_id,
            o.dossier.assigned_to_id,
            o.dossier.limit_by_id,
        )
        for o in clear
    ]
    passings = []
    for outcome in clear:
        answer = outcome.answer
        assert isinstance(answer, Goes)
        facts = {"basis": answer.basis, "doubtful": answer.doubtful, "run": run.public_id}
        passings.append(
            dossier_actions.passing_to(
                outcome.dossier,
                competent=outcome.competent,
                desk=outcome.desk,
                staying=staying,
                facts=facts,
            )
        )
    lines = dossier_actions.pass_on(act, passings, cause=planner.law.key)
    Moved.objects.bulk_create(
        [
            Moved(
                run=run, dossier=outcome.dossier, basis=outcome.answer.basis, declared=outcome.place.declared[:80],
                resolved=outcome.answer.option.area, from_agency_id=agency, from_desk_id=desk,
                assigned_id=assigned, limit_by_id=limit_by, line=line.seq,
            )
            for outcome, (agency, desk, assigned, limit_by), line in zip(clear, before, lines, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip


@action("reorganisation.finish")
def finish(act: Act, *, run: str) -> dict:
    """The old positions end, numbering follows. Agencies with undecided work keep theirs until it is decided.

    Answers {run, moved, undecided, positions: ended, closed: whether all is done}. Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = locked(run)
    if state.state != Run.State.APPLYING:
        raise errors.NotApplying()
    planner = Planner(state.reorganisation, act.at)
    undecided = [found.former.id for found in queries.outcomes(planner)]
    open_at = set(undecided) | {plan.office.id for plan in planner.positions() if not plan.to}
    ended = 0
    for plan in planner.positions():
        if plan.office.id not in open_at:
            _end(act, state, plan)
            ended += 1
    closing = [office for id_, office in planner.ended.items() if id_ not in open_at]
    pairs = [(o.id, s.id) for o in closing for s in planner.successors(o)]
    numbers = dossier_actions.pass_on_numbering(act, pairs)
    closed = not open_at
    if closed:
        state.state, state.ended_at = Run.State.APPLIED, act.at
        state.save(update_fields=["state", "ended_at"])
    answer = {
        "run": run,
        "moved": state.moved,
        "undecided": len(undecided),
        "positions": ended,
        "closed": closed,
    }
    record(act, "reorganisation.applied", subject(state.reorganisation), facts={**answer, **numbers})
    return answer


def _end(act: Act, run: Run, plan: queries.PositionPlan) -> None:
    public_id = plan.held.public_id
    if not PositionMoved.objects.filter(run=run, ended=public_id).update(closed=True):
        PositionMoved.objects.create(run=run, ended=public_id, closed=True)
    agency_actions.end_position.inside(act, position=public_id)
