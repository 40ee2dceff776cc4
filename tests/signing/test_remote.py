"""Keys in a remote signing service, against the twin on the network: many under one authorisation, every fault told."""

import base64
import functools
import io
import json
import logging
import unittest.mock
import urllib.request
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.signing import actions, errors, queries
from motcua.signing.actions import Document, Signed
from motcua.signing.keys import KeyProblem, remote
from motcua.signing.rules.aside import aside
from motcua.signing.trial import stamp
from motcua.signing.twins import csc
from motcua.signing.twins.server import TwinServer
from tests.signing.desk import AT, HANH, small_pdf

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
PAPER = small_pdf()
WORDS = (
    "name",
    "methods",
    "access_token",
    "cert",
    "certificates",
    "key",
    "algo",
    "status",
    "multisign",
    "auth",
    "mode",
)
WORDS += ("objects", "id", "authMode", "PIN", "OTP", "presence", "SAD", "signatures")
PIN, USER = "mã bí mật", {"user": "motcua", "password": "cổng"}


@pytest.fixture(scope="module")
def served(desk):
    """A twin on a free port, with its address."""
    with TwinServer(csc.Service(USER["user"], USER["password"])) as twin:
        twin.key = desk.key()
        yield twin


@pytest.fixture
def twin(served):
    """The twin as new: one key with PIN and code, no fault."""
    served.service.faults.clear()
    served.service.credentials.clear()
    served.service.asked.clear()
    served.service.add(csc.Credential("hanh", served.key, PIN))
    return served


@pytest.fixture
def house(desk, monkeypatch):
    monkeypatch.setattr(queries, "trial_authority", lambda tree, at: desk.authority)
    return desk


@pytest.fixture
def opened(twin):
    def opening(*, version="v1", code=True, **more):
        where = {"address": twin.address.replace("v1", version), "credential": "hanh"}
        given = {**USER, "pin": PIN, **more}
        if code:
            assert actions.send_code(where, given)
            given["otp"] = shown(twin)["hanh"]
        return actions.open_door("remote", where, given)

    return opening


def shown(twin):
    """The codes on the twin's own page, as a person reads them."""
    with urllib.request.urlopen(twin.address.replace("/csc/v1", "/twin/codes")) as answer:
        return json.load(answer)


def switch(twin, **faults):
    request = urllib.request.Request(
        twin.address.replace("/csc/v1", "/twin/faults"), json.dumps(faults).encode(), method="POST"
    )
    urllib.request.urlopen(request).close()


def sign(house, door, number, level="B-T"):
    papers = [Document(str(each), PAPER) for each in range(number)]
    stamps = functools.partial(stamp, house.authority, at=AT)
    return list(actions.sign_many(papers, door, at=AT, stamps=stamps, level=level))


def codes(told):
    return ["signed" if isinstance(each, Signed) else each.refusal.code.split(".")[1] for each in told]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_hundred_documents_under_one_authorisation(house, twin, opened, version):
    door = opened(version=version)
    number = 100 if version == "v2" else 2
    told = sign(house, door, number)
    assert codes(told) == ["signed"] * number
    assert (
        twin.service.asked.count("credentials/authorize")
        == twin.service.asked.count("signatures/signHash")
        == 1
    )
    report = house.verify(told[-1].content, door)
    assert (report.state, report.signatures[0].signer) == ("valid", HANH.name)


def test_more_than_one_code_allows_waits_for_the_next_code(house, twin, opened):
    twin.service.credentials["hanh"].multisign = 2
    door = opened()
    assert codes(sign(house, door, 5)) == ["signed"] * 2 + ["otp_used"] * 3
    assert twin.service.asked.count("credentials/authorize") == 1
    with pytest.raises(KeyProblem, match="too_many"):
        door.sign_all([b"a", b"b", b"c"])
    twin.service.credentials["hanh"].otp = False  # a key that wants the PIN only signs them all
    door = opened(code=False)
    assert door.otp == "false" and codes(sign(house, door, 3)) == ["signed"] * 3
    assert not actions.send_code(
        {"address": twin.address, **USER}, PIN
    )  # the only key there, the account beside it


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"down": True}, "service_down"),
        ({"slow": 0.15}, "service_down"),
        ({"wrong_answer": True}, "service_wrong"),
        ({"refuse_otp": True}, "wrong_otp"),
        ({"expired": True}, "authorisation_expired"),
        ({"wrong_signature": True}, "wrong_signature"),
        ({"too_few": True}, "wrong_signature"),
    ],
)
def test_every_fault_is_told_and_nothing_is_signed(house, twin, opened, monkeypatch, fault, code):
    door = opened()
    monkeypatch.setattr(remote, "SECONDS_TO_CONFIRM", 0.05)
    switch(twin, **fault)
    told = sign(house, door, 2)
    assert codes(told) == [code] * 2
    assert told[0].refusal.sentence and told[0].refusal.way_out


