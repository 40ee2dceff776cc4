"""Backup and restore: the database, the stored files, a manifest with the hash of each.

The database is copied first and the files after it: files are addressed by content and only added, so every file that
the copied rows name is there. Secrets are never part of a backup; without the data keys it opens for nobody.
"""

import hashlib
import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import motcua

MANIFEST = "manifest.json"
SQLITE_COPY = "motcua.sqlite3"
POSTGRESQL_COPY = "motcua.dump"


class BackupProblem(Exception):
    """A backup cannot be made or used; the text is a sentence, Vietnamese / English."""


def make(target: Path, at: datetime) -> dict[str, Any]:
    """Write a backup into the new folder `target` and return its manifest. `at` is an aware moment, kept in it.

    Raises BackupProblem when the folder is not empty or a program is missing.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupProblem(f"{target}: thư mục không trống / the folder is not empty")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy_database(target)
    if settings.MOTCUA.files_dir.is_dir():
        shutil.copytree(settings.MOTCUA.files_dir, target / "files")
    manifest = {
        "version": motcua.__version__,
        "database": connection.vendor,
        "made_at": at.isoformat(),
        "files": {path.relative_to(target).as_posix(): _hash(path) for path in _files(target)},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
    return manifest


def problems(source: Path) -> list[str]:
    """Return what is wrong with a backup: missing, added or changed files, another kind of database."""
    try:
        manifest = json.loads((source / MANIFEST).read_text("utf-8"))
        told: dict[str, str] = manifest["files"]
    except (OSError, ValueError, KeyError):
        return [f"{source}: không phải bản sao lưu / is not a backup ({MANIFEST})"]
    there = {path.relative_to(source).as_posix() for path in _files(source)}
    found = [f"{name}: bị thiếu / is missing" for name in sorted(told.keys() - there)]
    found += [
        f"{name}: không có trong danh sách / is not in the manifest" for name in sorted(there - told.keys())
    ]
    found += [
        f"{name}: đã bị thay đổi / was changed"
        for name in sorted(told.keys() & there)
        if _hash(source / name) != told[name]
    ]
    if manifest.get("database") != connection.vendor:
        found.append(
            f"{manifest.get('database')}: khác loại cơ sở dữ liệu đang dùng ({connection.vendor})"
            f" / is not the kind of database in use"
        )
    return found


def restore(source: Path, *, replace: bool = False) -> None:
    """Put a backup in place. The site must be stopped.

    Raises BackupProblem when the backup is damaged, or when there is data already and `replace` was not said.
    """
    found = problems(source)
    if found:
        raise BackupProblem("; ".join(found))
    if not replace and connection.introspection.table_names():
        raise BackupProblem(
            "đã có dữ liệu ở đây; nói rõ --replace nếu muốn thay"
            " / there is data here already; say --replace to replace it"
        )
    connection.close()
    _restore_database(source)
    files = settings.MOTCUA.files_dir
    if (source / "files").is_dir():
        shutil.copytree(source / "files", files, dirs_exist_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target / SQLITE_COPY)])
        return
    _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target / POSTGRESQL_COPY}")


def _restore_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        name.parent.mkdir(parents=True, exist_ok=True)
        draft = name.with_name(f"{name.name}.restored")
        shutil.copyfile(source / SQLITE_COPY, draft)
        for beside in (f"{name.name}-wal", f"{name.name}-shm"):
            name.with_name(beside).unlink(missing_ok=True)
        draft.replace(name)
        return
    own = connection.settings_dict["NAME"]
    _postgresql(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={own}",
        str(source / POSTGRESQL_COPY),
    )  # fmt: skip


def _postgresql(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs against our database; the password travels in the environment."""
    found = shutil.which(program)
    if not found:
        raise BackupProblem(f"{program}: chưa cài (apt install postgresql-client) / is not installed")
    own = connection.settings_dict
    given = {
        "PGHOST": own["HOST"],
        "PGPORT": own["PORT"],
        "PGUSER": own["USER"],
        "PGPASSWORD": own["PASSWORD"],
    }
    given["PGDATABASE"] = own["NAME"]
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupProblem(f"{program}: {done.stderr.strip()}")
