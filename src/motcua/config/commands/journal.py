"""`motcua journal verify`: check every line, chain and head of the journal."""

import argparse
import json
import sys

NAME = "journal"


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help="kiểm tra sổ nhật ký / verify the journal")
    actions = parser.add_subparsers(dest="action", metavar="verify", required=True)
    verify = actions.add_parser("verify", help="mọi dòng, mọi chuỗi / every line, every chain")
    verify.add_argument("--subject", help="chỉ một chuỗi / one chain only, e.g. dossier:7K3…")
    verify.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: lines were verified and all fit; 1: something does not fit, or there is nothing to verify."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.foundation.journal.verify import verify

    report = verify(subject=args.subject)
    if args.json:
        print(
            json.dumps(
                {
                    "good": report.good,
                    "lines": report.lines,
                    "chains": report.chains,
                    "erased_values": report.erased_values,
                    "findings": [
                        {"chain": f.chain, "line": f.seq or None, "what": f.what} for f in report.findings
                    ],
                },
                ensure_ascii=False,
            )
        )
        return 0 if report.good else 1
    for finding in report.findings:
        print(finding, file=sys.stderr)
    print(
        f"{report.lines} dòng, {report.chains} chuỗi, {report.erased_values} giá trị đã xóa theo luật, "
        f"{len(report.findings)} phát hiện / {report.lines} lines, {report.chains} chains, "
        f"{report.erased_values} values lawfully erased, {len(report.findings)} findings"
    )
    return 0 if report.good else 1
