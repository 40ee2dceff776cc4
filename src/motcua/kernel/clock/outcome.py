"""What the engine returns: a due date with its derivation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple


class Line(NamedTuple):
    """One step of a derivation. `say(line, lang)` puts it into words.

    `params` is JSON-able (days and times as ISO strings). `provisional`: this step rests on an unconfirmed
    day or a year without a confirmed calendar.
    """

    code: str
    on: date | None
    params: dict[str, Any]
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A derived due date.

    `due_on` is a Vietnamese day, `due_at` the aware moment (Asia/Ho_Chi_Minh) when the office closes on it (for
    working hours: the exact moment). Both are None while the clock is paused, before it starts, and when the
    limit is not fixed. `original_*` is the date as first promised. `state`: none, running, paused or stopped.
    """

    due_on: date | None
    due_at: datetime | None
    original_due_on: date | None
    original_due_at: datetime | None
    provisional: bool
    state: str
    restarts: int
    lines: tuple[Line, ...]
    extensions: int = 0
    paused_since: datetime | None = None
    paused_for: tuple[str, ...] = ()


def line_to_data(line: Line) -> dict[str, Any]:
    """Return the line as plain JSON-able data, for storing or sending."""
    on = line.on.isoformat() if line.on else None
    return {"code": line.code, "on": on, "params": line.params, "provisional": line.provisional}


def line_from_data(data: dict[str, Any]) -> Line:
    """Read back what `line_to_data` gave."""
    on = date.fromisoformat(data["on"]) if data["on"] else None
    return Line(data["code"], on, data["params"], data["provisional"])
