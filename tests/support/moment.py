"""The one clock of the house, set by a test: every module that reads `foundation.time.now` gets the given moment."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from motcua.foundation import time


def set_clock(monkeypatch: Any, moment: datetime) -> None:
    """Make it the aware `moment` for the rest of the test, in all modules read so far and those read later."""
    real = time.now

    def now() -> datetime:
        return moment

    for name, module in list(sys.modules.items()):
        if name.startswith("motcua.") and getattr(module, "now", None) is real:
            monkeypatch.setattr(module, "now", now)
    monkeypatch.setattr(time, "now", now)
