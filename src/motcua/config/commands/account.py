"""`motcua account …`: the first administrator of a new installation, and help for one who is locked out."""

import argparse
import json
import sys

NAME = "account"
HELP = "Tài khoản: tạo, liệt kê, ngừng, mở lại / accounts: make, list, switch off and on."
GOOD, FINDING = 0, 1
ON_ONE = {
    "disable": "ngừng / switch off",
    "enable": "mở lại / switch on",
    "new-password": "cấp lại mật khẩu đầu tiên / give a first password again",
    "reset-second-step": "đặt lại bước xác thực / take the authenticator away",
    "unlock": "mở khóa vì nhập sai / open the lock after wrong passwords",
}


def register(subparsers) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="create|list|…", required=True)
    text = "Tạo tài khoản; mật khẩu đầu tiên chỉ hiện một lần / make an account; its first password is shown once."
    create = actions.add_parser("create", help=text, description=text)
    create.add_argument("--login", required=True, help="tên đăng nhập / login name")
    create.add_argument("--name", required=True, help="họ tên / name shown")
    create.add_argument("--kind", choices=("officer", "service", "citizen"), default="officer")
    create.add_argument(
        "--administrator-at", default="", metavar="AGENCY", help="mã cơ quan / code of the agency"
    )
    text = "Liệt kê tài khoản / list accounts."
    listing = actions.add_parser("list", help=text, description=text)
    listing.add_argument("search", nargs="?", default="", help="tên hoặc tên đăng nhập / name or login name")
    parsers = [create, listing]
    for name, text in ON_ONE.items():
        one = actions.add_parser(name, help=text, description=text)
        one.add_argument("login", help="tên đăng nhập / login name")
        parsers.append(one)
    for one in parsers:
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
        answer, lines = {"create": _create, "list": _list}.get(args.action, _on_one)(args)
    except Refusal as refusal:
        problems = " ".join(str(p.get("message", "")) for p in getattr(refusal, "problems", []))
        if args.json:
            print(json.dumps({"problem": refusal.code, "message": refusal.sentence}, ensure_ascii=False))
        print(f"{refusal.sentence} {problems or refusal.way_out}", file=sys.stderr)
        return FINDING
    print(json.dumps(answer, ensure_ascii=False) if args.json else "\n".join(lines))
    return GOOD


def _act():
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now

    return new_act(system("command"), at=now(), purpose="motcua account", channel="command")


def _create(args: argparse.Namespace) -> tuple[dict, list[str]]:
    from django.db import transaction

    from motcua.accounts import actions
    from motcua.accounts.passwords import suggestion

    act, first = _act(), suggestion() if args.kind != "service" else ""
    with transaction.atomic():  # an administrator without her position would be of no use
        made = actions.create_account(
            act,
            login_name=args.login,
            display_name=args.name,
            kind=args.kind,
            password=actions.encoded_password(first, act) if first else "",
            must_change_password=bool(first),
        )
        if args.administrator_at:
            _appoint(made["account"], args.administrator_at)
    answer = {
        "account": made["account"],
        "login": args.login,
        "kind": args.kind,
        "first_password": first or None,
    }
    lines = [f"{args.login} ({args.kind})"] + (
        [f"Mật khẩu đầu tiên / first password: {first}"] if first else []
    )
    return answer, lines


def _appoint(account: str, code: str) -> None:
    from motcua.agencies import actions, errors, queries

    agency = queries.by_code(code)
    if agency is None:
        raise errors.NoSuchAgency()
    actions.appoint(_act(), account=account, agency=agency.public_id, role="administrator")


def _list(args: argparse.Namespace) -> tuple[list, list[str]]:
    from motcua.accounts import queries

    found = queries.find_accounts(args.search, limit=1000)
    answer = [
        {
            "account": a.public_id,
            "login": a.login_name,
            "name": a.display_name,
            "kind": a.kind,
            "active": a.is_active,
            "last_used_on": a.last_used_on.isoformat() if a.last_used_on else None,
        }
        for a in found
    ]
    lines = [f"{a.login_name}  {a.kind}  {a.display_name}  {a.last_used_on or '–'}" for a in found]
    return answer, lines or ["–"]


def _on_one(args: argparse.Namespace) -> tuple[dict, list[str]]:
    from motcua.accounts import actions, errors, queries
    from motcua.accounts.passwords import suggestion

    account = queries.account_by_login(args.login)
    if account is None:
        raise errors.NoSuchAccount()
    act, answer = _act(), {"account": account.public_id, "login": account.login_name}
    if args.action == "new-password":
        first = suggestion()
        actions.set_password(act, account=account.public_id, password=actions.encoded_password(first, act))
        return {**answer, "first_password": first}, [f"Mật khẩu đầu tiên / first password: {first}"]
    verbs = {
        "disable": actions.disable_account,
        "enable": actions.enable_account,
        "reset-second-step": actions.reset_totp,
        "unlock": actions.clear_lock,
    }
    verbs[args.action](act, account=account.public_id)
    return answer, [f"{account.login_name}: {args.action}"]
