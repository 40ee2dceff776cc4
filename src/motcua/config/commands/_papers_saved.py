"""What the city need not ask for: counted over all procedures, planned for a bundle, from the packs on the disk."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def saved(args: Namespace) -> int:
    """0: counted; 1: the packs have a fault."""
    documents = _documents(args.layer)
    if documents is None:
        return FINDING
    from motcua.foundation.time import local_date, now
    from motcua.registers import rules

    kinds, day = rules.Kinds.of(documents["paper-kinds"]["paper-kinds"]), local_date(now())
    persons = rules.persons_of(documents["bundles"]["bundles"])
    wanted = {view.slug: rules.demands(view, kinds, {}, day) for view in _views(documents)}
    every = [each for rows in wanted.values() for each in rows]
    told: dict[str, Any] = {
        "procedures": len(wanted),
        "papers": len(every),
        "known_kinds": sum(bool(each.kind) for each in every),
        "persons": [_count(person, rules.count(every, person)) for person in persons],
    }
    if args.stored:
        from motcua.registers import queries

        papers, dossiers = queries.saved_in()
        told["stored"] = {"papers": papers, "dossiers": dossiers}
    if args.json:
        told["by_procedure"] = {
            slug: {p.id: _numbers(rules.count(rows, p)) for p in persons} for slug, rows in wanted.items()
        }
        print(json.dumps(told, ensure_ascii=False))
        return GOOD
    _show(told)
    return GOOD


def _numbers(found: Any) -> dict[str, int]:
    return {
        "demanded": found.demanded,
        "needed": found.needed,
        "saved": found.saved,
        "all_demanded": found.all_demanded,
        "all_needed": found.all_needed,
        "all_saved": found.all_saved,
    }


def _count(person: Any, found: Any) -> dict[str, Any]:
    name = {"vi": person.name.vi, "en": person.name.en}
    return {"id": person.id, "name": name, "holds": sorted(person.holds), **_numbers(found)}


def _show(told: dict[str, Any]) -> None:
    known = f"{told['known_kinds']} / {told['papers']}"
    print(f"{told['procedures']} thủ tục / procedures; giấy biết loại / papers of a known kind: {known}")
    print("thường gặp / usual case: đòi, cần, đỡ / demanded, needed, saved · mọi trường hợp / all cases")
    for row in told["persons"]:
        usual = f"{row['demanded']:4} {row['needed']:4} {row['saved']:4}"
        every = f"{row['all_demanded']:4} {row['all_needed']:4} {row['all_saved']:4}"
        print(f"{usual}  · {every}  {row['name']['vi']} / {row['name']['en']}")
    if "stored" in told:
        stored = told["stored"]
        real = f"{stored['papers']} giấy / papers, {stored['dossiers']} hồ sơ / dossiers"
        print(f"đã dùng lại thật / really re-used: {real}")


def bundle(args: Namespace) -> int:
    """0: planned; 1: the packs have a fault; 2: no such bundle or person."""
    documents = _documents(args.layer)
    if documents is None:
        return FINDING
    from motcua.foundation.time import local_date, now
    from motcua.registers import rules

    kinds, day = rules.Kinds.of(documents["paper-kinds"]["paper-kinds"]), local_date(now())
    known = rules.bundles_of(documents["bundles"]["bundles"])
    persons = {person.id: person for person in rules.persons_of(documents["bundles"]["bundles"])}
    if args.name not in known or (args.person and args.person not in persons):
        print(f"bundle: {', '.join(sorted(known))}; --person: {', '.join(persons)}", file=sys.stderr)
        return WRONG_USAGE
    chosen = known[args.name]
    views = {view.slug: view for view in _views(documents)}
    names = {(view.slug, paper.key): paper.name for view in views.values() for paper in view.papers}
    steps = [
        rules.step_of(views[slug], kinds, chosen.answers.get(slug, {}), day)
        for slug in chosen.procedures
        if slug in views
    ]
    holds = persons[args.person].holds if args.person else frozenset()
    plan = rules.plan(steps, holds - chosen.fresh)
    if args.json:
        print(json.dumps(_plan(chosen, plan, names), ensure_ascii=False))
        return GOOD
    print(f"{chosen.name.vi} / {chosen.name.en}")
    print(
        f"{plan.demanded} giấy bị đòi / demanded, {len(plan.bring)} phải mang / to bring, {plan.days} ngày / days"
    )
    for number, stage in enumerate(plan.rounds, 1):
        print(f"{number}. " + "; ".join(views[slug].name.vi for slug in stage.procedures))
    for slug, key in plan.bring:
        print(f"   + {names[slug, key].vi} ({slug})")
    for (slug, key), by in plan.answered.items():
        print(f"   = {names[slug, key].vi} ({slug}) ← {_BY.get(by, by)}")
    for doubt in chosen.doubts:
        print(f"   ? {doubt}")
    return GOOD


_BY = {"held": "thành phố đã có / held", "again": "đã mang một lần / brought once"}


def _plan(chosen: Any, plan: Any, names: dict) -> dict[str, Any]:
    return {
        "bundle": chosen.id,
        "name": {"vi": chosen.name.vi, "en": chosen.name.en},
        "demanded": plan.demanded,
        "days": plan.days,
        "rounds": [list(stage.procedures) for stage in plan.rounds],
        "bring": [{"procedure": s, "paper": k, "name": names[s, k].vi} for s, k in plan.bring],
        "answered": [
            {"procedure": s, "paper": k, "name": names[s, k].vi, "by": by}
            for (s, k), by in plan.answered.items()
        ],
        "unverified": list(chosen.doubts),
    }


def _documents(layers: list[str] | None) -> dict[str, dict[str, Any]] | None:
    """The packs' documents by kind and key; None, told on stderr, where they have a fault."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.conf import settings

    from motcua.foundation.packs import PacksBroken, documents_of
    from motcua.foundation.packs.store import assemble

    try:
        rows = assemble(documents_of(list(layers or settings.MOTCUA.layers)))
    except PacksBroken as broken:
        for problem in broken.problems:
            print(problem, file=sys.stderr)
        return None
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row["kind"], {})[row["key"]] = row["body"]
    return found


def _views(documents: dict[str, dict[str, Any]]) -> list[Any]:
    from motcua.catalogue.rules import ProcedureView

    return [ProcedureView(body) for _key, body in sorted(documents["procedures"].items())]
