"""The connector and its twin over the network: EST, orders that repeat safely, faults, a restart."""

from __future__ import annotations

import base64
import contextlib
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from motcua.certificates.authority import AuthorityProblem, EstAuthority, Holder
from motcua.certificates.twins.registration import Registration
from motcua.certificates.twins.server import TwinServer
from motcua.signing.trial import Person
from tests.certificates import factories as own

pytestmark = pytest.mark.kernel
ORDER, OTHER = "A" * 26, "B" * 26
LAN = Holder("Nguyễn Thị Lan", own.NUMBER, "1996-08-20", "0912345678", "desk", "card")


@pytest.fixture
def made(tmp_path, authorities):
    """The authority behind the twin, with keys of its own but no network yet."""
    public = authorities["public"]

    def issue(holder, key):
        chain = (public.issue(Person(**holder), at=own.AT, public_key=key), public.issuing, public.root)
        return tuple(each.public_bytes(serialization.Encoding.DER) for each in chain)

    return Registration(
        tmp_path, "mot-cua", "mat-khau", issue, lambda serial, _why: public.revoke(int(serial, 16), at=own.AT)
    )


@pytest.fixture
def client(made):
    """The connector, entered with the right account."""
    with TwinServer(made) as server:
        yield EstAuthority(server.page, "mot-cua", "mat-khau")


def test_an_order_told_again_is_the_same_order_after_a_restart_too(made, client, tmp_path):
    first = client.enrol(ORDER, LAN, own.request())
    assert client.enrol(ORDER, LAN, own.request()).certificates == first.certificates and made.issued == 1
    again = Registration(tmp_path, "mot-cua", "mat-khau", made.issue, made.revoke)
    with TwinServer(again) as server:
        told = EstAuthority(server.page, "mot-cua", "mat-khau").enrol(ORDER, LAN, own.request())
    assert told.certificates == first.certificates and again.issued == 0
    with pytest.raises(AuthorityProblem, match="conflict"):  # the same id, another key: not the same order
        client.enrol(ORDER, LAN, own.request(own.key("second")))
    with pytest.raises(AuthorityProblem, match="conflict"):
        client.open_credential(ORDER, LAN)


def test_renewed_and_revoked_and_openssl_sees_it(made, client, authorities, tmp_path):
    first = client.enrol(ORDER, LAN, own.request())
    serial = f"{x509.load_der_x509_certificate(first.certificates[0]).serial_number:x}"
    second = client.renew(OTHER, LAN, serial, own.request(own.key("second")))
    assert second.state == "issued" and second.certificates[0] != first.certificates[0]
    assert client.revoke("C" * 26, serial, "superseded").state == "revoked"
    public, codes = authorities["public"], serialization.Encoding
    bundle = [public.root, public.issuing]
    (tmp_path / "ca.pem").write_bytes(b"".join(each.public_bytes(codes.PEM) for each in bundle))
    lists = [public.crl(at=own.AT, issuer=name) for name in ("issuing", "root")]
    (tmp_path / "all.crl").write_bytes(b"".join(_pem(each) for each in lists))
    for told, good in ((first, False), (second, True)):
        held = x509.load_der_x509_certificate(told.certificates[0])
        (tmp_path / "own.pem").write_bytes(held.public_bytes(codes.PEM))
        said = subprocess.run(
            ["openssl", "verify", "-crl_check", "-CAfile", "ca.pem", "-CRLfile", "all.crl",
             "-attime", str(int(own.AT.timestamp()) + 60), "own.pem"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (said.returncode == 0) is good and ("revoked" in said.stderr) is not good, said.stderr


def _pem(crl: bytes) -> bytes:
    return x509.load_der_x509_crl(crl).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize(
    ("faults", "code"),
    [({"down": True}, "down"), ({"wrong_answer": True}, "wrong_answer"), ({"lost": True}, "down")],
)
def test_no_answer_that_can_be_used_is_a_problem_with_a_name(made, client, faults, code):
    made.faults.update(faults)
    with pytest.raises(AuthorityProblem, match=code):
        client.enrol(ORDER, LAN, own.request())


def test_an_authority_may_take_its_time_or_refuse(made, client):
    made.faults.update(pending=True)
    told = client.enrol(ORDER, LAN, own.request())
    assert (told.state, told.wait, made.issued) == ("waiting", 5, 0)
    made.faults.update(pending=False, refuse=True)
    assert client.enrol(OTHER, LAN, own.request()).state == "refused"


def test_only_a_known_account_and_only_by_a_safe_address(made, client):
    with contextlib.ExitStack() as stack:
        page = stack.enter_context(TwinServer(made)).page
        with pytest.raises(AuthorityProblem, match="not_admitted"):
            EstAuthority(page, "mot-cua", "sai").enrol(ORDER, LAN, own.request())
    with pytest.raises(AuthorityProblem, match="unsafe_address"):
        EstAuthority("http://noi-cap.example.vn", "mot-cua", "mat-khau")


def test_her_key_in_the_service_is_made_when_she_chooses_a_pin(made, client, tmp_path):
    told = client.open_credential(ORDER, LAN)
    token = told.activation.rpartition("/")[2]
    assert told.state == "activation" and not made.activate("x" * 32, "123456")
    assert (
        not made.activate(token, "12345")
        and made.activate(token, "123456")
        and made.activate(token, "654321")
    )
    after = client.open_credential(ORDER, LAN)
    assert (after.state, after.credential[:6], made.issued) == ("issued", "trial-", 1)
    locked = (tmp_path / f"{ORDER}.key").read_bytes()
    with pytest.raises(TypeError):
        serialization.load_pem_private_key(locked, None)
    held = x509.load_der_x509_certificate(after.certificates[0]).public_key()
    assert serialization.load_pem_private_key(locked, b"123456").public_key() == held
    assert base64.b64encode(locked) not in b"".join(each.read_bytes() for each in tmp_path.glob("*.json"))
