"""No bytes make the verifier fail: signed PDFs, broken in every way a seed comes upon, for as long as asked.

    python bench/fuzz_verify.py [--seconds 300] [--seed 1] [--keep DIR] [--json] [--coverage]

Bytes flipped, cut out, doubled, put in; numbers and names of the PDF exchanged; pieces of one signed file put into
another; the DER inside a signature altered. Every answer must come back without an exception, within 20 s of processor
time, and must be one of valid, invalid, unknown; a file whose signed bytes differ must not be valid (what no signature
covers may: padding, letters of hexadecimal, spare certificates). Every third file has one byte changed that a
signature or stamp covers, and must not be valid at all. The worst time is told. Exit 0 when nothing was found, else 1;
what was found is kept in DIR.

With --coverage the breaking is led by what the code has not yet been seen to do (atheris, which is installed for this
alone: `pip install atheris`; there are wheels for Linux): a file that reaches something new is broken further.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
import types
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
SLOWEST = 20.0  # seconds of processor time for one file
WORDS = [
    b"/ByteRange", b"/Contents", b"/Type", b"/Sig", b"/Kids", b"/Count", b"/Prev", b"/Root", b"/Length", b"/Filter",
    b"/SubFilter", b"/Annots", b"/Parent", b"/AcroForm", b"/Fields", b"/DSS", b"/JS", b"/XFA", b"/Encrypt", b"/Size",
    b"endobj", b"obj", b"stream", b"endstream", b"xref", b"trailer", b"startxref", b"%%EOF", b"<<", b">>", b"[", b"]",
    b"null", b"true", b"R", b"0 0 R", b"1 0 R",
]  # fmt: skip
NUMBERS = [b"0", b"-1", b"1", b"2147483648", b"99999999999999999999", b"0.5", b"-99999999999"]


def samples() -> tuple[Any, list[bytes], Any]:
    """The desk, signed papers of every level, and what the authority says of them."""
    from tests.signing import desk as desks

    desk = desks.Desk(Path(tempfile.mkdtemp(prefix="fuzz-")))
    key, seal = desk.key(), desk.key(desks.SEAL)
    papers = [desk.sign(desks.small_pdf(), key, level=level) for level in ("B-B", "B-T", "B-LT", "B-LTA")]
    papers.append(desk.decided(key, seal))
    return desk, papers, desk.evidence(key, seal, at=desks.hours(1))


def broken(chance: random.Random, papers: list[bytes]) -> bytes:
    """A signed paper with one to six things done to it."""
    paper = bytearray(chance.choice(papers))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        chance.choice(WAYS)(chance, paper, papers)
    return bytes(paper)


def _place(chance: random.Random, paper: bytearray) -> int:
    return chance.randrange(max(len(paper), 1))


def _flip(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    if paper:
        paper[_place(chance, paper)] ^= 1 << chance.randrange(8)


def _cut(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    place = _place(chance, paper)
    del paper[place : place + chance.choice((1, 2, 20, 500, len(paper)))]


def _put(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    place = _place(chance, paper)
    paper[place:place] = chance.choice((chance.randbytes(chance.randrange(40)), chance.choice(WORDS)))


def _double(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    place = _place(chance, paper)
    paper[place:place] = paper[place : place + chance.randrange(800)]


def _number(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    found = list(re.finditer(rb"\b\d+\b", paper))
    if found:
        one = chance.choice(found)
        paper[one.start() : one.end()] = chance.choice([*NUMBERS, b"%d" % chance.randrange(60)])


def _word(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    found = list(re.finditer(rb"/[A-Za-z]{1,12}\b|\b(?:obj|endobj|stream|xref|R)\b", paper))
    if found:
        one = chance.choice(found)
        paper[one.start() : one.end()] = chance.choice(WORDS)


def _graft(chance: random.Random, paper: bytearray, papers: list[bytes]) -> None:
    other = chance.choice(papers)
    start = chance.randrange(len(other))
    place = _place(chance, paper)
    piece = other[start : start + chance.randrange(3000)]
    paper[place : place + chance.choice((0, len(piece)))] = piece


def _inside(chance: random.Random, paper: bytearray, _papers: list[bytes]) -> None:
    """Something in the DER of a signature: a tag, a length, a value; most stay whole hexadecimal."""
    found = list(re.finditer(rb"/Contents <([0-9a-fA-F]{200,})>", paper))
    if not found:
        return
    one = chance.choice(found)
    used = len(one.group(1).rstrip(b"0")) // 2 * 2
    place = one.start(1) + chance.randrange(0, max(used, 2), 2)
    paper[place : place + 2] = b"%02x" % chance.choice(
        (0, 0x30, 0x31, 0x80, 0x82, 0xA0, 0xFF, chance.randrange(256))
    )


WAYS = (_flip, _cut, _put, _double, _number, _word, _graft, _inside, _inside)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="fuzz-found", metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--coverage", action="store_true")
    args = parser.parse_args()
    from motcua.config import cli

    cli.set_up_django()
    from motcua.signing.rules import questions, verify
    from tests.signing.desk import AT

    desk, papers, evidence = samples()
    at = AT + timedelta(hours=1)
    good = {digest for each in papers for digest in signed_bytes(each)}
    assert all(verify(each, desk.roots, evidence, at=at).state == "valid" for each in papers)
    told: dict[str, Any] = {"files": 0, "valid": 0, "invalid": 0, "unknown": 0, "slowest": 0.0, "found": []}

    def tried(paper: bytes, *, covered_changed: bool = False) -> None:
        begin = time.process_time()
        try:
            questions(paper, desk.roots, at=at)
            report = verify(paper, desk.roots, evidence, at=at)
            told[report.state] += 1
            covered = signed_bytes(paper) if report.state == "valid" else good
            changed = covered_changed and report.state == "valid"
            problem = "" if covered and covered <= good and not changed else "valid although changed"
        except Exception as failure:  # noqa: BLE001  this is what is looked for
            problem = repr(failure)
        took = time.process_time() - begin
        told["files"] += 1
        told["slowest"] = round(max(told["slowest"], took), 2)
        if took > SLOWEST:
            problem = problem or f"took {took:.0f} s"
        if problem:
            place = Path(args.keep) / f"{args.seed}-{told['files']}.pdf"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(paper)
            told["found"].append(f"{place}: {problem}")

    if args.coverage:
        led(tried, papers, args.seconds, args.seed, lambda: ended(args, told))
        return 2  # not reached: the fuzzer ends the process
    chance, end = random.Random(args.seed), time.monotonic() + args.seconds  # noqa: S311  no secret hangs on it
    reach = [covered_ranges(each) for each in papers]
    while time.monotonic() < end:
        if told["files"] % 3:
            tried(broken(chance, papers))
        else:
            tried(one_byte_changed(chance, papers, reach), covered_changed=True)
    return ended(args, told)


def ended(args: argparse.Namespace, told: dict[str, Any]) -> int:
    """Tell what was found."""
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if args.json:
        print(json.dumps(told))
    else:
        print("\n".join([*told["found"], ", ".join(f"{k} {v}" for k, v in told.items() if k != "found")]))
    return 1 if told["found"] else 0


def led(
    tried: Callable[[bytes], None], papers: list[bytes], seconds: float, seed: int, end: Callable[[], int]
) -> None:
    """Break papers as coverage leads, with our own ways of breaking; ends the process with what `end` returns."""
    import atheris

    rooms = [name for name in sys.modules if name.startswith(("motcua.signing.rules", "pyhanko"))]
    for name in rooms:
        things = [
            thing for thing in vars(sys.modules[name]).values() if getattr(thing, "__module__", "") == name
        ]
        for thing in [
            *things,
            *(one for each in things if isinstance(each, type) for one in vars(each).values()),
        ]:
            if isinstance(thing, types.FunctionType):
                thing.__code__ = atheris.instrument_func(thing).__code__
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-corpus-"))
    for number, paper in enumerate(papers):
        (corpus / str(number)).write_bytes(paper)

    def changed(data: bytes, most: int, number: int) -> bytes:
        paper, chance = bytearray(data), random.Random(number)  # noqa: S311
        for _ in range(chance.choice((1, 1, 2, 4))):
            chance.choice(WAYS)(chance, paper, papers)
        return bytes(paper[:most])

    stop = time.monotonic() + seconds

    def one(paper: bytes) -> None:
        tried(paper)
        if time.monotonic() > stop:  # the fuzzer would end the process without a word
            code = end()
            sys.stdout.flush()
            os._exit(code)

    words = [
        sys.argv[0],
        f"-seed={seed}",
        "-max_len=400000",
        "-verbosity=0",
        "-rss_limit_mb=0",
        "-timeout=60",
    ]
    atheris.Setup([*words, str(corpus)], one, custom_mutator=changed)
    atheris.Fuzz()


def signed_bytes(paper: bytes) -> set[bytes]:
    """The digests of what the signatures and stamps of a file cover."""
    return {
        hashlib.sha256(b"".join(paper[start:end] for start, end in one)).digest()
        for one in covered_ranges(paper)
    }


def covered_ranges(paper: bytes) -> list[list[tuple[int, int]]]:
    """From where to where each field of a signature covers the file, whatever the signature calls itself."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    found = []
    for _name, one, _field in enumerate_sig_fields(PdfFileReader(io.BytesIO(paper), strict=False), True):
        first, second, third, fourth = map(int, one.get_object()["/ByteRange"])
        found.append([(first, first + second), (third, third + fourth)])
    return found


def one_byte_changed(
    chance: random.Random, papers: list[bytes], reach: list[list[list[tuple[int, int]]]]
) -> bytes:
    """A signed paper with one byte changed that one of its signatures or stamps covers, outside of any signature."""
    number = chance.randrange(len(papers))
    paper, holes = bytearray(papers[number]), [(one[0][1], one[1][0]) for one in reach[number]]
    spans = [span for one in reach[number] for span in one]
    while True:
        start, end = chance.choice(spans)
        place = chance.randrange(start, end)
        if not any(low <= place < high for low, high in holes):
            paper[place] ^= 1 << chance.randrange(8)
            return bytes(paper)


if __name__ == "__main__":
    sys.exit(main())
