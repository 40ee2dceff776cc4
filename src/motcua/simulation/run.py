"""The engine: lives in a queue by simulated time, each resumed at its moment, people at the site let through first."""

from __future__ import annotations

import heapq
import time as machine_time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.conf import settings

from motcua.accounts import actions as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.foundation.time import local_date
from motcua.kernel.clock import TZ
from motcua.simulation import cast as casting
from motcua.simulation import people, rules
from motcua.simulation.errors import NotASimulation
from motcua.simulation.hall import live_hall
from motcua.simulation.life import Life, World

# A person at the site within the last seconds: the simulation then leaves pauses in which her act gets through.
GIVE_WAY_SECONDS, PAUSE_SECONDS = 3.0, 0.03
PEOPLE_PER_DOSSIER, ONLINE_PEOPLE = 0.7, 0.06
SHOWN = {"administrator": 2}  # of the others one: two administrators draft and publish a procedure


@dataclass
class Outcome:
    """What a simulation did."""

    seed: str
    until: date
    dossiers: int
    acts: int = 0
    refusals: list[str] = field(default_factory=list)
    cast: casting.Cast = field(default_factory=casting.Cast)


def simulate(
    *,
    seed: str,
    until: datetime,
    count: int = rules.DOSSIERS,
    days: int = rules.DAYS,
    progress: Callable[[int, int, datetime], None] = lambda done, of, at: None,
    ready: Callable[[casting.Cast], None] = lambda cast: None,
) -> Outcome:
    """Live `count` arrivals of the `days` before the aware moment `until`; nothing happens after `until`.

    `progress(lives ended, lives, simulated time)` is called now and then, `ready(cast)` once the accounts exist.
    Raises NotASimulation where real people are served.
    """
    if not settings.MOTCUA.simulation:
        raise NotASimulation()
    last = local_date(until)
    window = rules.days_before(last, days)
    rng = Random(f"{seed}/{last}")
    scene = _scene(window[0])
    hired_at = datetime.combine(window[0] - timedelta(days=20), time(8), TZ)
    cast = casting.hire(rng, hired_at, centres=scene.centres.values(), offices=scene.offices, top=scene.top)
    crowd = _crowd(rng, scene, count, window[0])
    encoded = accounts.encoded_password(casting.PASSWORD, casting._system(hired_at, "sim/password"))
    online = crowd[: max(3, int(count * ONLINE_PEOPLE))]
    citizens = {p.login: casting.enlist(cast, hired_at, encoded, p) for p in online}
    for role, agency in (*scene.shown_roles,):
        for account in cast.by_role[role, agency][: SHOWN.get(role, 1)]:
            casting.enrol(cast, account, hired_at)
            cast.to_show.append(account)
    casting.equip(cast, *_signer(cast, scene), hired_at)
    cast.to_show.append(citizens[online[0].login])
    ready(cast)
    world = World(f"{seed}@{last}", cast, citizens)
    plans = _plans(rng, scene, window, count)
    outcome = Outcome(seed, last, count, cast=cast)
    _live(world, plans, crowd, online, until, progress)
    world.write_readings()
    casting.prove(cast, citizens[online[0].login], until, online[0])
    role = dict(reversed(scene.shown_roles))
    outcome.acts = world.acts + live_hall(
        cast,
        seed=seed,
        until=until,
        per_day=count // days // 2,
        centre=role["receptionist"],
        administrator=cast.by_role["administrator", scene.top][0],
    )
    outcome.refusals = world.refusals
    return outcome


def _signer(cast: casting.Cast, scene: Scene) -> tuple[int, int]:
    """The signer that is shown, and her office."""
    office = dict(reversed(scene.shown_roles))["signer"]
    return cast.by_role["signer", office][0], office


@dataclass(frozen=True)
class Scene:
    """Where it happens: the one-stops, the offices that decide, the procedures with their weights."""

    centres: dict[str, int]
    offices: frozenset[int]
    top: int
    weights: dict[str, float]
    communes: list[str]
    by_channel: dict[str, frozenset[str]]
    shown_roles: tuple[tuple[str, int], ...]


