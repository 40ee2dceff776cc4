"""Runs `motcua` as people do: a process of its own, with an installation of its own."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from motcua.config.supervisor import own_command

SECONDS_MOST = 120
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def environment(**given: str) -> dict[str, str]:
    """Return the environment without what the tests themselves set, and with what is given."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and (not name.startswith("MOTCUA_") or name.startswith("MOTCUA_TEST_FLOOR"))
    }
    return {**kept, **given}


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database when this pass runs on it; "" means the SQLite file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield ""
        return
    import psycopg

    own = f"{name}_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {own}")
        yield urlsplit(given)._replace(path=f"/{own}").geturl()
        connection.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; `given` are environment variables (MOTCUA_VAR names the installation)."""
    return subprocess.run(
        own_command(*arguments),
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=SECONDS_MOST,
    )
