"""Withdrawing, replacing, reinstating a result: who may, what is written, what the signed list says to a stranger."""

import hashlib
import json
from datetime import timedelta
from types import SimpleNamespace

import pytest

from motcua.config import cli
from motcua.dossiers import queries as dossiers
from motcua.files.errors import StoreBroken
from motcua.foundation import worker
from motcua.foundation.errors import Refusal
from motcua.foundation.models import JournalLine
from motcua.notices.models import Notice
from motcua.signing.rules.jws import parts_of, payload_of, to_text
from motcua.standing import actions, errors, queries, rules
from motcua.standing.models import Ruling
from tests.dossiers import factories as make
from tests.signing.desk import small_pdf
from tests.standing.conftest import LATER

pytestmark = pytest.mark.django_db
HASH = "ab" * 32


def published(at=LATER):
    return actions.publish_list(at).jws.encode()


def test_a_withdrawn_result_is_told_to_everybody_and_stays_as_it_was(city, ready, rule, monkeypatch):
    monkeypatch.setattr(queries, "files_of", lambda dossier: [HASH])
    before = make.get(ready).result_number
    assert rule(note="Ghi sai năm sinh của bà Lan") == {"dossier": ready, "number": 1, "replayed": False}
    row = make.get(ready)
    assert (row.result_number, row.outcome) == (before, "granted")
    found = queries.ruling_about(HASH, None)
    assert (found.kind, found.ended, found.decision) == ("withdrawn", True, "21/QĐ-UBND")
    record = {"kind": "certificate", "number": before, "dossier": {"code": row.code}}
    assert queries.ruling_about("00" * 32, record) == found == queries.ruling_of(row)
    assert queries.ruling_about("00" * 32, record | {"kind": "receipt"}) is None
    assert set(dossiers.ISSUED_TO_APPLICANT) <= rules.SLIPS
    line = JournalLine.objects.get(verb="dossier.result_withdrawn")
    assert line.facts["sha256"] == [HASH] and "Lan" not in json.dumps(line.facts, ensure_ascii=False)
    worker.drain()
    assert Notice.objects.filter(kind="result.withdrawn").exists()
    content = published()
    assert b"Lan" not in payload_of(content) and "Lan" not in Ruling.objects.get().reason


def test_the_list_is_read_by_whoever_trusts_the_key_and_by_nobody_else(rule, monkeypatch):
    monkeypatch.setattr(queries, "files_of", lambda dossier: [HASH])
    rule()
    content, trusted = published(), queries.trusted_keys()
    held = rules.read_list(content, trusted)
    assert (held.number, held.at, held.key) == (1, LATER, trusted[0])
    assert rules.entry_for(held.entries, HASH, None) == queries.ruling_about(HASH, None)
    with pytest.raises(rules.ListProblem, match="untrusted"):
        rules.read_list(content, ["another"])
    head, body, signature = content.decode().split(".")
    emptied = json.loads(payload_of(content)) | {"entries": []}
    for bad, code in (
        (f"{head}.{to_text(json.dumps(emptied).encode())}.{signature}", "altered"),
        (f"{head}.{body}", "unreadable"), ("{}", "unreadable"), ("", "unreadable"),
    ):  # fmt: skip
        with pytest.raises(rules.ListProblem, match=code):
            rules.read_list(bad.encode(), trusted)
    assert parts_of(content)[0].header["typ"] == "motcua-standing+jws"


