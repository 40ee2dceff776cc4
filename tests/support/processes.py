"""Runs `motcua` as people do: a process of its own, with an installation of its own."""

import os
import subprocess

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


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; `given` are environment variables (MOTCUA_VAR names the installation)."""
    return subprocess.run(
        own_command(*arguments),
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=SECONDS_MOST,
    )
