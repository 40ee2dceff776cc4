"""Editing one row, or the general part: boxes with the sentences of the check beside them; lists with their order."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.editing import naming, slots
from motcua.editing.checking import Fault, faults
from motcua.editing.errors import NoSuchPlace
from motcua.editing.rules import places
from motcua.editing.rules.conditions import read as read_condition
from motcua.editing.rules.places import Place, at, said
from motcua.editing.slots import Slot
from motcua.editing.views._common import Desk, language, meanwhile, page, place_in, save
from motcua.foundation.doors import administrators
from motcua.kernel.text import slug

NEW = "new"
MARKED = "legal_basis"


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def general(request: HttpRequest, draft: str) -> HttpResponse:
    """The general part: names, who, how long, the result, the legal grounds."""
    return _edited(request, Desk.of(request, draft), ())


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, draft: str, place: str) -> HttpResponse:
    """One question, paper, fee, step or section; a place that ends in `new` adds one."""
    desk, here = Desk.of(request, draft), place_in(place)
    groups = slots.slots_for(here) if here else None
    holder = at(desk.document, here[:-1]) if here and here[-1] == NEW else at(desk.document, here)
    if groups is None or holder is None and not _may_begin(here):
        raise NoSuchPlace(place=place[:80])
    return _edited(request, desk, here)


def _may_begin(place: Place) -> bool:
    """A list that is not there yet begins with its first row: columns of a question, papers of the declaration."""
    return place[-1] == NEW and len(place) > 1 and place[-2] in ("columns", "papers", "fees")


def _boxes(place: Place) -> list[Slot]:
    return [slot for _title, group in slots.slots_for(place) or () for slot in group]


def _edited(request: HttpRequest, desk: Desk, place: Place) -> HttpResponse:
    if request.method == "GET":
        return _drawn(request, desk, place, desk.document)
    fresh = bool(place) and place[-1] == NEW
    before = None if fresh else at(desk.document, place)
    made, problems = slots.changes_for(place if not fresh else (), _boxes(place), request.POST, before)
    made = _added(desk.document, place, made) if fresh else _marked(desk.document, place, made)
    typed = {name: request.POST.get(name, "") for name in problems}
    if problems:
        return _drawn(request, desk, place, _with(desk.document, made), told=problems, typed=typed)
    if not fresh:
        made = [one for one in made if not _same(desk.document, one)]
    refusal = save(request, desk, made)
    if refusal is not None:
        more = meanwhile(desk, request, refusal)
        return _drawn(request, desk, place, _with(desk.document, made), meanwhile=more, status=409)
    return _after(desk, place)


def _after(desk: Desk, place: Place) -> HttpResponse:
    """Where one goes on: the list in which the row stands."""
    if place and place[-1] == NEW and "fields" in place and place[-2] == "columns":
        return redirect(desk.address("row", said(place[:-2])))
    return redirect(_back(desk, place)[1])


def _same(document: dict[str, Any], change: dict[str, Any]) -> bool:
    holder = at(document, change["at"][:-1])
    there = isinstance(holder, dict) and change["at"][-1] in holder
    if change["do"] == "unset":
        return not there
    value = holder[change["at"][-1]] if there else slots.OMIT
    return there and value == change["value"] and type(value) is type(change["value"])


def _with(document: dict[str, Any], changes: list[dict]) -> dict[str, Any]:
    """The document as it would be, for drawing what was typed; as it is where a place is gone."""
    try:
        return places.changed(document, changes)
    except places.NoPlace:
        return document


def _added(document: dict[str, Any], place: Place, made: list[dict]) -> list[dict]:
    """One change that adds a row, with a key made from its name where none was given."""
    value = places.changed({}, [one for one in made if one["do"] == "set"])
    rows = at(document, place[:-1])
    rows = rows if isinstance(rows, list) else []
    kind = str(place[-2])
    name = "id" if kind in ("sections", "fields", "columns") else "key"
    if not value.get(name):
        joint = "_" if name == "id" else "-"
        value[name] = _free(
            slug(naming.called(value)).replace("-", joint)[:50].strip(joint) or kind[:-1], rows, name
        )
    if kind == "steps":
        value["order"] = 1 + max((row.get("order", 0) for row in rows if isinstance(row, dict)), default=0)
    if kind == "sections":
        value.setdefault("fields", [])
    return [{"do": "add", "at": list(place[:-1]), "value": value}]


def _free(key: str, rows: list[Any], name: str) -> str:
    taken = {row.get(name) for row in rows if isinstance(row, dict)}
    found, count = key, 1
    while found in taken:
        count += 1
        found = f"{key}{'_' if name == 'id' else '-'}{count}"
    return found


def _marked(document: dict[str, Any], place: Place, made: list[dict]) -> list[dict]:
    """Legal grounds that are new are marked as not compared with the text, until somebody takes the mark away."""
    given = {one["at"][0]: one for one in made if place == () and one["do"] == "set" and len(one["at"]) == 1}
    if MARKED not in given or "unverified" not in given:
        return made
    known = set(document.get(MARKED) or ())
    fresh = [f"{MARKED}: {text}" for text in given[MARKED]["value"] if text not in known]
    marks = given["unverified"]["value"]
    given["unverified"]["value"] = [*marks, *(text for text in fresh if text not in marks)]
    return made


def _drawn(
    request: HttpRequest,
    desk: Desk,
    place: Place,
    document: dict[str, Any],
    *,
    told: dict[str, Any] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    fresh = bool(place) and place[-1] == NEW
    value = None if fresh else at(document, place)
    if fresh and request.method == "POST":
        rows = at(document, place[:-1])
        value = rows[-1] if rows else None
    found = (
        [] if fresh else [one for one in faults(document, desk.standing) if one.place[: len(place)] == place]
    )
    beside = _beside(found, place) | {name: str(text) for name, text in (told or {}).items()}
    groups = [
        {
            "title": title,
            "boxes": [_box(desk, slot, value, place, beside, (typed or {}).get(slot.name)) for slot in group],
        }
        for title, group in slots.slots_for(place) or ()
    ]
    back_words, back = _back(desk, place)
    context = page(
        desk,
        heading=_("Thêm mục mới") if fresh else naming.title(document, place),
        groups=groups,
        problems=beside,
        others=desk.told([one for one in found if place and _slot_name(one, place) is None]),
        back=back,
        back_words=back_words,
        columns=_columns(desk, place, value),
        **more,
    )
    return render(request, "editing/row.html", context, status=status)


def _slot_name(fault: Fault, place: Place) -> str | None:
    rest = fault.place[len(place) :]
    found = naming.box_of(slots.slots_for(place), rest) if rest else None
    return found.name if found else None


def _beside(found: list[Fault], place: Place) -> dict[str, str]:
    """The sentence for each box, the first of each."""
    said_: dict[str, str] = {}
    for fault in found:
        name = _slot_name(fault, place)
        if name is not None:
            said_.setdefault(name, fault.say(language()))
    return said_


def _box(
    desk: Desk, slot: Slot, value: Any, place: Place, beside: dict[str, str], typed: str | None
) -> dict[str, Any]:
    if slot.kind != "condition":
        options = _options(desk, slot, place)
        return slots.draw(slot, value, problem=beside.get(slot.name, ""), typed=typed, options=options)
    text = at(value, slot.place) if value is not None else None
    saved = bool(place) and place[-1] != NEW
    return {
        "condition": True,
        "label": slot.label,
        "sentence": _sentence(desk, text),
        "source": text if isinstance(text, str) else "",
        "problem": beside.get(slot.name, ""),
        "href": desk.address("condition", said((*place, *slot.place))) if saved else "",
    }


def _sentence(desk: Desk, text: Any) -> str:
    """The condition in words, its own text where it cannot be read, "" where there is none."""
    if not isinstance(text, str):
        return ""
    found = read_condition(text)
    return text if found is None else found.sentence(desk.labels, language())


def _options(desk: Desk, slot: Slot, place: Place) -> list[tuple[str, Any]] | None:
    """Options that come from the other documents in force."""
    beside = desk.standing.beside
    procedures = beside["procedures"].values()
    if slot.kind == "sector":
        rows = [row for body in beside["sectors"].values() for row in body.get("sectors") or ()]
        return [(row["name_vi"], row["name_vi"]) for row in rows]
    if slot.kind == "system":
        return [(key, body.get("name_vi", key)) for key, body in sorted(beside["systems"].items())]
    if slot.kind == "agency_type":
        rules = [row for body in beside["routing"].values() for row in body.get("rules") or ()]
        return [(row["responsible"], row["responsible"]) for row in rows_once(rules, "responsible")]
    if slot.kind == "role":
        steps = [step for body in procedures for step in body.get("steps") or ()]
        own = [step for step in desk.document.get("steps") or () if isinstance(step, dict)]
        return [(role, role) for role in sorted({str(s["role"]) for s in [*steps, *own] if s.get("role")})]
    if slot.key == "type" and "columns" in place:
        return [pair for pair in slot.options if pair[0] not in ("rows", "note", "consent")]
    return None


def rows_once(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The rows with each value of a key once."""
    return list({row[key]: row for row in rows if isinstance(row.get(key), str)}.values())


