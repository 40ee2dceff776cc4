"""Faults planted into the shipped procedures: what the prover must find, each with its kind and its place.

Every fault is made from a procedure (or its declaration) that is sound, by one change that makes it unsound in one way.
The choice of procedure, field, option, paper or step is drawn from a seeded source, so that a suite can be named by its
seed and made again.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.kernel.prover import Subject

# Needs the two delivery questions that every declaration of the house has; true of nobody.
NOBODY = "delivery_address is given and result_delivery is counter"


@dataclass(frozen=True)
class Planted:
    """A procedure with one fault: its kind, the place of the fault, and what it is about."""

    kind: str
    procedure: str
    subject: Subject
    place: tuple
    name: str
    where: str


class Planter:
    """Plants faults into sound procedures, given as (id, body, declaration data)."""

    def __init__(self, sound: Sequence[tuple[str, dict, dict]], seed: int) -> None:
        self.sound = list(sound)
        self.rng = random.Random(seed)

    def suite(self, number: int) -> list[Planted]:
        """So many faults, the kinds in turn; no two alike."""
        planted: list[Planted] = []
        seen: set[tuple] = set()
        kinds = list(KINDS)
        while len(planted) < number:
            kind = kinds[len(planted) % len(kinds)]
            one = self._plant(kind)
            mark = (one.kind, one.procedure, one.place, one.name)
            if mark not in seen:
                seen.add(mark)
                planted.append(one)
        return planted

    def _plant(self, kind: str) -> Planted:
        while True:
            procedure, body, form = self.rng.choice(self.sound)
            body, form = copy.deepcopy(body), copy.deepcopy(form)
            found = KINDS[kind](self.rng, body, form)
            if found is not None:
                where, place, name = found
                return Planted(kind, procedure, Subject(body, form), place, name, where)


Found = tuple[str, tuple, str] | None
Plant = Callable[[random.Random, dict, dict], Found]


def fields_of(form: dict) -> list[tuple[tuple, dict]]:
    """Every field with its place."""
    return [
        (("sections", number, "fields", place), one)
        for number, section in enumerate(form["sections"])
        for place, one in enumerate(section["fields"])
    ]


def named(form: dict, name: str) -> dict | None:
    return next((one for _, one in fields_of(form) if one["id"] == name), None)


def leaf(rng: random.Random, form: dict, kinds: Sequence[str] = ()) -> tuple[tuple, dict] | None:
    """A field of one of the kinds on which no other question, paper or fee depends, that everybody is asked."""
    said = repr([[o.get(k) for k in ("when", "required", "check", "min", "max")] for _, o in fields_of(form)])
    said += repr([s.get("when") for s in form["sections"]])
    said += repr(
        [
            [c.get(k) for k in ("when", "required", "check")]
            for _, o in fields_of(form)
            for c in o.get("columns", ())
        ]
    )
    said += repr(form.get("papers")) + repr(form.get("fees"))
    free = [
        (place, one)
        for place, one in fields_of(form)
        if (not kinds or one["type"] in kinds)
        and one["type"] not in ("note", "rows", "consent")
        and one["id"] not in ("applicant_kind", "result_delivery", "delivery_address")
        and one["id"] not in said
        and not any(one.get(key) for key in ("when", "check", "pattern"))
        and not form["sections"][place[1]].get("when")
    ]
    return rng.choice(free) if free else None


def choice(rng: random.Random, form: dict) -> tuple[str, str, str] | None:
    """A question with options that everybody is asked, and two of its options."""
    asked = [
        one
        for place, one in fields_of(form)
        if one["type"] == "choice"
        and len(one["options"]) > 1
        and one.get("required") is True
        and not any(one.get(key) for key in ("when", "check"))
        and not form["sections"][place[1]].get("when")
    ]
    if not asked:
        return None
    one = rng.choice(asked)
    first, second = rng.sample([option["value"] for option in one["options"]], 2)
    return one["id"], first, second


def in_form(place: tuple, key: str, name: str) -> Found:
    return "declaration", (*place, key), name


def circle(rng: random.Random, body: dict, form: dict) -> Found:
    first, second = leaf(rng, form), leaf(rng, form)
    if first is None or second is None or first[1]["id"] == second[1]["id"]:
        return None
    first[1]["when"], second[1]["when"] = f"{second[1]['id']} is given", f"{first[1]['id']} is given"
    place, one = min(first, second, key=lambda pair: pair[0])
    return in_form(place, "when", one["id"])


def contradiction(rng: random.Random, body: dict, form: dict) -> Found:
    found, chosen = leaf(rng, form), choice(rng, form)
    if found is None or chosen is None or found[1]["id"] == chosen[0]:
        return None
    name, first, second = chosen
    key = rng.choice(("when", "required"))
    found[1][key] = f"{name} is {first} and {name} is {second}"
    return in_form(found[0], key, found[1]["id"])


def days_against_each_other(rng: random.Random, body: dict, form: dict) -> Found:
    found = leaf(rng, form)
    if found is None or found[1]["id"] == "birth_on" or named(form, "birth_on") is None:
        return None
    years = rng.randint(3, 90)
    found[1]["when"] = f"age(birth_on) > {years} and days_since(birth_on) < {rng.randint(10, 365 * years)}"
    return in_form(found[0], "when", found[1]["id"])


def never_asked(rng: random.Random, body: dict, form: dict) -> Found:
    found = leaf(rng, form)
    if found is None:
        return None
    found[1]["when"] = NOBODY
    return in_form(found[0], "when", found[1]["id"])


def section_never_asked(rng: random.Random, body: dict, form: dict) -> Found:
    number = rng.randrange(len(form["sections"]))
    section = form["sections"][number]
    if section.get("when") or section["id"] in ("applicant", "delivery"):
        return None
    said = repr([other for other in form["sections"] if other is not section]) + repr(form.get("papers"))
    said += repr(form.get("fees"))
    if any(one["id"] in said for one in section["fields"]):
        return None
    section["when"] = NOBODY
    return "declaration", ("sections", number, "when"), section["id"]


def never_required(rng: random.Random, body: dict, form: dict) -> Found:
    found = leaf(rng, form)
    if found is None:
        return None
    found[1]["required"] = NOBODY
    return in_form(found[0], "required", found[1]["id"])


def no_value(rng: random.Random, body: dict, form: dict) -> Found:
    found = leaf(rng, form, ("text", "long_text", "name", "number", "money", "area", "date"))
    if found is None:
        return None
    place, one = found
    if one["type"] == "date":
        one["min"], one["max"] = "2026-11-21", "2026-11-20"
    else:
        one["max"] = rng.randint(2, 50)
        one["min"] = one["max"] + rng.randint(1, 40)
    return in_form(place, "min", one["id"])


def check_never_passes(rng: random.Random, body: dict, form: dict) -> Found:
    address = next((pair for pair in fields_of(form) if pair[1]["id"] == "delivery_address"), None)
    if address is None or "delivery_address" in repr(form.get("papers")):
        return None
    other = rng.choice(
        [o["value"] for o in named(form, "result_delivery")["options"] if o["value"] != "post"]
    )
    address[1]["check"] = f"result_delivery is {other}"
    address[1]["message"] = {"vi": "Chưa đúng", "en": "Not right"}
    return in_form(address[0], "check", "delivery_address")


def dead_end(rng: random.Random, body: dict, form: dict) -> Found:
    found, chosen = leaf(rng, form, ("choice", "number", "date")), choice(rng, form)
    if found is None or chosen is None or found[1]["id"] == chosen[0]:
        return None
    place, one = found
    own = {
        "number": "{0} > 5 and {0} < 5",
        "date": "{0} > today and {0} < today",
        "choice": "{0} is {1} and {0} is {2}",
    }[one["type"]]
    options = [option["value"] for option in one.get("options", ())] * 2
    if one["type"] == "choice" and len(set(options)) < 2:
        return None
    one["required"] = True
    one["check"] = f"not {chosen[0]} is {chosen[1]} or ({own.format(one['id'], *options[:2])})"
    one["message"] = {"vi": "Chưa đúng", "en": "Not right"}
    return in_form(place, "check", one["id"])


def _rows(body: dict, form: dict, own: str, general: str) -> tuple[str, str, list[dict]]:
    if form.get(own) is not None:
        return "declaration", own, form[own]
    return "procedure", general, body.get(general) or []


def paper_never_needed(rng: random.Random, body: dict, form: dict) -> Found:
    where, key, rows = _rows(body, form, "papers", "required_documents")
    if not rows:
        return None
    number = rng.randrange(len(rows))
    rows[number]["when"] = NOBODY
    return where, (key, number, "when"), rows[number]["key"]


def paper_without_ground(rng: random.Random, body: dict, form: dict) -> Found:
    where, key, rows = _rows(body, form, "papers", "required_documents")
    if not rows:
        return None
    number = rng.randrange(len(rows))
    body["legal_basis"] = []
    holder = form if where == "declaration" else body
    holder["unverified"] = [m for m in holder.get("unverified", ()) if not m.startswith(key)]
    for row in rows:
        row.setdefault("source", "Luật 1")
        row["source"] = row["source"] or "Luật 1"
    rows[number].update(source=None, form_code=None)
    rows[number].pop("unverified", None)
    return where, (key, number), rows[number]["key"]


def fee_never_due(rng: random.Random, body: dict, form: dict) -> Found:
    where, key, rows = _rows(body, form, "fees", "fees")
    if not rows:
        return None
    number = rng.randrange(len(rows))
    rows[number]["when"] = NOBODY
    if rng.random() < 0.5:
        body["channels"] = ["in_person"]
        rows[number]["when"] = "channel is online"
    return where, (key, number, "when"), rows[number]["key"]


def steps_over_limit(rng: random.Random, body: dict, form: dict) -> Found:
    step = rng.choice([step for step in body["steps"] if step["stage"] != "applicant"])
    step["time_share"] = round(step["time_share"] + rng.choice((0.01, 0.1, 0.5)), 4)
    return "procedure", ("steps",), "steps"


def tasks_over_limit(rng: random.Random, body: dict, form: dict) -> Found:
    """A task for which the result waits gets a longer limit than the whole, in the bundle there is or in one of two
    agencies that follow one another."""
    whole = body["time_limit"]
    if whole.get("unit") != "working_days" or not whole.get("value"):
        return None
    if not body.get("bundle"):
        first = {"key": "chu-tri", "role": "lead", "limit": {"value": whole["value"], "unit": "working_days"}}
        body["bundle"] = {"tasks": [first, {"key": "phoi-hop", "role": "cooperating", "after": ["chu-tri"]}]}
    tasks = body["bundle"]["tasks"]
    followed = {key for task in tasks for key in task.get("after", ()) if task.get("holds") is not False}
    holding = [
        n for n, task in enumerate(tasks) if task.get("holds") is not False and task["key"] not in followed
    ]
    number = rng.choice(holding)
    days = whole["value"] + rng.randint(1, 40)
    more = ({"value": days, "unit": "working_days"}, {"value": 8 * days, "unit": "hours"})
    tasks[number]["limit"] = rng.choice(more)
    return "procedure", ("bundle", "tasks", number, "limit"), tasks[number]["key"]


def step_without_role(rng: random.Random, body: dict, form: dict) -> Found:
    number = rng.randrange(1, len(body["steps"]))
    step = body["steps"][number]
    if step["stage"] == "external":
        return None
    strangers = ["khong_ai", "may_tinh", "nguoi_nop"]
    if step["stage"] == "processing":
        strangers += ["lanh_dao_ubnd_cap_xa"]
    if body["responsible_agency_type"] == "UBND cấp xã":
        strangers += {"signing": ["truong_cong_an_xa"], "processing": ["chuyen_vien_so"]}.get(
            step["stage"], []
        )
    step["role"] = rng.choice(strangers)
    return "procedure", ("steps", number, "role"), step["key"]


def no_end(rng: random.Random, body: dict, form: dict) -> Found:
    if rng.random() < 0.5:
        body["steps"] = [step for step in body["steps"] if step["stage"] in ("applicant", "reception")]
        return ("procedure", ("steps",), "steps") if len(body["steps"]) > 1 else None
    if any(step["stage"] == "signing" for step in body["steps"]):
        return None
    while body["steps"][-1]["stage"] == "reception":
        body["steps"].pop()
    body["steps"].append(_step(body, "external", "co_quan_phoi_hop"))
    return "procedure", ("steps", len(body["steps"]) - 1), body["steps"][-1]["key"]


def unreachable_step(rng: random.Random, body: dict, form: dict) -> Found:
    signatures = [n for n, step in enumerate(body["steps"]) if step["stage"] == "signing"]
    if rng.random() < 0.5:
        if not signatures or signatures[-1] == len(body["steps"]) - 1:
            return None
        new, at = _step(body, "external", "co_quan_phoi_hop"), signatures[-1] + 1
    else:
        new, at = _step(body, "applicant", "nguoi_nop"), rng.randrange(2, len(body["steps"]) + 1)
        if at == len(body["steps"]):
            return None
    body["steps"].insert(at, new)
    for order, step in enumerate(body["steps"], 1):
        step["order"] = order
    return "procedure", ("steps", at), new["key"]


def _step(body: dict, stage: str, role: str) -> dict[str, Any]:
    order = len(body["steps"]) + 1
    return {
        "key": "them-buoc",
        "order": order,
        "stage": stage,
        "role": role,
        "action_vi": "",
        "time_share": 0,
    }


def limit_missing(rng: random.Random, body: dict, form: dict) -> Found:
    body["time_limit"] = {"value": None, "unit": "working_days", "notes": None}
    body["unverified"] = [mark for mark in body["unverified"] if not mark.startswith("time_limit")]
    return "procedure", ("time_limit",), "time_limit"


def route_missing(rng: random.Random, body: dict, form: dict) -> Found:
    if body["status"] != "active":
        return None
    body["responsible_agency_type"] = rng.choice(
        ("Cơ quan chưa có", "UBND cấp huyện (Phòng Kinh tế), trước 01/07/2025")
    )
    body["level"] = "district-before-2025"
    return "procedure", ("responsible_agency_type",), "responsible_agency_type"


KINDS: dict[str, Plant] = {
    "circle": circle,
    "contradiction": contradiction,
    "never_asked": never_asked,
    "never_required": never_required,
    "no_value": no_value,
    "check_never_passes": check_never_passes,
    "dead_end": dead_end,
    "paper_never_needed": paper_never_needed,
    "paper_without_ground": paper_without_ground,
    "fee_never_due": fee_never_due,
    "steps_over_limit": steps_over_limit,
    "tasks_over_limit": tasks_over_limit,
    "step_without_role": step_without_role,
    "no_end": no_end,
    "unreachable_step": unreachable_step,
    "limit_missing": limit_missing,
    "route_missing": route_missing,
    "contradiction:days": days_against_each_other,
    "never_asked:section": section_never_asked,
}
