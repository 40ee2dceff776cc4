"""A seal is whole or absent, takes every committed line once, and is signed by a key that nobody else reads."""

from __future__ import annotations

import os
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from motcua.config import cli
from motcua.foundation import work, worker
from motcua.foundation.journal import record, record_many
from motcua.foundation.models import JournalHead, JournalLine, Task
from motcua.sealing import actions, copies, queries, rules, signer, tasks
from motcua.sealing.errors import CopyUnreadable, KeyUnusable, SealsForked
from motcua.sealing.models import Seal, SealDay, SealedChain, SealKey
from tests.foundation.factories import AT, an_act, do
from tests.sealing.verifier import Desk, alone

pytestmark = pytest.mark.django_db


def covered() -> list[tuple[str, int]]:
    """Every line that a seal covers, as often as one does."""
    return [
        (part.chain, seq)
        for part in SealedChain.objects.order_by("seal", "place")
        for seq in range(part.first, part.last + 1)
    ]


def written() -> list[tuple[str, int]]:
    return list(JournalLine.objects.values_list("chain", "seq"))


def test_every_line_once_in_batches_and_the_rest_at_once(monkeypatch):
    monkeypatch.setattr(actions, "LINES_MAX", 7)
    for n in range(20):
        do(an_act(), thing="abc"[n % 3])
    with transaction.atomic():
        record_many(an_act(), "thing.moved", [(f"thing:{n}", {}) for n in range(5)])
    tasks.seal()
    worker.drain()
    assert sorted(covered()) == sorted(written())
    assert [seal.lines for seal in Seal.objects.order_by("number")] == [7, 7, 7, 4]
    assert len(copies.read()) == 4, "the last one is copied out without waiting for the next"
    assert not Task.objects.exclude(state="done").exists()
    assert not queries.check().findings and actions.seal(AT) is None
    assert [seal.number for seal in queries.seals(first=2, limit=2)] == [2, 3]


def test_a_seal_is_whole_or_absent(monkeypatch):
    """Killed while it writes: nothing of it is there, and the next one takes the same lines."""
    do(an_act(), thing="a")

    def killed(*_given, **_more):
        raise KeyboardInterrupt

    for step in ("_signed", "_no_longer_grown"):
        with monkeypatch.context() as patch:
            patch.setattr(actions, step, killed)
            with pytest.raises(KeyboardInterrupt):
                actions.seal(AT)
        assert not Seal.objects.exists() and not SealedChain.objects.exists()
    assert actions.seal(AT).lines == 1


@pytest.mark.sqlite
def test_a_torn_copy_is_mended_and_never_runs_ahead():
    do(an_act(), thing="a")
    actions.all_sealed(AT)
    do(an_act(), thing="a")
    actions.seal(AT)
    whole = copies.read()
    with copies.place().open("a") as file:
        file.write("eyJhbGciOi")  # the power went
    assert copies.read() == whole and actions.seal(AT) is None
    assert copies.copy_out() == 1 and len(copies.read()) == 2
    assert copies.copy_out() == 0 and not queries.check().findings
    assert copies.place().stat().st_mode & 0o077 == 0


@pytest.mark.sqlite
def test_a_copy_that_says_something_else_stops_sealing():
    do(an_act(), thing="a")
    actions.all_sealed(AT)
    body = rules.body_of(copies.read()[0]) | {"root": "0" * 64}
    copies.place().write_text(signer.jws(body, signer.signer()) + "\n")
    do(an_act(), thing="a")
    with pytest.raises(SealsForked):
        actions.seal(AT)
    assert [f.what for f in queries.check().findings] == [
        "is another one here than in the copy outside the database"
    ]


@pytest.mark.sqlite
def test_a_copy_with_a_line_that_is_none_or_a_seal_taken_out_stops_sealing_too():
    for _ in range(2):
        do(an_act(), thing="a")
        actions.all_sealed(AT)
    whole = copies.place().read_bytes()
    do(an_act(), thing="a")
    for garbage in (b"\0" * 40, b"e30", b"not.a.seal", b"x.W10.x"):
        copies.place().write_bytes(whole + garbage + b"\n")
        with pytest.raises(CopyUnreadable):
            actions.seal(AT)
    copies.place().write_bytes(whole)
    actions.seal(AT)
    SealedChain.objects.filter(seal__number=2).delete()
    Seal.objects.filter(number=2).delete()
    with pytest.raises(SealsForked):
        actions.seal(AT)
    copies.place().unlink()  # put away by somebody who has looked: it is written again from the beginning
    assert copies.copy_out() == 2


