"""A decision becomes a document: signed, numbered, sealed; and what stands in the way."""

import subprocess

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers import errors as dossier_errors
from motcua.files import queries as files
from motcua.foundation.journal.verify import verify
from motcua.issuing import actions, errors, making, queries, rules
from motcua.issuing.models import Issued
from motcua.signing import errors as signing_errors
from motcua.signing import queries as signing
from motcua.signing.errors import WrongPassword
from tests.dossiers import factories as make
from tests.issuing.conftest import AT, PIN

pytestmark = pytest.mark.django_db


def content_of(file):
    return b"".join(files.content(file))


def text_of(content):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def test_a_result_is_signed_numbered_and_sealed(city, keys, waiting):
    done = actions.sign_result(city.act("signer", AT), dossier=waiting, key=keys["signer"], secret=PIN)
    assert done["state"] == "result_ready"
    row = make.get(waiting)
    assert (row.delivery_state, row.result_number, row.result_file_id) == ("to_seal", "", None)
    with pytest.raises(dossier_errors.NotSealedYet):
        dossiers.hand_over(city.act("receptionist", AT), dossier=waiting)

    sealed = actions.seal_result(city.act("clerk", AT), dossier=waiting, key=keys["seal"], secret=PIN)
    assert sealed["number"] == "01/GCN-UBND"
    row = make.get(waiting)
    assert (row.delivery_state, row.result_number) == ("ready", "01/GCN-UBND")
    content = content_of(row.result_file)
    report = signing.check(content, at=AT)
    assert (report.state, [each.kind for each in report.signatures]) == ("valid", ["person", "seal"])
    assert [each.level for each in report.signatures] == ["B-LTA", "B-LTA"]
    said = text_of(content)
    assert "TM. ỦY BAN NHÂN DÂN" in said and "CHỦ TỊCH" in said and "01/GCN-UBND" in said
    assert "Đỗ Chủ Tịch" in said


def test_numbers_follow_one_another_and_stay_with_their_paper(city, keys, monkeypatch):
    first, second = (make.drafted(city, procedure=make.BUSINESS) for _each in range(2))
    for dossier in (first, second):
        actions.sign_result(city.act("signer", AT), dossier=dossier, key=keys["signer"], secret=PIN)
    said = {"key": keys["seal"], "secret": PIN}

    def fails(*given, **named):
        raise signing_errors.NoTimeStamp()

    with monkeypatch.context() as broken:
        broken.setattr(making.signing, "sign_file", fails)
        with pytest.raises(signing_errors.NoTimeStamp):
            actions.seal_result(city.act("clerk", AT), dossier=second, **said)
    assert make.get(second).delivery_state == "to_seal"
    assert (
        actions.seal_result(city.act("clerk", AT), dossier=first, symbol="GCN-HKD", **said)["number"]
        == "02/GCN-HKD"
    )
    assert actions.seal_result(city.act("clerk", AT), dossier=second, **said)["number"] == "01/GCN-UBND"
    assert not verify().findings


def test_the_same_sending_signs_once(city, keys, waiting):
    act = city.act("signer", AT, "form-1")
    first = actions.sign_result(act, dossier=waiting, key=keys["signer"], secret=PIN)
    again = actions.sign_result(act, dossier=waiting, key=keys["signer"], secret=PIN)
    assert again["replayed"] and again["sha256"] == first["sha256"]
    assert Issued.objects.count() == 1


@pytest.mark.parametrize(
    "what", ["pin", "no_pin", "key", "revision", "authority", "state", "receptionist", "withdrawn"]
)
def test_what_stands_in_the_way_is_said_and_nothing_is_signed(city, keys, waiting, decided, what):
    who, said, at = "signer", {"key": keys["signer"], "secret": PIN, "revision": None}, AT
    expected = {
        "pin": WrongPassword, "no_pin": errors.SecretNeeded, "key": errors.NoKey,
        "revision": dossier_errors.ChangedMeanwhile, "authority": errors.NoAuthority,
        "state": dossier_errors.MoveNotAllowed, "receptionist": dossier_errors.NotYours, "withdrawn": errors.NoKey,
    }[what]  # fmt: skip
    if what == "pin":
        said["secret"] = "135790"
    elif what == "no_pin":
        said["secret"] = ""
    elif what == "key":
        said["key"] = keys["seal"]
    elif what == "revision":
        said["revision"] = make.get(waiting).revision - 1
    elif what == "authority":
        actions.end_authority(city.act("admin", AT), authority=decided)
    elif what == "withdrawn":
        actions.withdraw_key(city.act("signer", AT), key=keys["signer"])
    elif what == "state":
        dossiers.approve(city.act("signer", AT), dossier=waiting)
    elif what == "receptionist":
        who = "receptionist"
        said["key"] = actions.trial_key(city.act("receptionist", AT), secret=PIN)["key"]
    before = make.get(waiting).revision
    with pytest.raises(expected):
        actions.sign_result(city.act(who, at), dossier=waiting, **said)
    assert not Issued.objects.exists() and make.get(waiting).revision == before


