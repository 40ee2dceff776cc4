"""`motcua trial` and `motcua sign`: a key for trials, a signed PDF that stays checkable, every refusal a sentence."""

import json
import stat

import pytest

from motcua.config import cli
from motcua.signing import actions, queries
from tests.signing.desk import AGENCY, HANH, Desk, hours, small_pdf
from tests.support.moment import set_clock

pytestmark = pytest.mark.kernel


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
    assert code == 1 and "không nhận thêm chữ ký" in err
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