@pytest.mark.sqlite
def test_the_key_comes_back_with_the_seals_that_a_restore_has_lost():
    do(an_act(), thing="a")
    actions.all_sealed(AT)
    for model in (SealedChain, Seal, SealKey, JournalLine, JournalHead):
        model.objects.all().delete()
    assert actions.seal(AT) is None
    assert list(SealKey.objects.values_list("kid", flat=True)) == [signer.signer().kid]
    assert [f.what.split(":")[0] for f in queries.check().findings] == ["the 1 lines it covered are lost"]


@pytest.mark.sqlite
def test_the_name_of_a_key_may_begin_with_a_dash(tmp_path, settings, monkeypatch, capsys):
    """One key in sixty-four has such a name (RFC 7638, base64url); the command is typed as the page shows it."""
    made = iter(signer._new_key, None)
    dashed = next(pem for pem in made if signer.SoftwareKey(pem).kid.startswith("-"))
    monkeypatch.setattr(signer, "_new_key", lambda: dashed)
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"seal_key_file": None, "var": tmp_path})
    do(an_act(), thing="a")
    actions.all_sealed(AT)
    desk = Desk(tmp_path)
    desk.keep_roots()
    assert desk.key.startswith("-")
    assert desk.run("roots", desk.roots)[0] == 0
    for main, given in (
        (alone.main, ["roots", desk.roots]),
        (cli.main, ["verify", desk.roots, "--list", "x"]),
    ):
        with pytest.raises(SystemExit, match="2"):
            main([*given, "--trust"])
        assert "--trust: expected one argument" in capsys.readouterr().err
    assert cli.main(["verify", desk.roots, "--list", "no-such.jws", "--trust", desk.key]) == 2
    assert "no-such.jws" in capsys.readouterr().err


@pytest.mark.sqlite
def test_a_new_key_is_told_and_both_together_verify(tmp_path, settings):
    for turn in ("old", "new"):
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"seal_key_file": None, "var": tmp_path / turn})
        do(an_act(), thing="a")
        actions.all_sealed(AT)
    assert not queries.check().findings
    old, new = SealKey.objects.order_by("pk").values_list("kid", flat=True)
    desk = Desk(tmp_path)
    desk.keep_roots()
    code, said = desk.run("roots", desk.roots)
    assert (code, f"seal 2: its key {new} is not a key that is trusted" in said) == (1, True), said
    assert desk.run("roots", desk.roots, "--trust", new, trust=old)[0] == 0
    assert desk.run("proof", desk.put("p.json", queries.proof("thing:a")), "--trust", new)[0] == 0


@pytest.mark.sqlite
def test_days_are_closed_without_a_gap_also_empty_ones(tmp_path):
    do(an_act(), thing="a")
    actions.all_sealed(AT)
    do(an_act(), thing="a")
    actions.all_sealed(AT + timedelta(days=3))
    days = list(SealDay.objects.order_by("number").values_list("seals", "lines"))
    assert days == [(1, 1), (0, 0), (0, 0)]
    desk = Desk(tmp_path)
    desk.keep_roots()
    assert desk.run("roots", desk.roots)[0] == 0
    roots = queries.roots()
    without_one = {**roots, "days": roots["days"][:1] + roots["days"][2:]}
    code, said = desk.run("roots", desk.put("less.json", without_one))
    assert (code, "day 2: does not follow the one before it" in said) == (1, True)
    forged = {**roots, "seals": [roots["seals"][0][:-4] + "AAAA", *roots["seals"][1:]]}
    assert "the signature does not hold" in desk.run("roots", desk.put("forged.json", forged))[1]


@pytest.mark.sqlite
def test_a_clock_that_is_set_back_does_not_turn_the_order_round():
    for hours in (5, 0):
        do(an_act(), thing="a")
        actions.seal(AT + timedelta(hours=hours))
    first, second = Seal.objects.order_by("number")
    assert second.at == first.at and not queries.check().findings


def test_a_line_kept_from_being_sealed_is_told():
    do(an_act(), thing="hidden")
    JournalHead.objects.update(sealed=1000)
    do(an_act(), thing="seen")
    made = actions.seal(AT)
    assert covered() == [("thing:seen", 1)]
    old = made.at - timedelta(hours=2)
    JournalLine.objects.filter(chain="thing:hidden").update(recorded_at=old)
    told = [(f.chain, f.seq) for f in queries.check().findings]
    assert told == [("thing:hidden", 1)]


