"""The one clock of the house, set by a test: every module that reads `foundation.time.now` gets the given moment."""

from __future__ import annotations

import sys
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings

from motcua.foundation import time

TRUE_NOW = time.now


def set_clock(monkeypatch: Any, moment: datetime) -> None:
    """Make it the aware `moment` for the rest of the test, in all modules read so far and those read later.

    May be called again in the same test: the clock then stands at the new moment.
    """

    def now() -> datetime:
        return moment

    now.set_by_a_test = True  # type: ignore[attr-defined]
    _read_all()
    for name, module in list(sys.modules.items()):
        found = getattr(module, "now", None) if name.startswith("motcua.") else None
        if getattr(found, "set_by_a_test", False) and not _is_set(time.now):
            module.now = TRUE_NOW  # type: ignore[attr-defined]  it was read while an earlier test had set the clock
        if found is TRUE_NOW or getattr(found, "set_by_a_test", False):
            monkeypatch.setattr(module, "now", now)


def _is_set(function: Any) -> bool:
    return getattr(function, "set_by_a_test", False)


def _read_all() -> None:
    """Read what a request needs, so that nothing read during the test keeps its clock afterwards."""
    import_module(settings.ROOT_URLCONF)
    for name in settings.MIDDLEWARE:
        import_module(name.rpartition(".")[0])
