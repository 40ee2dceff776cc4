"""`motcua papers samples DIR | saved | bundle NAME | offline-page FILE`: examples of papers; papers that need not be
brought again; a page that verifies papers without us."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NAME = "papers"
HELP = (
    "Giấy tờ: bản mẫu, số giấy đỡ phải nộp, việc trọn gói, trang kiểm tra / papers: examples, saved, bundles."
)
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers) -> None:
    """Add the command and its action to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="VIỆC/WHAT", required=True)
    text = (
        "Dựng mỗi loại giấy một bản PDF/A mẫu đã ký số từ các gói trên đĩa, cùng lược đồ của bản ghi kèm theo và "
        "gốc tin cậy (thư mục roots); người, hồ sơ và nơi cấp chứng thư trong bản mẫu đều không có thật. "
        "/ Set and sign one PDF/A of each paper from the packs on the disk; the schema of the attached record and the "
        "trust roots (folder roots) lie beside them. Check: motcua verify DIR/FILE.pdf --roots DIR/roots"
    )
    samples = actions.add_parser("samples", help="ghi các bản mẫu / write the examples", description=text)
    samples.add_argument("dir", metavar="DIR", help="thư mục ghi / folder to write to")
    samples.add_argument(
        "--layer", action="append", metavar="LAYER", help="lớp gói; mặc định theo cài đặt / layers"
    )
    samples.add_argument(
        "--only", action="append", metavar="NAME", help="chỉ các bản mẫu này / only these (mau-01-receipt …)"
    )
    samples.add_argument("--unsigned", action="store_true", help="không ký / leave them unsigned")
    samples.add_argument(
        "--png", action="store_true", help="ghi thêm ảnh trang đầu / write the first page as a picture too"
    )
    text = (
        "Trên mọi thủ tục của các gói: bao nhiêu giấy bị đòi, bao nhiêu còn phải nộp với năm người điển hình "
        "/ over all procedures of the packs: papers demanded and still needed, for five typical persons."
    )
    saved = actions.add_parser("saved", help="số giấy đỡ phải nộp / papers saved", description=text)
    saved.add_argument(
        "--stored",
        action="store_true",
        help="cả số đã dùng lại thật trong cơ sở dữ liệu / the database's count too",
    )
    text = (
        "Việc gồm nhiều thủ tục: bộ giấy ít nhất, thứ tự tốt nhất, giấy nào thành phố đã có "
        "/ what needs several procedures: fewest papers, best order, what the city already has."
    )
    bundle = actions.add_parser("bundle", help="việc trọn gói / a bundle", description=text)
    bundle.add_argument("name", metavar="NAME", help="mo-quan-an, sinh-con, mua-nha …")
    bundle.add_argument(
        "--person", default="", metavar="WHO", help="người điển hình / a typical person (mother …)"
    )
    for command in (saved, bundle):
        command.add_argument(
            "--layer", action="append", metavar="LAYER", help="lớp gói; mặc định theo cài đặt / layers"
        )
    for command in (samples, saved, bundle):
        command.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")

    text = (
        "Ghi một trang HTML tự kiểm tra giấy tờ trên máy bất kỳ, không cần mạng và không cần máy chủ này; gốc tin cậy, "
        "danh sách chứng thư thu hồi và khóa của lúc này nằm bên trong. / One HTML file that verifies papers in any "
        "browser, without a network and without us; the trust of this moment is inside."
    )
    page = actions.add_parser(
        "offline-page",
        help="ghi trang kiểm tra không cần mạng / write the page that verifies",
        description=text,
    )
    page.add_argument("file", metavar="FILE.html", help="tệp ghi ra / file to write")


def run(args: argparse.Namespace) -> int:
    """0: all are written; 1: a layout or a pack has a fault; 2: the folder cannot be written, or no such example."""
    if args.action == "offline-page":
        return _write_page(Path(args.file))
    if args.action != "samples":
        from motcua.config.commands import _papers_saved

        return (_papers_saved.saved if args.action == "saved" else _papers_saved.bundle)(args)
    from motcua.config.cli import set_up_django

    set_up_django()
    folder = Path(args.dir)
    shown, faults = examples_of(args.layer)
    unknown = set(args.only or ()) - {each.name for each in shown}
    if unknown and not faults:
        known = ", ".join(each.name for each in shown)
        print(f"--only: {', '.join(sorted(unknown))}? {known}", file=sys.stderr)
        return WRONG_USAGE
    chosen = [each for each in shown if not args.only or each.name in args.only]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        print(f"{folder}: {problem.strerror}", file=sys.stderr)
        return WRONG_USAGE
    written = _write(folder, chosen, faults, pictures=args.png, signed=not args.unsigned) if chosen else []
    if args.json:
        print(json.dumps({"written": written, "faults": faults}, ensure_ascii=False))
    else:
        for line in faults:
            print(line, file=sys.stderr)
        print(f"{len(written)} tệp trong {folder} / files written")
    return FINDING if faults else GOOD


def _write_page(path: Path) -> int:
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.foundation.time import now
    from motcua.standing import queries

    try:
        path.write_bytes(queries.offline_page(now()))
    except OSError as problem:
        print(f"{path}: {problem.strerror}", file=sys.stderr)
        return WRONG_USAGE
    print(path)
    return GOOD


def examples_of(layers: list[str] | None) -> tuple[list[Any], list[str]]:
    """The examples of all papers of these layers, not set yet, and what is wrong with packs and layouts."""
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
    shown, faults = [], []
    for kind, key in queries.sample_names(documents):
        try:
            shown.append(queries.sample(kind, key, documents))
        except Refusal as refusal:
            faults.append(f"{kind}/{key}: {refusal}")
    return shown, faults


def _write(folder: Path, shown: list[Any], faults: list[str], *, pictures: bool, signed: bool) -> list[str]:
    """Write the examples, the schema and the trust roots; adds to `faults`, returns the names of the files."""
    from motcua.foundation.errors import Refusal
    from motcua.foundation.time import now
    from motcua.papers import queries
    from motcua.signing.actions import ExampleDesk

    schema = json.dumps(queries.schema(), ensure_ascii=False, indent=2)
    files: dict[str, bytes] = {"record-1.schema.json": f"{schema}\n".encode()}
    with ExampleDesk(now()) as desk:
        for each in shown:
            try:
                files[f"{each.name}.pdf"] = each.signed(desk) if signed else each.pdf()
                if pictures:
                    files[f"{each.name}.png"] = each.pictures(ppi=60)[0]
            except Refusal as refusal:
                faults.append(f"{each.name}: {refusal}")
        if signed:
            files |= {f"roots/{name}": content for name, content in desk.roots().items()}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return list(files)
