"""The life of a scan: pages, PDF/A, into the dossier; proposals that never overwrite what a person typed."""

import io
import json
from datetime import timedelta

import pytest
from PIL import Image

from motcua.digitising import actions, images, making, ocr, queries, tasks
from motcua.digitising.errors import (
    NoPages,
    NotFilledNow,
    NothingToScan,
    ProposalGone,
    ScanBusy,
    ScanUnreadable,
    TooManyPages,
    TypedStays,
    ValueDoesNotFit,
)
from motcua.digitising.models import Proposal, Scan, ScanPage
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound, FileRefused, OwnDossier
from motcua.dossiers.models import Paper
from motcua.files import queries as files
from motcua.files.errors import FileNotFound
from motcua.files.models import StoredFile
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.notes.models import NoteVersion
from tests.digitising import factories as scan
from tests.dossiers import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = make.AT + timedelta(minutes=30)
LAN = "Nguyễn Thị Lan"


def word(text, line=0, left=50.0):
    return ocr.Word(text, 95, line, left, 50 + 30.0 * line, 90, 14)


def said(*lines):
    """A page as a reading program tells it."""
    return [
        word(text, row, 50 + 110.0 * at)
        for row, line in enumerate(lines)
        for at, text in enumerate(line.split())
    ]


@pytest.fixture
def reader(monkeypatch):
    """A reading program that reads what it is told, page after page."""
    told = [said("Họ và tên mẹ: Nguyễn Thị Lan")]
    monkeypatch.setattr(ocr, "can_read", lambda program: True)
    monkeypatch.setattr(ocr, "read", lambda page, **how: told[0])
    return told


def by(city, name="receptionist", at=AT):
    return city.act(name, at)


def made(city, dossier, **more):
    public_id = scan.begun(city, dossier, at=AT, **more)
    actions.make(by(city), scan=public_id)
    tasks.work(scan=public_id, run=1, step=0)
    return Scan.objects.get(public_id=public_id)


def asked_at_door(city, **answers):
    """A dossier whose declaration lies open again, and holds no more than these answers of its own."""
    dossier = make.submitted(city)
    dossier_actions.ask_at_door(by(city), dossier=dossier, items=make.ITEMS, reason=make.REASON)
    if answers:
        drawn = dict.fromkeys(answers, "")
        dossier_actions.save_answers(by(city), dossier=dossier, answers=answers, drawn=drawn)
    return dossier


def emptied(city, dossier, *names):
    """These fields say nothing: as when she left them out."""
    row = make.get(dossier)
    view = dossiers.declared_view_of(row)
    from motcua.kernel import forms

    answers = {k: v for k, v in dossiers.answers_of(row).items() if k not in names}
    row.answers, sealed = forms.split(view.declaration, answers)
    row.answers_sealed = sealed or ""
    row.save()


# Pages and the PDF ------------------------------------------------------------------------------------------------


def test_a_scan_becomes_the_electronic_form_of_a_paper_that_was_handed_over(city, reader):
    dossier = make.submitted(city)
    dossier_actions.check_papers(
        by(city), dossier=dossier, papers=[{"key": "other", "name": "Giấy chứng sinh", "form": "original"}]
    )
    paper = Paper.objects.get(dossier__public_id=dossier, name="Giấy chứng sinh")
    assert (paper.file_id, paper.digitised) == (None, 0)
    row = made(city, dossier, paper=paper.pk)
    assert (row.state, row.text, row.name) == ("made", "read", "Giấy chứng sinh")
    uploads = list(ScanPage.objects.filter(scan=row).values_list("file", "picture"))
    actions.take(by(city), scan=row.public_id)
    paper.refresh_from_db()
    assert (paper.file_id, paper.digitised, paper.form) == (row.made_id, 1, "original")
    assert not StoredFile.objects.filter(pk__in=[each for pair in uploads for each in pair]).exists()
    assert {page.words for page in ScanPage.objects.filter(scan=row)} == {""}
    verbs = set(JournalLine.objects.filter(chain=row.subject).values_list("verb", flat=True))
    assert verbs == {"scan.begun", "scan.asked", "scan.made", "scan.taken"}
    line = JournalLine.objects.get(verb="dossier.paper_digitised")
    assert line.actor == by(city).actor.key and line.facts["file"] == row.made.sha256
    assert verify().good