@pytest.mark.sqlite
def test_a_line_missing_at_its_sealing_does_not_stop_the_rest(tmp_path):
    for _ in range(3):
        do(an_act(), thing="a")
    JournalLine.objects.filter(seq=2).delete()
    assert actions.seal(AT).lines == 3
    desk = Desk(tmp_path)
    desk.keep_roots()
    code, said = desk.lines()
    assert (code, "thing:a 2: was missing when sealed" in said) == (1, True), said


def test_a_proof_reads_as_often_for_many_seals_as_for_one_and_verifies(tmp_path, django_assert_num_queries):
    for day in (0, 1, 3, 3):
        do(an_act(), thing="a")
        actions.all_sealed(AT + timedelta(days=day))
    with django_assert_num_queries(5):
        proof = queries.proof("thing:a")
    assert [("day" in each) for each in proof["seals"]] == [True, True, False, False]
    desk = Desk(tmp_path)
    desk.keep_roots()
    assert desk.run("proof", desk.put("proof.json", proof), "--roots", desk.roots)[0] == 0
    assert desk.lines()[0] == 0


def test_an_act_asks_the_database_nothing_more(django_assert_num_queries):
    """The head, the line, the head again: as before there were seals."""
    do(an_act(), thing="a")
    actions.seal(AT)
    with transaction.atomic(), django_assert_num_queries(3):
        record(an_act(), "thing.done", "thing:a")


@pytest.mark.sqlite
def test_what_waits_is_found_without_reading_the_archive():
    rows = JournalHead.objects.filter(sealed__lt=F("count")).order_by("pk")[: actions.LINES_MAX]
    assert "journal_head_grown" in rows.explain()


@pytest.mark.sqlite
def test_a_key_that_others_can_read_is_refused(tmp_path, settings):
    made = tmp_path / "journal-seal.pem"
    made.write_bytes(signer._new_key())
    made.chmod(0o640)
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"seal_key_file": made})
    do(an_act(), thing="a")
    with pytest.raises(KeyUnusable):
        actions.seal(AT)
    made.chmod(0o600)
    assert actions.seal(AT)
    made.write_text("no key")
    with pytest.raises(KeyUnusable):
        signer.signer()
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"seal_key_file": None, "var": tmp_path})
    assert signer.signer().kid == signer.signer().kid != queries.keys()[0]["kid"]
    path = tmp_path / "secrets" / "journal-seal.pem"
    assert (path.stat().st_mode & 0o777, os.listdir(path.parent)) == (0o600, ["journal-seal.pem"])


@pytest.mark.django_db(transaction=True)
def test_acts_and_two_who_seal_at_once(monkeypatch):
    monkeypatch.setattr(actions, "LINES_MAX", 5)
    for n in range(7):  # a subject begins in one act; only then do others work on it
        do(an_act(), thing=str(n))
    problems: list[BaseException] = []

    def together(*jobs):
        def labour(job):
            try:
                job()
            except BaseException as problem:  # noqa: BLE001  told by the test
                problems.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=labour, args=[job]) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def act():
        for n in range(12):
            with transaction.atomic():
                record_many(an_act(), "thing.moved", [(f"thing:{n % 4}", {}), (f"thing:{4 + n % 3}", {})])

    def seal():
        for _ in range(12):
            actions.seal(work.now())

    together(act, act, seal, seal)
    assert problems == []
    while actions.seal(work.now()):
        pass
    assert sorted(covered()) == sorted(written())
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, Seal.objects.count() + 1)
    )
    assert not queries.check().findings
    assert not JournalHead.objects.exclude(sealed__gte=1).exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_line_committed_late_with_a_smaller_id_is_taken_by_the_next_seal():
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            record(an_act(), "thing.done", "thing:late")
            begun.set()
            go_on.wait(30)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(30)
    do(an_act(), thing="early")
    actions.seal(AT)
    assert covered() == [("thing:early", 1)]
    go_on.set()
    thread.join()
    actions.seal(AT)
    late, early = JournalLine.objects.order_by("pk")
    assert (late.chain, early.chain) == ("thing:late", "thing:early"), "ids were to come in the other order"
    assert covered() == [("thing:early", 1), ("thing:late", 1)] and not queries.check().findings
