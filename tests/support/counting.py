"""A pytest plugin that writes how many tests passed, failed and were skipped (file named by
MOTCUA_TEST_COUNTS)."""

import json
import os


def pytest_terminal_summary(terminalreporter):
    """Write the counts once, in the process that steers the workers."""
    target = os.environ.get("MOTCUA_TEST_COUNTS")
    if not target or hasattr(terminalreporter.config, "workerinput"):
        return
    stats = terminalreporter.stats
    counts = {kind: len(stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
    # An expected failure is a test that does not hold: it counts as skipped, so that a strict run refuses it.
    counts["skipped"] += len(stats.get("xfailed", [])) + len(stats.get("xpassed", []))
    with open(target, "w", encoding="utf-8") as file:
        json.dump(counts, file)
