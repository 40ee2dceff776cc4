"""The trial authority speaks to other programs: openssl accepts its chains, lists, answers and time stamps."""

import os
import shutil
import stat
import subprocess
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization

from motcua.signing.trial import MARK, NotOurCertificate, Person, ocsp_answer, open_authority, stamp
from motcua.signing.trial.authority import new_key
from tests.signing.desk import AT, HANH

pytestmark = pytest.mark.kernel
WHEN = ("-attime", str(int(AT.timestamp()) + 60))


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module", params=["rsa", "ec"])
def kit(request, tmp_path_factory):
    """An authority, and a certificate of a person as files."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here: apt install openssl")
    folder = tmp_path_factory.mktemp(request.param)
    authority = open_authority(
        folder, "government", at=AT, address="http://trial.invalid", kind=request.param
    )
    holder = authority.issue(HANH, at=AT, public_key=new_key(request.param).public_key())
    (folder / "holder.crt").write_bytes(holder.public_bytes(serialization.Encoding.PEM))
    place = folder / "government"
    (folder / "chain.pem").write_bytes(
        (place / "root.crt").read_bytes() + (place / "issuing.crt").read_bytes()
    )
    return authority, holder, folder


def verified(folder, *more):
    place = folder / "government"
    trust = ("-CAfile", place / "root.crt", "-untrusted", place / "issuing.crt")
    return openssl("verify", "-x509_strict", *WHEN, *more, *trust, folder / "holder.crt")


def test_openssl_verifies_the_chain_and_the_revocation_list(kit):
    authority, holder, folder = kit
    assert verified(folder) == (0, f"{folder}/holder.crt: OK\n")
    lists = []
    for issuer in ("root", "issuing"):
        (folder / f"{issuer}.crl").write_bytes(authority.crl(at=AT, issuer=issuer))
        openssl("crl", "-inform", "DER", "-in", folder / f"{issuer}.crl", "-out", folder / f"{issuer}.pem")
        lists += ["-CRLfile", folder / f"{issuer}.pem"]
    assert verified(folder, "-crl_check_all", *lists)[0] == 0


def test_openssl_reads_good_then_revoked(kit):
    authority, holder, folder = kit
    about = ("-issuer", folder / "government/issuing.crt", "-cert", folder / "holder.crt", "-no_nonce")
    openssl("ocsp", *about, "-reqout", folder / "ocsp.req")

    def asked(at):
        (folder / "ocsp.res").write_bytes(ocsp_answer(authority, (folder / "ocsp.req").read_bytes(), at=at))
        read = ("-respin", folder / "ocsp.res", "-CAfile", folder / "chain.pem", *WHEN)
        return openssl("ocsp", *about, *read, "-validity_period", 10**9)[1]

    said = asked(AT)
    assert "Response verify OK" in said and "holder.crt: good" in said
    other = authority.issue(HANH, at=AT, public_key=new_key("ec").public_key())
    authority.revoke(holder.serial_number, at=AT + timedelta(hours=1), reason="key_compromise")
    authority.revoke(holder.serial_number, at=AT + timedelta(hours=9))  # the first word counts
    assert "holder.crt: good" in asked(AT)  # as of before
    said = asked(AT + timedelta(hours=2))
    assert "holder.crt: revoked" in said and "Reason: keyCompromise" in said and "04:00:00" in said
    (folder / "later.crl").write_bytes(authority.crl(at=AT + timedelta(hours=2)))
    listed = openssl("crl", "-inform", "DER", "-in", folder / "later.crl", "-noout", "-text")[1]
    assert f"{holder.serial_number:x}".upper() in listed.replace(" ", "").upper()
    assert f"{other.serial_number:x}".upper() not in listed.replace(" ", "").upper()


def test_openssl_verifies_a_time_stamp(kit):
    authority, _holder, folder = kit
    (folder / "data").write_bytes(b"Quyet dinh")
    openssl("ts", "-query", "-data", folder / "data", "-sha256", "-cert", "-out", folder / "ts.req")
    (folder / "ts.res").write_bytes(stamp(authority, (folder / "ts.req").read_bytes(), at=AT))
    check = ("ts", "-verify", "-in", folder / "ts.res", "-queryfile", folder / "ts.req", *WHEN)
    code, said = openssl(*check, "-CAfile", folder / "government/root.crt")
    assert code == 0 and "Verification: OK" in said
    assert "Oct  5 03:00:00 2026 GMT" in openssl("ts", "-reply", "-in", folder / "ts.res", "-text")[1]


def test_what_cannot_be_read_is_answered_and_changes_nothing(desk, tmp_path):
    from asn1crypto import tsp
    from cryptography.x509 import ocsp

    for nonsense in (b"", b"x", b"\x30\x82", b"\x30\x00"):
        refused = ocsp.load_der_ocsp_response(ocsp_answer(desk.authority, nonsense, at=AT))
        assert refused.response_status == ocsp.OCSPResponseStatus.MALFORMED_REQUEST
        answer = tsp.PKIStatusInfo.load(stamp(desk.authority, nonsense, at=AT)[2:])
        assert (answer["status"].native, answer["fail_info"].native) == ("rejection", {"bad_data_format"})
    weak = {"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": bytes(20)}
    asked = tsp.TimeStampReq({"version": "v1", "message_imprint": weak}).dump()
    answer = tsp.PKIStatusInfo.load(stamp(desk.authority, asked, at=AT)[2:])
    assert answer["fail_info"].native == {"bad_alg"}
    with pytest.raises(NotOurCertificate):
        desk.authority.revoke(12345, at=AT)


def test_keys_are_made_once_for_one_reader_only_and_say_what_they_are(tmp_path):
    first = open_authority(tmp_path, "public", at=AT, kind="ec")
    again = open_authority(tmp_path, "public", at=AT + timedelta(days=9), kind="ec")
    assert first.root == again.root
    assert MARK in first.root.subject.rfc4514_string() and "công cộng" in first.root.subject.rfc4514_string()
    modes = {stat.S_IMODE(os.stat(each).st_mode) for each in tmp_path.rglob("*") if each.is_file()}
    assert modes == {0o600}
    assert {each.name for each in tmp_path.iterdir()} == {"public"}  # no draft is left behind


def test_long_names_of_agencies_are_whole_and_too_long_ones_refused():
    long = "Ủy ban nhân dân đặc khu Trường Sa, tỉnh Khánh Hòa"
    assert long in {each.value for each in Person(long, long, seal=True).subject()}
    with pytest.raises(ValueError, match="64 letters"):
        Person("Ủ" * 65).subject()
