"""Change a line, delete one, reorder two, restore an old backup: the independent verifier names the first bad place.
On dossiers that people really filed and officers really took in."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from motcua.foundation.canonical import canonical
from motcua.foundation.journal.verify import verify
from motcua.foundation.journal.write import hash_of
from motcua.foundation.models import JournalHead, JournalLine, JournalPersonal
from motcua.sealing import actions, copies, queries
from motcua.sealing.models import Seal, SealDay, SealedChain
from tests.dossiers import factories
from tests.sealing.verifier import Desk

pytestmark = pytest.mark.django_db
AT = factories.AT


@pytest.fixture
def sealed(city, tmp_path):
    """Two dossiers, the second taken in after the first was sealed; everything sealed, the first day closed, the roots
    kept by a stranger."""
    first = factories.received(city)
    actions.all_sealed(AT)
    second = factories.received(city)
    actions.all_sealed(AT + timedelta(days=1))
    desk = Desk(tmp_path)
    desk.keep_roots()
    desk.chains = [f"dossier:{each}" for each in (first, second)]
    code, said = desk.lines()
    assert code == 0, said
    assert verify().good and not queries.check().findings
    return desk


def place_of(chain: str, seq: int) -> str:
    part = SealedChain.objects.select_related("seal").get(chain=chain, first__lte=seq, last__gte=seq)
    return f"seal {part.seal.number}, line {chain} {seq}: "


def found(desk: Desk) -> str:
    code, said = desk.lines()
    assert code == 1, said
    return said


def test_a_changed_line(sealed):
    chain = sealed.chains[1]
    JournalLine.objects.filter(chain=chain, seq=2).update(purpose="another")
    assert place_of(chain, 2) + "the line was changed" in found(sealed)


def test_a_chain_rewritten_whole_with_new_hashes_and_head(sealed):
    """What the chains alone cannot show: everything fits again, and only the sealed roots say otherwise."""
    chain = sealed.chains[0]
    lines = list(JournalLine.objects.filter(chain=chain).order_by("seq"))
    lines[1].purpose = "another"
    for line, before in zip(lines[1:], lines, strict=False):
        line.previous = before.hash
        line.hash = hash_of(line)
        line.save()
    JournalHead.objects.filter(chain=chain).update(hash=lines[-1].hash)
    assert verify().good
    assert place_of(chain, 2) + "the line was changed" in found(sealed)
    told = [(f.chain, f.seq) for f in queries.check().findings]
    assert told == [(chain, line.seq) for line in lines[1:]]


def test_the_same_with_the_seals_rewritten_too(sealed):
    """Even who signs anew with the installation's own key meets the roots that somebody kept."""
    Seal.objects.filter(number=2).update(leaves=bytes(32) * Seal.objects.get(number=2).lines)
    assert "seal 2: the list of its lines does not give the signed root" in found(sealed)
    assert ("seal 2", 0) in [(f.chain, f.seq) for f in queries.check().findings]


def test_a_deleted_line(sealed):
    chain = sealed.chains[0]
    JournalPersonal.objects.filter(line__chain=chain, line__seq=2).delete()
    JournalLine.objects.filter(chain=chain, seq=2).delete()
    assert place_of(chain, 2) + "the line was deleted" in found(sealed)
    assert (chain, 2) in [(f.chain, f.seq) for f in queries.check().findings]


def test_a_dossier_deleted_without_a_trace(sealed):
    """Lines, head and subject gone together: the check of chains cannot know that it ever was."""
    chain = sealed.chains[0]
    JournalPersonal.objects.filter(line__chain=chain).delete()
    JournalLine.objects.filter(chain=chain).delete()
    JournalHead.objects.filter(chain=chain).delete()
    assert place_of(chain, 1) + "the line was deleted" in found(sealed)
    SealedChain.objects.filter(chain=chain).delete()
    assert "the line was deleted" in found(sealed)
    assert queries.check().findings


def test_two_lines_in_another_order(sealed):
    chain = sealed.chains[1]
    second, third = JournalLine.objects.filter(chain=chain, seq__in=(2, 3)).order_by("seq")
    JournalLine.objects.filter(pk=third.pk).update(seq=1000)
    JournalLine.objects.filter(pk=second.pk).update(seq=3)
    JournalLine.objects.filter(pk=third.pk).update(seq=2)
    assert place_of(chain, 2) + "the line was changed or moved" in found(sealed)