@pytest.mark.sqlite
def test_the_pdf_is_an_archive_file_in_real_size_with_its_text(city, reader):
    reader[0] = said("Giấy chứng sinh của bé Đặng Ước")
    row = made(city, make.submitted(city), content=scan.pdf(scan.page(), scan.page()))
    content = b"".join(files.content(row.made))
    assert b"pdfaid:part>2<" in content and b"pdfaid:conformance>B<" in content
    assert images.count_pages(content, "pdf") == 2
    drawn = images.page_of(content, "pdf", 1)
    assert drawn.dpi == 100 and drawn.image.width == pytest.approx(5.83 * 200, abs=4)
    words = " ".join(text for text, *_place in images.pdf_text(content, 0)).split()
    assert words == ["Giấy", "chứng", "sinh", "của", "bé", "Đặng", "Ước"]


def test_pages_are_ordered_turned_and_left_out(city):
    dossier = make.submitted(city)
    public_id = scan.begun(city, dossier, scan.pdf(*[scan.page()] * 3), at=AT)
    first, second, third = ScanPage.objects.filter(scan__public_id=public_id).order_by("place")
    told = [
        {"page": first.pk, "place": 3, "turn": 90},
        {"page": second.pk, "out": True},
        {"page": third.pk, "place": 1, "turn": 7},
    ]
    assert actions.arrange(by(city), scan=public_id, pages=told)["pages"] == 2
    left = ScanPage.objects.filter(scan__public_id=public_id).order_by("place")
    assert [(page.pk, page.place, page.turned) for page in left] == [(third.pk, 0, 0), (first.pk, 1, 90)]
    picture = scan.keep(city, scan.jpeg(scan.page()), "anh.jpg", at=AT)
    assert actions.add_pages(by(city), scan=public_id, files=[picture])["pages"] == 3
    with pytest.raises(NoPages):
        actions.arrange(
            by(city), scan=public_id, pages=[{"page": page.pk, "out": True} for page in left.all()]
        )


@pytest.mark.sqlite
def test_a_photograph_is_cropped_and_its_size_guessed(city, reader):
    from motcua.digitising import accuracy

    photo = accuracy.photographed(scan.page(dpi=90), 1)
    out = io.BytesIO()
    photo.save(out, "JPEG")
    row = made(city, make.submitted(city), content=out.getvalue())
    page = ScanPage.objects.get(scan=row)
    assert page.dpi_guessed and page.dpi < 100
    told = queries.quality_of([page])
    assert (told.coarse, told.guessed) == ((1,), True)


@pytest.mark.sqlite
def test_without_a_reading_program_everything_else_works(city, settings):
    scan.without_reader(settings)
    row = made(city, make.submitted(city))
    assert (row.state, row.text) == ("made", "absent")
    assert not Proposal.objects.filter(scan=row).exists()
    assert actions.take(by(city), scan=row.public_id)["state"] == "taken"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("program", "code"),
    [("#!/bin/sh\n[ \"$1\" = --list-langs ] && { echo vie; exit; }\nexec sleep 30\n", "slow"),
     ("#!/bin/sh\n[ \"$1\" = --list-langs ] && { echo vie; exit; }\nexit 3\n", "failed"),
     ("#!/bin/sh\necho eng\n", "absent")],
)  # fmt: skip
def test_a_reading_program_that_hangs_or_fails_is_ended(tmp_path, program, code):
    path = tmp_path / "tesseract"
    path.write_text(program)
    path.chmod(0o755)
    with pytest.raises(ocr.CannotRead) as told:
        ocr.read(Image.new("L", (20, 20)), dpi=200, program=str(path), seconds=0.3)
    assert told.value.code == code


