"""Days of the journal stamped by an authority that is not us (RFC 3161), as openssl and the verifier alone read it."""

import base64
import json
import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from django.db import connection, transaction

from motcua.foundation import worker
from motcua.foundation.journal import record
from motcua.foundation.work import enqueue
from motcua.sealing import actions, queries, rules, tasks
from motcua.sealing.models import SealDay, SealStamp
from motcua.signing import actions as signing
from motcua.signing import queries as trust
from motcua.signing.errors import NoTimeStamp
from motcua.signing.rules import stamp_request, stamp_told
from motcua.signing.trial import open_authority, stamp
from tests.foundation.factories import an_act, do
from tests.sealing.verifier import Desk, alone
from tests.signing.desk import AT as NOON
from tests.signing.desk import Desk as Authority
from tests.support.moment import set_clock

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite,
]  # what openssl and the verifier say, no database decides


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority")).authority


@pytest.fixture
def stamped(authority, monkeypatch, tmp_path):
    """One day with a line, sealed, closed and stamped; the verifier's folder with the root of the authority."""
    for room in (trust, signing):
        monkeypatch.setattr(room, "trial_authority", lambda tree, at: authority)
    do(an_act(), thing="paper")
    actions.seal(NOON)
    after = NOON + timedelta(days=1)
    actions.close_days(after)
    set_clock(monkeypatch, after)
    tasks.stamp()
    desk = Desk(tmp_path)
    (tmp_path / "tsa.pem").write_bytes(authority.root.public_bytes(serialization.Encoding.PEM))
    desk.keep_roots()
    return desk


