"""`motcua calendar replay [--apply]`: a corrected calendar over the open dossiers, with what it changes."""

import argparse
import json
import sys

NAME = "calendar"
HELP = "Lịch làm việc: tính lại ngày hẹn của hồ sơ đang mở / the calendar: derive open due dates again."
GOOD, FINDING = 0, 1


def register(subparsers) -> None:
    """Add the command and its action to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="replay", required=True)
    text = (
        "Liệt kê ngày hẹn trước và sau khi tính lại theo lịch đang có hiệu lực; 1 nếu có hồ sơ đổi. "
        "Với --apply: ghi lại, có dòng nhật ký và thông báo cho từng hồ sơ. "
        "/ List due dates before and after; 1 when any moves. --apply writes them, each with its line and notices."
    )
    replay = actions.add_parser("replay", help="tính lại ngày hẹn / derive due dates again", description=text)
    replay.add_argument("--apply", action="store_true", help="ghi lại / write them")
    replay.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """Without --apply: 0 nothing moves, 1 something would. With it: 0 when all is written."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.dossiers import queries

    moved = list(queries.would_move())
    written = _apply() if args.apply else 0
    if args.json:
        print(json.dumps(_told(moved, written, applied=args.apply), ensure_ascii=False))
    else:
        for one in moved:
            print(
                f"{one.code}  {_day(one.before)} → {_day(one.after)}{'  (tạm tính)' if one.provisional else ''}"
            )
        _summed(len(moved), written, applied=args.apply)
    return GOOD if args.apply or not moved else FINDING


def _apply() -> int:
    """Recount every open dossier, each an act of its own; how many rows changed."""
    from motcua.dossiers import actions, queries
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now

    changed = 0
    for dossier in list(queries.open_ids()):
        act = new_act(system("command-line"), at=now(), purpose="calendar replay", channel="command")
        changed += bool(actions.recount(act, dossier=dossier)["changed"])
    return changed


def _told(moved: list, written: int, *, applied: bool) -> dict:
    rows = [
        {
            "dossier": one.public_id,
            "code": one.code,
            "before": one.before.isoformat() if one.before else None,
            "after": one.after.isoformat() if one.after else None,
            "provisional": one.provisional,
        }
        for one in moved
    ]
    return {"moved": rows, "applied": applied, "written": written}


def _day(day) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


def _summed(moved: int, written: int, *, applied: bool) -> None:
    print(f"{moved} ngày hẹn thay đổi / due dates move", file=sys.stderr)
    if applied:
        print(f"{written} hồ sơ đã ghi lại / dossiers written", file=sys.stderr)
