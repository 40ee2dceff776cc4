"""Reads: which reorganisations there are, what one would do, what one has done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from motcua.agencies import queries as agencies
from motcua.agencies import rules as agency_rules
from motcua.agencies.rules import Office
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.packs import store as packs
from motcua.foundation.time import local_date
from motcua.reorganisation.models import Decision, Moved, PositionMoved, Run
from motcua.reorganisation.planning import KIND, Outcome, Planner, PositionPlan, is_at_the_door, law_of
from motcua.reorganisation.rules import Ambiguous, Law

__all__ = [
    "Outcome", "Planner", "PositionPlan", "Standing", "administers", "ambiguous_page", "ambiguous_row",
    "decisions_of", "is_at_the_door", "kept", "law_of", "lying_by_agency", "outcomes", "position_row",
    "preview", "progress", "reorganisations", "run_of", "stragglers", "unheld",
]  # fmt: skip

STEP = 1000  # dossiers read at a time


@dataclass(frozen=True)
class Standing:
    """A reorganisation and how far it got: planned, applying, applied, undoing."""

    law: Law
    state: str
    run: Run | None


def reorganisations(at: datetime) -> list[Standing]:
    """Every published reorganisation, newest first."""
    runs = {run.reorganisation: run for run in Run.objects.exclude(state=Run.State.UNDONE)}
    found = []
    for version in packs.current_all(KIND, at):
        law, run = Law.from_document(version.body), runs.get(version.key)
        found.append(Standing(law, run.state if run else "planned", run))
    return sorted(found, key=lambda standing: (standing.law.on, standing.law.key), reverse=True)


def run_of(key: str) -> Run | None:
    """The run of a reorganisation that was not undone, or None."""
    return Run.objects.filter(reorganisation=key).exclude(state=Run.State.UNDONE).first()


def outcomes(planner: Planner) -> Iterator[Outcome]:
    """What would become of every dossier at hand, in the order of their ids; memory stays bounded."""
    after = 0
    while rows := dossiers.lying_with(planner.leaving, after=after, limit=STEP):
        for row in rows:
            if (found := planner.outcome(row)) is not None:
                yield found
        after = rows[-1].pk


def ambiguous_page(planner: Planner, *, after: int = 0, limit: int = 25) -> tuple[list[Outcome], int | None]:
    """The next ambiguous dossiers after the id `after`, and where to go on (None: that was the end).

    Looks at most at a few thousand dossiers a page, so a page may be short, or empty, and still have a next one.
    """
    found: list[Outcome] = []
    for _step in range(3):
        rows = dossiers.lying_with(planner.leaving, after=after, limit=STEP)
        for row in rows:
            outcome = planner.outcome(row)
            after = row.pk
            if outcome is not None and isinstance(outcome.answer, Ambiguous):
                found.append(outcome)
                if len(found) == limit:
                    return found, after
        if len(rows) < STEP:
            return found, None
    return found, after


def preview(key: str, at: datetime) -> dict[str, Any]:
    """What would happen if the reorganisation were applied at `at`, as plain data; nothing is written.

    {reorganisation, on, state, dossiers: {all, clear, ambiguous, at_the_door, grants}, moves: [{from, to, desk, basis,
    doubtful, dossiers}], ambiguous: [{dossier, code, procedure, from, declared, meaning, options, needs}], positions:
    [...], numbering: [...], drafts, decided_by}. No names, no addresses: codes only.
    """
    planner = Planner(key, at)
    moves: Counter = Counter()
    ambiguous = []
    door = 0
    for found in outcomes(planner):
        door += is_at_the_door(found.dossier)
        if isinstance(found.answer, Ambiguous):
            ambiguous.append(ambiguous_row(found, planner))
            continue
        to, desk = agencies.office(found.competent or 0), agencies.office(found.desk or 0)
        moves[
            found.former.code,
            to.code if to else "",
            desk.code if desk else "",
            found.answer.basis,
            found.answer.doubtful,
        ] += 1
    positions = planner.positions()
    run = run_of(key)
    return {
        "reorganisation": key,
        "on": planner.law.on.isoformat(),
        "state": run.state if run else "planned",
        "unverified": list(planner.law.unverified),
        "dossiers": {
            "all": sum(moves.values()) + len(ambiguous),
            "clear": sum(moves.values()),
            "ambiguous": len(ambiguous),
            "at_the_door": door,
        },
        "moves": [
            {"from": a, "to": b, "desk": c, "basis": d, "doubtful": e, "dossiers": n}
            for (a, b, c, d, e), n in sorted(moves.items())
        ],
        "ambiguous": ambiguous,
        "positions": [position_row(plan) for plan in positions],
        "positions_undecided": sum(not plan.to for plan in positions),
        "numbering": numbering(planner),
        "drafts": dossiers.drafts_at(planner.ended),
        "decided_by": dict(planner.law.decided_by),
    }


def ambiguous_row(found: Outcome, planner: Planner) -> dict[str, Any]:
    """One dossier that nobody can place from what is stored: between which, what would tell, who has to say."""
    dossier = found.dossier
    answer = found.answer
    assert isinstance(answer, Ambiguous)
    return {
        "dossier": dossier.public_id,
        "code": dossier.code or dossier.reference,
        "procedure": dossier.procedure.slug,
        "from": found.former.code,
        "declared": found.place.declared,
        "meaning": found.place.meaning,
        "options": [option.code for option in answer.options],
        "needs": list(answer.needs),
    }


def position_row(plan: PositionPlan) -> dict[str, Any]:
    return {
        "position": plan.held.public_id,
        "login_name": plan.held.login_name,
        "role": plan.held.role,
        "from": plan.office.code,
        "to": list(plan.to),
        "options": list(plan.options),
    }


def numbering(planner: Planner) -> list[dict[str, Any]]:
    """For each agency that ends: under which code it numbered, and which codes its successors number under."""
    return [
        {
            "from": office.code,
            "code": office.dossier_code or None,
            "successors": {o.code: o.dossier_code or None for o in planner.successors(office)},
        }
        for office in sorted(planner.ended.values(), key=lambda o: o.code)
    ]


def administers(actor: Actor, office: Office, at: datetime) -> bool:
    """Whether an administrator decides about what lies with this agency: see `agencies.rules.may_administer`."""
    above = agencies.ancestors(office.id)
    roots = frozenset(o.id for o in agencies.offices(local_date(at), kind="province"))
    return agency_rules.may_administer(actor.agencies("administrator"), office, above, roots)


def lying_by_agency(planner: Planner) -> list[tuple[Office, int]]:
    """Each agency that ends and has dossiers at hand, with how many; one query."""
    counts: Counter = Counter()
    for row in dossiers.counts_lying(planner.leaving):
        counts[row.agency or 0] += row.dossiers
    return [(office, counts[office.id]) for office in planner.ended.values() if counts[office.id]]


def decisions_of(key: str, *, limit: int = 200) -> list[Decision]:
    """The decisions in force, newest first."""
    rows = Decision.objects.filter(reorganisation=key, replaced_at=None).select_related("dossier", "account")
    return list(rows.order_by("-pk")[:limit])


def progress(run: Run) -> dict[str, int]:
    """How many dossiers and positions of a run are moved, restored, kept."""
    found = {f"dossiers_{state}": 0 for state in Moved.State.values}
    rows = Moved.objects.filter(run=run).order_by().values_list("state").annotate(n=Count("pk"))
    found |= {f"dossiers_{state}": n for state, n in rows}
    rows = PositionMoved.objects.filter(run=run).order_by().values_list("state").annotate(n=Count("pk"))
    return found | {f"positions_{state}": n for state, n in rows}


def kept(public_id: str, *, limit: int = 100_000) -> list[dict[str, Any]]:
    """What an undo left where it is, with the reason: the verb and moment by which somebody touched it."""
    run = Run.objects.get(public_id=public_id)
    rows = Moved.objects.filter(run=run, state=Moved.State.KEPT).select_related("dossier").order_by("pk")
    found = [
        {
            "dossier": row.dossier.public_id,
            "code": row.dossier.code or row.dossier.reference,
            "because": row.why,
        }
        for row in rows[:limit]
    ]
    left = PositionMoved.objects.filter(run=run, state=Moved.State.KEPT).order_by("pk")[:limit]
    return found + [{"position": row.granted or row.ended, "because": row.why} for row in left]


def stragglers(at: datetime) -> dossiers.Stragglers:
    """Open dossiers without a living agency or desk at `at`."""
    return dossiers.stragglers(local_date(at))


def unheld(at: datetime) -> dict[int, int]:
    """Competent agencies with open dossiers where nobody holds a position that works on them: id -> dossiers."""
    working = dossiers.working_at()
    held = {h.agency_id for h in agencies.holders_at(working, at, "processor", "head")}
    return {agency: n for agency, n in working.items() if agency not in held}
