"""The boxes of the editor: what a page shows and sends back unchanged leaves a document as it was."""

import pytest
from django.http import QueryDict

from motcua.editing import slots
from motcua.editing.document import normal
from motcua.editing.inheriting import document_of
from motcua.editing.rules import places
from tests.editing.test_round_trip import shipped


def posted(facts_of) -> QueryDict:
    """What a browser sends for drawn boxes."""
    sent = QueryDict(mutable=True)
    for facts in facts_of:
        if facts.get("doubt"):
            sent.update(posted([facts["mark"], facts["lines"]]))
        elif facts["template"] == "checkbox":
            sent.update({facts["name"]: facts["value"]} if facts["checked"] else {})
        elif "options" in facts:
            sent.setlist(facts["name"], [str(one["value"]) for one in facts["options"] if one["chosen"]])
        else:
            sent[facts["name"]] = facts["value"]
    return sent


def rows_of(document):
    """Every place that a page edits."""
    yield ()
    form = document.get("declaration")
    for label in ("fees", "required_documents", "steps"):
        yield from ((label, number) for number in range(len(document[label])))
    if not isinstance(form, dict):
        return
    yield ("declaration",)
    for label in ("papers", "fees"):
        yield from (("declaration", label, number) for number in range(len(form.get(label) or ())))
    for place, section in enumerate(form["sections"]):
        here = ("declaration", "sections", place)
        yield here
        for number, one in enumerate(section["fields"]):
            yield (*here, "fields", number)
            yield from ((*here, "fields", number, "columns", c) for c in range(len(one.get("columns") or ())))


def sent_again(document, place):
    row = places.at(document, place)
    boxes = [slot for _title, group in slots.slots_for(place) for slot in group]
    asked = [slot for slot in boxes if slot.kind != "condition"]
    return slots.changes_for(place, boxes, posted(slots.draw(slot, row) for slot in asked), row)


def test_a_page_sent_back_as_it_was_changes_nothing():
    beside, bodies = shipped()
    full = [body for body in bodies if isinstance(body.get("declaration"), dict)]
    for body in [*full[:3], *bodies[:8]]:
        document = normal(document_of(body, beside))
        for place in rows_of(document):
            made, problems = sent_again(document, place)
            assert not problems
            assert places.changed(document, made) == document, place


@pytest.mark.parametrize(
    ("box", "text", "value"),
    [
        (slots.Slot("a", "", "money"), "1.500.000", 1_500_000),
        (slots.Slot("a", "", "decimal"), "0,25", 0.25),
        (slots.Slot("a", "", "whole", empty="null"), "", None),
        (slots.Slot("a", "", "bound"), "today-60", "today-60"),
        (slots.Slot("a", "", "lines"), "x\n\n y ", ["x", "y"]),
        (
            slots.Slot("a", "", "options"),
            "m | Nam | Male",
            [{"value": "m", "label": {"vi": "Nam", "en": "Male"}}],
        ),
        (slots.Slot("a", "", "text"), "", slots.OMIT),
    ],
)
def test_a_box_is_read(box, text, value):
    assert slots.read(box, _sent(text), None) == (value, None)


def _sent(text):
    sent = QueryDict(mutable=True)
    sent["a"] = text
    return sent


@pytest.mark.parametrize("kind", ["whole", "money", "decimal", "options"])
def test_what_cannot_be_read_is_told(kind):
    assert slots.read(slots.Slot("a", "", kind), _sent("mười"), None)[1]
