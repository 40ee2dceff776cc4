"""Taking a reorganisation back: what nobody has touched since goes to where it was, the rest is told with its reason.

"Touched" is read from the journal: a line after ours in the dossier's chain. Nothing is wound back in the journal
itself; going back is a line of its own.
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
from motcua.foundation.models import JournalHead, JournalLine
from motcua.foundation.time import local
from motcua.reorganisation import errors, queries, rules
from motcua.reorganisation.actions.apply import PURPOSE
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

S = Moved.State
HELD_ALREADY = "-"  # she holds that office again, or still: nothing to grant


def undo(actor: Actor, key: str, clock: Clock, *, chunk: int = CHUNK, tell: Any = None) -> dict:
    """Take a reorganisation back to its end; call it again after an interruption.

    Answers {run, restored, kept, positions_restored, positions_kept}. Raises NothingToUndo.
    """
    state = queries.run_of(key)
    if state is None:
        raise errors.NothingToUndo(key=key)
    run = state.public_id

    def act(name: str) -> Act:
        return new_act(actor, at=clock(), purpose=PURPOSE, act_id=f"{PURPOSE}/undo/{name}", channel="command")

    begin_undo(act(f"{run}/begin/{state.turn}"), run=run)
    again = secrets.token_urlsafe(9)
    repeat(lambda n: grant_back_chunk(act(f"{run}/grant/{again}/{n}"), run=run))
    while True:
        left = Run.objects.get(public_id=run).after
        done = undo_chunk(act(f"{run}/{left}"), run=run, chunk=chunk)
        if tell is not None:
            tell(done)
        if done["done"]:
            break
    announce_back(act(f"{run}/announce"), run=run)
    repeat(lambda n: end_granted_chunk(act(f"{run}/end/{again}/{n}"), run=run))
    return finish_undo(act(f"{run}/finish"), run=run)


@action("reorganisation.begin_undo")
def begin_undo(act: Act, *, run: str) -> dict:
    """From now on the run is taken back, and cannot be applied any further. Raises NotYours."""
    demand_platform(act)
    state = locked(run)
    if state.state != Run.State.UNDOING:
        state.state, state.after = Run.State.UNDOING, 0
        state.save(update_fields=["state", "after"])
        record(act, "reorganisation.undo_begun", subject(state.reorganisation), facts={"run": run})
    return {"run": run}


@action("reorganisation.grant_back_chunk")
def grant_back_chunk(act: Act, *, run: str) -> dict:
    """The next former positions are granted anew, so that whoever gets work back may do it. Answers {granted, done}.

    Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _undoing(run)
    rows = PositionMoved.objects.filter(run=state, closed=True, state=S.MOVED, back="").order_by("pk")
    some = list(rows[:POSITIONS])
    for row in some:
        former = agencies.position(row.ended)
        office = agencies.office(former.agency_id) if former else None
        if office is not None:
            # the granted one knows until when the office was given, the ended one only when it was cut short
            known_by = row.granted or row.ended
            made = agency_actions.succeed.inside(act, position=known_by, agency=office.public_id)
            row.back = made["position"] or HELD_ALREADY
        else:
            row.back = HELD_ALREADY
        row.save(update_fields=["back"])
    return {"granted": len(some), "done": len(some) < POSITIONS}


def _undoing(run: str) -> Run:
    state = locked(run)
    if state.state != Run.State.UNDOING:
        raise errors.NotApplying()
    return state


