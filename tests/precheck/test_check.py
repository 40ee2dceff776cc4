"""The check over real drafts and rendered papers: planted faults are told, good dossiers are left alone; what is kept
and what goes. The full hundreds: bench/precheck.py."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from motcua.config.commands import assistant
from motcua.digitising import looking
from motcua.digitising import queries as digitising
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as registry
from motcua.files import actions as files
from motcua.foundation import worker
from motcua.precheck import actions, queries, tasks
from motcua.precheck.models import Check, Look
from motcua.precheck.rules import days
from tests.dossiers import factories as make
from tests.files.factories import PDF
from tests.precheck import cases, filing, made

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = AT.date()
MAKERS = (cases.birth, cases.business, cases.residence)  # procedures of the small city
reads = pytest.mark.skipif(not digitising.can_read(), reason="tesseract with Vietnamese is not here")


def over(city, one, number, written=1.0):
    return filing.looked_over(city, filing.filed(city, one, number, AT, written=written), AT)


@pytest.mark.parametrize("kind", ["missing", "wrong_office", "expired", "differs"])
def test_planted_faults_are_told(city, kind):
    for number in range(3):
        one = cases.planted(kind, number, TODAY, MAKERS)
        found = over(city, one, number)
        assert filing.found(one, found), (number, found.findings)
        assert not found.unread


def test_good_dossiers_are_left_alone(city):
    for number in range(6):
        assert over(city, cases.good(number, TODAY, MAKERS), number).findings == (), number


@pytest.mark.sqlite
@reads
@pytest.mark.slow
def test_photographs_are_read_and_spoilt_ones_told(city):
    assert over(city, cases.good(1, TODAY, MAKERS), 1, written=0.0).findings == ()
    for number in (0, 3):  # blurred, cut
        one = cases.planted("unreadable", number, TODAY, MAKERS)
        found = over(city, one, number)
        assert filing.found(one, found), (number, found.findings)


@pytest.mark.sqlite
def test_without_a_reader_only_what_is_plain_to_see_is_told(city, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"tesseract": "off"})
    one = cases.planted("unreadable", 1, TODAY, MAKERS)  # a dark one
    found = over(city, one, 1)
    assert filing.found(one, found) and not found.reader
    plain = over(city, cases.good(1, TODAY, MAKERS), 1, written=0.0)
    assert plain.findings == () and not plain.unread
    look = Look.objects.order_by("pk").last()
    assert '"absent"' in look.pages
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"tesseract": "tesseract"})
    assert (
        queries.is_looked_at(look.sha256) is not digitising.can_read()
    )  # what it could not read it may read now


def test_a_content_is_looked_at_once_and_forgotten_with_its_dossier_or_a_month_later(city, monkeypatch):
    draft = filing.filed(city, cases.good(0, TODAY, MAKERS), 0, AT, written=1.0)
    assert Look.objects.count() == 1
    monkeypatch.setattr(digitising, "looked_at", lambda *a, **k: pytest.fail("looked at twice"))
    assert actions.ask(city.act("citizen", AT), dossier=draft)["asked"] == 0
    tasks.look(file=dossiers_file(draft))
    assert actions.forget_old(Look.objects.get().at) == 0
    dossiers.discard(city.act("citizen", AT), dossier=draft)
    assert Look.objects.count() == 0 and Check.objects.count() == 0
    actions.keep_look(sha256="0" * 64, at=AT - timedelta(days=400), pages=[], count=0)
    tasks.forget()
    assert not Look.objects.exists()


def test_what_was_seen_of_a_paper_taken_out_again_goes_too(city):
    draft = filing.filed(city, cases.good(0, TODAY, MAKERS), 0, AT, written=1.0)
    assert Look.objects.exists()
    for paper in registry.papers_of(registry.get_visible(city.actor("citizen", AT), draft)):
        dossiers.remove_paper(city.act("citizen", AT), dossier=draft, paper=paper.pk)
    dossiers.discard(city.act("citizen", AT), dossier=draft)
    assert not Look.objects.exists()


def dossiers_file(draft):
    from motcua.dossiers.models import Paper

    return Paper.objects.get(dossier__public_id=draft).file.public_id


def test_a_file_that_cannot_be_opened_is_told_and_one_taken_out_meanwhile_is_not_looked_at(city):
    case = cases.good(0, TODAY, MAKERS)
    draft = dossiers.start_draft(city.act("citizen", AT), procedure=case.procedure, agency=case.centre)[
        "dossier"
    ]
    dossiers.save_answers(city.act("citizen", AT), dossier=draft, answers=case.answers)
    kept = files.keep(city.act("citizen", AT), files.from_bytes(PDF, "hong.pdf"))
    dossiers.add_paper(city.act("citizen", AT), dossier=draft, key="birth-notice", file=kept["file"])
    unread = filing.looked_over(city, draft, AT)
    assert [each.key for each in unread.unread] == ["birth-notice"] and unread.findings == ()
    actions.ask(city.act("citizen", AT), dossier=draft)
    worker.drain()
    assert not filing.looked_over(city, draft, AT).unread
    tasks.look(file="0" * 26)


def test_a_paper_beyond_those_that_are_looked_at_is_not_missing(city, monkeypatch):
    monkeypatch.setattr(queries, "FILES_MOST", 0)
    draft = filing.filed(city, cases.good(0, TODAY, MAKERS), 0, AT, written=1.0)
    assert filing.looked_over(city, draft, AT).findings == ()


@pytest.mark.parametrize("letters", made.LETTERS)
def test_number_and_day_stand_on_one_line_of_the_head(letters):
    sheet = cases.marriage(random.Random(3), TODAY).sheets["marital-status-certificate"]  # noqa: S311
    for place in ("Vĩnh Tuy", "Vĩnh Tuy, Hà Nội", "Quận 3"):
        content = made.pdf(replace(sheet, place=place), "office", letters)
        pages, _count = looking.look(content, "pdf", program=None, pages_most=1, seconds=9)
        rows = [text for text, _sure in looking.rows_in(pages[0])]
        assert [row for row in rows if sheet.number in row and place in row], rows
        assert [day for _at, day in days.signed_days(rows)] == [sheet.signed_on]


def test_what_was_said_is_kept_without_values_and_compared_with_what_officers_ask(city, capsys, monkeypatch):
    monkeypatch.setattr("motcua.config.cli.set_up_django", lambda: None)
    assert run("--json") == 1  # nothing to compare yet
    one = cases.planted("differs", 0, TODAY, (cases.birth,))
    draft = filing.filed(city, one, 0, AT, written=1.0)
    found = filing.looked_over(city, draft, AT)
    row = make.get(draft)
    actions.keep(row, found, AT)
    actions.keep(row, found, AT + timedelta(minutes=1))
    check = Check.objects.get()
    assert check.at == AT
    assert [(f["kind"], f["paper"]) for f in check.findings] == [("differs", "birth-notice")]
    said = str(check.findings)
    assert not any(str(v) in said for v in one.case.answers.values() if isinstance(v, str) and len(v) > 8)
    dossiers.submit(city.act("citizen", AT), dossier=draft, consents=["commitment"])
    items = [
        {"text": "Họ tên mẹ trên giấy không khớp với tờ khai", "paper": "birth-notice"},
        {"text": "Thiếu giấy ủy quyền", "paper": "authorisation-family"},
    ]
    dossiers.ask_at_door(city.act("receptionist", AT), dossier=draft, items=items, reason=make.REASON)
    told, requests = queries.compared(None)
    assert (requests, told.asked, told.told, told.same_kind, told.never_asked) == (1, 2, 1, 1, 0)
    capsys.readouterr()
    assert run("--json") == 0 and '"recall": 0.5' in capsys.readouterr().out
    assert (
        run() == 0 and "birth-registration: 1/2; missing authorisation-family ×1" in capsys.readouterr().out
    )
    assert run("--since", "2026-11-21") == 1
    assert run("--since", "hôm qua") == 2
    actions.keep(make.get(draft), found, AT + timedelta(days=1))
    assert Check.objects.get().at == AT  # handed in: what was said stays


def run(*words):
    import argparse

    parser = argparse.ArgumentParser()
    assistant.register(parser.add_subparsers(dest="command"))
    return assistant.run(parser.parse_args(["assistant", "check-quality", *words]))


def test_the_papers_are_really_in_letters_of_our_own(city):
    sheet = cases.good(0, TODAY, MAKERS).sheets["birth-notice"]
    assert {
        made.pdf(sheet, layout, letters)[:4] for layout in ("form", "prose") for letters in made.LETTERS
    } == {b"%PDF"}
