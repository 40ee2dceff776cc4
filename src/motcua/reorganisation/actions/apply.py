"""Applying: new positions first, then the dossiers in chunks, then the old positions end.

Each chunk is one transaction that also moves the mark where the next one goes on; a machine that stops between two
loses nothing, and starting again continues. People work meanwhile: every chunk decides anew, under lock, from what it
finds.
"""

from __future__ import annotations

import secrets
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
from motcua.reorganisation.actions.base import (
    CHUNK,
    POSITIONS,
    Clock,
    demand_platform,
    locked,
    repeat,
    subject,
)
from motcua.reorganisation.models import Moved, PositionMoved, Run
from motcua.reorganisation.queries import Outcome, Planner
from motcua.reorganisation.rules import Goes

PURPOSE = "reorganisation"


def apply(
    actor: Actor, key: str, clock: Clock, *, partly: bool = False, chunk: int = CHUNK, tell: Any = None
) -> dict:
    """Apply a reorganisation from where it stands to its end; call it again after an interruption.

    `clock` gives the legal time of each transaction; `tell(done so far)` is called after each chunk of dossiers. What
    has to look at everything does so outside the transactions, so that nobody waits for it. Answers {run, moved,
    undecided, positions, closed}. Raises TooEarly, Undecided (unless `partly`), NoSuchReorganisation, BeingUndone.
    """

    def act(name: str) -> Act:
        return new_act(actor, at=clock(), purpose=PURPOSE, act_id=f"{PURPOSE}/{name}", channel="command")

    if queries.run_of(key) is None and not partly:
        _demand_decided(Planner(key, clock()))
    begun = begin(act(f"begin/{key}/{secrets.token_urlsafe(9)}"), key=key, partly=partly)
    run, turn = begun["run"], begun["turn"]
    repeat(lambda n: grant_chunk(act(f"{run}/{turn}/grant/{n}"), run=run))
    while True:
        mark = Run.objects.get(public_id=run)
        done = apply_chunk(act(f"{run}/{mark.turn}/{mark.after}"), run=run, chunk=chunk)
        if tell is not None:
            tell(done)
        if done["done"]:
            break
    planner = Planner(key, clock())
    undecided = [found.former.id for found in queries.outcomes(planner)]
    waiting = sorted({*undecided, *(plan.office.id for plan in planner.positions() if not plan.to)})
    announce(act(f"{run}/{done['turn']}/announce"), run=run, waiting=waiting)
    repeat(lambda n: end_chunk(act(f"{run}/{done['turn']}/end/{n}"), run=run, waiting=waiting))
    return finish(act(f"{run}/{done['turn']}/finish"), run=run, waiting=waiting, undecided=len(undecided))


def _demand_decided(planner: Planner) -> None:
    if local_date(planner.at) < planner.law.on:
        raise errors.TooEarly(on=f"{planner.law.on:%d/%m/%Y}")
    open_dossiers = sum(not isinstance(found.answer, Goes) for found in queries.outcomes(planner))
    open_positions = sum(not plan.to for plan in planner.positions())
    if open_dossiers or open_positions:
        raise errors.Undecided(dossiers=open_dossiers, positions=open_positions, key=planner.law.key)


@action("reorganisation.begin")
def begin(act: Act, *, key: str, partly: bool = False) -> dict:
    """Start a run, or go on with one that was interrupted. Answers {run, turn}.

    Raises NotYours, NoSuchReorganisation, TooEarly, BeingUndone.
    """
    demand_platform(act)
    law, version = queries.law_of(key, act.at)
    if local_date(act.at) < law.on:
        raise errors.TooEarly(on=f"{law.on:%d/%m/%Y}")
    run = Run.objects.select_for_update().filter(reorganisation=key).exclude(state=Run.State.UNDONE).first()
    if run is not None and run.state == Run.State.UNDOING:
        raise errors.BeingUndone(key=key)
    if run is None:
        run = Run.objects.create(reorganisation=key, version_id=version, partly=partly, begun_at=act.at)
        facts = {"run": run.public_id, "version": version, "on": law.on, "partly": partly}
        record(act, "reorganisation.begun", subject(key), facts=facts)
    else:
        run.state, run.partly = Run.State.APPLYING, partly or run.partly
        run.turn, run.after, run.moved_in_turn = run.turn + 1, 0, 0
        run.save(update_fields=["state", "partly", "turn", "after", "moved_in_turn"])
    return {"run": run.public_id, "turn": run.turn}


