"""`motcua trial issue|revoke|roots`: keys of the trial authority (MÔ PHỎNG), in a simulation only.

Exit 0 done, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

NAME = "trial"
HELP = "Nơi cấp chứng thư số mô phỏng để chạy thử / the certificate authority for trials (MÔ PHỎNG)."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2
TREES = ("government", "public")
REASONS = ("unspecified", "key_compromise", "affiliation_changed", "superseded", "cessation_of_operation")


def register(subparsers: Any) -> None:
    """Add the `trial` command and its actions to the program's commands."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="issue|revoke|roots", required=True)
    text = "Cấp khóa và chứng thư thành tệp PKCS#12 / a key and its certificate as a PKCS#12 file."
    issue = actions.add_parser("issue", help=text, description=text)
    issue.add_argument("out", metavar="OUT.p12")
    issue.add_argument(
        "--name", required=True, help="họ tên, hoặc tên cơ quan với --seal / name of the holder"
    )
    issue.add_argument("--agency", default="", help="cơ quan / agency")
    issue.add_argument("--title", default="", help="chức vụ / title")
    issue.add_argument("--number", default="", help="số định danh / identity number")
    issue.add_argument("--seal", action="store_true", help="con dấu của cơ quan / an agency's seal")
    issue.add_argument("--days", type=int, default=0, help="số ngày có hiệu lực / days (1095)")
    issue.add_argument(
        "--password-file",
        required=True,
        metavar="FILE",
        help="dòng đầu là mật khẩu / its first line is the password",
    )
    text = "Thu hồi một chứng thư từ bây giờ / revoke a certificate from now on."
    revoke = actions.add_parser("revoke", help=text, description=text)
    revoke.add_argument(
        "serial", metavar="SERIAL", help="số của chứng thư, hệ 16 / serial number, hexadecimal"
    )
    revoke.add_argument("--reason", choices=REASONS, default="unspecified", help="lý do / reason")
    text = "Ghi gốc tin cậy và danh sách thu hồi ra thư mục / write roots and revocation lists into a folder."
    roots = actions.add_parser("roots", help=text, description=text)
    roots.add_argument("out", metavar="DIR")
    for one in (issue, revoke):
        one.add_argument("--tree", choices=TREES, default="government", help="gốc / which root (government)")
    for one in (issue, revoke, roots):
        one.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
        one.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """0 done; 1 refused, with a sentence; 2 a file that cannot be read or written."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.utils import translation

    from motcua.foundation.errors import Refusal

    translation.activate(args.lang)
    try:
        told = {"issue": _issue, "revoke": _revoke, "roots": _roots}[args.action](args)
    except Refusal as refusal:
        if args.json:
            print(json.dumps({"problem": refusal.code, "message": refusal.sentence}, ensure_ascii=False))
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return FINDING
    except OSError as problem:
        why = f"{problem.filename}: không đọc hoặc ghi được / cannot be read or written ({problem.strerror})"
        print(f"motcua trial: {why}", file=sys.stderr)
        return WRONG_USAGE
    print(
        json.dumps(told, ensure_ascii=False) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items())
    )
    return GOOD


def _issue(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.foundation.time import now
    from motcua.signing import actions

    password = Path(args.password_file).read_text("utf-8").split("\n", 1)[0]
    who = {
        "name": args.name,
        "agency": args.agency,
        "title": args.title,
        "number": args.number,
        "seal": args.seal,
    }
    content, serial = actions.issue_trial_key(args.tree, who, at=now(), password=password, days=args.days)
    with open(os.open(args.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return {"file": args.out, "serial": serial, "mark": "MÔ PHỎNG"}


def _revoke(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.foundation.time import now
    from motcua.signing import actions

    actions.revoke_trial_certificate(args.tree, args.serial, at=now(), reason=args.reason)
    return {"serial": args.serial, "state": "revoked"}


def _roots(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.foundation.time import now
    from motcua.signing import queries

    written = []
    for name, content in queries.trial_roots(at=now()).items():
        place = Path(args.out) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        written.append(str(place))
    return {"files": written} if args.json else {str(n): each for n, each in enumerate(written, 1)}
