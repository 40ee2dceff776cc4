"""Decisions without a table: what is missing, when one renews, days of booths, codes, what a request may be."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import given
from hypothesis import strategies as st

from motcua.certificates import keys, rules
from tests.certificates import factories as own

pytestmark = pytest.mark.kernel
NAME = "Nguyễn Thị Lan"
ALL = {"consent": True, "identity": True, "key": True, "transferred": True}


@pytest.mark.parametrize(
    ("given_facts", "stage"),
    [
        ({}, "consent"),
        ({"consent": True}, "identity"),
        ({"consent": True, "identity": True}, "key"),
        ({"consent": True, "identity": True, "key_place": "remote"}, "reception"),
        (ALL, "ready"),
        ({**ALL, "failed": True}, "failed"),
        ({**ALL, "waits": "waiting"}, "waiting"),
        ({**ALL, "waits": "activation"}, "activation"),
        ({**ALL, "issued": True}, "issued"),
        ({**ALL, "issued": True, "ended": True}, "ended"),
    ],
)
def test_where_a_request_stands(given_facts, stage):
    assert rules.stage(rules.Facts(**given_facts)) == stage


def test_renewed_near_its_end_and_only_while_it_holds():
    until = datetime(2029, 10, 5, tzinfo=UTC)
    near = until - timedelta(days=rules.RENEW_DAYS)
    facts = {"until": until, "revoked": False, "replaced": False}
    assert rules.may_renew(near, **facts) and not rules.may_renew(near - timedelta(seconds=1), **facts)
    assert not rules.may_renew(until, **facts)
    assert not rules.may_renew(near, **{**facts, "revoked": True})
    assert not rules.may_renew(near, **{**facts, "replaced": True})


def test_a_booth_stands_on_its_days_while_it_lasts():
    days = rules.clean_days(["7", "6", "6", "9", "x"])
    begun = date(2026, 10, 3)  # a Saturday
    assert days == "67"
    assert rules.is_open(begun, days=days, from_on=begun, until_on=None)
    assert not rules.is_open(begun + timedelta(days=2), days=days, from_on=begun, until_on=None)
    assert not rules.is_open(begun + timedelta(days=7), days=days, from_on=begun, until_on=begun)
    assert rules.clock_of("7:30") and rules.clock_of("24:00") is None


@given(st.text("0O7kZ- u", max_size=24))
def test_a_code_is_one_of_ten_letters_or_none(text):
    plain = rules.plain_code(text)
    assert plain == "" or (len(plain) == 10 and rules.plain_code(rules.shown_code(plain)) == plain)


def test_the_pause_grows_to_a_quarter_of_an_hour():
    assert [rules.pause(n).total_seconds() for n in (0, 1, 2, 9, 500)] == [10, 20, 40, 900, 900]
    assert rules.masked(NAME) == "N. T. Lan" and rules.masked("") == ""


def _secrets():
    key, lock = own.key(), serialization.BestAvailableEncryption(b"x")
    plain, forms, codes = serialization.NoEncryption(), serialization.PrivateFormat, serialization.Encoding
    der = key.private_bytes(codes.DER, forms.PKCS8, plain)
    yield "pem", key.private_bytes(codes.PEM, forms.TraditionalOpenSSL, plain)
    yield (
        "pem with a request before it",
        own.request().encode() + key.private_bytes(codes.PEM, forms.PKCS8, plain),
    )
    yield "pem under a password", key.private_bytes(codes.PEM, forms.PKCS8, lock)
    yield "openssh", key.private_bytes(codes.PEM, forms.OpenSSH, plain)
    yield "der", der
    yield "der under a password", key.private_bytes(codes.DER, forms.PKCS8, lock)
    yield "base64", base64.encodebytes(der)
    yield (
        "hidden under another head",
        b"-----BEGIN CERTIFICATE REQUEST-----\n"
        + base64.encodebytes(der)
        + b"-----END CERTIFICATE REQUEST-----",
    )
    yield "pkcs12", pkcs12.serialize_key_and_certificates(b"x", key, None, None, plain)
    yield "pkcs12 under a password", pkcs12.serialize_key_and_certificates(b"x", key, None, None, lock)
    yield "jwk", json.dumps({"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "d": "c"}).encode()
    yield "jwks", json.dumps({"keys": [{"kty": "RSA", "n": "a", "d": "c"}]}).encode()


@pytest.mark.parametrize(("form", "content"), list(_secrets()))
def test_a_private_key_is_known_in_every_form(form, content):
    with pytest.raises(keys.RequestProblem) as told:
        keys.judge(content, name=NAME, number=own.NUMBER)
    assert told.value.code == "private_key", form


def _requests():
    good = own.request()
    body = "".join(line for line in good.splitlines() if "-----" not in line)
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    yield good, ""
    yield body, ""
    yield own.request(name="NGUYEN  THI LAN", number=own.NUMBER), ""
    yield own.request(name="Trần Thị Lan"), "other_person"
    yield own.request(number="022196001235"), "other_person"
    yield base64.b64encode(bytes(raw)).decode(), "not_proved"
    yield own.request(rsa.generate_private_key(public_exponent=65537, key_size=1024)), "weak_key"
    yield own.request(ec.generate_private_key(ec.SECP256K1())), "weak_key"
    yield "xin chào", "unreadable"
    yield "", "unreadable"
    yield "a" * (rules.REQUEST_BYTES_MAX + 1), "too_long"


@pytest.mark.parametrize(("content", "code"), list(_requests()))
def test_a_request_proves_its_key_and_names_nobody_else(content, code):
    if not code:
        judged = keys.judge(content.encode(), name=NAME, number=own.NUMBER)
        assert judged.kind == "P-256" and judged.digest == keys.key_digest(own.key().public_key())
        return
    with pytest.raises(keys.RequestProblem) as told:
        keys.judge(content.encode(), name=NAME, number=own.NUMBER)
    assert told.value.code == code


@given(st.binary(max_size=400))
def test_whatever_is_handed_in_gets_an_answer(content):
    with pytest.raises(keys.RequestProblem):
        keys.judge(content, name=NAME, number=own.NUMBER)