@action("reorganisation.grant_chunk")
def grant_chunk(act: Act, *, run: str) -> dict:
    """The next holders of positions that end get theirs at the successors, where that is decided.

    The same role at each agency where somebody goes on. Answers {granted, done}. Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _applying(run)
    planner = Planner(state.reorganisation, act.at)
    known = set(PositionMoved.objects.filter(run=state).values_list("ended", flat=True))
    wanted = [plan for plan in planner.positions() if plan.to and plan.held.public_id not in known]
    for plan in wanted[:POSITIONS]:
        for code in plan.to:
            office = agencies.by_code(code)
            if office is not None:
                made = agency_actions.succeed.inside(
                    act, position=plan.held.public_id, agency=office.public_id
                )
                granted = made["position"] or ""
                PositionMoved.objects.get_or_create(run=state, ended=plan.held.public_id, granted=granted)
    return {"granted": len(wanted[:POSITIONS]), "done": len(wanted) <= POSITIONS}


def _applying(run: str) -> Run:
    state = locked(run)
    if state.state != Run.State.APPLYING:
        raise errors.NotApplying()
    return state


@action("reorganisation.apply_chunk")
def apply_chunk(act: Act, *, run: str, chunk: int = CHUNK) -> dict:
    """Pass the next dossiers on. Answers {moved, undecided, turn, done: nothing is left that can move}.

    A turn goes through all dossiers by id; as long as one moved something there is another, for what people received or
    forwarded meanwhile behind the mark. Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _applying(run)
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


@action("reorganisation.announce")
def announce(act: Act, *, run: str, waiting: list[int]) -> dict:
    """Tell who goes on with the work of each agency that ends, before its people leave: other rooms keep work there
    that this one does not know. Those `waiting` for a decision are told of later. Answers {told}.

    Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _applying(run)
    planner = Planner(state.reorganisation, act.at)
    told = 0
    for office in planner.ended.values():
        heirs = [heir.id for heir in planner.successors(office)]
        if office.id not in waiting and heirs:
            agency_actions.pass_on_work.inside(act, agency=office.id, to=heirs, cause=state.reorganisation)
            told += 1
    return {"told": told}


@action("reorganisation.end_chunk")
def end_chunk(act: Act, *, run: str, waiting: list[int]) -> dict:
    """The next positions end, but those at agencies (ids) that are `waiting` for a decision. Answers {ended, done}.

    Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _applying(run)
    planner = Planner(state.reorganisation, act.at)
    plans = [plan for plan in planner.positions() if plan.office.id not in waiting]
    for plan in plans[:POSITIONS]:
        public_id = plan.held.public_id
        if not PositionMoved.objects.filter(run=state, ended=public_id).update(closed=True):
            PositionMoved.objects.create(run=state, ended=public_id, closed=True)
        agency_actions.end_position.inside(act, position=public_id)
    return {"ended": len(plans[:POSITIONS]), "done": len(plans) <= POSITIONS}


@action("reorganisation.finish")
def finish(act: Act, *, run: str, waiting: list[int], undecided: int) -> dict:
    """Numbering follows; nothing left to decide closes the run. Agencies (ids) that are `waiting` for a decision keep
    what they have until it is made.

    Answers {run, moved, undecided, positions: ended, closed: whether all is done}. Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _applying(run)
    planner = Planner(state.reorganisation, act.at)
    closing = [office for id_, office in planner.ended.items() if id_ not in waiting]
    pairs = [(o.id, s.id) for o in closing for s in planner.successors(o)]
    numbers = dossier_actions.pass_on_numbering(act, pairs)
    closed = not waiting
    if closed:
        state.state, state.ended_at = Run.State.APPLIED, act.at
        state.save(update_fields=["state", "ended_at"])
    ended = PositionMoved.objects.filter(run=state, closed=True).values("ended").distinct().count()
    answer = {"run": run, "moved": state.moved, "undecided": undecided, "positions": ended, "closed": closed}
    record(act, "reorganisation.applied", subject(state.reorganisation), facts={**answer, **numbers})
    return answer
