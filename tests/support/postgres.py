"""A PostgreSQL server that lives as long as a `with` block.

It listens on a socket in a folder of its own, writes nothing to other places, forgets everything at the end.
The server refuses to run as root, so root starts it as `postgres` or `nobody`.
"""

import contextlib
import glob
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

SECONDS_TO_START = 60
# Durability is not what these tests are about, speed is; the server is thrown away.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "on",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "listen_addresses": "",
}


def find_programs() -> Path | None:
    """Return the folder with initdb and postgres, the newest version first; None when there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(os.path.realpath(on_path)).parent

    def version(folder: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", folder)]

    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=version, reverse=True)
    return next((Path(folder) for folder in folders if (Path(folder) / "initdb").is_file()), None)


def _ordinary_user() -> pwd.struct_passwd | None:
    """Return whom to run as: nobody else when we are not root, else `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("root has neither a user `postgres` nor `nobody` to run PostgreSQL as")


class ThrowAwayServer:
    """`with ThrowAwayServer(find_programs()) as server: server.url` is a DATABASE_URL of an empty database."""

    def __init__(self, programs: Path, database: str = "motcua"):
        self.programs = programs
        self.database = database
        self.folder = Path()
        self._server: subprocess.Popen[bytes] | None = None
        self._user = _ordinary_user()

    @property
    def url(self) -> str:
        return f"postgres://motcua@{quote(str(self.folder), safe='')}/{self.database}"

    def __enter__(self) -> "ThrowAwayServer":
        # Under /tmp itself: a socket's path may have 107 bytes, and TMPDIR may be deep or closed to the user.
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-pg-", dir="/tmp"))
        try:
            if self._user:
                os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
            self._run(
                "initdb", "-D", "data", "-U", "motcua", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
            )
            self._start()
            self._run("createdb", "-h", str(self.folder), "-U", "motcua", self.database)
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def _as_user(self) -> dict:
        clean = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        if not self._user:
            return {"cwd": self.folder, "env": clean}
        return {
            "cwd": self.folder,
            "env": clean,
            "user": self._user.pw_uid,
            "group": self._user.pw_gid,
            "extra_groups": [],
        }

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *arguments], capture_output=True, text=True, **self._as_user()
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr or done.stdout}")

    def _start(self) -> None:
        options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", "data", "-k", str(self.folder), *options],
                stdout=log,
                stderr=log,
                **self._as_user(),
            )
        deadline = time.monotonic() + SECONDS_TO_START
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.folder), "-U", "motcua"]
        while subprocess.call(ready, **self._as_user()) != 0:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.1)

    def _remove(self) -> None:
        if self._server and self._server.poll() is None:
            self._server.terminate()
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
