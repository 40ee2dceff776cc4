"""What came out: counts, the share on time, how long it took, and a canonical dump to compare two runs by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from motcua.dossiers import queries
from motcua.foundation import policy
from motcua.foundation.canonical import plain
from motcua.foundation.journal.verify import verify


def figures() -> dict[str, Any]:
    """Dossiers, received, resolved, on-time share, median and 90th percentile of working days, verification."""
    counted = queries.totals()
    days = sorted(counted.pop("days"))
    report = verify()
    wrong = list(policy.differences())
    if wrong:  # people may work meanwhile: what merely crossed the first look is gone at the second
        wrong = list(policy.differences())
    return {
        **counted,
        "on_time_share": round(counted["on_time"] / counted["with_limit"], 4)
        if counted["with_limit"]
        else None,
        "first_share": round(counted["first_on_time"] / counted["first_promised"], 4)
        if counted["first_promised"]
        else None,
        "median_days": _at(days, 0.5),
        "p90_days": _at(days, 0.9),
        "journal_lines": report.lines,
        "journal_findings": [str(f) for f in report.findings[:20]],
        "right_differences": wrong[:20],
        "good": report.good and not wrong,
    }


def _at(values: list[float], share: float) -> float | None:
    return round(values[min(len(values) - 1, int(share * len(values)))], 1) if values else None


def dump() -> Iterator[str]:
    """One canonical JSON line per dossier, without salts, keys, machine times and random ids, oldest first."""
    for row in queries.canonical_rows():
        yield json.dumps(row, sort_keys=True, ensure_ascii=False, default=plain)


def digest_of(lines: Iterator[str]) -> str:
    """SHA-256 over the lines."""
    total = hashlib.sha256()
    for line in lines:
        total.update(line.encode() + b"\n")
    return total.hexdigest()