def test_openssl_and_the_verifier_take_the_stamp_of_a_day(stamped, tmp_path):
    [day], [row] = queries.newest_days(5), SealStamp.objects.all()
    assert day.stamp == row and row.at == NOON + timedelta(days=1) and "MÔ PHỎNG" in row.by
    (tmp_path / "day.json").write_bytes(rules.payload_of(day.jws))
    (tmp_path / "day.tsr").write_bytes(bytes(row.token))
    when = str(int((NOON + timedelta(days=1)).timestamp()))
    said = subprocess.run(
        ["openssl", "ts", "-verify", "-data", "day.json", "-in", "day.tsr", "-CAfile", "tsa.pem", "-attime", when],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in said.stdout + said.stderr
    code, told = stamped.run("roots", stamped.roots, "--tsa", str(tmp_path / "tsa.pem"))
    assert code == 0 and "1 dấu thời gian / time stamps" in told
    proof = queries.proof("thing:paper")
    code, told = stamped.run("proof", stamped.put("p.json", proof), "--tsa", str(tmp_path / "tsa.pem"))
    assert code == 0 and "1 dấu thời gian" in told
    actions.stamp_days(NOON)
    assert SealStamp.objects.count() == 1


def test_a_stamp_of_something_else_is_found(stamped, tmp_path, authority):
    answer, _at, _by = signing.stamp_digest(bytes(32), at=NOON + timedelta(days=1))
    other = queries.roots() | {"stamps": [{"day": 1, "token": base64.b64encode(answer).decode()}]}
    code, told = stamped.run("roots", stamped.put("other.json", other), "--tsa", str(tmp_path / "tsa.pem"))
    assert code == 1 and "its time stamp does not hold" in told
    stranger = Authority(tmp_path / "stranger", "public").authority.root
    (tmp_path / "other.pem").write_bytes(stranger.public_bytes(serialization.Encoding.PEM))
    assert stamped.run("roots", stamped.roots, "--tsa", str(tmp_path / "other.pem"))[0] == 1


def test_without_openssl_the_rest_is_still_checked_and_it_is_said(stamped, monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    code, told = stamped.run("roots", stamped.roots, "--tsa", str(tmp_path / "tsa.pem"))
    assert code == 0 and "time stamps unchecked" in told


def test_an_answer_about_another_request_is_none(authority):
    request, nonce = stamp_request(b"a" * 32)
    answer = stamp(authority, request, at=NOON)
    assert stamp_told(answer, b"a" * 32, nonce)[0] == NOON
    assert stamp_told(answer, b"b" * 32, nonce) is None and stamp_told(answer, b"a" * 32, nonce + 1) is None
    assert stamp_told(b"\x30\x03\x02\x01\x00", b"a" * 32, nonce) is None


def test_without_an_authority_days_wait_and_nothing_breaks(stamped, monkeypatch, settings):
    SealStamp.objects.all().delete()
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
    assert actions.stamp_days(NOON) == [] and SealDay.objects.filter(stamp=None).count() == 1
    with pytest.raises(NoTimeStamp):
        signing.stamp_digest(bytes(32), at=NOON)


def test_a_proof_is_about_one_file_and_no_other(stamped, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"a")
    digest = alone.sha256(b"a").hex()
    with transaction.atomic():
        record(an_act(), "file.kept", "file:7", facts={"sha256": digest})
    actions.seal(NOON + timedelta(days=1))
    given = stamped.put("proof.json", json.dumps(queries.proof("file:7")))
    assert stamped.run("proof", given, "--paper", str(tmp_path / "a.pdf"))[0] == 0
    (tmp_path / "a.pdf").write_bytes(b"b")
    code, told = stamped.run("proof", given, "--paper", str(tmp_path / "a.pdf"))
    assert code == 1 and "not about this file" in told


def test_a_stamp_holds_as_of_its_own_time_which_is_told_and_not_long_after_the_day(
    stamped, authority, tmp_path
):
    """A history written anew years later cannot be stamped in its own days."""
    [day], tsa = queries.newest_days(5), str(tmp_path / "tsa.pem")
    code, told = stamped.run("roots", stamped.roots, "--tsa", tsa)
    assert code == 0 and f"time stamp {NOON + timedelta(days=1)}"[:40] in told

    def later(days):
        answer, _at, _by = signing.stamp_digest(bytes.fromhex(day.digest), at=NOON + timedelta(days=days))
        made = queries.roots() | {"stamps": [{"day": 1, "token": base64.b64encode(answer).decode()}]}
        return stamped.put("later.json", made)

    assert stamped.run("roots", later(7), "--tsa", tsa)[0] == 0
    code, told = stamped.run("roots", later(900), "--tsa", tsa)
    assert code == 1 and "stamped 899 days late" in told
    assert stamped.run("roots", later(900), "--tsa", tsa, "--late", "1000")[0] == 0


def test_a_stamp_by_a_younger_certificate_is_no_forgery(stamped, tmp_path, monkeypatch):
    """The day was stamped late, by a certificate that did not exist when the day was closed."""
    begun = NOON + timedelta(days=600)  # its certificates begin 400 days before
    young = open_authority(tmp_path / "young", "government", at=begun, address="http://x.invalid", kind="ec")
    for room in (trust, signing):
        monkeypatch.setattr(room, "trial_authority", lambda tree, at: young)
    (tmp_path / "young.pem").write_bytes(young.root.public_bytes(serialization.Encoding.PEM))
    [day] = queries.newest_days(5)
    answer, _at, _by = signing.stamp_digest(bytes.fromhex(day.digest), at=begun)
    made = queries.roots() | {"stamps": [{"day": 1, "token": base64.b64encode(answer).decode()}]}
    code, told = stamped.run(
        "roots", stamped.put("y.json", made), "--tsa", str(tmp_path / "young.pem"), "--late", "700"
    )
    assert code == 0, told


def test_stamps_taken_away_are_missed(stamped, tmp_path):
    tsa = str(tmp_path / "tsa.pem")
    roots, proof = queries.roots(), queries.proof("thing:paper")
    for without in ({**roots, "stamps": []}, {k: v for k, v in roots.items() if k != "stamps"}):
        code, told = stamped.run("roots", stamped.put("w.json", without), "--tsa", tsa)
        assert code == 1 and "no day has one" in told
    proof["seals"][0].pop("stamp")
    assert stamped.run("proof", stamped.put("w.json", proof), "--tsa", tsa)[0] == 1
    do(an_act(), thing="paper")
    actions.seal(NOON + timedelta(days=1))
    proof = stamped.put("w.json", queries.proof("thing:paper"))
    code, told = stamped.run("proof", proof, "--tsa", tsa)
    assert code == 0 and "without a stamp: niêm phong / seal 2" in told
    actions.close_days(NOON + timedelta(days=2))
    code, told = stamped.run("roots", stamped.put("w.json", queries.roots()), "--tsa", tsa)
    assert code == 0 and "without a stamp: 2026-10-06" in told


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_authority_is_asked(monkeypatch):
    do(an_act(), thing="paper")
    actions.seal(NOON)
    actions.close_days(NOON + timedelta(days=1))
    seen = []

    def asked(digest, *, at):
        seen.append(connection.in_atomic_block)
        return b"answer", at, "authority"

    monkeypatch.setattr(signing, "stamp_digest", asked)
    with transaction.atomic():
        enqueue("sealing.stamp", key="now")
    worker.drain()
    assert seen == [False] and SealStamp.objects.count() == 1
