"""`motcua reorganise list|preview|decide|apply|undo|check`: government changes its shape, the work goes on."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import Any

NAME = "reorganise"
HELP = "Sắp xếp bộ máy: xem trước, quyết định, áp dụng, hoàn tác / reorganise: preview, decide, apply, undo."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2
SHOWN_MAX = 40  # ambiguous groups on a screen; `--all` and `--json` tell every one


def register(subparsers: Any) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(
        dest="action", metavar="list|preview|decide|apply|undo|check", required=True
    )

    def one(name: str, text: str, *, pack: bool = True) -> argparse.ArgumentParser:
        sub = actions.add_parser(name, help=text, description=text)
        if pack:
            sub.add_argument("pack", metavar="PACK", help="mã gói, ví dụ/id of the pack, e.g. two-tier-2025")
        sub.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
        return sub

    one("list", "các gói đã công bố và tình trạng / published packs and how far they got", pack=False)
    preview = one("preview", "cái gì chuyển về đâu, chỗ nào chưa rõ / what moves where, what is ambiguous")
    preview.add_argument("--all", action="store_true", help="từng hồ sơ chưa rõ / every ambiguous dossier")
    decide = one("decide", "ghi quyết định từ tệp YAML hoặc JSON / keep decisions from a YAML or JSON file")
    decide.add_argument("file", metavar="FILE", type=Path)
    apply = one("apply", "chuyển theo từng đợt, chạy lại là đi tiếp / in chunks; run again to go on")
    apply.add_argument(
        "--partly", action="store_true", help="chỉ phần đã rõ / what is decided, leave the rest"
    )
    undo = one("undo", "trả lại những gì chưa ai động tới / take back what nobody has touched since")
    for sub in (apply, undo):
        sub.add_argument("--chunk", type=int, default=500, help="hồ sơ mỗi đợt / dossiers a chunk (500)")
    one(
        "check",
        "hồ sơ mở không còn cơ quan, không ai giữ / open dossiers without agency or holder",
        pack=False,
    )


def run(args: argparse.Namespace) -> int:
    """0: done, nothing open. 1: something is ambiguous, undecided, kept, without a holder. 2: no such pack or file."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.foundation.errors import NotFound, Refusal

    if getattr(args, "chunk", 500) < 1:
        return _refused("--chunk: từ 1 trở lên / 1 or more", WRONG_USAGE)
    try:
        return _ACTIONS[args.action](args)
    except Refusal as refusal:
        details = " ".join(str(p["message"]) for p in getattr(refusal, "problems", []) or [])
        said = f"{refusal.sentence} {details or refusal.way_out}"
        return _refused(said, WRONG_USAGE if isinstance(refusal, NotFound) else FINDING)


def _refused(said: str, code: int) -> int:
    print(f"motcua reorganise: {said}", file=sys.stderr)
    return code


def _list(args: argparse.Namespace) -> int:
    from motcua.foundation.time import now
    from motcua.reorganisation import queries

    rows = [
        {
            "id": standing.law.key, "on": standing.law.on.isoformat(), "name": dict(standing.law.name),
            "ends": len(standing.law.ends), "state": standing.state, "unverified": list(standing.law.unverified),
        }
        for standing in queries.reorganisations(now())
    ]  # fmt: skip
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
        return GOOD
    for row in rows:
        doubt = " · chưa đối chiếu / unverified" if row["unverified"] else ""
        print(f"{row['on']}  {row['id']}  {row['state']}  {row['name']['vi']}{doubt}")
    return GOOD


def _preview(args: argparse.Namespace) -> int:
    from motcua.foundation.time import now
    from motcua.reorganisation import queries

    told = queries.preview(args.pack, now())
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _print_preview(told, args.all)
    return FINDING if told["ambiguous"] or told["positions_undecided"] else GOOD


def _print_preview(told: dict, everything: bool) -> None:
    counts = told["dossiers"]
    print(f"{told['reorganisation']} · {told['on']} · {told['state']}")
    if told["unverified"]:
        print(f"Chưa đối chiếu / unverified: {', '.join(told['unverified'])}")
    print(
        f"Hồ sơ / dossiers: {counts['all']}; đã rõ / clear: {counts['clear']}; "
        f"chưa rõ / ambiguous: {counts['ambiguous']}; chờ tiếp nhận / at the door: {counts['at_the_door']}; "
        f"bản nháp / drafts: {told['drafts']}"
    )
    for move in told["moves"]:
        doubt = " (?)" if move["doubtful"] else ""
        print(
            f"  {move['dossiers']:>6}  {move['from']} → {move['to']} · {move['desk']} · {move['basis']}{doubt}"
        )
    if told["ambiguous"]:
        _print_ambiguous(told, everything)
    print(f"Vị trí / positions: {len(told['positions'])}; chưa rõ / undecided: {told['positions_undecided']}")
    for row in told["positions"] if everything else told["positions"][:SHOWN_MAX]:
        to = ", ".join(row["to"]) or f"? ({', '.join(row['options'])})"
        print(f"  {row['login_name']} {row['role']} {row['from']} → {to}")
    for row in told["numbering"] if everything else ():
        print(f"Cấp mã / numbering: {row['from']} {row['code'] or '–'} → {row['successors']}")