@pytest.mark.parametrize(
    ("where", "secret", "refusal"),
    [
        ({"credential": "ai đó"}, {}, errors.NoSuchKey),
        ({"address": "http://ky.example.vn/csc/v1"}, {}, errors.ServiceAddress),  # a PIN goes by https only
        ({"address": "ftp://127.0.0.1/"}, {}, errors.ServiceAddress),
        ({"address": "https://[::1"}, {}, errors.ServiceAddress),
        ({"address": "http://127.0.0.1:9"}, {}, errors.ServiceDown),
        ({"address": ""}, {}, errors.UnknownDoor),
        ({}, {"password": "sai"}, errors.ServiceRefused),
        ({}, {"user": ""}, errors.ServiceRefused),
        ({}, {"bearer": "lạ".encode().hex()}, errors.ServiceRefused),
    ],
)
def test_what_does_not_open_says_why(twin, where, secret, refusal):
    with pytest.raises(refusal) as told:
        actions.open_door("remote", {"address": twin.address, **where}, {**USER, "pin": PIN, **secret})
    assert told.value.sentence and told.value.way_out


def test_the_pin_is_asked_for_locks_and_stands_in_no_message(house, twin, opened, caplog):
    caplog.set_level(logging.DEBUG)
    assert codes(sign(house, opened(pin=""), 1)) == ["pin_needed"]
    assert codes(sign(house, opened(code=False), 1)) == ["otp_needed"]
    for _ in range(csc.PIN_TRIES):
        told = sign(house, opened(pin="rất sai"), 3)
        assert codes(told) == ["wrong_pin"] * 3
    assert twin.service.credentials["hanh"].wrong_pins == csc.PIN_TRIES  # one try for three documents
    told = sign(house, opened(), 1)
    assert codes(told) == ["pin_locked"]
    for secret in (PIN, "rất sai", USER["password"], base64.b64encode(PIN.encode()).decode()):
        assert secret not in caplog.text + repr(told[0].refusal.__dict__)


def test_a_door_that_is_closed_forgets_what_it_was_given(opened):
    door = opened()
    door.close()
    with pytest.raises(KeyProblem, match="closed"):
        door.sign(b"a")
    assert PIN not in repr(vars(door)) and "Bearer" not in repr(vars(door))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        ({"cert": {}}, "wrong_answer"),
        ({"cert": {"certificates": ["!"]}}, "wrong_answer"),
        ({"cert": {"certificates": [base64.b64encode(b"x").decode()]}}, "unusable"),
        ({"multisign": 0}, "wrong_answer"),
        ({"multisign": "viele"}, "wrong_answer"),
        ({"auth": ["?"]}, "wrong_answer"),
        ({"key": {"status": "disabled", "algo": []}}, "key_disabled"),
        ({"authMode": "oauth2code"}, "unsupported"),
    ],
)
def test_a_strange_credential_is_understood_or_refused(twin, opened, monkeypatch, spoil, problem):
    told = csc._described(twin.service.credentials["hanh"], "v1")
    monkeypatch.setattr(csc, "_described", lambda credential, version: {**told, **spoil})
    version = "v2" if "auth" in spoil else "v1"
    with pytest.raises(Exception) as refused:
        opened(code=False, version=version)
    assert refused.value.__cause__.code == problem


@pytest.mark.parametrize(
    ("told", "refusal"),
    [({"methods": ["signatures/signDoc"]}, errors.KeyUnsupported), ({}, errors.ServiceRefused)],
)
def test_a_service_that_signs_no_digests_is_not_asked_further(twin, monkeypatch, told, refusal):
    monkeypatch.setattr(csc.Service, "_info", lambda service, version: told)
    with pytest.raises(refusal):
        actions.open_door("remote", {"address": twin.address}, PIN)  # without an account
    assert twin.service.asked == ["info"]


