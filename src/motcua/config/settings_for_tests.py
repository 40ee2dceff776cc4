"""The settings the tests run with: fixed secrets, a folder of their own, a fast password hash, no fsync.

Every xdist worker has its own folder beneath that of the run. `MOTCUA_TEST_VAR` names the run's folder when
the caller wants to keep it; otherwise it is removed at the end.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _folder() -> Path:
    run = os.environ.get("MOTCUA_TEST_VAR")
    if not run:
        run = tempfile.mkdtemp(prefix="motcua-test-")
        os.environ["MOTCUA_TEST_VAR"] = run
        atexit.register(shutil.rmtree, run, ignore_errors=True)
    folder = Path(run) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


os.environ["MOTCUA_ENV"] = "test"
# A browser test keeps an event loop in its thread; Django would take our look at the tables for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["MOTCUA_VAR"] = str(_folder())
os.environ.setdefault("MOTCUA_SQLITE_SYNCHRONOUS", "OFF")
os.environ.setdefault("MOTCUA_LOG_LEVEL", "WARNING")

from .settings import *  # noqa: E402, F403