def test_a_denial_is_signed_on_paper(city, keys):
    denied = make.drafted(
        city, procedure=make.BUSINESS, outcome="denied", note="Địa điểm kinh doanh không hợp lệ."
    )
    with pytest.raises(errors.NothingToSign):
        actions.sign_result(city.act("signer", AT), dossier=denied, key=keys["signer"], secret=PIN)
    assert dossiers.approve(city.act("signer", AT), dossier=denied)["state"] == "result_ready"


def test_a_result_of_another_system_s_register_is_signed_with_its_number(city, keys):
    dossier = make.in_process(city)
    make.to_last_step(city, dossier, make.AT)
    with pytest.raises(dossier_errors.ResultIsTheirs):
        dossiers.draft_result(city.act("processor", AT), dossier=dossier)
    dossiers.draft_result(city.act("processor", AT), dossier=dossier, number="77/2026")
    actions.sign_result(city.act("signer", AT), dossier=dossier, key=keys["signer"], secret=PIN)
    done = actions.seal_result(city.act("clerk", AT), dossier=dossier, key=keys["seal"], secret=PIN)
    assert done["number"] == "77/2026"
    assert "Số: 77/2026" in text_of(content_of(make.get(dossier).result_file))
    register = queries.issued_by(city.actor("clerk", AT).agencies(), 2026)
    assert [row.number for row in register] == ["77/2026"]  # numbered elsewhere, issued here
    assert queries.issued_by(city.actor("clerk", AT).agencies(), 2025) == []


def test_what_is_more_than_one_act_signs_is_told_and_left(city, keys, monkeypatch):
    monkeypatch.setattr(rules, "BATCH_MAX", 1)
    items = [(make.drafted(city, procedure=make.BUSINESS), None) for _each in range(2)]
    outcomes = actions.sign_results(city.act("signer", AT), items=items, key=keys["signer"], secret=PIN)
    assert [each.kind for each in outcomes] == ["done", "refused"]
    assert isinstance(outcomes[1].refusal, errors.BatchTooLarge) and Issued.objects.count() == 1


def test_what_was_signed_before_the_authority_fell_silent_is_told_as_signed(city, keys, monkeypatch):
    monkeypatch.setattr(actions, "PORTION", 1)
    items = [(make.drafted(city, procedure=make.BUSINESS), None) for _each in range(3)]
    signed, rounds = making.sign_many, iter([True, False])

    def sign_many(waiting, door, **more):
        if not next(rounds):
            raise errors.NoAuthority()
        return signed(waiting, door, **more)

    monkeypatch.setattr(making, "sign_many", sign_many)
    outcomes = actions.sign_results(city.act("signer", AT), items=items, key=keys["signer"], secret=PIN)
    assert [each.kind for each in outcomes] == ["done", "refused", "refused"]
    assert Issued.objects.count() == 1


@pytest.mark.slow
def test_many_are_signed_in_one_act_and_a_power_cut_leaves_each_signed_once_or_not_at_all(
    city, keys, monkeypatch
):
    waiting = [make.drafted(city, procedure=make.BUSINESS) for _each in range(4)]
    denied = make.drafted(
        city, procedure=make.BUSINESS, outcome="denied", note="Địa điểm không hợp lệ để kinh doanh."
    )
    items = [(dossier, None) for dossier in (*waiting, denied)]
    act, said = city.act("signer", AT, "batch-1"), {"items": items, "key": keys["signer"], "secret": PIN}
    kept = making.files.prepare
    cut = iter([False, False, True])

    def stored(content, **more):
        done = kept(content, **more)
        if next(cut, False):
            raise KeyboardInterrupt  # the file lies on the disk, the act is not written
        return done

    with monkeypatch.context() as power:
        power.setattr(making.files, "prepare", stored)
        with pytest.raises(KeyboardInterrupt):
            actions.sign_results(act, **said)
    assert Issued.objects.count() == 2
    outcomes = actions.sign_results(act, **said)
    assert [each.kind for each in outcomes] == ["done"] * 4 + ["refused"]
    assert isinstance(outcomes[-1].refusal, errors.NothingToSign)
    assert Issued.objects.count() == 4
    for dossier in waiting:
        content = content_of(queries.signed_result(make.get(dossier)))
        assert [each.field for each in signing.check(content, at=AT).signatures] == ["nguoi-ky"]
    with pytest.raises(WrongPassword):
        actions.sign_results(city.act("signer", AT), **{**said, "secret": "135790"})
