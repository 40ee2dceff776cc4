"""Notes and labels in the small city: versions that only grow, words sealed, labels that stay when a dossier moves."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.dossiers.errors import DossierNotFound, OwnDossier
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.notes import actions, errors, queries, rules
from motcua.notes.models import NoteVersion
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.support.city import CENTRE, COMMITTEE

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(hours=1)
SAID = "Đã gọi điện: chiều mai bà Lan mang bản gốc."
WHY = "Ghi nhầm sang hồ sơ khác."


def told(city, name, dossier):
    return queries.notes_of(city.actor(name, AT), make.get(dossier), "vi")


def label(city, name="Gấp", agency=COMMITTEE, by="head", colour="gold"):
    return actions.make_label(city.act(by, AT), agency=agency, name=name, colour=colour)["label"]


def names_on(city, name, dossier):
    return [one.name for one in queries.beside(city.actor(name, AT), make.get(dossier), "vi")[0]]


def test_an_edit_adds_a_version_and_a_withdrawal_hides_the_words_and_keeps_them(city):
    dossier = make.in_process(city)
    note = actions.write(city.act("processor", AT), dossier=dossier, text=SAID)["note"]
    edited = actions.edit(
        city.act("processor", AT), dossier=dossier, note=note, text=f"{SAID} (14 giờ)", version=1
    )
    assert edited["version"] == 2
    same = actions.edit(city.act("processor", AT), dossier=dossier, note=note, text=f"{SAID} (14 giờ)")
    assert same["version"] == 2, "the same words again change nothing"
    (read,) = told(city, "receptionist", dossier)
    assert (read.text, [one.text for one in read.former]) == (f"{SAID} (14 giờ)", [SAID])
    assert (read.author, read.may_edit, read.may_withdraw) == ("Trần Hộ Tịch", False, False)
    with pytest.raises(errors.NoteChangedMeanwhile):
        actions.edit(city.act("processor", AT), dossier=dossier, note=note, text="Khác", version=1)
    with pytest.raises(errors.NoteNotYours):
        actions.edit(city.act("head", AT), dossier=dossier, note=note, text="Khác")
    with pytest.raises(errors.NoteNotYours):
        actions.withdraw(city.act("receptionist", AT), dossier=dossier, note=note, reason=WHY)
    with pytest.raises(errors.WithdrawalReason):
        actions.withdraw(city.act("head", AT), dossier=dossier, note=note, reason="nhầm")
    actions.withdraw(city.act("head", AT), dossier=dossier, note=note, reason=WHY)
    (gone,) = told(city, "processor", dossier)
    assert (gone.text, gone.former, gone.why, gone.withdrawn_by) == ("", (), WHY, "Vũ Trưởng Phòng")
    with pytest.raises(errors.NoteWithdrawn):
        actions.edit(city.act("processor", AT), dossier=dossier, note=note, text="Khác")
    kept = NoteVersion.objects.order_by("number").values_list("kind", "text")
    assert list(kept) == [("written", SAID), ("edited", f"{SAID} (14 giờ)"), ("withdrawn", WHY)]


def test_words_are_sealed_in_the_table_and_only_salted_in_the_journal(city):
    dossier = make.in_process(city)
    actions.write(city.act("processor", AT), dossier=dossier, text=SAID)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notes_noteversion")
        assert "bản gốc" not in str(cursor.fetchall())
    line = JournalLine.objects.get(chain=f"dossier:{dossier}", verb="dossier.note_written")
    assert "bản gốc" not in str(line.facts)
    assert verify().findings == []


def test_officers_at_work_read_and_write_and_nobody_else(city):
    dossier = make.in_process(city)
    actions.write(city.act("receptionist", AT), dossier=dossier, text=SAID)
    readers = [name for name in city.accounts if told(city, name, dossier)]
    assert set(readers) == {"receptionist", "clerk", "processor", "head", "leader", "province_leader"}
    for name in ("citizen", "other_receptionist", "admin", "other_citizen"):
        with pytest.raises(DossierNotFound):
            actions.write(city.act(name, AT), dossier=dossier, text=SAID)


def test_nobody_reads_the_notes_on_a_dossier_of_her_own(city):
    dossier = make.in_process(city, by="head")
    actions.write(city.act("processor", AT), dossier=dossier, text=SAID)
    assert told(city, "head", dossier) == []
    with pytest.raises((OwnDossier, DossierNotFound)):
        actions.write(city.act("head", AT), dossier=dossier, text=SAID)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (rules.NOTE_MAX + 1)])
def test_a_note_has_words(city, text):
    dossier = make.submitted(city)
    with pytest.raises(errors.NoteEmpty):
        actions.write(city.act("receptionist", AT), dossier=dossier, text=text)
    assert not NoteVersion.objects.exists()


def test_labels_are_made_by_who_leads_and_used_by_who_works_there_and_below(city):
    for by, agency in (("processor", COMMITTEE), ("head", "qn-ha-lam"), ("citizen", COMMITTEE)):
        with pytest.raises(errors.MayNotMakeLabels):
            label(city, by=by, agency=agency)
    urgent = label(city)
    with pytest.raises(errors.LabelNameWrong):
        label(city, name=" GẤP ")
    with pytest.raises(errors.ColourUnknown):
        label(city, name="Khác", colour="#ff0000")
    below = label(city, name="Chờ ảnh", agency=CENTRE, by="admin")
    dossier = make.in_process(city)
    assert actions.put_on(city.act("processor", AT), dossier=dossier, label=urgent)["changed"]
    assert not actions.put_on(city.act("processor", AT), dossier=dossier, label=urgent)["changed"]
    actions.put_on(city.act("receptionist", AT), dossier=dossier, label=below)
    with pytest.raises(errors.LabelNotYours):
        actions.take_off(city.act("processor", AT), dossier=dossier, label=below)
    assert names_on(city, "processor", dossier) == ["Chờ ảnh", "Gấp"]
    assert names_on(city, "citizen", dossier) == []
    actions.change_label(city.act("head", AT), label=urgent, name="Rất gấp", colour="indigo")
    actions.retire_label(city.act("head", AT), label=urgent)
    assert names_on(city, "processor", dossier) == ["Chờ ảnh", "Rất gấp"]
    other = make.in_process(city)
    with pytest.raises(errors.LabelNotYours):
        actions.put_on(city.act("processor", AT), dossier=other, label=urgent)
    assert actions.take_off(city.act("processor", AT), dossier=dossier, label=urgent)["changed"]
    assert names_on(city, "processor", dossier) == ["Chờ ảnh"]
    assert label(city, name="rất gấp"), "a name is free again once its label is used no more"
    verbs = JournalLine.objects.filter(chain=f"dossier:{dossier}", verb__startswith="dossier.label")
    assert list(verbs.order_by("seq").values_list("verb", flat=True)) == [
        "dossier.label_on", "dossier.label_on", "dossier.label_off",
    ]  # fmt: skip
    assert verify().findings == []


def test_with_another_agency_notes_and_labels_come_along_and_a_filter_goes_by_the_name(city):
    dossier, urgent = make.in_process(city), label(city)
    actions.write(city.act("processor", AT), dossier=dossier, text=SAID)
    actions.put_on(city.act("processor", AT), dossier=dossier, label=urgent)
    theirs = label(city, name="gấp", agency="qn-ha-lam", by="other_leader", colour="ink")
    reason = "Thuộc thẩm quyền của phường Hà Lầm."
    dossiers.forward(city.act("processor", AT), dossier=dossier, agency="qn-ha-lam", reason=reason)
    (note,) = told(city, "other_processor", dossier)
    assert (note.text, note.agency) == (SAID, city.office(COMMITTEE).name("vi"))
    assert names_on(city, "other_processor", dossier) == ["Gấp"]
    mine = dossier_queries.worklist(
        f"office:{city.office('qn-ha-lam').id}:process", among=queries.carries(theirs)
    )
    assert [item.dossier.public_id for item in mine] == [dossier]
    for do in (actions.put_on, actions.take_off):  # its agency received the dossier and still follows it
        with pytest.raises(errors.LabelNotYours):
            do(city.act("other_processor", AT), dossier=dossier, label=urgent)


def test_what_an_agency_that_ended_left_is_read_and_taken_off_by_its_successor_and_put_on_no_more(city):
    dossier, urgent = make.in_process(city), label(city)
    actions.write(city.act("processor", AT), dossier=dossier, text=SAID)
    actions.put_on(city.act("processor", AT), dossier=dossier, label=urgent)
    wards.publish()
    wards.apply()
    later = wards.THE_DAY + timedelta(hours=1)
    successor = city.actor("other_processor", later)
    assert [one.text for one in queries.notes_of(successor, make.get(dossier), "vi")] == [SAID]
    (found,), offered = queries.beside(successor, make.get(dossier), "vi")
    assert (found.name, found.left, found.may_take_off, offered) == ("Gấp", True, True, [])
    assert actions.take_off(city.act("other_processor", later), dossier=dossier, label=urgent)["changed"]
    with pytest.raises(errors.LabelNotYours):
        actions.put_on(city.act("other_processor", later), dossier=dossier, label=urgent)
