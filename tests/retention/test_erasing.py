"""After an erasure nothing of a person is left: tables, look-ups, files, search, logs; the journal verifies."""

from __future__ import annotations

import os

import pytest
from django.apps import apps
from django.db import transaction
from structlog.testing import capture_logs

from motcua.dossiers import joined
from motcua.dossiers import queries as dossier_queries
from motcua.dossiers.errors import NotYours, StillKept
from motcua.dossiers.models import Dossier, Paper, Rating
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.files.storage import storage
from motcua.foundation import policy, worker
from motcua.foundation.access import seen
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import AccessEntry, JournalLine
from motcua.issuing.models import Authority, Issued, Key
from motcua.kernel.text import fold
from motcua.people import queries as people
from motcua.people.models import Party
from motcua.privacy import actions as privacy
from motcua.privacy.models import DataRequest
from motcua.registers.models import Entry, Holding
from motcua.retention import actions
from tests.dossiers import factories as make

from . import factories as f
from .factories import AT, LATER

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def platform(at=LATER):
    return new_act(system("worker"), at=at, purpose="retention")


def aged(address: str) -> None:
    """The content lies there since long ago."""
    os.utime(storage()._path(address), (1, 1))


def test_a_closed_dossier_leaves_no_trace_of_anybody(city):
    dossier = f.lived(city)
    f.petition(city, dossier)
    row = make.get(dossier)
    contents = set(StoredFile.objects.values_list("sha256", flat=True))
    before = {row.code, row.received_at, row.closed_at, row.procedure_id, row.competent_agency_id}
    assert len(f.marks_kept()) == len(f.MARKS) + 2  # every mark and both look-ups are there to be erased
    assert len(people.by_name(f.NAME)) == 1
    for address in contents:
        aged(address)
    actions.confirm(city.act("leader", LATER), destruction=f.listed(city, dossier), number="12/QĐ-UBND")
    assert actions.carry_out_all(platform()) == {"destroyed": 1}
    worker.do_named("files.wipe")

    assert f.marks_kept() == []
    assert people.by_name(f.NAME) == [] and people.by_number(f.NUMBER) is None and not Party.objects.exists()
    assert not StoredFile.objects.exists() and not any(storage().holds(each) for each in contents)
    left = make.get(dossier)
    assert {
        left.code,
        left.received_at,
        left.closed_at,
        left.procedure_id,
        left.competent_agency_id,
    } == before
    assert left.reference != row.reference and dossier_queries.find_tracked(row.reference) is None
    assert dossier_queries.find_tracked(row.code) is None
    assert Rating.objects.get().stars == 4  # figures stay
    for who in ("citizen", "clerk", "processor", "leader", "admin"):
        assert not dossier_queries.visible_to(city.actor(who, LATER)).exists()
    assert AccessEntry.objects.filter(
        subjects__subject=row.subject
    ).exists()  # who looked stays as long as it must
    report = verify()
    assert report.good and report.erased_values > 0
    assert list(policy.differences()) == []
    line = JournalLine.objects.filter(chain=row.subject).latest("seq")
    assert line.verb == "dossier.erased" and set(line.facts) == {"cause", "letters", "files"}


def test_what_a_register_rests_on_stays_with_the_register(city):
    dossier = f.lived(city, make.BUSINESS)
    entries = set(Entry.objects.values_list("pk", flat=True))
    actions.confirm(city.act("leader", LATER), destruction=f.listed(city, dossier), number="12/QĐ-UBND")
    assert actions.carry_out_all(platform()) == {"destroyed": 1}
    assert entries and set(Entry.objects.values_list("pk", flat=True)) == entries
    assert (
        set(Holding.objects.values_list("entries", flat=True)) == entries
    )  # the papers that were handed in are gone
    assert people.by_number(f.NUMBER) is not None and verify().good


@pytest.mark.sqlite
def test_the_pages_of_the_database_keep_nothing_either(city):
    dossier = f.filed(city)
    make.actions.submit(city.act("citizen", AT), dossier=dossier)
    make.actions.receive(city.act("receptionist", AT), dossier=dossier)
    make.actions.withdraw(city.act("citizen", AT), dossier=dossier)
    plain = [f.NAME.encode(), *(word.encode() for word in fold(f.NAME).split() if len(word) > 3)]
    assert all(text in f.pages() for text in plain)  # a name is found by, so it is not sealed
    actions.confirm(city.act("leader", LATER), destruction=f.listed(city, dossier), number="12/QĐ-UBND")
    assert actions.carry_out_all(platform()) == {"destroyed": 1}
    assert [text for text in plain if text in f.pages()] == []


def test_an_abandoned_draft_goes_by_itself(city):
    dossier, file = f.filed(city), StoredFile.objects.exclude(size=len(make.PDF)).get()
    assert set(f.MARKS) & set(f.marks_kept())
    aged(file.sha256)
    assert actions.erase_drafts(platform(AT)) == 0  # touched just now
    assert actions.erase_drafts(platform()) == 1
    worker.do_named("files.wipe")
    assert f.marks_kept() == [] and not storage().holds(file.sha256)
    assert JournalLine.objects.filter(chain=f"dossier:{dossier}").latest("seq").verb == "dossier.abandoned"
    assert verify().good


