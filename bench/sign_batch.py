"""What a signature costs in a batch, beside pyHanko's own one-by-one signing of the same documents.

    python bench/sign_batch.py [--rounds 12] [--documents 20] [--level B-LT] [--json]

In one process, in turns, on one core, RSA-2048: *naive* opens the PKCS#12 file for every document and calls pyHanko's
`PdfSigner` with its own `SimpleSigner`, with the roots, revocation answers and time stamps laid ready; *ours* is
`sign_many` with all its checks, asking the same trial authority itself. Time stamps come from the same authority in
the same process, so both sides pay for them. Every signature of ours is verified afterwards, outside the time. Told
besides: where the naive time goes, the same with a visible signature, one document alone through `sign_file`, and
ECDSA. Exit 0 when the median throughput of ours is at least 4 times the naive one, else 1.
"""

from __future__ import annotations

import argparse
import functools
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE / "src"), str(HERE)]
TIMES_LEAST = 4.0


class Bench:
    """A trial authority, a key as a file, one small document, and both ways to sign it."""

    def __init__(self, level: str, kind: str = "rsa") -> None:
        from motcua.signing import queries
        from motcua.signing.appearance import person_look
        from tests.signing import desk as desks

        self.level, self.at = level, desks.AT
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-sign-"))
        self.desk = desks.Desk(self.folder / "authority", kind=kind)
        queries.trial_authority = lambda tree, at: self.desk.authority  # type: ignore[assignment]
        self.file = self.desk.authority.issue_pkcs12(desks.HANH, at=desks.hours(-24), password="mật")
        (self.folder / "key.p12").write_bytes(self.file)
        self.paper = desks.small_pdf()
        self.look = person_look(desks.HANH.name, at=self.at, x=300, y=100, agency=desks.AGENCY)
        self.stamps = functools.partial(_stamp, self.desk.authority, at=self.at)

    def ours(self, documents: int, look: Any = None) -> list[bytes]:
        """The documents by `sign_many`: the key opened once."""
        from motcua.signing import actions

        key = actions.open_door("file", {"content": self.file}, "mật")
        papers = [actions.Document(str(number), self.paper, look=look) for number in range(documents)]
        made = list(actions.sign_many(papers, key, at=self.at, stamps=self.stamps, level=self.level))
        assert all(isinstance(each, actions.Signed) for each in made), made
        return [each.content for each in made]  # type: ignore[union-attr]

    def alone(self) -> bytes:
        """One document as a single one is signed: the key opened for it, everything asked for it."""
        from motcua.signing import actions

        key = actions.open_door("file", {"content": self.file}, "mật")
        return actions.sign_file(self.paper, key, field="A", at=self.at, stamps=self.stamps, level=self.level)

    def naive(self, evidence: Any, look: Any = None) -> bytes:
        """One document by pyHanko alone: the file opened, everything done anew."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

        from motcua.signing import pades
        from motcua.signing.appearance import stamp_style

        signer = SimpleSigner.load_pkcs12(str(self.folder / "key.p12"), passphrase="mật".encode())
        lasting = self.level in ("B-LT", "B-LTA")
        key = functools.partial(_Door, signer)
        meta = PdfSignatureMetadata(
            field_name="ChuKy",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=lasting,
            use_pades_lta=self.level == "B-LTA",
            validation_context=pades._context(self.desk.roots, evidence, self.at, key()) if lasting else None,
        )
        box = tuple(round(each) for each in look.box) if look else None
        spec = SigFieldSpec("ChuKy", on_page=0, box=box) if look else SigFieldSpec("ChuKy")
        timestamper = pades._timestamper(self.stamps)
        style = stamp_style(look) if look else None
        pdf = PdfSigner(meta, signer, timestamper=timestamper, stamp_style=style, new_field_spec=spec)
        made: bytes = pdf.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(self.paper))).getvalue()
        return made


class _Door:
    """What a context of validation wants to know of a signer: the certificates it sends along."""

    def __init__(self, signer: Any) -> None:
        self.chain = [each.dump() for each in signer.cert_registry]


def _stamp(authority: Any, request: bytes, *, at: Any) -> bytes:
    from motcua.signing.trial import stamp

    return stamp(authority, request, at=at)


def cpu(work: Callable[[], Any]) -> float:
    """Seconds of processor time: what a core gives, whoever else uses the machine."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measure(bench: Bench, rounds: int, documents: int) -> dict[str, Any]:
    """Every figure of one level, in milliseconds a document; both sides in turns."""
    from tests.signing.desk import HANH

    key = bench.desk.key(HANH)
    told: dict[str, list[float]] = {
        name: [] for name in ("naive", "ours", "naive_seen", "ours_seen", "alone")
    }
    evidence = bench.desk.evidence(_File(bench))
    few = max(2, documents // 5)
    for place in range(rounds + 1):
        row = {
            "naive": cpu(lambda: [bench.naive(evidence) for _ in range(few)]) / few,
            "ours": cpu(lambda: bench.ours(documents)) / documents,
            "naive_seen": cpu(lambda: [bench.naive(evidence, bench.look) for _ in range(few)]) / few,
            "ours_seen": cpu(lambda: bench.ours(documents, bench.look)) / documents,
            "alone": cpu(bench.alone),
        }
        for name, seconds in row.items() if place else ():  # the first turn warms both
            told[name].append(seconds * 1000)
    for made in (*bench.ours(2, bench.look), bench.alone(), bench.naive(evidence)):
        assert bench.desk.verify(made, key, evidence=evidence).state == "valid"
    found = {f"{name}_ms": round(statistics.median(row), 1) for name, row in told.items()}
    found["per_core_and_second"] = round(1000 / found["ours_ms"], 1)
    found["times"] = round(found["naive_ms"] / found["ours_ms"], 2)
    found["times_seen"] = round(found["naive_seen_ms"] / found["ours_seen_ms"], 2)
    return found


class _File:
    """The bench's own key, as the desk asks for evidence about keys."""

    def __init__(self, bench: Bench) -> None:
        from motcua.signing.keys import SoftwareKey

        self.certificate = SoftwareKey(bench.file, "mật").certificate


def naive_parts(bench: Bench) -> dict[str, float]:
    """Where the naive time goes, in milliseconds a document: opening the file, and the raw signature, made twice."""
    from pyhanko.sign.signers import SimpleSigner

    path = str(bench.folder / "key.p12")
    signer = SimpleSigner.load_pkcs12(path, passphrase="mật".encode())
    opening = [cpu(lambda: SimpleSigner.load_pkcs12(path, passphrase="mật".encode())) for _ in range(9)]
    signing = [cpu(lambda: signer.sign_raw(b"x", "sha256")) for _ in range(9)]
    return {
        "naive_opens_the_file_ms": round(statistics.median(opening) * 1000, 1),
        "naive_loads_the_key_and_signs_ms": round(statistics.median(signing) * 1000, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--level", choices=("B-T", "B-LT", "B-LTA"), default="B-LT")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    from motcua.config import cli

    cli.set_up_django()
    bench = Bench(args.level)
    found = {"level": args.level, **measure(bench, args.rounds, args.documents), **naive_parts(bench)}
    ecdsa = Bench(args.level, "ec")
    found["ours_ecdsa_ms"] = round(
        statistics.median(cpu(lambda: ecdsa.ours(args.documents)) for _ in range(3)) / args.documents * 1000,
        1,
    )
    print(
        json.dumps(found) if args.json else "\n".join(f"{k.replace('_', ' ')}: {v}" for k, v in found.items())
    )
    return 0 if min(found["times"], found["times_seen"]) >= TIMES_LEAST else 1


if __name__ == "__main__":
    raise SystemExit(main())
