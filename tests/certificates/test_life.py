"""From asking to a certificate in her hands: at the desk and online, with an authority on the network."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest

from motcua.certificates import actions, errors, queries, rules
from motcua.certificates.models import Certificate, Order, Request
from motcua.dossiers.rules import State
from motcua.foundation import worker
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import ActRecord, JournalLine, Task
from motcua.notices.models import Message, Notice
from tests.certificates import factories as own
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db
AT = own.AT


def stage(row: Request) -> str:
    row = Request.objects.select_related("dossier").get(pk=row.pk)
    return rules.stage(queries.facts_of(row))


def test_online_with_a_key_of_her_own_device(city, twin, authorities, tmp_path):
    row = own.asked(city)
    assert (row.way, row.consent_how, stage(row)) == ("online", "form", "identity")
    assert row.consent["vi"].startswith("Tôi đồng ý") and len(row.consent_version) == 64
    own.checked(city, row)
    assert stage(row) == "key" and not Order.objects.exists()
    actions.give_key(
        city.act("citizen", AT),
        request=row.public_id,
        content=own.request(name="nguyen thi lan", number=own.NUMBER),
    )
    assert stage(row) == "waiting"
    worker.drain()
    assert stage(row) == "issued" and twin.issued == 1
    made = Certificate.objects.get()
    dossier = make.get(row.dossier.public_id)
    assert (dossier.business_state, dossier.result_number) == (State.RETURNED, made.serial)
    # openssl agrees: chain, name, number, and the key is the one she has
    root, pem = tmp_path / "root.pem", tmp_path / "own.pem"
    from cryptography.hazmat.primitives import serialization

    public = authorities["public"]
    root.write_bytes(public.root.public_bytes(serialization.Encoding.PEM))
    pem.write_text(made.content)
    said = subprocess.run(
        ["openssl", "verify", "-CAfile", root, "-untrusted", pem, pem],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    told = subprocess.run(
        ["openssl", "x509", "-in", pem, "-noout", "-subject", "-pubkey", "-nameopt", "utf8"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "CN=Nguyễn Thị Lan" in told and f"UID=CCCD:{own.NUMBER}" in told
    spki = (
        own.key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    assert spki.decode().strip() in told
    assert verify().good


def test_at_the_desk_she_goes_on_with_her_phone_and_the_desk_sees_no_code(city, twin):
    row = own.walked_in(city, key_place="remote")
    assert (row.way, row.consent_how) == ("desk", "")  # the officer's tick is not her consent
    own.checked(city, row)
    assert stage(row) == "consent"
    answer = actions.send_code(city.act("receptionist", AT), request=row.public_id)
    text = Message.objects.get(purpose="certificate").text
    code = text.partition(": ")[2][:11]
    assert rules.plain_code(code) and rules.plain_code(code) not in str(answer)
    with pytest.raises(errors.WrongCode):
        actions.agree(city.act("other_citizen", AT), code="00000-00000")
    late = AT + timedelta(hours=rules.CODE_HOURS, minutes=1)
    with pytest.raises(errors.WrongCode):
        actions.agree(city.act("other_citizen", late), code=code)
    from motcua.foundation.actors import Actor
    from motcua.foundation.acts import new_act

    hers = Actor(key=f"certificate:{row.public_id}", kind="code")
    actions.agree(new_act(hers, at=AT, purpose="test"), code=rules.plain_code(code))
    worker.drain()
    assert stage(row) == "activation"
    order = Order.objects.get()
    token = order.activation.rpartition("/")[2]
    assert not twin.activate(token, "12345") and twin.activate(token, "123456")
    Task.objects.filter(state="waiting").update(available_at=AT)
    worker.drain()
    made = Certificate.objects.get()
    assert stage(row) == "issued" and made.key_place == "remote" and made.credential.startswith("trial-")


def test_a_private_key_is_refused_and_nothing_of_it_is_kept(city, twin):
    row = own.asked(city)
    secret = own.private_pem()
    with pytest.raises(errors.PrivateKeyRefused) as refused:
        actions.give_key(city.act("citizen", AT), request=row.public_id, content=secret)
    assert "PRIVATE" not in str(refused.value) and refused.value.__cause__ is None
    row.refresh_from_db()
    assert row.request == "" and not ActRecord.objects.filter(verb="certificates.give_key").exists()


def test_who_she_is_must_be_seen_on_a_paper_that_fits(city):
    row = own.asked(city)
    wrong = {
        errors.PaperNeeded: {"paper": "library"},
        errors.OtherNumber: {"number": "022196001235"},
        errors.PhotoNeeded: {"photo": False},
        errors.NoSuchBooth: {"booth": "0" * 26},
    }
    for refusal, given in wrong.items():
        with pytest.raises(refusal):
            own.checked(city, row, **given)
    for name, refusal in {
        "other_receptionist": errors.RequestNotFound,
        "citizen": errors.RequestNotFound,
        "leader": errors.NotYoursToRegister,
    }.items():
        with pytest.raises(refusal):
            actions.check_identity(
                city.act(name, AT), request=row.public_id, paper="card", number=own.NUMBER, photo=True
            )
    with pytest.raises(errors.RequestNotFound):
        actions.give_key(city.act("other_citizen", AT), request=row.public_id, content=own.request())
    own.checked(city, row, paper="passport", number="C1234567")
    row.refresh_from_db()
    assert row.paper_number == "C1234567"
    assert not JournalLine.objects.filter(facts__icontains="C1234567").exists()


def test_a_name_changed_after_the_check_must_be_checked_again(city):
    row = own.asked(city)
    own.checked(city, row)
    dossier = row.dossier.public_id
    from motcua.dossiers import actions as dossiers

    dossiers.ask_supplement(city.act("processor", AT), dossier=dossier, items=make.ITEMS, reason=make.REASON)
    answers = {**make.complete(own.PROCEDURE), "full_name": "Nguyễn Thị Lan Anh"}
    dossiers.save_answers(city.act("citizen", AT), dossier=dossier, answers=answers)
    dossiers.answer(city.act("citizen", AT), dossier=dossier)
    assert stage(row) == "identity"


def test_an_authority_that_is_down_is_asked_again_and_nothing_is_issued_twice(city, twin, clock):
    row = own.asked(city)
    own.checked(city, row)
    twin.faults.update(down=True)
    actions.give_key(city.act("citizen", AT), request=row.public_id, content=own.request())
    worker.drain()
    order = Order.objects.get()
    assert (order.state, order.trouble, order.tries) == ("waiting", "down", 1)
    assert [line.trouble for line in queries.open_lines(city.actor("receptionist", AT))][0].startswith(
        "Nơi cấp không"
    )
    twin.faults.update(down=False, lost=True)  # it is done, and the answer gets lost on its way
    clock(40)
    worker.drain()
    order.refresh_from_db()
    assert (order.state, order.tries, twin.issued) == ("waiting", 2, 0)  # lost already at the announcement
    twin.faults.clear()
    clock(50)
    Task.objects.filter(state="waiting").update(available_at=AT)
    worker.drain()
    assert stage(row) == "issued" and twin.issued == 1
    order.refresh_from_db()
    before = Certificate.objects.get().serial
    # the same order carried once more: closed here, and the authority would answer with the same certificate
    from motcua.certificates import tasks
    from motcua.certificates.authority import opened

    tasks.carry(order=order.public_id)
    again = opened().enrol(order.public_id, _holder(row), own.request())
    assert again.state == "issued" and twin.issued == 1 and Certificate.objects.get().serial == before


def _holder(row):
    from motcua.certificates.authority import Holder

    person = queries.person_of(make.get(row.dossier.public_id))
    return Holder(person.name, person.number, person.birth_on, person.phone, "desk", "card")


@pytest.mark.parametrize(
    ("fault", "trouble"), [("other_key", "other_key"), ("other_name", "other_name"), ("refuse", "refused")]
)
def test_what_is_not_hers_is_never_shown(city, twin, fault, trouble):
    twin.faults[fault] = True
    row = own.issued(city)
    order = Order.objects.get(kind="issue")
    assert (order.state, order.trouble, stage(row)) == ("failed", trouble, "failed")
    assert (
        not Certificate.objects.exists()
        and make.get(row.dossier.public_id).business_state == State.IN_PROCESS
    )
    twin.faults.clear()
    actions.hand_over_again(city.act("receptionist", AT + timedelta(hours=1)), request=row.public_id)
    worker.drain()
    assert stage(row) == "issued" and Order.objects.filter(kind="issue").count() == 2


def test_renewed_by_herself_revoked_by_herself_or_at_the_desk(city, twin, clock):
    row = own.issued(city)
    first = Certificate.objects.get()
    near = first.until - timedelta(days=30)
    with pytest.raises(errors.CannotRenew):
        actions.renew(city.act("citizen", AT), request=row.public_id, certificate=first.public_id)
    with pytest.raises(errors.KeyTaken):
        actions.renew(
            city.act("citizen", near),
            request=row.public_id,
            certificate=first.public_id,
            content=own.request(),
        )
    clock((near - AT).total_seconds() / 60)
    actions.renew(
        city.act("citizen", near),
        request=row.public_id,
        certificate=first.public_id,
        content=own.request(own.key("second")),
    )
    worker.drain()
    second = Certificate.objects.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert first.replaced_at is not None and second.until > first.until

    given = {"request": row.public_id, "certificate": second.public_id, "reason": "key_compromise"}
    with pytest.raises(errors.PhotoNeeded):
        actions.revoke(city.act("receptionist", near), **given)
    with pytest.raises(errors.RequestNotFound):
        actions.revoke(city.act("other_receptionist", near), photo=True, **given)
    actions.revoke(city.act("receptionist", near), photo=True, **given)
    with pytest.raises(errors.AlreadyRevoked):
        actions.revoke(city.act("citizen", near), **given)
    worker.drain()
    second.refresh_from_db()
    assert second.revoked_why == "key_compromise"
    from motcua.certificates import checking, tasks

    chain = tasks._chain(second.content)
    from motcua.foundation import time

    assert checking.objection_to(chain[0], chain[1:], at=time.now() + timedelta(seconds=5)) == "revoked"
    actions.revoke(
        city.act("citizen", near), request=row.public_id, certificate=first.public_id, reason="superseded"
    )
    worker.drain()
    assert set(Order.objects.filter(kind="revoke").values_list("way", "state")) == {
        ("desk", "done"),
        ("online", "done"),
    }
    assert verify().good


def test_what_the_authority_revokes_itself_is_learnt(city, twin, clock):
    own.issued(city)
    made = Certificate.objects.get()
    clock(60)
    twin.revoke(made.serial, "unspecified")
    clock(60 * 8)
    from motcua.certificates import tasks

    tasks.learn()
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert Order.objects.get(kind="revoke").way == "authority"
    tasks.learn()
    assert Order.objects.filter(kind="revoke").count() == 1


def test_withdrawn_meanwhile_the_order_is_dropped_or_its_certificate_revoked(city, twin):
    from motcua.dossiers import actions as dossiers

    row = own.asked(city)
    own.checked(city, row)
    actions.give_key(city.act("citizen", AT), request=row.public_id, content=own.request())
    dossiers.withdraw(city.act("citizen", AT), dossier=row.dossier.public_id)
    assert stage(row) == "ended" and Order.objects.get().state == "dropped"
    worker.drain()
    assert twin.issued == 0

    other = own.asked(city, key_place="remote")
    own.checked(city, other)
    worker.drain()
    order = Order.objects.get(request=other)
    dossiers.withdraw(city.act("citizen", AT + timedelta(hours=1)), dossier=other.dossier.public_id)
    twin.activate(order.activation.rpartition("/")[2], "123456")
    Task.objects.filter(state="waiting").update(available_at=AT)
    worker.drain()
    made = Certificate.objects.get(request=other)
    assert made.revoked_why == "cessation_of_operation"


def test_who_signed_in_as_the_person_of_her_card_shows_no_paper(city, twin):
    from motcua.people import actions as people
    from motcua.people import queries as known

    make.received(city, procedure=make.BUSINESS)  # by which the registry knows her
    party = known.by_number(make.complete(own.PROCEDURE)["personal_number"])
    assert party is not None and party.full_name == "Nguyễn Thị Lan"
    citizen = city.accounts["citizen"].public_id
    people.link_account(city.act("receptionist", AT), account=citizen, party=party.public_id)
    other = own.asked(city, full_name="Nguyễn Thị Hoa", personal_number="022196001241")
    assert other.identity_how == ""
    with pytest.raises(errors.SomebodyElse):  # filed from her account, and not her to have a key for it
        actions.give_key(city.act("citizen", AT), request=other.public_id, content=own.request())
    row = own.asked(city, key_place="remote")
    assert (row.identity_how, row.identity_by, stage(row)) == ("card", None, "waiting")
    worker.drain()
    assert stage(row) == "activation"
    assert Notice.objects.filter(
        kind="certificate.activation", holder=f"account:{city.accounts['citizen'].pk}"
    ).exists()