@pytest.mark.sqlite
def test_pages_that_could_not_be_read_are_told(city, reader, monkeypatch):
    def slow(page, **how):
        raise ocr.CannotRead("slow")

    monkeypatch.setattr(ocr, "read", slow)
    row = made(city, make.submitted(city))
    assert (row.state, row.text) == ("made", "part")


def test_long_work_is_cut_into_pieces_and_an_older_run_ends_itself(city, reader, monkeypatch):
    dossier = make.submitted(city)
    public_id = scan.begun(city, dossier, scan.pdf(scan.page(), scan.page()), at=AT)
    actions.make(by(city), scan=public_id)
    monkeypatch.setattr(tasks, "SECONDS_IN_ONE_GO", -1.0)
    tasks.work(scan=public_id, run=1, step=0)
    row = Scan.objects.get(public_id=public_id)
    assert row.state == "making" and not ScanPage.objects.filter(scan=row, picture__isnull=False).exists()
    from motcua.foundation.models import Task

    assert Task.objects.filter(name="digitising.work", args__step=1).exists()
    tasks.work(scan=public_id, run=7, step=0)  # of a run that nobody asked for
    assert Scan.objects.get(pk=row.pk).state == "making"


@pytest.mark.sqlite
def test_a_broken_page_is_told_on_the_scan(city, reader, monkeypatch):
    def broken(*given, **named):
        raise images.Unreadable("no such page")

    dossier = make.submitted(city)
    monkeypatch.setattr(making, "prepare", broken)
    row = made(city, dossier)
    assert (row.state, row.problem) == ("failed", "unreadable")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"%PDF-1.4\nnothing\n%%EOF\n", ScanUnreadable), (None, NothingToScan)],
)
def test_what_is_no_scan_is_refused_and_nothing_begins(city, content, refusal):
    dossier = make.submitted(city)
    given = [scan.keep(city, content, at=AT)] if content else []
    with pytest.raises(refusal):
        actions.begin(by(city), dossier=dossier, files=given)
    assert not Scan.objects.exists()


def test_limits_and_strange_files(city, monkeypatch):
    dossier = make.submitted(city)
    monkeypatch.setattr("motcua.digitising.rules.PAGES_MAX", 1)
    with pytest.raises(TooManyPages):
        scan.begun(city, dossier, scan.pdf(scan.page(), scan.page()), at=AT)
    others = scan.keep(city, scan.pdf(scan.page()), by="processor", at=AT)
    with pytest.raises(FileNotFound):
        actions.begin(by(city), dossier=dossier, files=[others])
    with pytest.raises(FileRefused):
        scan.begun(city, dossier, at=AT, key="no-such-paper")
    papers = [
        {"key": "other", "form": "original", "file": scan.keep(city, scan.jpeg(scan.page()), "a.jpg", at=AT)}
    ]
    dossier_actions.check_papers(by(city), dossier=dossier, papers=papers)
    with pytest.raises(FileRefused):
        scan.begun(city, dossier, at=AT, paper=Paper.objects.latest("pk").pk)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("other_receptionist", DossierNotFound), ("citizen", OwnDossier), ("admin", DossierNotFound)],
)
def test_only_who_has_it_in_hand_scans(city, who, refusal):
    dossier = make.submitted(city)
    with pytest.raises(refusal):
        scan.begun(city, dossier, at=AT, by=who)


def test_a_dropped_scan_leaves_nothing_behind(city, reader):
    row = made(city, make.submitted(city))
    made_file = row.made_id
    actions.drop(by(city), scan=row.public_id)
    assert not ScanPage.objects.filter(scan=row).exists() and not Proposal.objects.filter(scan=row).exists()
    assert not StoredFile.objects.filter(pk=made_file).exists()
    with pytest.raises(ScanBusy):
        taken = made(city, make.submitted(city))
        actions.take(by(city), scan=taken.public_id)
        actions.drop(by(city), scan=taken.public_id)


