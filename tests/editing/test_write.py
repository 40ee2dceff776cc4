"""Beginning, changing and throwing away drafts."""

import pytest

from motcua.catalogue import actions as catalogue
from motcua.catalogue import queries as catalogue_queries
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


def test_a_listed_procedure_gets_its_content_under_an_id_of_its_own(city):
    rows = [{"code": "9.000001", "name_vi": "Thủ tục cấp giấy phép nuôi chim yến", "field_vi": "Hộ tịch"}]
    catalogue.import_listed(city.act("admin", AT), rows=rows)
    listed = catalogue_queries.by_code("9.000001").slug
    made = actions.start_from_catalogue(city.act("admin", AT), procedure=listed)
    row = Draft.objects.get(public_id=made["draft"])
    document = queries.document_of(row)
    assert row.key == "cap-giay-phep-nuoi-chim-yen" and row.origin == "listed"
    assert (document["code"], document["field_vi"]) == ("9.000001", "Hộ tịch")
    with pytest.raises(errors.BeingEdited):
        actions.start_from_catalogue(city.act("admin", AT), procedure=listed)
    taken = [{"do": "set", "at": ["id"], "value": "birth-registration"}]
    with pytest.raises(errors.KeyTaken):
        actions.save(city.act("admin", AT), draft=row.public_id, seen=1, changes=taken)


def test_places_that_are_not_there_change_nothing(city):
    draft = start(city)
    for change in (
        {"do": "remove", "at": ["steps", 0]},
        {"do": "move", "at": ["fees", 3], "by": 1},
        {"do": "set", "at": ["steps", 4, "role"], "value": "x"},
    ):
        with pytest.raises(errors.NoSuchPlace):
            actions.save(city.act("admin", AT), draft=draft, seen=1, changes=[change])
    assert Draft.objects.get().revision == 1
