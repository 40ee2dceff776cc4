"""Beginning, changing and throwing away drafts."""

import pytest

from motcua.editing import actions, errors, queries
from motcua.editing.document import blank
from motcua.editing.models import Draft
from motcua.foundation.errors import Forbidden
from motcua.foundation.models import JournalLine
from tests.dossiers.factories import AT


def start(city, name="Thủ tục thử", **more):
    act = city.act("admin", AT)
    return actions.start_draft(act, document=blank(name), origin="blank", **more)["draft"]


def test_a_draft_is_changed_and_each_change_is_a_revision_and_a_line(city):
    draft = start(city)
    act = city.act("admin", AT)
    changes = [{"do": "set", "at": ["time_limit", "value"], "value": 3}]
    assert actions.save(act, draft=draft, seen=1, changes=changes)["revision"] == 2
    row = Draft.objects.get(public_id=draft)
    assert queries.document_of(row)["time_limit"]["value"] == 3
    assert queries.document_of(row, 1)["time_limit"]["value"] is None
    verbs = JournalLine.objects.filter(chain=row.subject).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["editing.draft_started", "editing.draft_changed"]
    assert not actions.save(city.act("admin", AT), draft=draft, seen=2, changes=changes)["changed"]


def test_the_second_of_two_writers_is_told_what_changed(city):
    draft = start(city)
    one = [{"do": "set", "at": ["name_en"], "value": "One"}]
    actions.save(city.act("admin", AT), draft=draft, seen=1, changes=one)
    with pytest.raises(errors.ChangedMeanwhile) as told:
        actions.save(city.act("admin", AT), draft=draft, seen=1, changes=one)
    assert "Quản Trị" in told.value.sentence
    row = Draft.objects.get(public_id=draft)
    later, differences = queries.changed_since(row, 1)
    assert [r.author_name for r in later] == ["Quản Trị"] and differences == [("name_en", "", "One")]


def test_only_administrators_and_one_open_draft_a_procedure(city):
    for name in ("leader", "receptionist", "citizen"):
        with pytest.raises(Forbidden):
            actions.start_draft(city.act(name, AT), document=blank("X"), origin="blank")
    assert Draft.objects.get(public_id=start(city)).key == "thu-tuc-thu"
    assert Draft.objects.get(public_id=start(city)).key == "thu-tuc-thu-2"
    with pytest.raises(errors.BeingEdited):
        actions.start_draft(city.act("admin", AT), document=blank("Thủ tục thử"), origin="yaml")
