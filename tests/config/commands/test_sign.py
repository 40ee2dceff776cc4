"""`motcua trial` and `motcua sign`: a key for trials, a signed PDF that stays checkable, every refusal a sentence."""

import json
import stat
import sys
import threading
import types
from http.server import ThreadingHTTPServer

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string

from motcua.config import cli
from motcua.signing import actions, queries
from motcua.signing.twins import server
from motcua.standing import queries as standing
from tests.signing import softhsm
from tests.signing.desk import AGENCY, HANH, Desk, hours, small_pdf
from tests.support.moment import set_clock

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """A folder with a trial authority, a paper and a password."""
    folder = tmp_path_factory.mktemp("sign")
    desk = Desk(folder / "authority")
    (folder / "paper.pdf").write_bytes(small_pdf())
    (folder / "password").write_text("mật khẩu\n", "utf-8")
    return folder, desk.authority


@pytest.fixture
def run(kit, monkeypatch, capsys):
    """run(words) -> exit code, standard output, standard error."""
    folder, authority = kit
    for room in (queries, actions):
        monkeypatch.setattr(room, "trial_authority", lambda tree, at: authority)
    monkeypatch.setattr(standing, "ruling_about", lambda *about: None)  # no table is asked here
    set_clock(monkeypatch, hours(1))
    monkeypatch.chdir(folder)

    def ran(*words):
        code = cli.main([str(word) for word in words])
        return code, *capsys.readouterr()

    return ran


def issued(run, out, *more):
    who = ("--name", HANH.name, "--agency", AGENCY, "--title", HANH.title)
    return run("trial", "issue", out, *who, "--password-file", "password", "--json", *more)


def signed(run, out, key, *more, file="paper.pdf"):
    return run("sign", file, out, "--key", key, "--password-file", "password", *more)


def test_what_would_not_hold_is_not_written(run, kit):
    """A paper with a program inside is invalid however well it is signed: no file, one sentence, a finding."""

    def program(writer):
        script = generic.DictionaryObject(
            {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("x")}
        )
        writer.root[pdf_name("/OpenAction")] = script

    folder = kit[0]
    (folder / "program.pdf").write_bytes(small_pdf(extra=program))
    issued(run, "program.p12")
    code, out, err = signed(run, "program-signed.pdf", "program.p12", "--json", file="program.pdf")
    assert (code, json.loads(out)["problem"]) == (1, "script") and "chương trình" in err
    assert not (folder / "program-signed.pdf").exists()


def test_from_a_key_to_a_signature_that_verifies_without_us(run, kit):
    folder = kit[0]
    code, said, _err = issued(run, "hanh.p12")
    serial = json.loads(said)["serial"]
    assert code == 0 and stat.S_IMODE((folder / "hanh.p12").stat().st_mode) == 0o600
    assert run("trial", "roots", "roots")[0] == 0
    code, said, _err = signed(run, "signed.pdf", "hanh.p12", "--show", "330,150", "--json")
    told = json.loads(said)
    assert (code, told["signer"], told["level"], told["state"]) == (0, HANH.name, "B-LT", "valid")
    when = ("--offline", "--at", hours(1).isoformat())
    code, said, _err = run("verify", "signed.pdf", "--roots", "roots", *when)
    assert code == 0 and AGENCY in said and "nội dung đúng như khi ký" in said and "có dấu thời gian" in said
    code, _said, err = signed(run, "again.pdf", "hanh.p12", file="signed.pdf")
    assert code == 1 and "đã có chữ ký ở ô này" in err
    assert (
        signed(run, "second.pdf", "hanh.p12", "--field", "Hai", "--level", "B-T", file="signed.pdf")[0] == 0
    )
    assert run("verify", "second.pdf", "--json", *when)[0] == 0
    assert run("trial", "revoke", serial, "--reason", "key_compromise")[0] == 0
    code, _said, err = signed(run, "late.pdf", "hanh.p12")
    assert code == 1 and "đã bị thu hồi" in err and not (folder / "late.pdf").exists()


def test_what_is_refused_is_a_sentence_and_nothing_is_written(run, kit):
    folder = kit[0]
    issued(run, "key.p12")
    (folder / "wrong").write_text("sai\n", "utf-8")
    (folder / "empty").write_text("\n", "utf-8")
    code, _said, err = signed(run, "no.pdf", "key.p12", file="password")
    assert code == 1 and "không phải PDF" in err
    code, said, _err = run(
        "sign", "paper.pdf", "no.pdf", "--key", "key.p12", "--password-file", "wrong", "--json"
    )
    assert (code, json.loads(said)["problem"]) == (1, "signing.wrong_password")
    code, _said, err = signed(run, "no.pdf", "key.p12", "--tsa", "http://127.0.0.1:9/", "--lang", "en")
    assert code == 1 and "no time stamp" in err
    assert not (folder / "no.pdf").exists()
    assert run("trial", "issue", "x.p12", "--name", "A", "--password-file", "empty")[0] == 1
    assert run("trial", "issue", "x.p12", "--name", "Ủ" * 65, "--password-file", "password")[0] == 1
    assert run("trial", "revoke", "abc")[0] == run("trial", "revoke", "không")[0] == 1
    for words in (("no.pdf", "nowhere.p12"), ("paper.pdf", "key.p12"), ("no.pdf", "key.p12", "--show", "1")):
        code, said, err = signed(run, *words)
        assert (code, said) == (2, "") and "motcua sign:" in err


