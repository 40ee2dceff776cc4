"""Data signed as JWS: what openssl and the norm's own example say, what is refused, and what the report tells."""

import base64
import json
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from motcua.config import cli
from motcua.signing import actions, jws, queries
from motcua.signing.errors import DataUnreadable, Revoked
from motcua.signing.rules import Evidence, NotSigned, verify_data
from motcua.signing.rules.jws import algorithm_for, holds, parts_of, payload_of, to_bytes, to_text
from motcua.standing import queries as standing
from tests.signing.desk import AT, HANH, Desk, codes, hours
from tests.support.moment import set_clock

pytestmark = pytest.mark.kernel
DATA = '{"mã": "000.01.15.H49-261005-0001", "kết quả": [1, 2]}'.encode()
# RFC 7515, appendix A.3
NORM = (
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
    "cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
)
NORM_X, NORM_Y = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"


@pytest.fixture(scope="module")
def key(desk):
    return desk.key()


def made(key, **given):
    return jws.signed(DATA, key, algorithm_for(key.certificate), at=AT, **given)


def report(desk, content, *keys, **given):
    return verify_data(content, desk.roots, desk.evidence(*keys, at=hours(1)), at=hours(1), **given)


def with_header(content, key, **change):
    """The same JWS signed anew under another header, by its own key."""
    part = parts_of(content)[0]
    header = {name: value for name, value in (dict(part.header) | change).items() if value is not None}
    protected = to_text(json.dumps(header).encode())
    raw = key.sign(f"{protected}.{part.payload}".encode(), "sha256")
    return f"{protected}.{part.payload}.{to_text(jws.joined_numbers(raw, 32))}".encode()


def test_the_example_of_the_norm_holds():
    numbers = ec.EllipticCurvePublicNumbers(
        *(int.from_bytes(to_bytes(each)) for each in (NORM_X, NORM_Y)), ec.SECP256R1()
    )
    [part] = parts_of(NORM.encode())
    assert holds(part, numbers.public_key())
    assert json.loads(payload_of(NORM.encode()))["iss"] == "joe"
    [other] = parts_of(NORM.replace("DtEh", "EtEh").encode())
    assert not holds(other, numbers.public_key())


@pytest.mark.parametrize(
    "given", [{}, {"form": "json"}, {"detached": True}, {"form": "json", "detached": True}]
)
def test_what_is_signed_verifies_in_every_form(desk, key, given):
    content = made(key, **given)
    told = report(desk, content, key, payload=DATA if given.get("detached") else None)
    [one] = told.signatures
    assert (told.state, one.signer, one.root, one.level) == ("valid", HANH.name, "government", "JWS ES256")
    assert (one.signed_at, one.time_proven, codes(told)) == (AT, False, ["time_claimed"])
    if given.get("detached"):
        assert codes(report(desk, content, key))[0] == "payload_missing"
        assert report(desk, content, key, payload=DATA + b" ").state == "invalid"
    else:
        assert payload_of(content) == DATA


def test_openssl_says_the_same(desk, key, tmp_path):
    protected, payload, signature = made(key).decode().strip().split(".")
    raw = to_bytes(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    chain = json.loads(to_bytes(protected))["x5c"]
    public = x509.load_der_x509_certificate(base64.b64decode(chain[0])).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for name, content in (("key", pem), ("signature", pair), ("input", f"{protected}.{payload}".encode())):
        (tmp_path / name).write_bytes(content)
    said = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "signature", "input"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout.strip()) == (0, "Verified OK")


def test_whoever_sends_it_does_not_choose_how_it_is_checked(desk, key):
    """No “none”, no HMAC keyed with the public key, no algorithm of another key, no certificate out of nowhere."""
    good = made(key)
    part = parts_of(good)[0]
    public = x509.load_der_x509_certificate(key.certificate).public_bytes(serialization.Encoding.DER)
    head = {"alg": "HS256", "x5c": part.header["x5c"]}
    protected = to_text(json.dumps(head).encode())
    mac = hmac.HMAC(public, hashes.SHA256())
    mac.update(f"{protected}.{part.payload}".encode())
    none = to_text(json.dumps({"alg": "none", "x5c": part.header["x5c"]}).encode())
    for content in (
        f"{protected}.{part.payload}.{to_text(mac.finalize())}".encode(),
        f"{none}.{part.payload}.".encode(),
        with_header(good, key, alg="RS256"),
        with_header(good, key, alg="ES384"),
    ):
        assert codes(report(desk, content, key)) == ["algorithm_refused"]
    bare = with_header(good, key, x5c=None, **{"x5t#S256": None}, jwk={"kty": "EC"})
    assert report(desk, bare, key).state == "unknown" and codes(report(desk, bare, key)) == ["no_certificate"]


