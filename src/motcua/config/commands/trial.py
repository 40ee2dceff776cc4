"""`motcua trial issue|revoke|roots|token|csc|registration|model|chat`: trials (MÔ PHỎNG), in a simulation only.

`token` copies such a key onto a token, `csc` serves it as a remote signing service, `registration` is the public
authority of citizens' certificates; `model` serves the twin of a language model for the assistant
(`MOTCUA_ASSISTANT_MODEL_URL`), `chat` that of a chat channel (`MOTCUA_ZALO_API_URL`). These run until interrupted.

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
    actions = parser.add_subparsers(
        dest="action", metavar="issue|revoke|roots|token|csc|registration|model|chat", required=True
    )
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
    text = "Chép khóa vào thiết bị ký để thử / copy a key onto a token (PKCS#11)."
    token = actions.add_parser("token", help=text, description=text)
    token.add_argument(
        "--module", required=True, metavar="MODULE", help="thư viện PKCS#11 / its PKCS#11 library"
    )
    token.add_argument("--token-name", default="", metavar="NAME", help="tên thiết bị / label of the token")
    token.add_argument("--label", required=True, help="tên khóa trên thiết bị / label of the key")
    text = (
        "Dịch vụ ký từ xa để thử (CSC API), chạy đến khi ngắt / a remote signing service, until interrupted."
    )
    csc = actions.add_parser("csc", help=text, description=text)
    csc.add_argument("--port", type=int, default=8091, help="cổng / port (8091)")
    csc.add_argument(
        "--credential", default="trial", metavar="ID", help="mã khóa / name of the credential (trial)"
    )
    csc.add_argument("--no-otp", action="store_true", help="không cần mã dùng một lần / no one-time code")
    csc.add_argument(
        "--at-once", type=int, default=100, help="số chữ ký mỗi lần xác nhận / signatures a time (100)"
    )
    csc.add_argument(
        "--account-file",
        required=True,
        metavar="FILE",
        help="hai dòng: tên và mật khẩu / user, then password",
    )
    text = "Mô hình ngôn ngữ để thử (OpenAI-compatible), chạy đến khi ngắt / a language model, until interrupted."
    model = actions.add_parser("model", help=text, description=text)
    model.add_argument("--port", type=int, default=8092, help="cổng / port (8092)")
    model.add_argument(
        "--lie", default="", metavar="NAME", help="nói sai: tên, hoặc all / how it lies, or all"
    )
    registration = _add_registration(actions)
    text = "Kênh nhắn tin để thử (như Zalo OA), chạy đến khi ngắt / a chat channel, until interrupted."
    chat = actions.add_parser("chat", help=text, description=text)
    chat.add_argument("--port", type=int, default=8094, help="cổng / port (8094)")
    for one in (token, csc):
        one.add_argument("key", metavar="KEY.p12")
        one.add_argument(
            "--password-file", required=True, metavar="FILE", help="mật khẩu của tệp / of the file"
        )
        one.add_argument("--pin-file", required=True, metavar="FILE", help="dòng đầu là mã PIN / the PIN")
    for one in (issue, revoke):
        one.add_argument("--tree", choices=TREES, default="government", help="gốc / which root (government)")
    for one in (issue, revoke, roots, token, csc, registration, model, chat):
        one.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
        one.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def _add_registration(actions: Any) -> argparse.ArgumentParser:
    text = "Nơi cấp chứng thư số công cộng để thử (EST), chạy đến khi ngắt / a public authority, until interrupted."
    registration: argparse.ArgumentParser = actions.add_parser("registration", help=text, description=text)
    registration.add_argument("--port", type=int, default=8093, help="cổng / port (8093)")
    registration.add_argument(
        "--account-file",
        required=True,
        metavar="FILE",
        help="hai dòng: tên và mật khẩu / user, then password",
    )
    registration.add_argument("--follow-parent", action="store_true", help=argparse.SUPPRESS)
    return registration


def run(args: argparse.Namespace) -> int:
    """0 done; 1 refused, with a sentence; 2 a file that cannot be read or written."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.utils import translation

    from motcua.foundation.errors import Refusal

    translation.activate(args.lang)
    try:
        told = DOERS[args.action](args)
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

    password = _first(args.password_file)
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