def _print_ambiguous(told: dict, everything: bool) -> None:
    print("Chưa rõ, cần số nhà, đường hoặc số thửa / ambiguous, needs a street address or a parcel:")
    groups: dict[tuple, int] = {}
    for row in told["ambiguous"]:
        key = (row["from"], row["declared"] or "–", row["meaning"], ", ".join(row["options"]))
        groups[key] = groups.get(key, 0) + 1
    shown = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    for (former, declared, meaning, options), number in shown if everything else shown[:SHOWN_MAX]:
        print(f"  {number:>6}  {former} · {declared} ({meaning}) → {options}")
    if len(shown) > SHOWN_MAX and not everything:
        print(f"  … {len(shown) - SHOWN_MAX} nhóm nữa / more groups: --all")
    for row in told["ambiguous"] if everything else ():
        print(f"  {row['code']} {row['procedure']} {row['from']} → {', '.join(row['options'])}")
    print(f"Người quyết định / who decides: {told['decided_by']['vi']}")


def _decide(args: argparse.Namespace) -> int:
    import yaml

    from motcua.reorganisation import actions

    try:
        said = yaml.safe_load(args.file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        return _refused(
            f"không đọc được / cannot read {args.file}: {' '.join(str(problem).split())}", WRONG_USAGE
        )
    if isinstance(said, dict):
        said = said.get("decisions")
    if not isinstance(said, list):
        return _refused("tệp cần một danh sách decisions / the file needs a list of decisions", WRONG_USAGE)
    done = actions.decide(_act("decide"), key=args.pack, decisions=said)
    print(json.dumps(done, ensure_ascii=False) if args.json else f"{done['decided']} quyết định / decisions")
    return GOOD


def _act(what: str) -> Any:
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now

    return new_act(system("command"), at=now(), purpose=f"motcua reorganise {what}", channel="command")


def _apply(args: argparse.Namespace) -> int:
    from motcua.foundation.actors import system
    from motcua.foundation.time import now
    from motcua.reorganisation import actions

    done = actions.apply(
        system("command"), args.pack, now, partly=args.partly, chunk=args.chunk, tell=_progress()
    )
    if args.json:
        print(json.dumps(done, ensure_ascii=False))
    else:
        print(
            f"\n{done['moved']} hồ sơ đã chuyển / dossiers moved; {done['undecided']} chưa rõ / undecided; "
            f"{done['positions']} vị trí kết thúc / positions ended"
        )
    return GOOD if done["closed"] else FINDING


def _progress() -> Any:
    # What the program itself is made of need not be looked through again and again while thousands of rows pass by.
    gc.freeze()
    moved = 0

    def tell(done: dict) -> None:
        nonlocal moved
        moved += done.get("moved", done.get("restored", 0))
        print(f"\r{moved}", end="", file=sys.stderr, flush=True)

    return tell


def _undo(args: argparse.Namespace) -> int:
    from motcua.foundation.actors import system
    from motcua.foundation.time import now
    from motcua.reorganisation import actions, queries

    done = actions.undo(system("command"), args.pack, now, chunk=args.chunk, tell=_progress())
    left = queries.kept(done["run"])
    if args.json:
        print(json.dumps({**done, "left": left}, ensure_ascii=False))
    else:
        print(f"\n{done['restored']} hồ sơ đã trả lại / restored; {done['kept']} giữ nguyên / kept")
        for row in left:
            print(f"  {row.get('code') or row.get('position')}: {row['because']}")
    return FINDING if left else GOOD


def _check(args: argparse.Namespace) -> int:
    from motcua.cooperation import queries as cooperation
    from motcua.foundation.time import local_date, now
    from motcua.reorganisation import queries

    at = now()
    found, unheld = queries.stragglers(at), queries.unheld(at)
    told = {
        "without_agency": found.competent,
        "without_desk": found.desk,
        "without_holder": unheld,
        "tasks_without_agency": cooperation.stranded(local_date(at)),
    }
    good = not any(told.values())
    if args.json:
        print(json.dumps({"good": good, **told}))
    else:
        for name, rows in told.items():
            print(f"{name}: {sum(rows.values())}")
    return GOOD if good else FINDING


_ACTIONS = {
    "list": _list, "preview": _preview, "decide": _decide, "apply": _apply, "undo": _undo, "check": _check,
}  # fmt: skip
