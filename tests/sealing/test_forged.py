"""Files made to look right by whoever writes them, some with the installation's own key: the verifiers refuse them."""

from __future__ import annotations

import copy
import json
from datetime import timedelta

import pytest

from motcua.config import paths
from motcua.kernel import merkle
from motcua.sealing import rules
from motcua.sealing.signer import SoftwareKey, _new_key, jws
from tests.sealing.verifier import alone, told
from tests.signing.desk import AT

pytestmark = pytest.mark.kernel
OFFLINE = paths.CHECKOUT / "src" / "motcua" / "standing" / "offline"


@pytest.fixture(scope="module")
def key():
    return SoftwareKey(_new_key())


@pytest.fixture
def check(tmp_path, key):
    """check(action, file, **other files) -> the code of the verifier and what it says."""

    def put(name, data):
        path = tmp_path / f"{name}.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        return str(path)

    def run(action, data, *more, **files):
        given = [word for name, other in files.items() for word in (f"--{name}", put(name, other))]
        return told(action, put("given", data), *given, *more, "--trust", key.kid)

    return run


def history(key, word, count=8, seals_a_day=2):
    """All seals and days of one history, as (seals, days)."""
    seals, days, previous = [], [], rules.START
    for number in range(1, count + 1):
        leaves = alone.sha256(f"{word}{number}".encode())
        body = rules.seal_body(number=number, previous=previous, at=AT, total=number, leaves=leaves)
        seals.append(jws(body, key))
        previous = rules.digest_of(seals[-1])
    previous = rules.START
    for number, first in enumerate(range(0, count, seals_a_day), 1):
        held = [rules.digest_of(each) for each in seals[first : first + seals_a_day]]
        on = AT.date() + timedelta(days=number)
        body = rules.day_body(
            number=number, previous=previous, on=on, at=AT, first=first + 1, seals=held, lines=2
        )
        days.append(jws(body, key))
        previous = rules.digest_of(days[-1])
    return seals, days


def part(key, whole, first_day, last_day):
    """The published file of a range of days."""
    seals, days = whole
    return {
        "format": "motcua-roots", "version": 1, "keys": [key.public],
        "seals": seals[2 * first_day - 2 : 2 * last_day], "days": days[first_day - 1 : last_day],
    }  # fmt: skip


def test_kept_roots_are_compared_or_it_is_said_that_nothing_was(key, check):
    one, other = history(key, "a"), history(key, "b")
    kept = part(key, one, 1, 2)
    assert check("roots", part(key, one, 3, 4), kept=kept)[0] == 0
    assert check("roots", part(key, one, 2, 4), kept=kept)[0] == 0
    code, said = check("roots", part(key, other, 3, 4), kept=kept)
    assert code == 1 and "seal 5: does not follow the one kept" in said
    code, said = check("roots", part(key, one, 4, 4), kept=kept)
    assert code == 1 and "seal 5–6: in neither file, so nothing was compared" in said
    nothing = kept | {"seals": [], "days": []}
    code, said = check("roots", part(key, one, 1, 4), kept=nothing)
    assert code == 1 and "nothing to compare with" in said


def test_days_without_seals_are_compared_as_well(key, check):
    """The seals fit, a day between was signed anew."""
    seals, days = history(key, "a")
    bodies = [rules.body_of(each) for each in days]
    anew = jws(bodies[2] | {"previous": "1" * 64}, key)
    given = part(key, (seals, [*days[:2], anew]), 3, 3)
    code, said = check("roots", given, kept=part(key, (seals, days), 1, 2))
    assert code == 1 and "day 3: does not follow the one kept" in said
    empty = {"date": "2027-01-01", "number": 5, "first": 9, "seals": 0, "root": merkle.root([]).hex()}
    quiet = bodies[3] | empty | {"previous": rules.digest_of(days[3])}
    given = {**part(key, (seals, days), 1, 1), "seals": [], "days": [jws(quiet, key)]}
    assert check("roots", given, kept=part(key, (seals, days), 1, 4))[0] == 0
    given["days"] = [jws(quiet | {"first": 11}, key)]
    assert check("roots", given, kept=part(key, (seals, days), 1, 4))[0] == 1
    skipped = [days[0], jws(bodies[1] | {"first": 4, "seals": 0, "root": merkle.root([]).hex()}, key)]
    assert check("roots", part(key, (seals, skipped), 1, 2))[0] == 1