def _token(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.foundation.time import now
    from motcua.signing import actions, queries

    queries.trial_authority("government", at=now())  # in a simulation only
    where = {"module": args.module, "token": args.token_name, "label": args.label}
    content, password = Path(args.key).read_bytes(), _first(args.password_file)
    actions.put_trial_key_on_token(where, _first(args.pin_file), content, password)
    return {"label": args.label, "mark": "MÔ PHỎNG"}


def _csc(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.foundation.time import now
    from motcua.signing import actions, queries
    from motcua.signing.twins import csc, server

    queries.trial_authority("government", at=now())  # in a simulation only
    key = actions.open_key(Path(args.key).read_bytes(), _first(args.password_file))
    user, password = (*Path(args.account_file).read_text("utf-8").splitlines(), "", "")[:2]
    service = csc.Service(user, password, show=lambda name, code: print(f"{name}: {code}", flush=True))
    service.add(csc.Credential(args.credential, key, _first(args.pin_file), args.at_once, not args.no_otp))
    twin = server.TwinServer(service, port=args.port)
    print(f"{csc.NAME}: {twin.address} · {twin.page}", flush=True)
    return _served(twin)


def _model(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.assistant.rephrasing import twin as models

    twin = models.ModelTwin(port=args.port)
    twin.faults.update(lie=args.lie)
    print(f"{models.NAME}: {twin.address}", flush=True)
    return _served(twin)


def _chat(args: argparse.Namespace) -> dict[str, Any]:
    from motcua.helpline.zalo import twin as chats

    own = _chat_settings()
    twin = chats.ZaloTwin(port=args.port, **own)
    print(f"{chats.NAME}: {twin.address}", flush=True)
    return _served(twin)


def _chat_settings() -> dict[str, str]:
    """The app and the secret that the twin signs with: those of the settings, where they are given."""
    from django.conf import settings

    own = settings.MOTCUA
    return {"app_id": own.zalo_app_id, "secret": own.zalo_webhook_secret} if own.zalo_app_id else {}


def _served(twin: Any) -> dict[str, Any]:
    """Serve until somebody interrupts it."""
    try:
        twin.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        twin.server_close()
    return {"address": twin.address}


def _registration(args: argparse.Namespace) -> dict[str, Any]:
    from django.conf import settings

    from motcua.certificates.twins import registration, server
    from motcua.config.supervisor import follow_parent
    from motcua.foundation.time import now
    from motcua.signing import actions, queries

    queries.trial_authority("public", at=now())  # in a simulation only

    def issue(holder: dict[str, Any], key: Any) -> tuple[bytes, ...]:
        return actions.issue_trial_certificate("public", holder, at=now(), public_key=key)

    def revoke(serial: str, reason: str) -> None:
        actions.revoke_trial_certificate("public", serial, at=now(), reason=reason)

    user, password = (*Path(args.account_file).read_text("utf-8").splitlines(), "", "")[:2]
    folder = settings.MOTCUA.var / "trial-registration"
    twin = server.TwinServer(registration.Registration(folder, user, password, issue, revoke), port=args.port)
    if args.follow_parent:
        follow_parent()
    print(f"{registration.NAME}: {twin.page}", flush=True)
    try:
        twin.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        twin.server_close()
    return {"address": twin.page}


def _first(file: str) -> str:
    return Path(file).read_text("utf-8").split("\n", 1)[0]


DOERS = {
    "issue": _issue,
    "revoke": _revoke,
    "roots": _roots,
    "token": _token,
    "csc": _csc,
    "registration": _registration,
    "model": _model,
    "chat": _chat,
}