@pytest.mark.sqlite
def test_a_draft_thrown_away_by_its_owner_leaves_as_little(city):
    dossier = f.filed(city)
    make.actions.discard(city.act("citizen", AT), dossier=dossier)
    assert f.marks_kept() == []


@pytest.mark.sqlite
def test_bytes_that_somebody_else_still_has_stay(city):
    one, other = f.filed(city), f.filed(city)
    address = StoredFile.objects.exclude(size=len(make.PDF)).values_list("sha256", flat=True)[0]
    for dossier, left in ((one, True), (other, False)):
        aged(address)
        make.actions.discard(city.act("citizen", AT), dossier=dossier)
        worker.do_named("files.wipe")
        assert storage()._path(address).exists() is left


@pytest.mark.sqlite
def test_bytes_handed_in_just_now_wait(city):
    """An upload of the same content may be about to name them."""
    f.filed(city)
    address = StoredFile.objects.exclude(size=len(make.PDF)).get().sha256
    assert files.wipe([address]) == []  # named: not touched
    make.actions.discard(city.act("citizen", AT), dossier=Dossier.objects.get().public_id)
    assert files.wipe([address]) == [address] and storage().holds(address)
    aged(address)
    assert files.wipe([address]) == [] and not storage()._path(address).exists()


def test_somebody_with_another_dossier_stays_known(city):
    one, other = f.lived(city), make.in_process(city, procedure=make.BUSINESS, **f.answers())
    actions.confirm(city.act("leader", LATER), destruction=f.listed(city, one), number="12/QĐ-UBND")
    actions.carry_out_all(platform())
    assert people.by_number(f.NUMBER).full_name == f.NAME
    assert make.get(other).applicant_id is not None
    assert verify().good


@pytest.mark.sqlite
def test_only_the_platform_erases_and_only_what_is_over(city):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    with pytest.raises(StillKept):
        make.actions.erase(platform(), dossier=dossier, cause="destruction:x")
    with pytest.raises(NotYours):
        make.actions.erase(city.act("admin", LATER), dossier=dossier, cause="destruction:x")


def test_a_signed_and_sealed_result_goes_with_its_dossier(city):
    row = make.get(make.in_process(city, procedure=make.BUSINESS))
    signer, office, on = city.accounts["signer"], row.competent_agency_id, AT.date()
    key = Key.objects.create(
        account=signer, kind="file", place="x", certificate="x", holder="x", issuer="x", serial="1",
        valid_from=AT, valid_to=LATER, added_at=AT,
    )  # fmt: skip
    authority = Authority.objects.create(
        agency_id=office, account=signer, capacity="tm", own_title="Chủ tịch", valid_from=on, granted_at=AT
    )
    signed, sealed = (StoredFile.objects.create(sha256=c * 64, size=1, kind="pdf", kept_at=AT) for c in "ab")
    Issued.objects.create(
        dossier=row, agency_id=office, authority=authority, key=key, signed_by=signer, signed_at=AT, signed=signed,
        sealed=sealed, place={}, layout_hash="x", number="01/GCN", year=2026, serial=1,
    )  # fmt: skip
    assert set(joined.erase_joined(platform(), row)) == {signed.pk, sealed.pk}
    assert not Issued.objects.exists()


def test_every_room_that_keeps_something_of_a_dossier_erases_it():
    keeping = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Dossier
    }
    erasing = {eraser.__module__.split(".")[1] for eraser in joined._erasers}
    assert keeping - {"dossiers"} <= erasing


@pytest.mark.sqlite
def test_a_draft_that_cannot_be_erased_keeps_no_other(city, monkeypatch):
    stuck, other = f.filed(city), f.filed(city)
    bad = make.get(stuck).pk

    def stumble(act, dossier):
        if dossier.pk == bad:
            raise RuntimeError("a room that has not let go")
        return []

    monkeypatch.setattr(joined, "_erasers", [*joined._erasers, stumble])
    with capture_logs() as told, transaction.atomic():  # as the worker does it: one transaction for the batch
        assert actions.erase_drafts(platform()) == 1
    assert [each["dossier"] for each in told if each["event"] == "retention.draft_not_erased"] == [stuck]
    assert list(Dossier.objects.values_list("public_id", flat=True)) == [stuck] and other != stuck
    assert Paper.objects.filter(dossier__public_id=stuck).exists()  # whole, or not at all
    assert verify().good


@pytest.mark.sqlite
def test_a_complaint_about_a_look_at_a_draft_does_not_keep_it(city):
    dossier = f.filed(city)
    subject = make.get(dossier).subject
    seen(city.actor("leader", AT), at=AT, purpose="lead.overdue", page="t", subjects=[subject])
    look = AccessEntry.objects.get(page="t").pk
    privacy.ask(city.act("citizen", AT), kind="complaint", text="Vì sao mở hồ sơ của tôi?", look=look)
    assert actions.erase_drafts(platform()) == 1
    assert DataRequest.objects.get().dossier is None and not Dossier.objects.exists()