def line_of(chain, seq, previous, **facts):
    return {
        "version": 1, "chain": chain, "seq": seq, "previous": previous, "verb": "thing.done", "actor": "system:worker",
        "act_id": "a", "purpose": "p", "channel": "task", "at": "2026-10-05T03:00:00.000000Z",
        "recorded_at": "2026-10-05T03:00:00.000000Z", "facts": facts, "personal": {},
    }  # fmt: skip


@pytest.fixture
def sealed(key):
    """Four lines of my dossier, one of another, one that was missing: one seal. (lines, leaves, roots)"""
    lines, previous = [], rules.START
    for seq in range(1, 5):
        lines.append(line_of("dossier:MINE", seq, previous))
        previous = alone.line_hash(lines[-1]).hex()
    lines.append(line_of("dossier:OTHER", 1, rules.START))
    held = [alone.line_hash(each) for each in lines]
    body = rules.seal_body(number=1, previous=rules.START, at=AT, total=5, leaves=b"".join(held))
    roots = {
        "format": "motcua-roots",
        "version": 1,
        "keys": [key.public],
        "seals": [jws(body, key)],
        "days": [],
    }
    return lines, held, roots


def text(lines, held, *more, seal=1):
    records = [{"format": "motcua-lines", "version": 1}, {"seal": seal, "hashes": b"".join(held).hex()}]
    records += [
        {"seal": seal, "place": at, "chain": line["chain"], "seq": line["seq"], "line": line}
        for at, line in enumerate(lines)
    ]
    return "\n".join(json.dumps(each) for each in [*records, *more])


def test_every_line_of_the_file_is_looked_at_once(sealed, check):
    lines, held, roots = sealed
    assert check("lines", text(lines, held), roots=roots)[0] == 0
    forged = line_of("dossier:MINE", 2, "0" * 64, forged=True)
    section = {"seal": 1, "hashes": b"".join(held).hex()}
    for place in (1, 5, -1, "1"):
        record = {"seal": 1, "place": place, "chain": "dossier:MINE", "seq": 2, "line": forged}
        for code, said in (
            check("lines", text(lines, held, record), roots=roots),  # as the last
            check("lines", text(lines, held).replace("\n", f"\n{json.dumps(section)}\n{json.dumps(record)}\n", 1),
                  roots=roots),
        ):  # fmt: skip
            assert code == 1 and "GOOD" not in said, place
    swapped = text(lines, held).split("\n")
    first = json.dumps({"seal": 1, "place": 1, "chain": "dossier:MINE", "seq": 2, "line": forged})
    assert (
        "two lines at one place"
        in check("lines", "\n".join([*swapped[:2], first, *swapped[2:]]), roots=roots)[1]
    )
    strange = {"seal": 2, "place": 1, "chain": "dossier:MINE", "seq": 2, "line": forged}
    assert "a line of another seal" in check("lines", text(lines, held, strange), roots=roots)[1]
    code, said = check("lines", text(lines, held, {"seal": 2, "hashes": "00" * 32}), roots=roots)
    assert code == 0 and "1 niêm phong ngoài các gốc, chưa xem / seals beyond the roots, unchecked" in said
    assert check("lines", text(lines, held), roots=roots | {"seals": []})[0] == 1


def test_a_line_missing_when_sealed_is_a_finding_and_hides_no_other(key, sealed, check):
    lines, held, roots = sealed
    held = [held[0], bytes(32), *held[2:]]
    body = rules.seal_body(number=1, previous=rules.START, at=AT, total=5, leaves=b"".join(held))
    roots = roots | {"seals": [jws(body, key)]}
    gone = text(lines, held).split("\n")
    gone[3] = json.dumps({"seal": 1, "place": 1, "chain": "dossier:MINE", "seq": 2, "line": None})
    code, said = check("lines", "\n".join(gone), roots=roots)
    assert code == 1 and "dossier:MINE 2: was missing when sealed (1)" in said
    gone[5] = gone[5].replace("thing.done", "thing.other")
    assert "dossier:MINE 4: the line was changed" in check("lines", "\n".join(gone), roots=roots)[1]
    assert "was changed or moved" in check("lines", text(lines, held), roots=roots)[1], "put in afterwards"