def _columns(desk: Desk, place: Place, value: Any) -> dict[str, Any] | None:
    """The columns of a question with rows, which stand on its page."""
    if not isinstance(value, dict) or value.get("type") != "rows" or not place or place[-1] == NEW:
        return None
    return {
        "rows": [
            listed(desk, (*place, "columns", n), one) for n, one in enumerate(value.get("columns") or ())
        ],
        "add": desk.address("row", said((*place, "columns", NEW))),
    }


def listed(desk: Desk, place: Place, row: Any) -> dict[str, Any]:
    """A row in a list: its name, a few facts, where it is edited."""
    row = row if isinstance(row, dict) else {}
    facts = [*_facts(row)]
    when = _sentence(desk, row.get("when"))
    return {
        "place": said(place),
        "name": naming.called(row) or "–",
        "facts": facts,
        "when": when,
        "href": desk.address("row", said(place)),
        "doubt": row.get("unverified") not in (None, False, []),
        "faulty": any(one.place[: len(place)] == place for one in desk.faults),
    }


def _facts(row: dict[str, Any]) -> list[str]:
    said_: list[str] = []
    tables = (
        ("type", {**slots.TYPES, **slots.PAPER_TYPES}), ("stage", slots.STAGES), ("money", slots.MONEY),
        ("per", slots.PER), ("set_by", slots.SET_BY),
    )  # fmt: skip
    said_ += [str(words.get(row[key], row[key])) for key, words in tables if isinstance(row.get(key), str)]
    if isinstance(row.get("amount_vnd"), int):
        said_.insert(1, f"{row['amount_vnd']:,} đồng".replace(",", "."))
    if row.get("required") is True:
        said_.append(_("bắt buộc"))
    if isinstance(row.get("role"), str):
        said_.append(row["role"])
    if isinstance(row.get("time_share"), (int, float)):
        said_.append(f"{row['time_share']:.0%}")
    return said_