def test_what_is_left_lying_is_dropped_by_night(city, reader, monkeypatch):
    dossier = make.submitted(city)
    waiting, taken = made(city, dossier), made(city, dossier)
    actions.take(by(city), scan=taken.public_id)
    for days, left in ((29, "made"), (31, "dropped")):
        monkeypatch.setattr(tasks, "now", lambda days=days: AT + timedelta(days=days))
        tasks.drop_left()
        waiting.refresh_from_db()
        assert waiting.state == left
    taken.refresh_from_db()
    assert taken.state == "taken" and not ScanPage.objects.filter(scan=waiting).exists()
    with pytest.raises(Forbidden):
        actions.drop_left(by(city), scan=taken.public_id)


def test_a_dossier_takes_its_scans_along_when_it_is_erased(city, reader):
    dossier = make.submitted(city)
    taken, waiting = made(city, dossier), made(city, dossier)
    actions.take(by(city), scan=taken.public_id)
    dossier_actions.refuse(by(city), dossier=dossier, reason=make.REASON)
    later = new_act(system("retention"), at=AT + timedelta(days=9000), purpose="retention")
    assert dossier_actions.erase(later, dossier=dossier, cause="test")["erased"]
    assert not Scan.objects.exists() and not Proposal.objects.exists() and not ScanPage.objects.exists()
    assert not StoredFile.objects.filter(pk__in=[taken.made_id, waiting.made_id]).exists()
    assert verify().good


# Proposals --------------------------------------------------------------------------------------------------------


def test_an_accepted_proposal_fills_an_empty_field_in_her_name(city, reader):
    dossier = asked_at_door(city)
    emptied(city, dossier, "mother_full_name")
    row = made(city, dossier, name="Giấy chứng sinh")
    found = Proposal.objects.get(scan=row, field="mother_full_name")
    done = actions.accept(by(city), scan=row.public_id, proposal=found.pk)
    assert done["field"] == "mother_full_name"
    assert dossiers.answers_of(make.get(dossier))["mother_full_name"] == LAN
    found.refresh_from_db()
    assert (found.state, found.decided_by_id) == ("accepted", by(city).actor.account_id)
    line = JournalLine.objects.get(verb="dossier.scan_value_accepted")
    assert line.actor == by(city).actor.key and line.facts["corrected"] is False
    assert LAN not in json.dumps(line.facts, ensure_ascii=False)
    with pytest.raises(ProposalGone):
        actions.accept(by(city), scan=row.public_id, proposal=found.pk)
    assert verify().good


def test_she_may_put_a_misread_value_right(city, reader):
    dossier = asked_at_door(city)
    emptied(city, dossier, "mother_full_name")
    reader[0] = said("Họ và tên mẹ: Nguyễn Thị Lam")
    row = made(city, dossier)
    found = Proposal.objects.get(scan=row)
    actions.accept(by(city), scan=row.public_id, proposal=found.pk, value=LAN)
    assert dossiers.answers_of(make.get(dossier))["mother_full_name"] == LAN
    assert JournalLine.objects.get(verb="dossier.scan_value_accepted").facts["corrected"] is True


def test_a_value_that_does_not_fit_is_refused(city, reader):
    dossier = asked_at_door(city)
    emptied(city, dossier, "mother_birth_on")
    reader[0] = said("Ngày sinh của mẹ: 20/08/1996")
    row = made(city, dossier)
    found = Proposal.objects.get(scan=row)
    with pytest.raises(ValueDoesNotFit):
        actions.accept(by(city), scan=row.public_id, proposal=found.pk, value="31/02/1996")
    assert "mother_birth_on" not in dossiers.answers_of(make.get(dossier))


