"""Places of a draft as people call them, and the page on which each is edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.editing.rules.places import Place, at, said
from motcua.editing.slots import Slot, slots_for

WHOLE, FORM = "general", "form"
LISTS = ("papers", "fees", "steps")
# What has no page of its own is edited as YAML.
RAW = ("bundle", "clock", "transition", "doors", "law_notes")


@dataclass(frozen=True)
class Spot:
    """Where something is: in words, the page (`row`, `condition`, `raw`, `list`), its place, the box on it."""

    words: str
    page: str
    place: str
    box: str = ""


def rows_place(document: dict[str, Any], part: str) -> Place:
    """The list that counts for a part: the declaration's own papers and fees go before those of the record."""
    form = document.get("declaration")
    if part == "papers":
        own = isinstance(form, dict) and form.get("papers") is not None
        return ("declaration", "papers") if own else ("required_documents",)
    if part == "fees":
        own = isinstance(form, dict) and form.get("fees") is not None
        return ("declaration", "fees") if own else ("fees",)
    return (part,)


def spot(document: dict[str, Any], place: Place) -> Spot:
    """The page that edits a place, or the nearest one around it."""
    if place and place[0] in RAW:
        return Spot(str(place[0]), "raw", str(place[0]))
    for end in range(len(place), -1, -1):
        here = place[:end]
        groups = slots_for(here)
        if groups is None or (here and at(document, here) is None):
            continue
        rest = place[end:]
        slot = box_of(groups, rest)
        if here == () and slot is None and rest:
            part = {"required_documents": "papers"}.get(str(rest[0]), str(rest[0]))
            if part in LISTS:
                return Spot(part_words(part), "list", part)
        if here == ("declaration",) and slot is None:
            part = str(rest[0]) if rest and rest[0] in LISTS else FORM
            return Spot(part_words(part), "list", part)
        if slot is not None and slot.kind == "condition":
            return Spot(_words(document, here, slot), "condition", said(place[: end + len(slot.place)]))
        return Spot(_words(document, here, slot), "row", said(here), slot.name if slot else "")
    return Spot(said(place), "row", "")


def box_of(groups: Any, rest: Place) -> Slot | None:
    """The box for the rest of a place below a row, the one whose place it begins with, or the nearest one."""
    boxes = [slot for _title, group in groups for slot in group]
    for length in (len(rest), 2, 1):
        for slot in boxes:
            if rest and slot.place == rest[:length]:
                return slot
    return next((slot for slot in boxes if rest and slot.place[0] == rest[0]), None)


def _words(document: dict[str, Any], here: Place, slot: Slot | None) -> str:
    whole = title(document, here)
    return f"{whole}: {slot.label}" if slot and whole else str(slot.label) if slot else whole


def part_words(part: str) -> str:
    """The name of a part of the draft."""
    return {
        WHOLE: _("Thông tin chung"), FORM: _("Tờ khai"), "papers": _("Giấy tờ"), "fees": _("Phí, lệ phí"),
        "steps": _("Các bước"),
    }.get(part, part)  # fmt: skip


def title(document: dict[str, Any], place: Place) -> str:
    """How people call what stands at a place: “Bước 3: Ký Giấy khai sinh”."""
    row = at(document, place)
    if not place:
        return part_words(WHOLE)
    if place == ("declaration",):
        return part_words(FORM)
    kind = next((part for part in reversed(place) if isinstance(part, str) and part != "new"), "")
    number = place[-1] + 1 if isinstance(place[-1], int) else ""
    kinds = {
        "sections": _("Phần"), "fields": _("Câu hỏi"), "columns": _("Cột"), "required_documents": _("Giấy tờ"),
        "papers": _("Giấy tờ"), "fees": _("Khoản thu"), "steps": _("Bước"),
    }  # fmt: skip
    name = called(row)
    head = f"{kinds.get(kind, kind)} {number}".strip()
    return f"{head}: {name}" if name else head


def called(row: Any) -> str:
    """The name of a row in its own words."""
    if not isinstance(row, dict):
        return ""
    for key in ("label", "title", "name_vi", "action_vi", "condition", "id", "key"):
        value = row.get(key)
        value = value.get("vi") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            text = value.strip()
            return text if len(text) <= 90 else f"{text[:88]}…"
    return ""
