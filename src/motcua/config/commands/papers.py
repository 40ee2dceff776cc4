"""`motcua papers samples DIR`: one example of each paper, to look at and to try other programs with."""

import argparse
import json
import sys
from pathlib import Path

NAME = "papers"
HELP = "Giấy tờ: ghi mỗi loại một bản mẫu / papers: write one example of each."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers) -> None:
    """Add the command and its action to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="samples", required=True)
    text = (
        "Dựng mỗi loại giấy một bản PDF/A mẫu từ các gói trên đĩa, cùng lược đồ của bản ghi kèm theo; "
        "người và hồ sơ trong bản mẫu đều không có thật. "
        "/ Set one PDF/A of each paper from the packs on the disk, and the schema of the attached record."
    )
    samples = actions.add_parser("samples", help="ghi các bản mẫu / write the examples", description=text)
    samples.add_argument("dir", metavar="DIR", help="thư mục ghi / folder to write to")
    samples.add_argument(
        "--layer", action="append", metavar="LAYER", help="lớp gói; mặc định theo cài đặt / layers"
    )
    samples.add_argument(
        "--png", action="store_true", help="ghi thêm ảnh trang đầu / write the first page as a picture too"
    )
    samples.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: all are written; 1: a layout or a pack has a fault; 2: the folder cannot be written."""
    from motcua.config.cli import set_up_django

    set_up_django()
    folder = Path(args.dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        print(f"{folder}: {problem.strerror}", file=sys.stderr)
        return WRONG_USAGE
    written, faults = _write(folder, args.layer, pictures=args.png)
    if args.json:
        print(json.dumps({"written": written, "faults": faults}, ensure_ascii=False))
    else:
        for line in faults:
            print(line, file=sys.stderr)
        print(f"{len(written)} tệp trong {folder} / files written")
    return FINDING if faults else GOOD


def _write(folder: Path, layers: list[str] | None, *, pictures: bool) -> tuple[list[str], list[str]]:
    from django.conf import settings

    from motcua.foundation.errors import Refusal
    from motcua.foundation.packs import PacksBroken, documents_of
    from motcua.foundation.packs.store import assemble
    from motcua.papers import queries

    try:
        rows = assemble(documents_of(list(layers or settings.MOTCUA.layers)))
    except PacksBroken as broken:
        return [], [str(problem) for problem in broken.problems]
    documents: dict[str, dict] = {}
    for row in rows:
        documents.setdefault(row["kind"], {})[row["key"]] = row["body"]
    written, faults = ["record-1.schema.json"], []
    schema = json.dumps(queries.schema(), ensure_ascii=False, indent=2)
    (folder / written[0]).write_text(f"{schema}\n", "utf-8")
    for kind, key in queries.sample_names(documents):
        try:
            shown = queries.sample(kind, key, documents)
        except Refusal as refusal:
            faults.append(f"{kind}/{key}: {refusal}")
            continue
        name = f"{shown.name}.pdf"
        (folder / name).write_bytes(shown.pdf())
        written.append(name)
        if pictures:
            (folder / f"{shown.name}.png").write_bytes(shown.pictures(ppi=60)[0])
            written.append(f"{shown.name}.png")
    return written, faults