def test_the_twin_is_as_strict_as_a_real_service(twin, opened):
    door = opened()
    ask = functools.partial(door._call, "signatures/signHash")
    first, other = (base64.b64encode(bytes([each]) * 32).decode() for each in (1, 2))
    asked = {"credentialID": "hanh", "hash": [first]}
    sad = door._call("credentials/authorize", {**asked, "numSignatures": 1, "PIN": PIN, "OTP": door._otp})[
        "SAD"
    ]
    body = {**asked, "SAD": sad, "hashAlgo": csc.SHA256, "signAlgo": "1.2.840.10045.4.3.2"}
    for change, problem in (
        ({"hash": [other]}, "expired"),  # not what was authorised
        ({"hash": []}, "service_refused"),
        ({"hash": ["YQ=="]}, "service_refused"),
        ({"signAlgo": "1.2.3"}, "service_refused"),
        ({"SAD": "x"}, "expired"),
    ):
        with pytest.raises(KeyProblem, match=problem):
            ask({**body, **change})
    assert len(ask(body)["signatures"]) == 1
    with pytest.raises(KeyProblem, match="expired"):  # once
        ask(body)
    with pytest.raises(KeyProblem, match="wrong_otp"):  # once
        door._call("credentials/authorize", {**asked, "numSignatures": 1, "PIN": PIN, "OTP": door._otp})
    page = urllib.request.urlopen(twin.address.replace("csc/v1", "")).read().decode()
    assert "MÔ PHỎNG" in page and PIN not in page


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "YQ==", "true", "explicit", "SAD", "!", "PIN"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inside, max_size=6),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(answers=st.lists(JSON, min_size=5, max_size=5), good=st.sets(st.integers(0, 4)), second=st.booleans())
def test_no_answer_of_a_service_makes_the_client_fail(served, answers, good, second):
    """Whatever comes back is a signature that holds or a problem with a code; nothing else, never a fault of ours."""
    key = csc.Credential("a", served.key, PIN, otp=False)
    known = csc._described(key, "v2" if second else "v1")
    right = [{"name": "x"}, {"access_token": "x"}, known, {"SAD": "x"}, {"signatures": ["YQ=="]}]
    told = iter([right[place] if place in good else each for place, each in enumerate(answers)])
    body = SimpleNamespace(open=lambda request, timeout: io.BytesIO(json.dumps(next(told)).encode()))
    with unittest.mock.patch.object(remote, "STRAIGHT", body), pytest.raises(KeyProblem) as said:
        door = remote.RemoteKey(f"https://a.example/csc/v{1 + second}", "a", {**USER, "pin": PIN})
        door.sign_all([b"a"])
    assert errors.refusal_of(said.value).code != errors.KeyUnusable.code or said.value.code == "unusable"


def test_another_client_signs_with_the_twin_too(house, twin):
    """pyHanko's own client of the same API: the twin speaks the protocol, not just our reading of it."""
    import asyncio
    import io

    import aiohttp
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.signers import csc_signer

    service = twin.service
    token = service.answer(
        "/csc/v1/auth/login", "Basic " + base64.b64encode(b"motcua:c\xe1\xbb\x95ng").decode(), b"{}"
    )
    session = csc_signer.CSCServiceSessionInfo(
        twin.address.removesuffix("/csc/v1"), "hanh", oauth_token=token[1]["access_token"]
    )

    class Manager(csc_signer.CSCAuthorizationManager):
        async def authorize_signature(self, hash_b64s):
            asked = self.format_csc_auth_request(pin=PIN, otp=service.send_code("hanh"), hash_b64s=hash_b64s)
            async with self.http.post(
                session.endpoint_url("credentials/authorize"), headers=self.auth_headers, json=asked
            ) as answer:
                return self.parse_csc_auth_response(await answer.json())

    async def signed():
        async with aiohttp.ClientSession() as http:
            known = await csc_signer.fetch_certs_in_csc_credential(http, session)
            manager = Manager(session, known)
            manager.http = http
            out = await signers.async_sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(PAPER)),
                signers.PdfSignatureMetadata(field_name="A", md_algorithm="sha256"),
                csc_signer.CSCSigner(http, manager),
            )
            return out.getvalue()

    assert house.verify(aside(asyncio.run)(signed()), twin.key).signatures[0].state == "valid"
