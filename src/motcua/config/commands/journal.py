"""`motcua journal verify|seal|proof|lines|roots`: check the journal, seal it, prove lines of it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NAME = "journal"
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help="kiểm tra, niêm phong sổ nhật ký / verify and seal the journal")
    actions = parser.add_subparsers(dest="action", metavar="verify|seal|proof|lines|roots", required=True)
    verify = actions.add_parser(
        "verify", help="mọi dòng, mọi chuỗi, mọi niêm phong / every line, chain and seal"
    )
    verify.add_argument("--subject", help="chỉ một chuỗi / one chain only, e.g. dossier:7K3…")
    verify.add_argument(
        "--roots", type=Path, metavar="FILE", help="gốc đã giữ nơi khác / roots kept elsewhere"
    )
    verify.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    seal = actions.add_parser("seal", help="niêm phong ngay các dòng mới / seal the new lines now")
    seal.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    proof = actions.add_parser(
        "proof", help="bằng chứng của một chuỗi, một dòng / the proof of a chain or a line"
    )
    proof.add_argument("subject", help="chuỗi / the chain, e.g. dossier:7K3…")
    proof.add_argument("--line", type=int, metavar="N", help="chỉ một dòng / one line only")
    proof.add_argument(
        "--short", action="store_true", help="dạng ngắn để in mã QR / short, for a QR code (--line)"
    )
    lines = actions.add_parser(
        "lines", help="các dòng theo niêm phong, cho bộ kiểm tra / the lines by seal, for the verifier"
    )
    lines.add_argument("--first", type=int, default=1, metavar="N", help="từ niêm phong / from this seal")
    lines.add_argument("--last", type=int, metavar="N", help="đến niêm phong / up to this seal")
    actions.add_parser("roots", help="mọi gốc đã ký, để cất nơi khác / every signed root, to keep elsewhere")


def run(args: argparse.Namespace) -> int:
    """0: good; 1: something does not fit, or there is nothing to verify or prove; 2: a file that cannot be used."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.foundation.errors import Refusal

    try:
        return {"verify": _verify, "seal": _seal, "proof": _proof, "lines": _lines, "roots": _roots}[
            args.action
        ](args)
    except Refusal as refusal:
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return FINDING


def _verify(args: argparse.Namespace) -> int:
    from motcua.foundation.journal.verify import verify
    from motcua.sealing import queries

    kept: list[str] = []
    if args.roots:
        try:
            told = json.loads(args.roots.read_text("utf-8"))
            kept = [*told["seals"], *told["days"]]
        except (OSError, ValueError, KeyError, TypeError):
            print(f"{args.roots}: không phải tệp gốc / is not a file of roots", file=sys.stderr)
            return WRONG_USAGE
    report = verify(subject=args.subject)
    seals = queries.check(subject=args.subject, kept=kept)
    findings = [*report.findings, *seals.findings]
    good = report.good and not seals.findings
    if args.json:
        _print(
            {
                "good": good,
                "lines": report.lines,
                "chains": report.chains,
                "erased_values": report.erased_values,
                "seals": seals.seals,
                "days": seals.days,
                "sealed_lines": seals.sealed,
                "waiting_lines": seals.waiting,
                "findings": [{"chain": f.chain, "line": f.seq or None, "what": f.what} for f in findings],
            }
        )
        return GOOD if good else FINDING
    for finding in findings:
        print(finding, file=sys.stderr)
    print(
        f"{report.lines} dòng, {report.chains} chuỗi, {report.erased_values} giá trị đã xóa theo luật, "
        f"{seals.sealed} dòng trong {seals.seals} niêm phong, {seals.waiting} dòng chờ, {len(findings)} phát hiện"
        f" / {report.lines} lines, {report.chains} chains, {report.erased_values} values lawfully erased, "
        f"{seals.sealed} lines in {seals.seals} seals, {seals.waiting} waiting, {len(findings)} findings"
    )
    return GOOD if good else FINDING


def _seal(args: argparse.Namespace) -> int:
    from motcua.foundation.time import now
    from motcua.sealing import actions, queries

    lines, days = actions.all_sealed(now())
    last = queries.newest_seal()
    if args.json:
        _print({"lines": lines, "days": days, "last_seal": last.number if last else None})
    else:
        print(f"{lines} dòng vừa niêm phong, {days} ngày vừa đóng / {lines} lines sealed, {days} days closed")
    return GOOD


def _proof(args: argparse.Namespace) -> int:
    from motcua.sealing import queries

    if not args.short:
        _print(queries.proof(args.subject, seq=args.line))
        return GOOD
    if args.line is None:
        print("--short: cần --line / needs --line", file=sys.stderr)
        return WRONG_USAGE
    found = queries.short_proof(args.subject, args.line)
    print(
        found or "Dòng này chưa được niêm phong / this line is not sealed yet",
        file=None if found else sys.stderr,
    )
    return GOOD if found else FINDING


def _lines(args: argparse.Namespace) -> int:
    from motcua.sealing import queries

    for text in queries.sealed_lines(first=args.first, last=args.last):
        print(text)
    return GOOD


def _roots(args: argparse.Namespace) -> int:
    from motcua.sealing import queries

    _print(queries.roots())
    return GOOD


def _print(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False))
