"""`motcua backup FOLDER`: the database and the stored files, with a manifest of hashes."""

import argparse
import sys
from pathlib import Path

NAME = "backup"
HELP = "Sao lưu cơ sở dữ liệu và tệp / back up the database and the stored files."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC/FOLDER", help="thư mục mới / a new folder")
    parser.add_argument(
        "--check", action="store_true", help="chỉ kiểm tra một bản đã có / only check a backup that is there"
    )


def run(args: argparse.Namespace) -> int:
    """Make a backup, or with --check compare one with its manifest. 1 when something is wrong with it."""
    from motcua.config import cli

    cli.set_up_django()
    from motcua.config import backup
    from motcua.foundation.time import now

    try:
        found = backup.problems(args.folder) if args.check else []
        if not args.check:
            manifest = backup.make(args.folder, now())
            print(
                f"{args.folder}: {len(manifest['files'])} tệp / files. Khóa không nằm trong đó / keys are not in it."
            )
    except backup.BackupProblem as problem:
        found = [str(problem)]
    for sentence in found:
        print(sentence, file=sys.stderr)
    return cli.FINDING if found else cli.GOOD
