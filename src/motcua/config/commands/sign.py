"""`motcua sign FILE.pdf OUT.pdf --key | --token | --remote`: sign a PDF, or a folder of them, with a key of any kind;
`motcua sign --jws FILE.json OUT.jws …`: sign data as JWS.

With folders in place of files every *.pdf of the first that is not yet in the second is signed into it, each written
whole or not at all, so that the same command goes on after a crash. Exit 0 signed, 1 something was refused (of which
nothing is written), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motcua.signing.rules import Report, Signature

NAME = "sign"
HELP = "Ký số PDF bằng khóa trong tệp, trên thiết bị hoặc từ xa / sign PDF by file, token or remote key."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers: Any) -> None:
    """Add the `sign` command to the program's commands."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument(
        "--jws",
        action="store_true",
        help="FILE là JSON, ký thành JWS (RFC 7515) / FILE is JSON, signed as JWS",
    )
    parser.add_argument(
        "--form",
        choices=("compact", "json", "detached"),
        default="compact",
        help="dạng JWS: gọn, JSON, để rời dữ liệu / form of the JWS: compact, flattened JSON, without its data",
    )
    parser.add_argument(
        "--algorithm",
        default="",
        metavar="NAME",
        help="thuật toán của JWS / of the JWS: RS256, PS256, ES256 …",
    )
    parser.add_argument("file", metavar="FILE.pdf", help="tệp hoặc thư mục / a file, or a folder")
    parser.add_argument(
        "out",
        metavar="OUT.pdf",
        help="tệp đã ký, chưa có sẵn, hoặc thư mục / the signed file, not there yet, or a folder",
    )
    door = parser.add_mutually_exclusive_group(required=True)
    door.add_argument("--key", metavar="KEY.p12", help="khóa trong tệp PKCS#12 / the key in a file")
    door.add_argument(
        "--token", metavar="MODULE", help="thư viện PKCS#11 của thiết bị ký / the token's PKCS#11 library"
    )
    door.add_argument(
        "--remote", metavar="ADDRESS", help="dịch vụ ký từ xa / remote signing service (CSC API)"
    )
    parser.add_argument(
        "--password-file",
        required=True,
        metavar="FILE",
        help="dòng đầu là mật khẩu hoặc mã PIN / its first line is the password or the PIN",
    )
    parser.add_argument("--token-name", default="", metavar="NAME", help="tên thiết bị / label of the token")
    parser.add_argument("--label", default="", help="tên khóa trên thiết bị / label of the key on the token")
    parser.add_argument("--credential", default="", metavar="ID", help="mã khóa ở dịch vụ / which credential")
    parser.add_argument(
        "--account-file",
        metavar="FILE",
        help="tài khoản ở dịch vụ: một dòng là mã OAuth, hai dòng là tên và mật khẩu "
        "/ one line: an OAuth token; two lines: user and password",
    )
    parser.add_argument(
        "--otp-file",
        metavar="FILE",
        help="mã dùng một lần; không có thì dịch vụ gửi mã và hỏi ở đây "
        "/ a one-time code; without it the service sends one and it is asked for here",
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
    """Open the key, check the certificate, sign, verify what came out, and only then write the file."""
    from motcua.config.cli import set_up_django

    try:
        papers = _papers(Path(args.file), Path(args.out))
        key = Path(args.key).read_bytes() if args.key else b""
        secret = _secret(args)
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
        door = _opened(args, key, secret)
        try:
            return (
                _data(args, papers, door) if args.jws else max(_all(args, papers, door, place), default=GOOD)
            )
        finally:
            door.close()
    except Refusal as refusal:
        return _refused(args, refusal)
    except OSError as problem:
        return _wrong(f"{problem.filename}: không ghi được / cannot be written ({problem.strerror})")


def _papers(file: Path, out: Path) -> list[tuple[Path, Path]]:
    """What is signed and where it goes: one pair, or those of a folder that are not there yet."""
    if not file.is_dir():
        with file.open("rb"):  # it can be read, or the key is not even opened
            return [(file, out)]
    out.mkdir(exist_ok=True)
    return [(each, out / each.name) for each in sorted(file.glob("*.pdf")) if not (out / each.name).exists()]


def _secret(args: argparse.Namespace) -> dict[str, str]:
    """What opens the key: password or PIN, and for a service the account and perhaps a code."""
    given = {"pin": _lines(args.password_file)[0]}
    if args.account_file:
        lines = [line for line in _lines(args.account_file) if line]
        if not lines:
            raise ValueError(f"{args.account_file}: trống / empty")
        named = ("user", "password") if len(lines) > 1 else ("bearer",)
        given.update(zip(named, lines, strict=False))
    if args.otp_file:
        given["otp"] = _lines(args.otp_file)[0]
    return given


def _lines(file: str) -> list[str]:
    return [line.rstrip("\r") for line in Path(file).read_text("utf-8").split("\n")]


def _opened(args: argparse.Namespace, key: bytes, secret: dict[str, str]) -> Any:
    """The door to the key; a service that wants a code sends it first, and it is read from standard input."""
    from motcua.signing import actions

    if args.key:
        return actions.open_door("file", {"content": key}, secret["pin"])
    if args.token:
        where = {"module": args.token, "token": args.token_name, "label": args.label}
        return actions.open_door("token", where, secret["pin"])
    where = {"address": args.remote, "credential": args.credential}
    if "otp" not in secret and actions.send_code(where, secret):
        print("Mã dùng một lần đã gửi; nhập mã / the one-time code was sent; enter it:", file=sys.stderr)
        secret["otp"] = sys.stdin.readline().strip()
    return actions.open_door("remote", where, secret)


def _all(
    args: argparse.Namespace, papers: list[tuple[Path, Path]], door: Any, place: list[float]
) -> Iterator[int]:
    """Sign every paper, write each as soon as it is signed and verified; an exit code for each."""
    from motcua.foundation.time import now
    from motcua.signing import actions, queries

    at = now()
    stamps = actions.stamps_for(door, at=at, address=args.tsa)
    look = _look(queries.holder_of(door.certificate), place, at)
    documents = (
        actions.Document(str(out), file.read_bytes(), args.field, look, args.reason) for file, out in papers
    )
    for answer in actions.sign_many(documents, door, at=at, stamps=stamps, level=args.level):
        if isinstance(answer, actions.Refused):
            yield _refused(args, answer.refusal, answer.id if len(papers) > 1 else "")
            continue
        report = queries.check(answer.content, at=at)
        if report.state == "invalid":
            yield _not_written(args, answer.id, report)
            continue
        _write(Path(answer.id), answer.content)
        _tell(args, answer.id, report.signatures[-1])
        yield GOOD


def _data(args: argparse.Namespace, papers: list[tuple[Path, Path]], door: Any) -> int:
    """Sign the one JSON file."""
    from motcua.foundation.time import now
    from motcua.signing import actions, queries

    if len(papers) != 1 or Path(args.file).is_dir():
        return _wrong("--jws: một tệp một lần / one file at a time")
    [(file, out)] = papers
    at, content = now(), file.read_bytes()
    form, detached = "json" if args.form == "json" else "compact", args.form == "detached"
    signed = actions.sign_data(content, door, at=at, form=form, detached=detached, algorithm=args.algorithm)
    _write(out, signed)
    _tell(args, str(out), queries.check(signed, at=at, payload=content).signatures[-1])
    return GOOD


def _tell(args: argparse.Namespace, file: str, one: Signature) -> None:
    told = {
        "file": file,
        "signer": one.signer,
        "agency": one.agency,
        "signed_at": one.signed_at and one.signed_at.isoformat(),
        "level": one.level,
        "state": one.state,
    }
    text = json.dumps(told, ensure_ascii=False)
    print(text if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def _look(who: dict[str, Any], place: list[float], at: Any) -> Any:
    from motcua.signing.appearance import person_look, seal_look

    if not place:
        return None
    look = person_look(who["signer"], at=at, x=place[0], y=place[1], agency=who["agency"])
    return seal_look(who["signer"], over=look) if who["kind"] == "seal" else look


def _write(out: Path, content: bytes) -> None:
    """The file whole, where none was; after a power cut it is there or it is not."""
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with open(draft, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, out)  # refuses to replace a file, which a rename would not
    except OSError as problem:
        problem.filename = str(out)
        raise
    finally:
        draft.unlink(missing_ok=True)


def _refused(args: argparse.Namespace, refusal: Any, file: str = "") -> int:
    told = {"problem": refusal.code, "message": refusal.sentence, **({"file": file} if file else {})}
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    print(f"{file}{': ' if file else ''}{refusal.sentence} {refusal.way_out}", file=sys.stderr)
    return FINDING


def _not_written(args: argparse.Namespace, file: str, report: Report) -> int:
    """The paper, once signed, would not hold: nothing is written, and it is told why."""
    found = [*report.findings, *(each for one in report.signatures for each in one.findings)]
    bad = next(each for each in found if each.does == "bad")
    sentence = (
        f"Không ghi tệp: ký xong vẫn không hợp lệ. {bad.vi} / Not written: signed, it is not valid. {bad.en}"
    )
    told = {"problem": bad.code, "message": sentence, "file": file}
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    print(f"{file}: {sentence}", file=sys.stderr)
    return FINDING


def _wrong(sentence: str) -> int:
    print(f"motcua sign: {sentence}", file=sys.stderr)
    return WRONG_USAGE
