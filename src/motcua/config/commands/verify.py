"""`motcua verify FILE`: what the signatures of a PDF, or of data signed as JWS, are worth, and why.

Exit 0 valid, 1 a finding, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motcua.signing.rules import Report, Signature

NAME = "verify"
HELP = "Kiểm tra chữ ký số trong tệp PDF hoặc JWS / verify the signatures of a PDF or a JWS."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2
HEADLINES = {
    "valid": {"vi": "HỢP LỆ", "en": "VALID"},
    "invalid": {"vi": "KHÔNG HỢP LỆ", "en": "NOT VALID"},
    "unknown": {"vi": "CHƯA XÁC ĐỊNH", "en": "UNKNOWN"},
    "expired": {"vi": "HẾT HẠN TRƯỚC KHI KÝ", "en": "EXPIRED BEFORE SIGNING"},
    "revoked": {"vi": "THU HỒI TRƯỚC KHI KÝ", "en": "REVOKED BEFORE SIGNING"},
}
LABELS = {
    "signer": {"vi": "Người ký", "en": "Signer"},
    "title": {"vi": "Chức vụ", "en": "Title"},
    "agency": {"vi": "Cơ quan", "en": "Agency"},
    "time": {"vi": "Thời điểm ký", "en": "Signed at"},
    "whole": {"vi": "Toàn vẹn", "en": "Integrity"},
    "issuer": {"vi": "Nơi cấp", "en": "Issuer"},
    "validity": {"vi": "Chứng thư có hiệu lực", "en": "Certificate valid"},
    "revocation": {"vi": "Thu hồi", "en": "Revocation"},
    "level": {"vi": "Mức", "en": "Level"},
}
TIMES = {
    True: {"vi": "có dấu thời gian của {by}", "en": "by a time stamp of {by}"},
    False: {"vi": "theo máy của người ký", "en": "by the signer's machine"},
}
WHOLE = {
    True: {"vi": "nội dung đúng như khi ký", "en": "the content is as it was signed"},
    False: {"vi": "nội dung không còn như khi ký", "en": "the content is no longer as it was signed"},
}
REVOCATIONS = {
    "good": {"vi": "không bị thu hồi tại thời điểm ký", "en": "not revoked at the time of signing"},
    "revoked": {"vi": "đã bị thu hồi", "en": "revoked"},
    "revoked_later": {"vi": "bị thu hồi sau khi ký", "en": "revoked after signing"},
    "unknown": {"vi": "chưa biết", "en": "not known"},
}


def register(subparsers: Any) -> None:
    """Add the `verify` command to the program's commands."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--payload", metavar="FILE", help="dữ liệu của một JWS để rời / the data of a detached JWS"
    )
    parser.add_argument(
        "--roots",
        metavar="DIR",
        help="chỉ tin các gốc trong thư mục này, kèm *.crl, *.ocsp / trust only the roots in this folder",
    )
    parser.add_argument(
        "--offline",
        action="store_true",
        help="không hỏi nơi cấp qua mạng / ask no authority over the network",
    )
    parser.add_argument(
        "--list",
        metavar="FILE.jws",
        help="danh sách kết quả bị thu hồi đã giữ / the list of results that hold no longer, as you kept it",
    )
    parser.add_argument(
        "--trust",
        action="append",
        metavar="KEY",
        help="mã khóa ký danh sách / thumbprint of the key of the list",
    )
    parser.add_argument("--at", metavar="ISO", help="kiểm tra như tại thời điểm này / as of this moment")
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """Verify one file; with `--roots` neither settings nor a database are needed."""
    from motcua.config.commands._standing import ListUnusable, standing_of
    from motcua.signing.roots import RootsProblem

    try:
        at = datetime.fromisoformat(args.at) if args.at else datetime.now(UTC)
        if at.tzinfo is None:
            raise ValueError("--at cần có múi giờ / needs a time zone: 2026-11-22T09:00+07:00")
        content = Path(args.file).read_bytes()
        payload = Path(args.payload).read_bytes() if args.payload else None
        report = _report(args, content, at, payload)
        ruled = standing_of(content, report.sha256, args.list, args.trust, own=args.roots is None)
    except OSError as problem:
        return _wrong(
            f"{problem.filename or args.file}: không đọc được / cannot be read ({problem.strerror})"
        )
    except (ValueError, RootsProblem, ListUnusable) as problem:
        return _wrong(str(problem))
    if args.json:
        told = {"file": args.file, **report.as_json(), "standing": ruled.as_json()}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell(args, report)
        print(ruled.sentence(args.lang))
    return GOOD if report.state == "valid" and not ruled.ended else FINDING


def _wrong(sentence: str) -> int:
    print(f"motcua verify: {sentence}", file=sys.stderr)
    return WRONG_USAGE


def _report(args: argparse.Namespace, content: bytes, at: datetime, payload: bytes | None) -> Report:
    if args.roots is None:
        from motcua.config.cli import set_up_django

        set_up_django()
        from motcua.signing import queries

        return queries.check(content, at=at, ask=_silent if args.offline else None, payload=payload)
    import logging

    from motcua.signing import network
    from motcua.signing.roots import read_roots
    from motcua.signing.rules import data_questions, looks_signed, questions, verify, verify_data

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    folder = Path(args.roots)
    if not folder.is_dir():
        raise ValueError(f"{folder}: không phải thư mục / is no folder")
    roots, evidence = read_roots(folder)
    if not roots:
        raise ValueError(f"{folder}: không có chứng thư gốc nào / holds no root certificate")
    data = looks_signed(content)
    if not args.offline:
        asked = data_questions(content, roots) if data else questions(content, roots, at=at)
        evidence = evidence.with_more(network.gather(asked))
    if data:
        return verify_data(content, roots, evidence, at=at, payload=payload)
    return verify(content, roots, evidence, at=at)


def _silent(address: str, body: bytes | None, kind: str) -> bytes:
    raise OSError("offline")


def _tell(args: argparse.Namespace, report: Report) -> None:
    lang = args.lang
    print(f"{HEADLINES[report.state][lang]} · {args.file}")
    for each in report.findings:
        print(f"  - {getattr(each, lang)}")
    for number, one in enumerate(report.signatures, 1):
        print(f"{number}. {HEADLINES[one.state][lang]} · {one.field}")
        shown = {
            "signer": one.signer,
            "title": one.title,
            "agency": one.agency,
            "time": _time(one, lang),
            "whole": WHOLE[one.whole][lang] if one.signer else "",
            "issuer": one.issuer,
            "validity": _validity(one),
            "revocation": REVOCATIONS[one.revocation][lang],
            "level": one.level,
        }
        for name, value in shown.items():
            if value:
                print(f"   {LABELS[name][lang]}: {value}")
        for each in one.findings:
            print(f"   - {getattr(each, lang)}")


def _time(one: Signature, lang: str) -> str:
    from motcua.signing.appearance import written_time

    if one.signed_at is None:
        return ""
    return f"{written_time(one.signed_at)}, {TIMES[one.time_proven][lang].format(by=one.stamped_by)}"


def _validity(one: Signature) -> str:
    if one.certificate_from is None or one.certificate_until is None:
        return ""
    return f"{one.certificate_from:%d/%m/%Y} – {one.certificate_until:%d/%m/%Y}"