@action("reorganisation.undo_chunk")
def undo_chunk(act: Act, *, run: str, chunk: int = CHUNK) -> dict:
    """Take the next dossiers back. Answers {restored, kept, done}. Raises NotYours, NotApplying."""
    demand_platform(act)
    state = _undoing(run)
    moved = list(Moved.objects.filter(run=state, state=S.MOVED, pk__gt=state.after).order_by("pk")[:chunk])
    rows = {row.pk: row for row in dossiers.locked([each.dossier_id for each in moved])}
    touched = _touched({each: rows[each.dossier_id].subject for each in moved})
    passings, back = [], []
    for each in moved:
        row = rows[each.dossier_id]
        if each in touched:
            each.state, each.why = S.KEPT, touched[each]
            continue
        each.state = S.RESTORED
        back.append(each)
        passings.append(
            dossier_actions.Passing(
                row, each.from_agency_id, each.from_desk_id, each.assigned_id, each.limit_by_id,
                {"run": run, "basis": "undo"},
            )
        )  # fmt: skip
    if passings:
        dossier_actions.pass_on(act, passings, cause=state.reorganisation, back=True)
    Moved.objects.bulk_update(
        [each for each in moved if each.state == S.KEPT], ["state", "why"], batch_size=200
    )
    Moved.objects.filter(pk__in=[each.pk for each in back]).update(state=S.RESTORED)
    if moved:
        state.after = moved[-1].pk
        state.save(update_fields=["after"])
    return {"restored": len(back), "kept": len(moved) - len(back), "done": not moved}


def _touched(moved: dict[Moved, str]) -> dict[Moved, str]:
    """Which of these somebody worked on since, with the verb and moment of the first line after ours."""
    counts = dict(JournalHead.objects.filter(chain__in=moved.values()).values_list("chain", "count"))
    later = {each: chain for each, chain in moved.items() if counts.get(chain, 0) > each.line}
    found = {}
    for each, chain in later.items():
        lines = JournalLine.objects.filter(chain=chain, seq__gt=each.line).exclude(verb__in=rules.FOLLOWS)
        first = lines.order_by("seq").values_list("verb", "at").first()
        if first is not None:
            found[each] = f"{first[0]} {local(first[1]):%H:%M %d/%m/%Y}"
    return found


@action("reorganisation.announce_back")
def announce_back(act: Act, *, run: str) -> dict:
    """Tell that the work of each agency is its own again, for what other rooms passed on. Answers {told}.

    Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _undoing(run)
    planner = queries.Planner(state.reorganisation, act.at)
    for id_ in planner.ended:
        agency_actions.pass_on_work.inside(act, agency=id_, to=[id_], cause=state.reorganisation, back=True)
    return {"told": len(planner.ended)}


@action("reorganisation.end_granted_chunk")
def end_granted_chunk(act: Act, *, run: str) -> dict:
    """The next of the successors' positions end, but those at agencies that keep a dossier somebody has worked on.

    Answers {ended, done}. Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _undoing(run)
    touched = Moved.objects.filter(run=state, state=S.KEPT)
    kept_at = set(touched.values_list("dossier__competent_agency", flat=True))
    kept_at |= set(touched.values_list("dossier__desk", flat=True))
    some = list(PositionMoved.objects.filter(run=state, state=S.MOVED).order_by("pk")[:POSITIONS])
    for row in some:
        held = agencies.position(row.granted) if row.granted else None
        over = held is not None and held.ends_at is not None and held.ends_at <= act.at
        if held is not None and not over and held.agency_id in kept_at:
            row.state, row.why = S.KEPT, "dossiers.kept"
        else:
            row.state = S.RESTORED
            if held is not None and not over:
                agency_actions.end_position.inside(act, position=row.granted)
        row.save(update_fields=["state", "why"])
    return {"ended": len(some), "done": len(some) < POSITIONS}


@action("reorganisation.finish_undo")
def finish_undo(act: Act, *, run: str) -> dict:
    """The run is undone. Answers {run, restored, kept, positions_restored, positions_kept}.

    Raises NotYours, NotApplying.
    """
    demand_platform(act)
    state = _undoing(run)
    state.state, state.undone_at = Run.State.UNDONE, act.at
    state.save(update_fields=["state", "undone_at"])
    told = queries.progress(state)
    answer = {
        "run": run,
        "restored": told["dossiers_restored"],
        "kept": told["dossiers_kept"],
        "positions_restored": told.get("positions_restored", 0),
        "positions_kept": told.get("positions_kept", 0),
    }
    record(act, "reorganisation.undone", subject(state.reorganisation), facts=answer)
    return answer
