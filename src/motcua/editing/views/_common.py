"""What the pages of one draft share: the draft, its document, what is wrong in it, saving with both sides shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.editing import actions, checking, naming, queries
from motcua.editing.checking import Fault
from motcua.editing.document import declaration_of
from motcua.editing.errors import BeingEdited, ChangedMeanwhile, KeyTaken
from motcua.editing.models import Draft
from motcua.editing.rules import doubting
from motcua.editing.rules.places import Place, place_of
from motcua.editing.standing import Standing
from motcua.foundation.actors import Actor
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id, number
from motcua.foundation.time import now
from motcua.kernel import forms
from motcua.kernel.conditions import FieldType, Label
from motcua.kernel.text import Bilingual

PURPOSE = "editing.procedure"
CONTEXT_LABELS = {
    "channel": Label(
        Bilingual("Cách nộp", "Way of filing"),
        {
            "online": Bilingual("Trực tuyến", "Online"),
            "in_person": Bilingual("Trực tiếp", "In person"),
            "post": Bilingual("Bưu chính", "By post"),
        },
    ),
    "entitlements": Label(Bilingual("Diện được miễn, giảm", "Entitlement")),
}
SHOWN_DIFFERENCES = 60


def language() -> str:
    return (get_language() or "vi")[:2]


@dataclass
class Desk:
    """One draft on a page: read once, shown with its faults."""

    actor: Actor
    draft: Draft
    at: datetime

    @classmethod
    def of(cls, request: HttpRequest, public_id: str) -> Desk:
        """The draft at an address. Raises NoSuchDraft."""
        actor = actor_of(request)
        return cls(actor, queries.draft_for(actor, public_id), now())

    @cached_property
    def document(self) -> dict[str, Any]:
        return queries.document_of(self.draft)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.at)

    @cached_property
    def faults(self) -> list[Fault]:
        return checking.faults(self.document, self.standing)

    @property
    def is_open(self) -> bool:
        return self.draft.state in queries.OPEN_STATES

    @cached_property
    def form_data(self) -> dict[str, Any]:
        """The declaration as it would be asked: its own, a named one, or the general one."""
        inside, named = declaration_of(self.document), self.document.get("declaration")
        if inside is not None:
            return inside
        known = self.standing.beside["declarations"].get(named) if isinstance(named, str) else None
        return known if known is not None else forms.generic_declaration(self.document)

    @cached_property
    def declaration(self) -> forms.Declaration | None:
        """The form, None while it cannot be read."""
        try:
            return forms.declaration_from_data(self.form_data)
        except forms.FormProblem:
            return None

    @cached_property
    def types(self) -> dict[str, FieldType]:
        """What a condition may ask: as much of the form as can be read, and what conditions see beside it."""
        if self.declaration is not None:
            return {**forms.CONTEXT, **self.declaration.types}
        found: dict[str, FieldType] = dict(forms.CONTEXT)
        for row in _fields(self.form_data):
            values = [str(one.get("value")) for one in row.get("options") or () if isinstance(one, dict)]
            found[str(row.get("id"))] = FieldType(str(row.get("type")), tuple(values))
        return found

    @cached_property
    def labels(self) -> dict[str, Label]:
        """The names of fields and options in words."""
        if self.declaration is not None:
            return {**CONTEXT_LABELS, **self.declaration.labels}
        found = dict(CONTEXT_LABELS)
        for row in _fields(self.form_data):
            options = [one for one in row.get("options") or () if isinstance(one, dict)]
            said = {str(o.get("value")): Bilingual.of(o.get("label")) or Bilingual("–") for o in options}
            found[str(row.get("id"))] = Label(Bilingual.of(row.get("label")) or Bilingual("–"), said)
        return found

    def types_at(self, place: Place) -> dict[str, FieldType]:
        """The same for a condition of a column, which may ask the other columns of its rows too."""
        if "columns" not in place:
            return self.types
        rows = naming.at(self.document, place[: place.index("columns") + 1]) or ()
        own = {str(row.get("id")): FieldType(str(row.get("type"))) for row in rows if isinstance(row, dict)}
        return {**self.types, **own}

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"editing:{name}", args=[self.draft.public_id, *args])

    def link(self, place: Place) -> tuple[str, str]:
        """(words, address) of the page that edits a place."""
        found = naming.spot(self.document, place)
        if found.page == "row":
            address = self.address("row", found.place) if found.place else self.address("general")
        elif found.page == "list":
            address = (
                self.address("form") if found.place == naming.FORM else self.address("part", found.place)
            )
        else:
            address = self.address(found.page, found.place)
        return found.words, address + (f"#f-{found.box}" if found.box else "")

    def told(self, faults: list[Fault]) -> list[dict[str, str]]:
        """Faults with their words, sentence and page, for lists."""
        rows = []
        for fault in faults:
            words, href = self.link(fault.place)
            rows.append({"words": words, "href": href, "text": fault.say(language())})
        return rows

    def doubts(self, place: Place | None = None) -> list[dict[str, str]]:
        """What the reader of a form was not sure of and nobody has settled, all or of one place: the part it is about
        as it stands now. What was taken out of the document takes its doubts along."""
        rows = []
        for doubt in self.draft.doubts:
            here = doubting.place_now(self.document, doubt)
            if here is None or place not in (None, here):
                continue
            words, href = self.link(here) if here else ("", "")
            text = str(doubt.get("text") or "") if isinstance(doubt, dict) else str(doubt)
            rows.append({"text": text, "words": words, "href": href, "key": doubting.key_of(doubt)})
        return rows

    def differences(self, rows: list[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
        """Differences between two documents, in words."""
        return [
            {
                "words": self.link(_from_path(self.document, path))[0] or path,
                "path": path,
                "before": _shown(before),
                "after": _shown(after),
            }
            for path, before, after in rows[:SHOWN_DIFFERENCES]
        ]


def _fields(form: dict[str, Any]) -> list[dict[str, Any]]:
    sections = [one for one in form.get("sections") or () if isinstance(one, dict)]
    rows = [row for section in sections for row in section.get("fields") or ()]
    return [row for row in rows if isinstance(row, dict)]


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return naming.called(value) or ", ".join(
            f"{key}: {_shown(inner)}" for key, inner in list(value.items())[:6]
        )
    if isinstance(value, list):
        return "; ".join(_shown(one) for one in value[:8]) or "–"
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    return str(value)[:300]


def _from_path(document: dict[str, Any], path: str) -> Place:
    """A path of `compare` (`steps[key].role`, by key, id or place) as a place of the document; as far as it leads."""
    here: Place = ()
    for part in path.replace("[", ".").replace("]", "").split("."):
        inner = naming.at(document, here)
        if isinstance(inner, list):
            named = [n for n, row in enumerate(inner)
                     if isinstance(row, dict) and part in (row.get("key"), row.get("id"))]  # fmt: skip
            number = named[0] if named else int(part) if part.isdigit() else None
            if number is None:
                return here
            here = (*here, number)
        else:
            here = (*here, part)
    return here


def place_in(text: str) -> Place:
    return place_of(text[:200])


def save(request: HttpRequest, desk: Desk, changes: list[dict], *, said: bool = True) -> Refusal | None:
    """Save changes over the revision that the form was drawn from; the refusal when that is not to be."""
    seen = number(request.POST.get("seen"))
    try:
        done = actions.save(act_of(request, PURPOSE), draft=desk.draft.public_id, seen=seen, changes=changes)
    except (ChangedMeanwhile, KeyTaken, BeingEdited) as refusal:
        return refusal
    if said:
        text = _("Đã lưu.") if done["changed"] else _("Không có gì thay đổi.")
        messages.success(request, text)
    return None


def meanwhile(desk: Desk, request: HttpRequest, refusal: Refusal) -> dict[str, Any]:
    """What the page tells the second of two writers: who saved since, and what is otherwise now."""
    later, rows = queries.changed_since(desk.draft, number(request.POST.get("seen")) or 1)
    return {
        "sentence": refusal.sentence,
        "way_out": refusal.way_out,
        "who": [{"name": one.author_name or one.author, "at": one.at} for one in later],
        "rows": desk.differences(rows),
    }


def page(desk: Desk, **more: Any) -> dict[str, Any]:
    """The context of every page of a draft."""
    return {
        "draft": desk.draft,
        "is_open": desk.is_open,
        "seen": desk.draft.revision,
        "act_id": new_act_id(),
        "lang": language(),
        **more,
    }