def test_what_a_person_typed_is_never_overwritten(city, reader):
    dossier = asked_at_door(city)
    typed = dossiers.answers_of(make.get(dossier))
    assert typed["mother_full_name"] and typed["mother_full_name"] != "Phạm Thị Khác"
    reader[0] = said("Họ và tên mẹ: Phạm Thị Khác")
    row = made(city, dossier)
    found = Proposal.objects.get(scan=row, field="mother_full_name")
    [told] = queries.told_of(queries.get_scan(row.dossier, row.public_id), "vi")
    assert (told.compared, told.shown) == ("differs", "Phạm Thị Khác")
    for value in ("", "Phạm Thị Khác", typed["mother_full_name"]):
        with pytest.raises(TypedStays):
            actions.accept(by(city), scan=row.public_id, proposal=found.pk, value=value)
    assert dossiers.answers_of(make.get(dossier)) == typed
    actions.note_difference(by(city), scan=row.public_id, proposal=found.pk)
    assert dossiers.answers_of(make.get(dossier)) == typed
    note = NoteVersion.objects.latest("pk").text
    assert "Phạm Thị Khác" in note and typed["mother_full_name"] in note


def test_what_was_typed_while_she_looked_at_the_page_stays(city, reader):
    dossier = asked_at_door(city)
    emptied(city, dossier, "mother_full_name")
    row = made(city, dossier)
    found = Proposal.objects.get(scan=row)
    drawn = {"mother_full_name": dossiers.drawn_mark(dossier, "mother_full_name", None)}
    dossier_actions.save_answers(
        city.act("citizen", AT), dossier=dossier, answers={"mother_full_name": "Do Người Dân Gõ"}, drawn=drawn
    )
    with pytest.raises(TypedStays):
        actions.accept(by(city), scan=row.public_id, proposal=found.pk)
    assert dossiers.answers_of(make.get(dossier))["mother_full_name"] == "Do Người Dân Gõ"


def test_while_the_declaration_is_closed_it_is_only_compared(city, reader):
    dossier = make.received(city)
    emptied(city, dossier, "mother_full_name")
    row = made(city, dossier)
    found = Proposal.objects.get(scan=row)
    with pytest.raises(NotFilledNow):
        actions.accept(by(city), scan=row.public_id, proposal=found.pk)
    assert "mother_full_name" not in dossiers.answers_of(make.get(dossier))
    actions.dismiss(by(city), scan=row.public_id, proposal=found.pk)
    found.refresh_from_db()
    assert found.state == "dismissed"


def test_making_it_anew_keeps_what_was_decided(city, reader):
    dossier = asked_at_door(city)
    emptied(city, dossier, "mother_full_name")
    row = made(city, dossier)
    actions.accept(by(city), scan=row.public_id, proposal=Proposal.objects.get(scan=row).pk)
    reader[0] = said("Họ và tên mẹ: Nguyễn Thị Lan", "Họ và tên cha: Trần Văn Nam")
    actions.make(by(city), scan=row.public_id)
    ScanPage.objects.filter(scan=row).update(picture=None)
    tasks.work(scan=row.public_id, run=2, step=0)
    found = dict(Proposal.objects.filter(scan=row).values_list("field", "state"))
    assert found == {"mother_full_name": "accepted", "father_full_name": "open"}


# Marked copies ----------------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_a_mark_lies_across_every_page_and_the_file_stays_as_it_is(city):
    given = scan.keep(city, scan.pdf(scan.page(), scan.page()), "can-cuoc.pdf", at=AT)
    file = files.stored(given)
    before = b"".join(files.content(file))
    content, name = queries.marked_copy(file, "CHỈ DÙNG CHO HỒ SƠ H00 · 05/10/2026")
    assert name == "ban-sao-can-cuoc.pdf" and images.count_pages(content, "pdf") == 2
    assert b"".join(files.content(file)) == before
    plain = images.pdf_page(before, 1, dpi=50).convert("RGB")
    marked = images.pdf_page(content, 1, dpi=50).convert("RGB").resize(plain.size)

    def reddish(image):
        return sum(r > g + 25 for r, g, _b in image.get_flattened_data())

    assert reddish(plain) == 0 and reddish(marked) > 200
    assert not images.pdf_text(content, 0), "the mark is text that can be taken away"