def test_a_key_that_nobody_here_trusts_or_that_has_expired_does_not_sign(run, kit, tmp_path):
    stranger = Desk(tmp_path, "public")
    content = stranger.authority.issue_pkcs12(
        HANH, at=stranger.authority.root.not_valid_before_utc, password="x"
    )
    (kit[0] / "stranger.p12").write_bytes(content)
    (kit[0] / "x").write_text("x")
    code, _said, err = run("sign", "paper.pdf", "no.pdf", "--key", "stranger.p12", "--password-file", "x")
    assert code == 1 and "không có dấu thời gian" in err  # no authority here stamps for it
    code, _said, err = run(
        "sign",
        "paper.pdf",
        "no.pdf",
        "--key",
        "stranger.p12",
        "--password-file",
        "x",
        "--tsa",
        "http://127.0.0.1:9/",
    )
    assert code == 1 and "gốc tin cậy" in err
    old = kit[1].issue_pkcs12(HANH, at=kit[1].root.not_valid_before_utc, password="x", days=2)
    (kit[0] / "old.p12").write_bytes(old)
    code, _said, err = run("sign", "paper.pdf", "no.pdf", "--key", "old.p12", "--password-file", "x")
    assert code == 1 and "đã hết hạn" in err


def test_a_folder_is_signed_and_goes_on_where_it_stopped(run, kit):
    folder = kit[0]
    issued(run, "folder.p12")
    (folder / "in").mkdir()
    for name in ("a.pdf", "b.pdf"):
        (folder / "in" / name).write_bytes(small_pdf())
    (folder / "in" / "broken.pdf").write_bytes(b"%PDF-1.7")
    code, said, err = signed(run, "out", "folder.p12", "--json", "--level", "B-T", file="in")
    assert code == 1 and "broken.pdf" in err and "đã hỏng" in err
    rows = [json.loads(line) for line in said.splitlines()]
    assert [each.get("state") or each["problem"] for each in rows] == [
        "valid",
        "valid",
        "signing.file_unreadable",
    ]
    assert sorted(each.name for each in (folder / "out").iterdir()) == ["a.pdf", "b.pdf"]
    before = (folder / "out" / "a.pdf").read_bytes()
    (folder / "in" / "broken.pdf").write_bytes(small_pdf())
    code, said, _err = signed(run, "out", "folder.p12", "--json", "--level", "B-T", file="in")
    assert code == 0 and len(said.splitlines()) == 1 and "broken.pdf" in said
    assert (folder / "out" / "a.pdf").read_bytes() == before
    code, _said, err = signed(run, "paper.pdf", "folder.p12", "--level", "B-T")
    assert code == 2 and "paper.pdf" in err  # nothing is ever overwritten


def test_a_token_signs_from_the_command_line(run, kit, tmp_path):
    token = softhsm.Token(tmp_path, None)
    try:
        issued(run, "token.p12")
        (kit[0] / "pin").write_text(f"{softhsm.PIN}\n")
        where = ("--module", token.module, "--label", "Khóa ký")
        files = ("--password-file", "password", "--pin-file", "pin")
        assert run("trial", "token", "token.p12", *where, *files, "--json")[0] == 0
        words = ("--token", token.module, "--token-name", softhsm.TOKEN, "--label", "Khóa ký", "--json")
        code, said, _err = run("sign", "paper.pdf", "by-token.pdf", *words, "--password-file", "pin")
        assert code == 0 and json.loads(said)["signer"] == HANH.name
        code, _said, err = run("sign", "paper.pdf", "no.pdf", *words, "--password-file", "password")
        assert code == 1 and "PIN không đúng" in err and not (kit[0] / "no.pdf").exists()
    finally:
        token.end()


def test_a_remote_service_is_served_and_signs_from_the_command_line(run, kit, monkeypatch):
    issued(run, "remote.p12")
    for name, words in (("pin", "4711\n"), ("account", "motcua\ncổng\n"), ("wrong-account", "motcua\nsai\n")):
        (kit[0] / name).write_text(words, "utf-8")
    (kit[0] / "bearer").write_text("lạ".encode().hex())
    told = []

    def serve(twin):
        """While the twin is served, somebody signs by it; then it is interrupted."""
        threading.Thread(target=ThreadingHTTPServer.serve_forever, args=(twin, 0.02), daemon=True).start()
        where = ("--remote", twin.address, "--credential", "hanh", "--password-file", "pin", "--json")
        code = types.SimpleNamespace(readline=lambda: twin.service.credentials["hanh"].code + "\n")
        monkeypatch.setattr(sys, "stdin", code)
        told.append(run("sign", "paper.pdf", "by-remote.pdf", *where, "--account-file", "account"))
        told.append(run("sign", "paper.pdf", "no.pdf", *where, "--account-file", "wrong-account"))
        (kit[0] / "code").write_text("123", "utf-8")
        told.append(
            run("sign", "paper.pdf", "no.pdf", *where, "--account-file", "account", "--otp-file", "code")
        )
        told.append(run("sign", "paper.pdf", "no.pdf", *where, "--account-file", "bearer"))
        twin.shutdown()
        raise KeyboardInterrupt

    monkeypatch.setattr(server.TwinServer, "serve_forever", serve)
    files = ("--password-file", "password", "--pin-file", "pin", "--account-file", "account")
    code = run("trial", "csc", "remote.p12", "--port", "0", "--credential", "hanh", *files)[0]
    assert code == 0 and [each[0] for each in told] == [0, 1, 1, 1]
    good, account, otp, bearer = told
    assert (
        json.loads(good[1].splitlines()[-1])["signer"] == HANH.name
        and "mã dùng một lần đã gửi" in good[2].lower()
    )
    assert "không nhận yêu cầu" in account[2] and "không nhận yêu cầu" in bearer[2] and "hết hạn" in otp[2]
    assert "4711" not in "".join(map(str, told)) and not (kit[0] / "no.pdf").exists()