def _scene(day: date) -> Scene:
    at = datetime.combine(day, time(8), TZ)
    receiving = [o for o in agencies.receiving_agencies(day) if o.kind == "centre" and o.level == "commune"]
    receiving = receiving or list(agencies.receiving_agencies(day))
    centres = {office.code: office.id for office in receiving}
    offices, weights = set(), {}
    channels: dict[str, set[str]] = {"online": set(), "in_person": set()}
    for view in catalogue.views(at):
        if view.slug in rules.LEFT_OUT:
            continue
        routed = [
            agencies.route(
                responsible=view.competent,
                level=view.level,
                area=o.area_code,
                at=at,
                on=day,
                procedure=view.slug,
            )
            for o in receiving
        ]
        open_by = [c for c in channels if view.is_fileable(day, c)]
        if not open_by or any(r is None for r in routed):
            continue
        for channel in open_by:
            channels[channel].add(view.slug)
        offices.update(route.agency.id for route in routed)
        offices.update(_partners(view, receiving, day))
        weights[view.slug] = rules.MIX.get(view.slug, 0)
    others = [slug for slug, weight in weights.items() if not weight]
    weights.update({slug: rules.REST / len(others) for slug in others})
    shown = next((o for o in receiving if "bai-chay" in o.code), receiving[0])
    committee = next(
        (
            o
            for o in offices
            if agencies.office(o).area_code == shown.area_code
            and "police" not in agencies.office(o).code
            and "military" not in agencies.office(o).code
        ),
        min(offices),
    )
    top = next((o.id for o in agencies.ancestors(committee)), committee)
    return Scene(
        centres=centres,
        offices=frozenset(offices),
        top=top,
        weights=weights,
        communes=sorted({o.area_code for o in receiving if o.area_code}),
        by_channel={name: frozenset(slugs) for name, slugs in channels.items()},
        shown_roles=(
            ("receptionist", shown.id), ("clerk", shown.id), ("helper", shown.id), ("processor", committee),
            ("head", committee), ("signer", committee), ("leader", committee), ("leader", top),
            ("operator", top), ("administrator", top),
        ),
    )  # fmt: skip


def _partners(view: ProcedureView, receiving: list[Office], day: date) -> set[int]:
    """The agencies that work on an interlinked procedure beside the lead."""
    wanted = [part.agency for part in view.bundle.parts if part.agency] if view.bundle else []
    found = [agencies.serving(spec, area=o.area_code, on=day) for spec in wanted for o in receiving]
    return {office.id for office in found if office is not None}


def _crowd(rng: Random, scene: Scene, count: int, day: date) -> list[people.Person]:
    size = max(5, int(count * PEOPLE_PER_DOSSIER))
    return [people.person(rng, serial, day, scene.communes) for serial in range(size)]


def _plans(rng: Random, scene: Scene, window: list[date], count: int) -> list[rules.Plan]:
    calendar = agencies.calendar_of(next(iter(scene.centres.values())))
    slugs, weights = list(scene.weights), list(scene.weights.values())
    codes = list(scene.centres)
    busy = [3.0 if n < 3 else 1.0 for n in range(len(codes))]
    plans = []
    for number, day in enumerate(rules.arrival_days(rng, window, calendar, count), 1):
        slug = rng.choices(slugs, weights)[0]
        way = rng.random()
        wanted = "online" if way < 0.32 else "assisted" if way < 0.35 else "counter"
        online_only = slug not in scene.by_channel["in_person"]
        counter_only = slug not in scene.by_channel["online"]
        if not calendar.is_open_day(day):
            wanted = "online"
        if online_only and wanted == "counter":
            wanted = "online"
        if counter_only:
            wanted = "counter"
        hours = rules.ONLINE_HOURS if wanted == "online" else rules.HOURS
        at = rules.moment_of(rng, day, hours)
        plans.append(rules.Plan(number, slug, rng.choices(codes, busy)[0], wanted, at))
    return sorted(plans, key=lambda plan: (plan.arrives_at, plan.number))


def _live(
    world: World,
    plans: list[rules.Plan],
    crowd: list[people.Person],
    online: list[people.Person],
    until: datetime,
    progress: Callable[[int, int, datetime], None],
) -> None:
    queue: list = []
    waiting = iter(plans)
    upcoming = next(waiting, None)
    ended, chooser = 0, Random(f"{world.seed}/crowd")
    way = GiveWay(settings.MOTCUA.var)
    while queue or upcoming:
        # lives are begun as their day comes, so that only the open ones are held in memory
        if upcoming and (not queue or upcoming.arrives_at <= queue[0][0]):
            person = _comer(chooser, upcoming, online if upcoming.channel == "online" else crowd)
            life = Life(world, upcoming, person).run()
            moment, number = upcoming.arrives_at, upcoming.number
            upcoming = next(waiting, None)
        else:
            moment, number, life = heapq.heappop(queue)
        if moment > until:
            ended += 1
            continue
        way.give()
        following = next(life, None)
        if following is None:
            ended += 1
        else:
            heapq.heappush(queue, (max(following, moment), number, life))
        progress(ended, len(plans), moment)


def _comer(chooser: Random, plan: rules.Plan, crowd: list[people.Person]) -> people.Person:
    """Somebody of the age that comes for such a thing, if a few throws find her, else anybody."""
    youngest, oldest = rules.AGES.get(plan.procedure, (0, 200))
    day = local_date(plan.arrives_at)
    for _ in range(12):
        person = chooser.choice(crowd)
        if youngest <= person.age(day) <= oldest:
            break
    return person


class GiveWay:
    """Leaves pauses while somebody uses the site; the web process notes each visit by touching `in-use` in var."""

    def __init__(self, var: Path) -> None:
        self.mark = var / "in-use"

    def give(self) -> None:
        try:
            used = self.mark.stat().st_mtime
        except OSError:
            return
        if machine_time.time() - used < GIVE_WAY_SECONDS:
            machine_time.sleep(PAUSE_SECONDS)
