"""Change a line, delete one, reorder two, restore an old backup: the independent verifier names the first bad place.
On dossiers that people really filed and officers really took in."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction

from motcua.foundation.journal.verify import verify
from motcua.foundation.journal.write import hash_of
from motcua.foundation.models import JournalHead, JournalLine, JournalPersonal
from motcua.kernel import merkle
from motcua.sealing import actions, copies, queries, rules
from motcua.sealing.models import Seal, SealDay, SealedChain
from motcua.sealing.signer import jws, signer
from tests.dossiers import factories
from tests.sealing.verifier import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite,
    pytest.mark.slow,
]  # what damages look like, no database decides
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


def a_changed_line(first, second):
    JournalLine.objects.filter(chain=second, seq=2).update(purpose="another")
    return place_of(second, 2) + "the line was changed"


def a_chain_rewritten_whole(first, second):
    """With new hashes and a new head: what the chains alone cannot show."""
    lines = list(JournalLine.objects.filter(chain=first).order_by("seq"))
    lines[1].purpose = "another"
    for line, before in zip(lines[1:], lines, strict=False):
        line.previous = before.hash
        line.hash = hash_of(line)
        line.save()
    JournalHead.objects.filter(chain=first).update(hash=lines[-1].hash)
    assert verify().good
    return place_of(first, 2) + "the line was changed"


def the_seal_rewritten_too(first, second):
    """Even who signs anew with the installation's own key meets the roots that somebody kept."""
    expected = place_of(first, 2).split(",")[0]
    a_chain_rewritten_whole(first, second)
    part = SealedChain.objects.get(chain=first, first__lte=2, last__gte=2)
    held = rules.entries(bytes(part.seal.leaves))
    for line in JournalLine.objects.filter(chain=first, seq__range=(part.first, part.last)):
        held[part.place + line.seq - part.first] = rules.entry(line.hash)
    row, known = part.seal, rules.body_of(part.seal.jws)
    leaves = b"".join(held)
    known["root"] = merkle.root(held).hex()
    signed = jws(known, signer())
    Seal.objects.filter(pk=row.pk).update(leaves=leaves, jws=signed, digest=rules.digest_of(signed))
    return f"{expected}: the list of its lines does not give the signed root"


def a_deleted_line(first, second):
    lose(JournalLine.objects.filter(chain=first, seq=2))
    return place_of(first, 2) + "the line was deleted"


def a_dossier_deleted_without_a_trace(first, second):
    """Lines and head gone together, with what the seals say of it: the chains cannot know that it ever was."""
    lose(JournalLine.objects.filter(chain=first))
    JournalHead.objects.filter(chain=first).delete()
    expected = place_of(first, 1).split(",")[0]
    SealedChain.objects.filter(chain=first).delete()
    return f"{expected}, line #"


def two_lines_in_another_order(first, second):
    two, three = JournalLine.objects.filter(chain=second, seq__in=(2, 3)).order_by("seq")
    for row, seq in ((three, 1000), (two, 3), (three, 2)):
        JournalLine.objects.filter(pk=row.pk).update(seq=seq)
    return place_of(second, 2) + "the line was changed or moved"


def two_lines_exchanged_between_dossiers(first, second):
    one, other = JournalLine.objects.filter(chain__in=(first, second), seq=1).order_by("pk")
    for row, chain in ((one, "dossier:aside"), (other, first), (one, second)):
        JournalLine.objects.filter(pk=row.pk).update(chain=chain)
    return place_of(first, 1) + "the line was changed or moved"


def lose(lines):
    JournalPersonal.objects.filter(line__in=lines).delete()
    lines.delete()


DAMAGES = (
    a_changed_line,
    a_chain_rewritten_whole,
    the_seal_rewritten_too,
    a_deleted_line,
    a_dossier_deleted_without_a_trace,
    two_lines_in_another_order,
    two_lines_exchanged_between_dossiers,
)


