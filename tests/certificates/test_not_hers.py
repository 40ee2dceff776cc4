"""What is not hers has no effect: another's consent, a certificate that was not taken, an order she took back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.certificates import actions, checking, counts, errors, queries, rules, tasks
from motcua.certificates.models import Certificate, Order, Request
from motcua.dossiers import actions as dossiers
from motcua.foundation import worker
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine, Task
from motcua.foundation.time import local_date
from motcua.notices import queries as notices
from motcua.notices.models import Notice
from motcua.people import actions as people
from motcua.people import queries as known
from tests.certificates import factories as own
from tests.dossiers import factories as make
from tests.support.city import CENTRE
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
AT = own.AT
PHONE = "0912345678"


def stage(row: Request) -> str:
    row = Request.objects.select_related("dossier").get(pk=row.pk)
    return rules.stage(queries.facts_of(row))


def at_once() -> None:
    """Whatever waits for its time is carried now."""
    Task.objects.filter(state="waiting").update(available_at=AT)
    worker.drain()


@pytest.fixture
def revoked(twin):
    """The numbers that the authority was told to revoke."""
    told, revoke = [], twin.revoke
    twin.revoke = lambda serial, reason: (told.append(serial), revoke(serial, reason))
    return told


@pytest.fixture
def given(twin):
    """The numbers of the certificates that the authority issued."""
    from cryptography import x509

    made, issue = [], twin.issue

    def issued(holder, key):
        chain = issue(holder, key)
        made.append(f"{x509.load_der_x509_certificate(chain[0]).serial_number:x}")
        return chain

    twin.issue = issued
    return made


# Consent


def helped(city) -> Request:
    """A helper files for her, with a code that was read out to him, and ticks what the form demands."""
    began = dossiers.start_helping(
        city.act("helper", AT), procedure=own.PROCEDURE, person_name="Nguyễn Thị Lan", phone=PHONE, agency=CENTRE
    )  # fmt: skip
    dossier = began["dossier"]
    answers = {**make.complete(own.PROCEDURE), "key_place": "remote"}
    dossiers.save_answers(city.act("helper", AT), dossier=dossier, answers=answers)
    make.add_needed_papers(city, dossier, by="helper")
    dossiers.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)
    code = re.search(r"\d{6}", notices.last_message(f"dossier:{dossier}", "consent", at=AT).text).group()
    dossiers.confirm_consent(city.act("helper", AT), dossier=dossier, code=code)
    dossiers.submit(city.act("helper", AT), dossier=dossier)
    dossiers.receive(city.act("receptionist", AT), dossier=dossier)
    dossiers.transfer(city.act("receptionist", AT), dossier=dossier)
    return Request.objects.get(dossier__public_id=dossier)


def test_a_helpers_tick_is_not_her_consent(city, twin, at):
    row = helped(city)
    assert (row.consent_how, row.consented_at, stage(row)) == ("", None, "consent")
    own.checked(city, row)
    assert stage(row) == "consent" and not Order.objects.exists()  # nothing of hers went to the authority
    page = client_of(city.accounts["receptionist"]).get(reverse("certificates:at_desk", args=[row.public_id]))
    assert row.consent["vi"] in page.content.decode() and "In phiếu đồng ý" in page.content.decode()
    own.checked(city, row, slip=True)
    row.refresh_from_db()
    assert (row.consent_how, stage(row)) == ("slip", "waiting")


def test_who_is_proved_to_be_another_person_consents_not_for_her(city, twin):
    make.received(city, procedure=make.BUSINESS)  # by which the registry knows the one who files
    party = known.by_number(own.NUMBER)
    citizen = city.accounts["citizen"].public_id
    people.link_account(city.act("receptionist", AT), account=citizen, party=party.public_id)
    other = {"full_name": "Nguyễn Thị Hoa", "personal_number": "022196001241"}
    row = own.asked(city, key_place="remote", **other)
    own.checked(city, row, number=other["personal_number"])
    assert (row.consent_how, stage(row)) == ("", "consent") and not Order.objects.exists()
    with pytest.raises(errors.SomebodyElse):
        actions.agree(city.act("citizen", AT), request=row.public_id)
    hers = own.asked(city, key_place="remote")
    assert hers.consent_how == "form"


# What was not taken


@pytest.mark.parametrize("code", ["other_key", "other_name"])
def test_what_was_rejected_is_revoked_before_there_is_another(city, twin, given, revoked, code):
    twin.faults[code] = True
    row = own.issued(city)
    order = Order.objects.get(kind="issue")
    assert (order.state, order.trouble, order.rejected) == ("failed", code, given[0])
    assert order.rejected_issuer and revoked == given[:1]
    assert JournalLine.objects.filter(verb="certificate.failed", facts__icontains=given[0]).exists()
    [line] = queries.open_lines(city.actor("receptionist", AT))
    assert (line.stage, bool(line.trouble)) == ("failed", True)  # the desk still sees why
    twin.faults.clear()
    actions.hand_over_again(city.act("receptionist", AT + timedelta(hours=1)), request=row.public_id)
    worker.drain()
    assert stage(row) == "issued" and Certificate.objects.get().serial == given[1] and len(revoked) == 1
    assert counts.totals(counts.cells(local_date(AT), "vi"))["revoked"] == 0  # none of hers
    assert not Notice.objects.filter(kind="certificate.revoked").exists() and verify().good


@pytest.mark.parametrize(("code", "times"), [("untrusted", 1), ("revoked", 0)])
def test_what_does_not_hold_here_is_revoked_unless_it_is(city, given, revoked, code, times, monkeypatch):
    monkeypatch.setattr(checking, "objection_to", lambda *_told, **_more: code)
    row = own.issued(city)
    assert Order.objects.get(kind="issue").rejected == given[0] and revoked == given[:1] * times
    assert stage(row) == "failed" and not Certificate.objects.exists()


def test_a_strangers_certificate_sent_by_mistake_is_not_revoked(city, twin, given, revoked):
    issue = twin.issue
    stranger = {"name": "Trần Văn Ba", "number": "022196001241"}
    twin.issue = lambda _holder, _key: issue(stranger, own.key("stranger").public_key())
    row = own.issued(city)
    assert stage(row) == "failed" and Order.objects.get().rejected == given[0] and revoked == []


def test_a_key_that_nobody_activated_in_time_can_be_activated_no_more(city, twin, given, revoked, clock):
    row = own.asked(city, key_place="remote")
    own.checked(city, row)
    worker.drain()
    order = Order.objects.get()
    token = order.activation.rpartition("/")[2]
    clock(31 * 24 * 60)
    at_once()
    order.refresh_from_db()
    assert (order.trouble, order.activation) == ("not_activated", "")
    assert Order.objects.get(kind="revoke").state == "done"
    assert not twin.activate(token, "123456") and given == []
    actions.hand_over_again(city.act("receptionist", AT + timedelta(days=31)), request=row.public_id)
    worker.drain()
    assert twin.activate(Order.objects.get(state="activation").activation.rpartition("/")[2], "123456")
    at_once()
    assert stage(row) == "issued" and len(given) == 1 and verify().good


def test_a_key_activated_at_the_last_moment_is_revoked(city, twin, given, revoked, clock):
    row = own.asked(city, key_place="remote")
    own.checked(city, row)
    worker.drain()
    order = Order.objects.get()
    token = order.activation.rpartition("/")[2]
    clock(31 * 24 * 60)
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    late = new_act(system("worker"), at=AT + timedelta(days=31), purpose="test")
    actions.wait_for_her(late, order=order.public_id, state="activation")
    assert twin.activate(token, "123456")  # between the answer that it waits and the word that it is over
    at_once()
    assert given == revoked != [] and stage(row) == "failed"


# What she took back


@pytest.mark.parametrize("address", ["", "http://noi-cap.example.vn"])
def test_withdrawn_before_there_was_an_authority_nothing_is_ever_sent(city, twin, given, settings, address):
    there = settings.MOTCUA
    settings.MOTCUA = there.model_copy(update={"certificate_authority_url": address})
    row = own.asked(city, key_place="remote")
    own.checked(city, row)
    worker.drain()
    order = Order.objects.get()
    assert order.trouble in ("no_authority", "unsafe_address") and order.tries == 1
    dossiers.withdraw(city.act("citizen", AT + timedelta(hours=1)), dossier=row.dossier.public_id)
    settings.MOTCUA = there
    at_once()
    order.refresh_from_db()
    assert order.state == "dropped" and not list(twin.folder.glob("*.json"))


def issued_while_asked_for_more(city) -> Request:
    """Her certificate came while the dossier lay with her: she may still withdraw it."""
    row = own.asked(city)
    own.checked(city, row)
    actions.give_key(city.act("citizen", AT), request=row.public_id, content=own.request())
    dossiers.ask_supplement(
        city.act("processor", AT), dossier=row.dossier.public_id, items=make.ITEMS, reason=make.REASON
    )
    worker.drain()
    return row


def test_withdrawn_with_a_certificate_in_force_it_is_revoked(city, twin, given, revoked):
    row = issued_while_asked_for_more(city)
    assert Certificate.objects.get().revoked_at is None
    dossiers.withdraw(city.act("citizen", AT + timedelta(hours=1)), dossier=row.dossier.public_id)
    worker.drain()
    assert Certificate.objects.get().revoked_why == "cessation_of_operation" and revoked == given
    assert stage(row) == "ended"


def test_a_revocation_on_its_way_survives_that_she_withdraws(city, twin, given, revoked):
    row = issued_while_asked_for_more(city)
    made = Certificate.objects.get()
    asked = {"request": row.public_id, "certificate": made.public_id, "reason": "key_compromise"}
    actions.revoke(city.act("citizen", AT), **asked)
    dossiers.withdraw(city.act("citizen", AT + timedelta(hours=1)), dossier=row.dossier.public_id)
    worker.drain()
    made.refresh_from_db()
    assert made.revoked_why == "key_compromise" and revoked == given  # carried, and once


# One certificate among several


def test_each_certificate_is_revoked_for_itself(city, twin, at, revoked):
    row, near = own.issued(city), at
    Certificate.objects.update(until=near + timedelta(days=30))
    first = Certificate.objects.get()
    given = {"request": row.public_id, "certificate": first.public_id}
    actions.renew(city.act("citizen", near), **given, content=own.request(own.key("second")))
    worker.drain()
    second = Certificate.objects.exclude(pk=first.pk).get()
    twin.faults.update(down=True)
    actions.revoke(city.act("citizen", near), **given, reason="superseded")
    worker.drain()
    hers = client_of(city.accounts["citizen"])
    where = reverse("certificates:one", args=[row.public_id])
    page = hers.get(where).content.decode()
    assert f"-revoke-{second.pk}" in page and f"-revoke-{first.pk}" not in page
    assert page.count("Đang chờ nơi cấp thu hồi") == 1
    with pytest.raises(errors.AlreadyRevoked):
        actions.revoke(city.act("citizen", near), **given, reason="superseded")
    lost = {"certificate": second.public_id, "reason": "key_compromise", "act_id": "1"}
    hers.post(reverse("certificates:act", args=[row.public_id, "revoke"]), lost)
    assert hers.get(where).content.decode().count("Đang chờ nơi cấp thu hồi") == 2
    twin.faults.clear()
    at_once()
    assert set(revoked) == {first.serial, second.serial}
    assert not Certificate.objects.filter(revoked_at=None).exists()


def test_what_gets_no_answer_does_not_stand_before_the_others(city, twin, clock, monkeypatch):
    row = own.issued(city)
    silent = Certificate.objects.get()
    other = Certificate.objects.get()
    other.pk, other.public_id, other.serial = None, "0" * 26, "abc"
    other.save(force_insert=True)
    Certificate.objects.filter(pk=silent.pk).update(heard_at=silent.heard_at - timedelta(days=1))
    clock(60 * 8)
    monkeypatch.setattr(checking, "objection_to", lambda *_told, **_more: "revocation_unknown")
    one_at_a_time = queries.to_ask_about
    monkeypatch.setattr(queries, "to_ask_about", lambda at: one_at_a_time(at, limit=1))
    tasks.learn()
    clock(60 * 9)
    monkeypatch.setattr(checking, "objection_to", lambda *_told, **_more: "revoked")
    tasks.learn()
    other.refresh_from_db()
    silent.refresh_from_db()
    assert (other.revoked_at is not None, silent.revoked_at) == (True, None)
    assert stage(row) == "issued"