def test_a_result_is_known_by_what_its_signatures_cover(city, ready, rule, desk, monkeypatch):
    content = desk.sign(small_pdf(), desk.key())
    stored = SimpleNamespace(sha256=hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(queries.papers, "file_of", lambda dossier, about: stored)
    monkeypatch.setattr(queries.files, "content", lambda file: iter([content[:1000], content[1000:]]))
    assert not queries.is_uncompared(None)
    rule()
    longer = content + b"\n"
    told = (hashlib.sha256(longer).hexdigest(), None)
    [entry] = rules.read_list(published(), queries.trusted_keys()).entries
    assert entry.sha256 == (stored.sha256,) and len(entry.signed) == 1
    assert queries.ruling_about(*told) is None and not queries.is_uncompared(None)
    assert queries.ruling_about(*told, rules.signed_parts(longer)) == entry
    assert rules.entry_for([entry], *told, rules.signed_parts(longer)) == entry

    def lost(file):
        raise StoreBroken()

    monkeypatch.setattr(queries.files, "content", lost)  # what is ruled is ruled all the same
    rule("reinstate_result", reason="appeal")
    assert queries.is_uncompared(None) and not queries.is_uncompared({"kind": "certificate"})


def test_one_after_the_other_only_as_it_makes_sense(ready, rule):
    with pytest.raises(errors.NotEnded):
        rule("reinstate_result")
    rule("replace_result", replaced_by="16/GKS", reason="changed")
    for verb, more in (("withdraw_result", {}), ("replace_result", {"replaced_by": "17/GKS"})):
        with pytest.raises(errors.AlreadyEnded):
            rule(verb, **more)
    rule("reinstate_result", reason="appeal", decision="30/QĐ-UBND")
    assert not queries.ruling_of(make.get(ready)).ended
    rule(decision="31/QĐ-UBND")
    last = queries.ruling_of(make.get(ready))
    assert (last.number, last.ended, len(queries.rulings_of(make.get(ready)))) == (3, True, 3)
    assert rules.entry_for(queries.every(), "", {"kind": "decision", "number": last.result,
                           "dossier": {"code": last.code}}) == last  # fmt: skip


@pytest.mark.parametrize("who", ["processor", "clerk", "leader", "other_leader", "citizen", "admin"])
def test_only_who_signs_for_the_agency_may(rule, who):
    with pytest.raises(Refusal) as caught:
        rule(by=who)
    assert caught.value.status in (403, 404) and not Ruling.objects.exists()


def test_what_is_missing_is_named_beside_its_field(city, rule):
    with pytest.raises(errors.RulingIncomplete) as caught:
        rule(
            "replace_result",
            decision=" ",
            reason="whim",
            replaced_by="",
            decided_on=LATER.date() + timedelta(2),
        )
    assert {each["field"] for each in caught.value.problems} == {
        "decision",
        "reason",
        "replaced_by",
        "decided_on",
    }
    with pytest.raises(errors.NoResult):
        other = make.drafted(city)
        actions.withdraw_result(
            city.act("signer", LATER), dossier=other, decision="1", decided_on=LATER.date(), reason="mistake"
        )


def test_the_list_is_signed_anew_after_a_ruling_and_after_a_day(rule):
    first = actions.publish_list(LATER)
    assert queries.is_current(first, LATER) and not queries.is_current(first, LATER + timedelta(hours=25))
    rule()
    assert not queries.is_current(first, LATER)
    worker.drain()
    assert queries.edition().number == 1 and queries.edition().at >= LATER


@pytest.mark.sqlite
def test_a_kept_list_answers_without_us(rule, monkeypatch, tmp_path, capsys, desk):
    content = desk.sign(small_pdf(), desk.key(), level="B-LT")
    digest = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(queries, "files_of", lambda dossier: [digest])
    rule("replace_result", replaced_by="16/GKS")
    (tmp_path / "list.jws").write_bytes(published())
    (tmp_path / "paper.pdf").write_bytes(content)
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "root.der").write_bytes(desk.roots[0].certificate)
    monkeypatch.chdir(tmp_path)
    given = ("verify", "paper.pdf", "--roots", "roots", "--offline", "--at", LATER.isoformat())
    [key] = queries.trusted_keys()
    assert cli.main([*given, "--list", "list.jws", "--trust", key]) == 1
    said = capsys.readouterr().out
    assert said.startswith("HỢP LỆ") and "ĐÃ ĐƯỢC THAY THẾ bằng 16/GKS theo quyết định 21/QĐ-UBND" in said
    assert cli.main([*given, "--list", "list.jws"]) == 2
    assert f"--trust {key}" in capsys.readouterr().err
    assert cli.main([*given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["standing"]["state"] == "unasked"
