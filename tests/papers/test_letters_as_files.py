"""A letter becomes a PDF in the background, is kept by its hash, and is had by whoever may see the dossier."""

from datetime import timedelta

import jsonschema_rs
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import queries as dossiers
from motcua.files.models import StoredFile
from motcua.foundation import worker
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Forbidden
from motcua.foundation.models import JournalLine, Task
from motcua.papers import actions, queries, tasks
from motcua.papers.errors import LayoutFaulty, PaperNotReady
from motcua.papers.models import IssuedPaper
from motcua.papers.record import schema
from motcua.papers.typesetting import pdf_of
from tests.dossiers import factories as make
from tests.dossiers.factories import S
from tests.papers import pdf

pytestmark = pytest.mark.django_db


def receipt_of(dossier: str):
    return next(each for each in dossiers.letters_of(make.get(dossier)) if each.kind == "receipt")


def taken(response, folder):
    path = folder / "paper.pdf"
    path.write_bytes(b"".join(response.streaming_content))
    return path


def test_the_receipt_is_made_when_the_dossier_is_received(browse, city, at, tmp_path):
    dossier = make.received(city)
    worker.drain()
    paper = IssuedPaper.objects.get(dossier__public_id=dossier)
    address = f"/ho-so/{dossier}/phieu/{receipt_of(dossier).public_id}/pdf/"
    answer = browse("citizen").get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    path = taken(answer, tmp_path)
    facts, words = pdf.facts(path), pdf.text(path)
    assert facts["Tagged"] == "yes" and facts["Page size"] == "419.528 x 595.276 pts"  # A5
    assert facts["Title"].startswith("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    assert pdf.fonts(path) == {"Tinos"}
    for said in ("Mẫu số 01", "MÔ PHỎNG", make.get(dossier).code, "Nguyễn Thị Lan", "CỘNG HÒA XÃ HỘI"):
        assert said in words, said
    record = pdf.attached(path, tmp_path)
    jsonschema_rs.validate(schema(), record)
    assert record["dossier"]["code"] == make.get(dossier).code and record["simulated"] is True
    assert record["dossier"]["tracking"].endswith(make.get(dossier).reference)
    assert {"received_at", "due_at", "owner.name"} <= {line["name"] for line in record["lines"]}
    line = JournalLine.objects.get(chain=f"paper:{paper.public_id}")
    assert line.facts["sha256"] == paper.file.sha256 == StoredFile.objects.get(pk=paper.file_id).sha256


def test_who_may_not_see_the_dossier_has_no_paper_of_it(browse, city, at):
    dossier = make.received(city)
    worker.drain()
    letter = receipt_of(dossier).public_id
    at_desk = f"/counter/ho-so/{dossier}/in/{letter}/pdf/"
    assert browse("receptionist").get(at_desk).status_code == 200
    assert browse("other_receptionist").get(at_desk).status_code == 404
    stranger = browse("other_citizen")
    assert stranger.get(f"/ho-so/{dossier}/phieu/{letter}/pdf/").status_code == 404
    other = make.received(city)
    assert browse("receptionist").get(f"/counter/ho-so/{other}/in/{letter}/pdf/").status_code == 404


def test_both_pages_of_the_dossier_lead_to_it(browse, city, at):
    dossier = make.received(city)
    letter = receipt_of(dossier).public_id
    pages = (("citizen", f"/ho-so/{dossier}/", "phieu"), ("receptionist", f"/counter/ho-so/{dossier}/", "in"))
    for who, page, part in pages:
        assert f'href="{page}{part}/{letter}/pdf/"' in browse(who).get(page).content.decode()


def test_what_was_issued_long_ago_is_made_when_first_asked_for(browse, city, at):
    dossier = make.received(city, at=at - timedelta(days=30))
    worker.drain()
    assert not IssuedPaper.objects.exists()
    address = f"/ho-so/{dossier}/phieu/{receipt_of(dossier).public_id}/pdf/"
    client = browse("citizen")
    assert [client.get(address).status_code for _ in range(2)] == [409, 409]
    assert Task.objects.filter(name="papers.make_missing").count() == 1
    worker.drain()
    assert client.get(address).status_code == 200


def test_it_is_made_once_and_only_by_the_platform_itself(city, at):
    dossier = make.received(city)
    row, letter = make.get(dossier), receipt_of(dossier)
    with pytest.raises(Forbidden):
        actions.make(city.act("admin", at), dossier=dossier, about=letter.public_id)
    with pytest.raises(PaperNotReady):
        actions.demand_file(row, letter.public_id)
    worker.drain()
    kept = actions.demand_file(row, letter.public_id)
    act = new_act(system("tests"), at=at, purpose="again")
    assert actions.make(act, dossier=dossier, about=letter.public_id)["sha256"] == kept.sha256
    assert StoredFile.objects.filter(kind="pdf", pk=kept.pk).count() == IssuedPaper.objects.count() == 1


def test_the_same_letter_gives_the_same_bytes(city, at):
    dossier = make.received(city)
    drafts = [queries.draft_of(make.get(dossier), receipt_of(dossier).public_id) for _ in range(2)]
    first, second = (pdf_of(*draft) for draft in drafts)
    assert first == second


def test_every_letter_to_the_applicant_is_set_from_its_record(city, at, tmp_path):
    """Forms 02, 03 and 05, each with what it is about."""
    for state, kind in (
        (S.SUPPLEMENT, "supplement-request"),
        (S.REFUSED, "refusal"),
        (S.WITHDRAWN, "stop-notice"),
    ):
        row = make.get(make.in_state(city, state))
        letter = next(each for each in dossiers.letters_of(row) if each.kind == kind)
        record, layout = queries.draft_of(row, letter.public_id)
        jsonschema_rs.validate(schema(), record.model_dump(mode="json"))
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(pdf_of(record, layout))
        assert f"Mẫu số {record.form_no}" in pdf.text(path) and pdf.fonts(path) == {"Tinos"}


def test_the_result_that_is_made_here_is_a_paper_too(browse, city, at, tmp_path):
    dossier = make.returned(city, procedure=make.BUSINESS)
    worker.drain()
    assert set(IssuedPaper.objects.values_list("kind", flat=True)) == {"receipt", "certificate"}
    answer = browse("citizen").get(f"/ho-so/{dossier}/ket-qua/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    path = taken(answer, tmp_path)
    answers = dossiers.answers_of(make.get(dossier))
    words = pdf.text(path)
    for said in (
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
        answers["business_name"],
        make.get(dossier).result_number,
    ):
        assert said in words, said
    assert (
        f"/counter/ho-so/{dossier}/ket-qua/"
        in browse("receptionist").get(f"/counter/ho-so/{dossier}/").content.decode()
    )
    assert browse("other_citizen").get(f"/ho-so/{dossier}/ket-qua/").status_code == 404


def test_the_pages_of_a_dossier_ask_no_more_for_their_papers(browse, city, at):
    """Twelve statements is their budget, savepoints aside; a result that is made here is the fullest page."""
    dossier = make.returned(city, procedure=make.BUSINESS)
    for who, address in (("citizen", f"/ho-so/{dossier}/"), ("receptionist", f"/counter/ho-so/{dossier}/")):
        client = browse(who)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        said = [
            one["sql"]
            for one in asked
            if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        ]
        assert f"{address}ket-qua/" in page and len(said) <= 12, said
        assert not any("papers_issuedpaper" in sql for sql in said)


def test_a_result_of_another_system_or_a_denial_is_none_of_ours(city, at):
    denied = make.get(make.drafted(city, outcome="denied", note="Không đủ điều kiện."))
    taken_over = make.get(make.returned(city, procedure=make.BIRTH))
    assert not queries.has_result(denied) and not queries.has_result(taken_over)


def test_a_character_that_our_letters_do_not_have_keeps_no_paper_from_being_made(
    city, browse, tmp_path, monkeypatch
):
    """A foreigner's name, a tick that somebody typed: the paper shows a mark there, what is attached is whole."""
    dossier = make.received(city)
    name = "Nguyễn Thị Lan 蘭 ✓"
    real = queries.record_of

    def renamed(*given, **more):
        record = real(*given, **more)
        lines = [
            line.model_copy(update={"text": name} if line.name == "owner.name" else {})
            for line in record.lines
        ]
        return record.model_copy(update={"lines": lines})

    monkeypatch.setattr(queries, "record_of", renamed)
    worker.drain()
    answer = browse("citizen").get(f"/ho-so/{dossier}/phieu/{receipt_of(dossier).public_id}/pdf/")
    path = taken(answer, tmp_path)
    assert "Nguyễn Thị Lan □ □" in pdf.text(path) and pdf.fonts(path) == {"Tinos"}
    lines = {line["name"]: line["text"] for line in pdf.attached(path, tmp_path)["lines"]}
    assert lines["owner.name"] == name


def test_a_paper_that_cannot_be_made_keeps_no_other_waiting(city, monkeypatch):
    dossier = make.received(city)
    Task.objects.all().delete()
    real, first = queries.missing, []

    def missing(row):
        return ["no-such-letter", *real(row)]

    def made(act, *, dossier, about):
        if about == "no-such-letter":
            raise LayoutFaulty(layout="result", problem="x")
        first.append(about)

    monkeypatch.setattr(queries, "missing", missing)
    monkeypatch.setattr(actions, "make", made)
    tasks.make_missing(dossier=dossier)
    assert len(first) == 1
    assert [row.key for row in Task.objects.filter(name="papers.make_one")] == [f"{dossier}/no-such-letter"]