def test_an_old_backup_restored(sealed):
    """The database as it was after the first seal. The list goes on where it had been, the loss stays visible."""
    kept = queries.roots()
    _back_to_the_first_seal()
    assert "seal 2: the journal has not the lines it covers" in found(sealed)
    told = [(f.chain, f.what) for f in queries.check().findings]
    assert told[0][0] == "seal 2" and "stands in the copy outside" in told[0][1]
    assert queries.check(kept=kept["seals"]).findings

    assert actions.close_days(AT + timedelta(days=2))
    assert [f.chain for f in queries.check().findings] == ["seal 2"]
    again = sealed.put("again.json", queries.roots())
    assert sealed.run("roots", again, "--kept", sealed.roots)[0] == 0, "the published list split"
    assert "seal 2: the journal has not the lines it covers" in found(sealed)


def _back_to_the_first_seal() -> None:
    first = Seal.objects.get(number=1)
    for part in SealedChain.objects.exclude(seal=first):
        lines = JournalLine.objects.filter(chain=part.chain, seq__gte=part.first)
        JournalPersonal.objects.filter(line__in=lines).delete()
        lines.delete()
        left = JournalLine.objects.filter(chain=part.chain).order_by("seq").last()
        head = JournalHead.objects.filter(chain=part.chain)
        if left:
            head.update(count=left.seq, hash=left.hash, sealed=left.seq)
        else:
            head.delete()
    SealedChain.objects.exclude(seal=first).delete()
    Seal.objects.exclude(pk=first.pk).delete()
    SealDay.objects.all().delete()


def test_roots_that_were_exchanged(sealed):
    """A second history under the same key: whoever kept the first one sees where they part."""
    _back_to_the_first_seal()
    copies.place().unlink()
    JournalHead.objects.update(sealed=0)
    actions.all_sealed(AT + timedelta(days=1))
    actions.close_days(AT + timedelta(days=1))
    again = sealed.put("again.json", queries.roots())
    assert sealed.run("roots", again)[0] == 0
    code, said = sealed.run("roots", again, "--kept", sealed.roots)
    assert (code, "seal 2: was published and is gone" in said) == (1, True), said


def test_the_proof_of_a_dossier(sealed):
    proof = queries.proof(sealed.chains[0])
    name = sealed.put("proof.json", proof)
    code, said = sealed.run("proof", name, "--roots", sealed.roots)
    assert code == 0 and f"{sealed.chains[0]} 1: " in said, said
    for line, wrong in (
        ("facts", {"code": "another"}),
        ("previous", "f" * 64),
        ("verb", "dossier.refuse"),
    ):
        other = json.loads(json.dumps(proof))
        other["lines"][1]["line"][line] = wrong
        code, said = sealed.run("proof", sealed.put("other.json", other))
        assert (code, "2: the line was changed" in said) == (1, True), said
    left_out = {**proof, "lines": proof["lines"][:1] + proof["lines"][2:]}
    assert "a line before it is missing" in sealed.run("proof", sealed.put("other.json", left_out))[1]
    stranger = sealed.run("proof", name, trust="another-key")
    assert stranger[0] == 2 and "no trusted key" in stranger[1]


def test_a_printed_receipt_verifies_with_the_verifier_alone(sealed):
    """Python without this project on its path, the text of the QR code, the key's name: nothing else."""
    chain = sealed.chains[0]
    received = JournalLine.objects.get(chain=chain, verb="dossier.receive")
    printed = queries.short_proof(chain, received.seq)
    assert len(printed) < 1800, "it does not fit a QR code that a phone reads"
    alone = sealed.folder / "verify.py"
    alone.write_bytes(queries.VERIFIER.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(alone), "proof", "-", "--trust", sealed.key],
        input=printed, capture_output=True, text=True, cwd=sealed.folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert received.facts["code"] in done.stdout
    torn = printed[:-40]
    assert sealed.run("proof", sealed.put("torn.txt", torn))[0] == 2


def test_no_personal_value_leaves_with_a_proof_or_the_lines(sealed):
    words = json.dumps(queries.proof(sealed.chains[0]), ensure_ascii=False) + "".join(queries.sealed_lines())
    for value in ("Nguyễn Thị Lan", "Lan"):
        assert value not in words
    assert canonical(queries.roots()).decode().count("dossier:") == 0
