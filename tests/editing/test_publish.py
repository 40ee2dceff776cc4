"""From a published procedure to its next version: changed, proved, looked at by a second person, published."""

import shutil
from datetime import timedelta

import pytest

from motcua.catalogue import queries as catalogue
from motcua.editing import actions, errors, queries
from motcua.editing.models import Draft
from motcua.editing.yamls import files_of
from motcua.foundation.packs import store
from motcua.foundation.packs.check import check
from tests.catalogue.factories import PACKS
from tests.dossiers import factories as dossiers
from tests.dossiers.factories import AT
from tests.editing import factories as make
from tests.editing.factories import BIRTH

LABEL = ("declaration", "sections", 0, "fields", 1, "label", "vi")


def test_a_label_is_changed_proved_and_published_and_running_dossiers_stay(city):
    second, running = make.appoint_second(city), dossiers.in_process(city)
    pinned = dossiers.get(running).version_id
    draft = make.saved(city, make.begun(city), LABEL, "Họ tên người khai")
    said, later = {"draft": draft.public_id, "seen": 2}, AT.replace(hour=AT.hour + 1)
    with pytest.raises(errors.NotProved):
        actions.publish(city.act(second, later), **said, over=pinned)
    done = actions.prove(city.act("admin", AT), **said)
    assert done["ok"] and done["findings"] == 0
    actions.offer(city.act("admin", AT), **said)
    with pytest.raises(errors.SecondPersonNeeded):
        actions.publish(city.act("admin", later), **said, over=pinned)
    with pytest.raises(errors.VersionMoved):
        actions.publish(city.act(second, later), **said, over=None)
    with pytest.raises(errors.NotProved):
        actions.publish(city.act(second, later + timedelta(days=1)), **said, over=pinned)
    made = actions.publish(city.act(second, later), **said, over=pinned)
    assert made["number"] == 2
    view = catalogue.view_for(BIRTH, later)
    assert view.declaration.sections[0].fields[1].label.vi == "Họ tên người khai"
    before, after = (store.version(pk).body for pk in (pinned, made["version"]))
    assert {key for key in before if before[key] != after[key]} == {"declaration"}
    assert dossiers.get(running).version_id == pinned
    with pytest.raises(errors.NotOpen):
        actions.save(city.act("admin", later), **said, changes=make.set_(LABEL, "X"))


def test_a_fault_comes_with_a_dossier_and_keeps_it_from_being_published(city):
    never = "applicant_kind is behalf and applicant_kind is self"
    draft = make.saved(city, make.begun(city), ("declaration", "sections", 1, "when"), never)
    said = {"draft": draft.public_id, "seen": 2}
    assert actions.prove(city.act("admin", AT), **said)["findings"] > 0
    proof = queries.proof_of(draft)
    assert not proof.ok and proof.coverage["dossiers"]
    found = proof.findings[0]
    assert found["place"][:3] == ["declaration", "sections", 1] and found["vi"]
    with pytest.raises(errors.NotProved):
        actions.publish(city.act(make.appoint_second(city), AT), **said, over=draft.base_id)
    draft = make.saved(city, draft, ("steps",), [])
    with pytest.raises(errors.NotSound):
        actions.prove(city.act("admin", AT), draft=draft.public_id, seen=3)


def test_the_files_of_a_draft_begin_the_same_draft_again(city):
    draft = make.begun(city)
    document = queries.document_of(draft)
    files = [(name, text.encode()) for name, text in files_of(document).items()]
    actions.discard(city.act("admin", AT), draft=draft.public_id, seen=1)
    again = actions.start_from_files(city.act("admin", AT), files=files)["draft"]
    assert queries.document_of(Draft.objects.get(public_id=again)) == document
    with pytest.raises(errors.DocumentUnreadable, match="nhóm khóa"):
        actions.start_from_files(city.act("admin", AT), files=[("a.yaml", b"- 1")])


def test_the_files_of_a_changed_draft_pass_the_check_of_the_packs(city, tmp_path):
    draft = make.saved(city, make.begun(city), LABEL, "Họ tên người khai")
    packs = tmp_path / "packs"
    shutil.copytree(PACKS / "national", packs / "national")
    for name, text in files_of(queries.document_of(draft)).items():
        (packs / "national" / name).write_text(text, "utf-8")
    assert check(packs).problems == []
