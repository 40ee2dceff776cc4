"""Keys on a token through PKCS#11, tried with SoftHSM2: both kinds of keys, and every way a device says no."""

import functools
import logging
import shutil
import sys

import pytest

from motcua.signing import actions, errors, queries
from motcua.signing.actions import Document, Signed
from motcua.signing.keys import KeyProblem
from motcua.signing.keys import token as tokens
from motcua.signing.trial import stamp
from tests.signing import softhsm
from tests.signing.desk import AT, HANH, small_pdf

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
PAPER = small_pdf()


@pytest.fixture(scope="module")
def token(desk, tmp_path_factory):
    made = softhsm.Token(tmp_path_factory.mktemp("softhsm"), desk)
    yield made
    made.end()


@pytest.fixture
def opened(token):
    """opened(label) -> the door, closed after the test."""
    doors = []

    def opening(label=softhsm.RSA, **named):
        doors.append(actions.open_door("token", token.where(label, **named), softhsm.PIN))
        return doors[-1]

    yield opening
    for door in doors:
        door.close()


@pytest.fixture
def house(desk, monkeypatch):
    monkeypatch.setattr(queries, "trial_authority", lambda tree, at: desk.authority)
    return desk


@pytest.mark.parametrize("label", [softhsm.RSA, softhsm.ECDSA])
def test_a_key_on_a_token_signs_and_the_signature_verifies(house, opened, label):
    door = opened(label)
    assert [queries.holder_of(each)["signer"] for each in (door.certificate, *door.chain)][0] == HANH.name
    assert len(door.chain) == 2  # the authorities above it, not the other key's certificate
    signed = actions.sign_file(
        PAPER, door, field="A", at=AT, stamps=functools.partial(stamp, house.authority, at=AT)
    )
    report = house.verify(signed, door)
    assert (report.state, report.signatures[0].signer, report.signatures[0].level) == (
        "valid",
        HANH.name,
        "B-LT",
    )


def test_a_hundred_documents_in_one_batch(house, opened):
    door = opened(softhsm.ECDSA)
    papers = [Document(str(number), PAPER) for number in range(100)]
    stamps = functools.partial(stamp, house.authority, at=AT)
    told = list(actions.sign_many(papers, door, at=AT, stamps=stamps, level="B-T"))
    assert [each.id for each in told] == [each.id for each in papers]
    assert all(isinstance(each, Signed) for each in told)
    assert len({each.content for each in told}) == 100
    assert {house.verify(told[place].content, door).state for place in (0, 50, 99)} == {"valid"}


def test_a_closed_door_signs_no_more_and_the_next_one_opens(token, opened):
    first = opened()
    with pytest.raises(errors.TokenBusy):  # the device is open: a PIN would not be asked for
        opened()
    first.close()
    actions.open_door("token", token.where(), softhsm.PIN)  # left open by mistake, and let go
    with pytest.raises(KeyProblem, match="closed"):
        first.sign(b"a")
    assert opened().sign(b"a")


@pytest.mark.parametrize(
    ("change", "pin", "refusal"),
    [
        ({}, "000000", errors.WrongPin),
        ({}, "", errors.PinNeeded),
        ({"label": "không có"}, softhsm.PIN, errors.NoSuchKey),
        ({"label": ""}, softhsm.PIN, errors.NoSuchKey),  # two keys are there: which one?
        ({"token": "không có"}, softhsm.PIN, errors.NoToken),
        ({"module": "/nowhere/lib.so"}, softhsm.PIN, errors.NoTokenModule),
        ({"module": __file__}, softhsm.PIN, errors.NoTokenModule),
        ({"module": ""}, softhsm.PIN, errors.UnknownDoor),
    ],
)
def test_what_does_not_open_says_why_and_keeps_no_pin(token, caplog, change, pin, refusal):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(refusal) as told:
        actions.open_door("token", {**token.where(), **change}, pin)
    assert told.value.sentence and told.value.way_out
    if pin:
        assert pin not in f"{told.value!r} {told.value.__cause__!r} {caplog.text}"
    actions.open_door("token", token.where(), softhsm.PIN).close()  # nothing stays open


def test_a_token_pulled_out_signs_nothing_more(house, token, opened):
    before = set((token.folder / "tokens").iterdir())
    token.make("Thứ hai")
    content = softhsm.issued(house, "ec")
    actions.put_trial_key_on_token(token.where("khóa", token="Thứ hai"), softhsm.PIN, content, "mật")
    door = opened("", token="Thứ hai")  # one key, so its name need not be said
    assert door.sign(b"a")
    with pytest.raises(errors.WhichToken):
        actions.open_door("token", {"module": token.module}, softhsm.PIN)
    for place in set((token.folder / "tokens").iterdir()) - before:
        shutil.rmtree(place)
    stamps = functools.partial(stamp, house.authority, at=AT)
    papers = [Document(str(number), PAPER) for number in range(3)]
    told = list(actions.sign_many(papers, door, at=AT, stamps=stamps, level="B-T"))
    assert [each.refusal.code for each in told] == ["signing.token_gone"] * 3
    door.close()
    token.restart()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [("PinLocked", errors.PinLocked), ("PinExpired", errors.PinExpired), ("DeviceRemoved", errors.TokenGone)],
)
def test_what_softhsm_never_says_is_understood_too(token, monkeypatch, said, refusal):
    import pkcs11

    def says(*given, **named):
        raise getattr(pkcs11.exceptions, said)()

    monkeypatch.setattr(tokens, "_private_key", says)
    with pytest.raises(refusal):
        actions.open_door("token", token.where(), softhsm.PIN)


def test_without_the_package_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(errors.NoTokenSupport) as told:
        actions.open_door("token", {"module": "/lib.so"}, "1")
    assert "python-pkcs11" in told.value.way_out


def test_a_signature_by_another_key_is_never_used(opened):
    door = opened()
    door.certificate = door.chain[0]
    with pytest.raises(KeyProblem, match="wrong_signature"):
        door.sign(b"a")
