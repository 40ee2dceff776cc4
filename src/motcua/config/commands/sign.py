"""`motcua sign FILE.pdf OUT.pdf --key KEY.p12`: sign a PDF with a software key, for trials and closed use.

Exit 0 signed, 1 refused (nothing is written), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NAME = "sign"
HELP = "Ký số một tệp PDF bằng khóa phần mềm / sign a PDF with a software key."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers: Any) -> None:
    """Add the `sign` command to the program's commands."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument(
        "out", metavar="OUT.pdf", help="tệp đã ký, chưa có sẵn / the signed file, not there yet"
    )
    parser.add_argument("--key", required=True, metavar="KEY.p12", help="khóa PKCS#12 / the key")
    parser.add_argument(
        "--password-file",
        required=True,
        metavar="FILE",
        help="dòng đầu là mật khẩu / its first line is the password",
    )
    parser.add_argument(
        "--level", choices=("B-T", "B-LT", "B-LTA"), default="B-LT", help="mức / level (B-LT)"
    )
    parser.add_argument(
        "--tsa", default="", metavar="URL", help="nơi cấp dấu thời gian / time stamp authority"
    )
    parser.add_argument(
        "--field", default="ChuKy", metavar="NAME", help="tên ô ký / name of the signature field"
    )
    parser.add_argument("--reason", default="", help="lý do ký / reason")
    parser.add_argument(
        "--show",
        metavar="X,Y",
        help="hiện chữ ký ở trang cuối, góc dưới trái (điểm); con dấu đè lên một phần ba bên trái của nó "
        "/ show it on the last page, lower left corner in points; a seal lies over its left third",
    )
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """Check the certificate, sign, verify what came out, and only then write the file."""
    from motcua.config.cli import set_up_django

    try:
        content, key = Path(args.file).read_bytes(), Path(args.key).read_bytes()
        password = Path(args.password_file).read_text("utf-8").split("\n", 1)[0]
        place = [float(each) for each in args.show.split(",")] if args.show else []
        if len(place) not in (0, 2):
            raise ValueError("--show: X,Y")
    except OSError as problem:
        return _wrong(f"{problem.filename}: không đọc được / cannot be read ({problem.strerror})")
    except ValueError as problem:
        return _wrong(str(problem))
    set_up_django()
    from django.utils import translation

    from motcua.foundation.errors import Refusal

    translation.activate(args.lang)
    try:
        signed, told = _signed(args, content, key, password, place)
    except Refusal as refusal:
        if args.json:
            print(json.dumps({"problem": refusal.code, "message": refusal.sentence}, ensure_ascii=False))
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return FINDING
    try:
        with open(args.out, "xb") as file:
            file.write(signed)
    except OSError as problem:
        return _wrong(f"{args.out}: không ghi được / cannot be written ({problem.strerror})")
    print(
        json.dumps(told, ensure_ascii=False) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items())
    )
    return GOOD


def _wrong(sentence: str) -> int:
    print(f"motcua sign: {sentence}", file=sys.stderr)
    return WRONG_USAGE


def _signed(
    args: argparse.Namespace, content: bytes, key_file: bytes, password: str, place: list[float]
) -> tuple[bytes, dict[str, Any]]:
    from motcua.foundation.time import now
    from motcua.signing import actions, queries
    from motcua.signing.appearance import person_look, seal_look

    at = now()
    key = actions.open_key(key_file, password)
    stamps = actions.stamps_for(key, at=at, address=args.tsa)
    who = queries.holder_of(key.certificate)
    look = None
    if place:
        look = person_look(who["signer"], at=at, x=place[0], y=place[1], agency=who["agency"])
        if who["kind"] == "seal":
            look = seal_look(who["signer"], over=look)
    signed = actions.sign_file(
        content, key, field=args.field, at=at, stamps=stamps, level=args.level, look=look, reason=args.reason
    )
    one = queries.check(signed, at=at).signatures[-1]
    shown = {
        "signer": one.signer,
        "agency": one.agency,
        "signed_at": one.signed_at and one.signed_at.isoformat(),
    }
    return signed, {"file": args.out, **shown, "level": one.level, "state": one.state}