def test_the_verifier_names_the_first_bad_place(sealed):
    for damage in DAMAGES:
        with transaction.atomic():
            expected = damage(*sealed.chains)
            code, said = sealed.lines()
            assert (code, expected in said) == (1, True), f"{damage.__name__}: {said}"
            assert verify().findings + queries.check().findings, damage.__name__
            transaction.set_rollback(True)
    assert sealed.lines()[0] == 0


def test_an_old_backup_restored(sealed):
    """The database as it was after the first seal. The list goes on where it had been, the loss stays visible."""
    kept = queries.roots()
    _back_to_the_first_seal()
    assert "seal 2: the journal has not the lines it covers" in sealed.lines()[1]
    told = [(f.chain, f.what) for f in queries.check().findings]
    assert told[0][0] == "seal 2" and "stands in the copy outside" in told[0][1]
    assert queries.check(kept=kept["seals"]).findings

    assert actions.close_days(AT + timedelta(days=2))
    assert [f.chain for f in queries.check().findings] == ["seal 2"]
    again = sealed.put("again.json", queries.roots())
    assert sealed.run("roots", again, "--kept", sealed.roots)[0] == 0, "the published list split"
    assert "seal 2: the journal has not the lines it covers" in sealed.lines()[1]

    # a second history under the same key, the copy gone too: whoever kept the first one sees where they part
    _back_to_the_first_seal()
    copies.place().unlink()
    JournalHead.objects.update(sealed=0)
    actions.all_sealed(AT + timedelta(days=1))
    actions.close_days(AT + timedelta(days=1))
    again = sealed.put("again.json", queries.roots())
    assert sealed.run("roots", again)[0] == 0
    code, said = sealed.run("roots", again, "--kept", sealed.roots)
    assert (code, "seal 2: was published and is gone" in said) == (1, True), said


def _back_to_the_first_seal() -> None:
    first = Seal.objects.get(number=1)
    for part in SealedChain.objects.exclude(seal=first):
        lose(JournalLine.objects.filter(chain=part.chain, seq__gte=part.first))
        left = JournalLine.objects.filter(chain=part.chain).order_by("seq").last()
        head = JournalHead.objects.filter(chain=part.chain)
        if left:
            head.update(count=left.seq, hash=left.hash, sealed=left.seq)
        else:
            head.delete()
    SealedChain.objects.exclude(seal=first).delete()
    Seal.objects.exclude(pk=first.pk).delete()
    SealDay.objects.all().delete()


def test_proofs_of_a_dossier_and_on_a_printed_receipt(sealed):
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

    spoof = {
        **proof,
        "subject": "x\n\x1b[2J",
        "lines": [{"chain": "x\n\x1b[2J", "seq": 1, "hash": "0", "seal": 9}],
    }
    assert (
        "\x1b" not in (said := sealed.run("proof", sealed.put("other.json", spoof))[1])
        and said.count("\n") == 1
    )

    # a printed receipt: Python without any package, the text of the QR code, the key's name, no more
    chain = sealed.chains[0]
    received = JournalLine.objects.get(chain=chain, verb="dossier.receive")
    printed = queries.short_proof(chain, received.seq)
    steps = 9 - len(queries.proof(chain, seq=received.seq)["lines"][0]["path"])  # of a seal of 400 lines
    assert len(printed) + 45 * steps < queries.PRINTED_MAX, "it does not fit a QR code"
    alone = sealed.folder / "verify.py"
    alone.write_bytes(queries.VERIFIER.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), "proof", "-", "--trust", sealed.key],
        input=printed, capture_output=True, text=True, cwd=sealed.folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert received.facts["code"] in done.stdout
    torn = printed[:-40]
    assert sealed.run("proof", sealed.put("torn.txt", torn))[0] == 2

    # no personal value leaves with a proof, the lines or the roots
    words = json.dumps(queries.proof(sealed.chains[0]), ensure_ascii=False) + "".join(queries.sealed_lines())
    for value in ("Nguyễn Thị Lan", "Lan"):
        assert value not in words
    assert "dossier" not in "".join(map(str, map(rules.body_of, queries.roots()["seals"])))
