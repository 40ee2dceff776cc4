"""`motcua token create|list|revoke`: keys for programs that use the API."""

import argparse
import json
import sys

NAME = "token"
HELP = "Khóa truy cập API cho chương trình / keys for programs that use the API."
GOOD, FINDING = 0, 1


def register(subparsers) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="create|list|revoke", required=True)
    text = "Cấp khóa; khóa chỉ hiện một lần / make a key; it is shown once."
    create = actions.add_parser("create", help=text, description=text)
    create.add_argument("--account", required=True, metavar="LOGIN", help="tên đăng nhập / login name")
    create.add_argument(
        "--scopes",
        required=True,
        metavar="A,B",
        help="phạm vi, cách nhau bằng dấu phẩy / scopes, e.g. dossiers:read,dossiers:write",
    )
    create.add_argument("--label", default="", help="để làm gì / what it is for")
    create.add_argument("--days", type=int, default=None, help="số ngày có hiệu lực / days until it expires")
    text = "Các khóa đã cấp / the keys made so far."
    listing = actions.add_parser("list", help=text, description=text)
    listing.add_argument(
        "--account", default="", metavar="LOGIN", help="chỉ của tài khoản này / of this account only"
    )
    text = "Thu hồi một khóa / end a key."
    revoke = actions.add_parser("revoke", help=text, description=text)
    revoke.add_argument("token", metavar="ID", help="mã hoặc phần đầu của khóa / its id or shown beginning")
    for one in (create, listing, revoke):
        one.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
        one.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """0 done; 1 refused, with a sentence; wrong usage ends with 2 before this."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.utils import translation

    from motcua.foundation.errors import Refusal

    translation.activate(args.lang)
    try:
        answer, lines = {"create": _create, "list": _list, "revoke": _revoke}[args.action](args)
    except Refusal as refusal:
        if args.json:
            print(json.dumps({"problem": refusal.code, "message": refusal.sentence}, ensure_ascii=False))
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return FINDING
    print(json.dumps(answer, ensure_ascii=False) if args.json else "\n".join(lines))
    return GOOD


def _act():
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now

    return new_act(system("command"), at=now(), purpose="motcua token", channel="command")


def _account(login: str):
    from motcua.accounts import errors, queries

    found = queries.account_by_login(login)
    if found is None:
        raise errors.NoSuchAccount()
    return found


def _create(args: argparse.Namespace) -> tuple[dict, list[str]]:
    from motcua.accounts import actions

    account = _account(args.account)
    scopes = [scope.strip() for scope in args.scopes.split(",") if scope.strip()]
    raw, kept = actions.issue_token(
        _act(), account=account.public_id, scopes=scopes, label=args.label, days=args.days
    )
    answer = {
        "token": raw,
        "id": kept["token"],
        "account": account.login_name,
        "scopes": kept["scopes"],
        "expires_at": kept["expires_at"],
    }
    told = "Shown this once; keep it safe." if args.lang == "en" else "Chỉ hiện lần này; hãy cất kín."
    return answer, [raw, told]


def _list(args: argparse.Namespace) -> tuple[list, list[str]]:
    from motcua.accounts import queries
    from motcua.foundation.time import now

    rows = queries.tokens_of(_account(args.account).pk if args.account else None)[:1000]
    moment = now()
    answer, lines = [], []
    for row in rows:
        over = row.expires_at is not None and row.expires_at <= moment
        state = "revoked" if row.revoked_at else "expired" if over else "in_use"
        answer.append(
            {
                "id": row.public_id,
                "prefix": row.prefix,
                "account": row.account.login_name,
                "label": row.label,
                "scopes": row.scopes,
                "created_at": row.created_at.isoformat(),
                "expires_at": row.expires_at.isoformat() if row.expires_at else None,
                "state": state,
            }
        )
        lines.append(
            f"{row.prefix}…  {state:8}  {row.account.login_name}  {','.join(row.scopes)}  {row.label}"
        )
    return answer, lines or ["Chưa có khóa nào." if args.lang == "vi" else "There are no keys."]


def _revoke(args: argparse.Namespace) -> tuple[dict, list[str]]:
    from motcua.accounts import actions

    done = actions.revoke_token(_act(), token=args.token.rstrip("…"))
    told = "Revoked" if args.lang == "en" else "Đã thu hồi"
    return {"id": done["token"], "prefix": done["prefix"], "state": "revoked"}, [f"{told}: {done['prefix']}…"]