@pytest.mark.parametrize(
    "change",
    [{"crit": ["exp"], "exp": 1}, {"crit": ["b64"], "b64": False}, {"b64": False}, {"crit": ["sigT"]}],
)
def test_what_must_be_understood_and_is_not_is_refused(desk, key, change):
    told = report(desk, with_header(made(key), key, **change), key)
    assert told.state == "invalid" and [each.code for each in told.findings] == ["critical_unknown"]
    older = with_header(made(key), key, iat=None, sigT="2026-10-05T03:00:00Z", crit=["sigT"])
    assert report(desk, older, key).signatures[0].signed_at == AT


@pytest.mark.parametrize(
    "content",
    [
        b"", b"a.b", b"a.b.c.d", b"{}", b"{" * 5000, b'{"protected": 5, "signature": ""}',
        NORM.encode() + b"=", NORM.encode().replace(b"NU1Q", b"NU1R"),  # padding; another way to write the same bytes
        json.dumps({"signatures": []}).encode(),
        to_text(b'{"alg":"ES256","alg":"none"}').encode() + b".e30.AA",
        to_text(b'{"alg":"ES256","crit":[]}').encode() + b".e30.AA",
        json.dumps({
            "protected": to_text(b'{"alg":"ES256"}'), "header": {"alg": "none"}, "payload": "e30", "signature": "AA",
        }).encode(),
    ],
)  # fmt: skip
def test_what_is_no_jws_is_said_to_be_none(content):
    with pytest.raises(NotSigned) as caught:
        parts_of(content)
    assert caught.value.finding.code == "jws_unreadable"
    assert verify_data(content, (), Evidence(), at=AT).state == "invalid"


@given(st.data())
def test_no_byte_may_change_and_nothing_breaks_the_verifier(desk, key, data):
    good = made(key).strip()
    place = data.draw(st.integers(0, len(good) - 1))
    changed = good[:place] + bytes([data.draw(st.integers(32, 126))]) + good[place + 1 :]
    told = verify_data(changed, desk.roots, Evidence(), at=hours(1))
    assert changed == good or told.state == "invalid" or not told.signatures[0].whole


def test_rsa_by_both_paddings():
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for name, how in (
        ("RS256", padding.PKCS1v15()),
        ("PS256", padding.PSS(padding.MGF1(hashes.SHA256()), 32)),
    ):
        signed = f"{to_text(json.dumps({'alg': name}).encode())}.e30"
        raw = own.sign(signed.encode(), how, hashes.SHA256())
        [part] = parts_of(f"{signed}.{to_text(raw)}".encode())
        assert holds(part, own.public_key())
        other = "RS256" if name == "PS256" else "PS256"
        [turned] = parts_of(f"{to_text(json.dumps({'alg': other}).encode())}.e30.{to_text(raw)}".encode())
        assert not holds(turned, own.public_key())


def test_an_rsa_key_signs_by_both_paddings_and_no_other_name(tmp_path):
    office = Desk(tmp_path, kind="rsa")
    own = office.key()
    for name in ("RS256", "PS256"):
        content = jws.signed(DATA, own, algorithm_for(own.certificate, name), at=AT)
        assert report(office, content, own).state == "valid"
    with pytest.raises(ValueError, match="no such name"):
        algorithm_for(own.certificate, "ES256")


def test_a_revoked_signer_and_silence_are_told(desk):
    own = desk.key()
    content = made(own)
    assert report(desk, content).state == "unknown"
    desk.revoke(own, at=hours(0.5))
    told = report(desk, content, own)
    assert (told.state, told.signatures[0].state) == ("invalid", "revoked")


def test_signing_asks_first_and_the_commands_go_together(desk, monkeypatch, tmp_path, capsys):
    for room in (queries, actions):
        monkeypatch.setattr(room, "trial_authority", lambda tree, at: desk.authority)
    monkeypatch.setattr(standing, "ruling_about", lambda *about: None)  # no table is asked here
    set_clock(monkeypatch, hours(1))
    monkeypatch.chdir(tmp_path)
    own, serial = actions.issue_trial_key("government", {"name": HANH.name}, at=AT, password="mật")
    for name, content in (("key.p12", own), ("password", "mật".encode()), ("data.json", DATA)):
        (tmp_path / name).write_bytes(content)
    by = ("--key", "key.p12", "--password-file", "password")
    assert cli.main(["sign", "--jws", "data.json", "out.jws", *by]) == 0
    assert cli.main(["sign", "--jws", "--form", "detached", "data.json", "apart.jws", *by]) == 0
    assert cli.main(["trial", "roots", "roots"]) == 0
    capsys.readouterr()
    assert cli.main(["verify", "out.jws", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signatures"][0]["level"] == "JWS ES256"
    assert cli.main(["verify", "apart.jws"]) == 1
    assert cli.main(["verify", "apart.jws", "--payload", "data.json"]) == 0
    assert cli.main(["verify", "out.jws", "--roots", "roots", "--offline", "--at", hours(1).isoformat()]) == 0
    key = actions.open_key(own, "mật")
    with pytest.raises(DataUnreadable):
        actions.sign_data(b"{", key, at=hours(1))
    actions.revoke_trial_certificate("government", serial, at=hours(0.5))
    with pytest.raises(Revoked):
        actions.sign_data(DATA, key, at=hours(1))
