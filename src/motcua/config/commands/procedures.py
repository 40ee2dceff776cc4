"""`motcua procedures board`, `read-form FILE.docx`, `prove`: how far they have come, drafts out of paper forms."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

NAME = "procedures"
HELP = "Thủ tục: bảng tiến độ, đọc biểu mẫu, chứng minh / procedures: their board, reading forms, proving."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    commands = parser.add_subparsers(dest="procedures_command", metavar="VIỆC/WHAT", required=True)
    text = (
        "Mỗi thủ tục đã đi tới đâu: chỉ có tên, đã cấu hình, đã chứng minh, đang dùng "
        "/ how far each procedure has come: listed, configured, proved, used."
    )
    board = commands.add_parser("board", help=text, description=text)
    board.add_argument("--stage", choices=("listed", "configured", "proved", "used"), default="")
    board.add_argument("--proof", choices=("ok", "faulty", "unproved"), default="")
    board.add_argument("--text", default="", metavar="LỜI/WORDS", help="tên hoặc mã / name or code")
    board.set_defaults(procedures_run=show_board)
    text = (
        "Đọc tờ khai .docx thành bản nháp tờ khai điện tử và các điều phải xem lại; 1 khi còn điều phải xem "
        "/ read a .docx form into a draft declaration and what to look at; 1 while doubts remain."
    )
    form = commands.add_parser("read-form", help=text, description=text)
    form.add_argument("file", metavar="FILE.docx")
    form.add_argument("--dir", metavar="DIR", help="thư mục gói để học lời / packs to learn the words from")
    form.set_defaults(procedures_run=read_form)
    text = (
        "Chứng minh bản đang có hiệu lực và giữ kết quả cho bảng tiến độ; không nêu tên thì mọi thủ tục đang chờ "
        "/ prove what is in force and keep the result for the board; without a name all that wait."
    )
    prove = commands.add_parser("prove", help=text, description=text)
    prove.add_argument("slugs", nargs="*", metavar="THỦ-TỤC/PROCEDURE")
    prove.set_defaults(procedures_run=prove_now)
    for command in (board, form, prove):
        command.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
        command.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """Run the chosen subcommand; returns its exit code."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.utils import translation

    translation.activate(args.lang)
    return args.procedures_run(args)


def show_board(args: argparse.Namespace) -> int:
    """0 always: a board judges nobody."""
    from motcua.editing import board
    from motcua.editing.board_words import PROOFS, STAGE_WORDS
    from motcua.foundation.time import now

    at = now()
    asked = board.Asked(stage=args.stage, proof=args.proof, text=args.text)
    counts = board.counts(asked, at)
    rows = list(board.every(asked, at))
    if args.json:
        listed = [
            {key: value for key, value in asdict(row).items() if key not in ("id", "place")} for row in rows
        ]
        print(json.dumps({"counts": counts, "procedures": listed}, ensure_ascii=False, indent=1, default=str))
        return GOOD
    for row in rows:
        name = row.name_en if args.lang == "en" and row.name_en else row.name_vi
        proof = str(PROOFS[row.proof]) if row.proof else "–"
        print(f"{row.code or '–':10} {STAGE_WORDS[row.stage]!s:15} {proof:18} {row.used:6} {name[:80]}")
    print("; ".join(f"{words}: {counts[key]}" for key, words in STAGE_WORDS.items()))
    return GOOD


def read_form(args: argparse.Namespace) -> int:
    """0 nothing is in doubt, 1 doubts remain or the form is refused, 2 there is no such file."""
    from motcua.config.paths import default_packs
    from motcua.editing.docx import Vocabulary
    from motcua.editing.docx import read_form as read
    from motcua.foundation.errors import Refusal
    from motcua.foundation.packs import documents_of

    path = Path(args.file).expanduser()
    folder = Path(args.dir).expanduser() if args.dir else default_packs()
    if not path.is_file() or not folder.is_dir():
        missing = path if not path.is_file() else folder
        print(f"motcua procedures read-form: {missing}", file=sys.stderr)
        return WRONG_USAGE
    known = [one["body"] for one in documents_of(["national"], folder) if one["kind"] == "declarations"]
    try:
        with path.open("rb") as source:
            form = read(source, path.name, Vocabulary.of(known))
    except Refusal as refusal:
        if args.json:
            print(json.dumps({"problem": refusal.code, "message": refusal.sentence}, ensure_ascii=False))
        print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
        return FINDING
    if args.json:
        print(json.dumps(form.to_data(args.lang), ensure_ascii=False, indent=1))
    else:
        _print_form(form, args.lang)
    return FINDING if form.doubts else GOOD


def _print_form(form, lang: str) -> None:
    print(f"{form.title or '–'}  {form.form_code}".rstrip())
    for number, section in enumerate(form.declaration["sections"]):
        print(f"\n{section['title'][lang]}")
        for inside, one in enumerate(section["fields"]):
            print(f"  {one['id']:40} {one['type']:16} {one['label'][lang][:70]}")
            place = f"declaration.sections.{number}.fields.{inside}"
            for doubt in form.doubts:
                if doubt.place == place:
                    print(f"      ? {doubt.say(lang)}")
    print()
    for doubt in form.doubts:
        if ".fields." not in doubt.place:
            print(f"? {doubt.place}: {doubt.say(lang)}")


def prove_now(args: argparse.Namespace) -> int:
    """0 no fault, 1 faults or a refusal."""
    from motcua.editing import actions, board
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.errors import Refusal
    from motcua.foundation.time import now

    at = now()
    told, worst = {}, GOOD
    if not args.slugs:
        actions.prove_waiting(at, seconds_max=3600)
    for slug in args.slugs or [row.slug for row in board.every(board.Asked(proof="faulty"), at)]:
        try:
            act = new_act(system("command"), at=at, purpose="chứng minh thủ tục", channel="command")
            said = actions.prove_in_force(act, slug=slug)
        except Refusal as refusal:
            said = {"ok": False, "problem": refusal.code, "message": refusal.sentence}
        told[slug] = {key: value for key, value in said.items() if key != "replayed"}
        worst = worst if said["ok"] else FINDING
    counts = board.counts(board.Asked(), at)
    if args.json:
        print(json.dumps({"procedures": told, "counts": counts}, ensure_ascii=False, indent=1))
    else:
        for slug, said in told.items():
            print(f"{slug}: {'ok' if said['ok'] else said.get('message') or said['findings']}")
        proved, all_ = counts["ok"], counts["ok"] + counts["faulty"] + counts["unproved"]
        print(
            f"{proved}/{all_} {'proved without a fault' if args.lang == 'en' else 'đã chứng minh, không lỗi'}"
        )
    return worst
