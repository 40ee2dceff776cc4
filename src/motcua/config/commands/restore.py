"""`motcua restore FOLDER`: put a backup in place, after checking every file of it."""

import argparse
import sys
from pathlib import Path

NAME = "restore"
HELP = "Khôi phục từ bản sao lưu; dừng trang trước / restore a backup; stop the site first."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC/FOLDER", help="bản sao lưu / the backup")
    parser.add_argument(
        "--replace", action="store_true", help="thay dữ liệu đang có / replace the data that is there"
    )


def run(args: argparse.Namespace) -> int:
    """Restore. 1 when the backup is damaged or data is there already; then nothing was changed."""
    from motcua.config import cli

    cli.set_up_django()
    from motcua.config import backup

    try:
        backup.restore(args.folder, replace=args.replace)
    except backup.BackupProblem as problem:
        print(problem, file=sys.stderr)
        return cli.FINDING
    print("Đã khôi phục; hãy chạy: motcua migrate --check / restored; now run: motcua migrate --check")
    return cli.GOOD