def _back(desk: Desk, place: Place) -> tuple[str, str]:
    if place[:1] == ("declaration",) and "columns" in place:
        field = place[: place.index("columns")]
        return naming.title(desk.document, field), desk.address("row", said(field))
    if place[:2] == ("declaration", "sections") or place == ("declaration",):
        return naming.part_words(naming.FORM), desk.address("form")
    lists = {"required_documents": "papers"}
    part = next((lists.get(one, one) for one in reversed(place) if isinstance(one, str) and one != NEW), "")
    if part in naming.LISTS:
        return naming.part_words(part), desk.address("part", part)
    return desk.draft.name, desk.address("show")


# Lists ----------------------------------------------------------------------------------------------------------


@administrators
@never_cache
@require_http_methods(["GET"])
def list_part(request: HttpRequest, draft: str, part: str) -> HttpResponse:
    """Papers, fees or steps in their order."""
    desk = Desk.of(request, draft)
    if part not in naming.LISTS:
        raise NoSuchPlace(place=part)
    place = naming.rows_place(desk.document, part)
    rows = at(desk.document, place)
    context = page(
        desk,
        part=part,
        heading=naming.part_words(part),
        rows=[listed(desk, (*place, n), one) for n, one in enumerate(rows if isinstance(rows, list) else ())],
        add=desk.address("row", said((*place, NEW))),
        faults=desk.told([one for one in desk.faults if one.place[: len(place)] == place]),
        own=place[0] == "declaration",
    )
    return render(request, "editing/list_part.html", context)


@administrators
@never_cache
@require_http_methods(["GET"])
def form(request: HttpRequest, draft: str) -> HttpResponse:
    """The declaration: its sections and questions in their order."""
    desk = Desk.of(request, draft)
    inside = desk.document.get("declaration")
    sections = []
    for n, one in enumerate((inside.get("sections") if isinstance(inside, dict) else None) or ()):
        here: Place = ("declaration", "sections", n)
        fields = one.get("fields") if isinstance(one, dict) else None
        sections.append(
            {
                **listed(desk, here, one),
                "fields": [listed(desk, (*here, "fields", k), each) for k, each in enumerate(fields or ())],
                "add": desk.address("row", said((*here, "fields", NEW))),
            }
        )
    context = page(
        desk,
        own=isinstance(inside, dict),
        named=inside if isinstance(inside, str) else "",
        sections=sections,
        add=desk.address("row", f"declaration.sections.{NEW}"),
        faults=desk.told([one for one in desk.faults if one.place[:1] == ("declaration",)]),
    )
    return render(request, "editing/form.html", context)


@administrators
@require_POST
def arrange(request: HttpRequest, draft: str) -> HttpResponse:
    """Move a row up or down, take it away, or begin a declaration of the procedure's own (`do`, `at`)."""
    desk, verb = Desk.of(request, draft), request.POST.get("do", "")
    place = place_in(request.POST.get("at", ""))
    if verb == "own_form":
        changes = [{"do": "set", "at": ["declaration"], "value": _own_form(desk)}]
    elif verb in ("up", "down", "remove") and place and isinstance(place[-1], int):
        changes = _arranged(desk.document, place, verb)
    else:
        raise NoSuchPlace(place=said(place) or verb[:20])
    refusal = save(request, desk, changes)
    if refusal is not None:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect(_back(desk, place)[1] if place else desk.address("form"))


def _arranged(document: dict[str, Any], place: Place, verb: str) -> list[dict]:
    by = {"up": -1, "down": 1}
    first: dict[str, Any] = {
        "do": "remove" if verb == "remove" else "move",
        "at": list(place),
        "by": by.get(verb, 0),
    }
    after = _with(document, [first])
    changes = [first]
    if place[0] == "steps":  # the order of steps goes up: it follows the list
        changes += [
            {"do": "set", "at": ["steps", n, "order"], "value": n + 1} for n in range(len(after["steps"]))
        ]
    return changes


def _own_form(desk: Desk) -> dict[str, Any]:
    """A copy of what is asked now, as the procedure's own."""
    copied = copy.deepcopy(desk.form_data)
    copied.pop("generic", None)
    return {**copied, "id": desk.draft.key}