def proof_of(key, sealed, *places, shown=()):
    lines, held, roots = sealed
    entries = []
    for at, path in zip(places, merkle.paths(held, list(places)), strict=True):
        entry = {"hash": held[at].hex(), "seal": 1, "place": at, "path": [step.hex() for step in path]}
        full = {"line": lines[at]} if at in shown else {"chain": lines[at]["chain"], "seq": lines[at]["seq"]}
        entries.append(entry | full)
    return {
        "format": "motcua-proof", "version": 1, "subject": "dossier:MINE", "whole": True, "lines": entries,
        "seals": [{"jws": roots["seals"][0]}], "keys": [key.public],
    }  # fmt: skip


def false_proofs(key, sealed):
    """What somebody hands over as the proof of MINE."""
    foreign = proof_of(key, sealed, 4)
    foreign["lines"][0]["chain"] = "dossier:MINE"
    yield "the hash of another dossier", foreign
    yield "hashes alone", proof_of(key, sealed, 0, 1, 2, 3)
    between = proof_of(key, sealed, 0, 4, 2, 3, shown=(0, 2, 3))
    between["lines"][1] |= {"chain": "dossier:MINE", "seq": 2}
    yield "the hash of another dossier between", between
    good = proof_of(key, sealed, 0, 1, 2, 3, shown=(0, 2, 3))
    yield "a line left out", good | {"lines": good["lines"][:1] + good["lines"][2:]}
    yield "without its beginning", good | {"lines": good["lines"][1:]}
    yield "another order", good | {"lines": [good["lines"][at] for at in (0, 2, 1, 3)]}
    yield "one line twice", good | {"whole": False, "lines": [good["lines"][0]] * 2}
    yield "a seal twice", good | {"seals": good["seals"] * 2}
    gone = copy.deepcopy(good)
    gone["lines"][1]["hash"] = rules.START
    yield "a line that is missing", gone
    waiting = copy.deepcopy(good)
    for each in waiting["lines"]:
        each["seal"] = None
    yield "only lines that wait", waiting


def test_a_proof_names_its_chain_by_lines_in_full(key, sealed, check):
    code, said = check("proof", proof_of(key, sealed, 0, 1, 2, 3, shown=(0, 2)))
    assert code == 0 and "dossier:MINE 2: (không kèm nội dung) · " in said
    assert "dossier:MINE 4: (không kèm nội dung) không rõ chuỗi nào / hash of an unknown chain" in said
    assert check("proof", proof_of(key, sealed, 1, shown=(1,)) | {"whole": False})[0] == 0
    for what, proof in false_proofs(key, sealed):
        code, said = check("proof", proof)
        assert code == 1, f"{what}: {said}"


@pytest.mark.browser
def test_the_page_without_a_network_takes_and_refuses_the_same(key, sealed, chromium, tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html>", "utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.add_script_tag(
        content="\n".join((OFFLINE / name).read_text("utf-8") for name in ("der.js", "journal.js"))
    )

    def read(proof):
        return page.evaluate(
            "([proof, keys]) => readProof(proof, { keys }).then((said) => said.lines, (no) => `${no.message}`)",
            [proof, [key.public]],
        )

    assert read(proof_of(key, sealed, 0, 1, 2, 3, shown=(0, 2, 3))) == 4
    assert read(proof_of(key, sealed, 0, 1, 2, 3, shown=(0, 2))) == 3
    assert read(proof_of(key, sealed, 1, shown=(1,)) | {"whole": False}) == 1
    for what, proof in false_proofs(key, sealed):
        assert isinstance(read(proof), str), what
    context.close()
