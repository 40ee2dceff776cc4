"""A pytest plugin of the runner: the order in which files are handed out, and what a second database need not repeat.

Loaded by scripts/test.py; a single test started by hand is left as it is.
"""

from __future__ import annotations

import gc
import os

import pytest

gc.disable()  # until all tests are read: what is read stays

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def needs_a_database(item: pytest.Item) -> bool:
    """Whether the test reads or writes the database of the pass, itself or by programs that it starts."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("served"):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def weight(item: pytest.Item) -> int:
    """Files of a browser first, then slow ones, then the rest: the last worker to end then ends on something short."""
    return 0 if item.get_closest_marker("browser") else 1 if item.get_closest_marker("slow") else 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort whole files by their heaviest test; leave out, on a second database, what does not touch one."""
    if os.environ.get("MOTCUA_TEST_SECOND_DATABASE"):
        left = [item for item in items if not needs_a_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if needs_a_database(item)]
    heaviest: dict[str, int] = {}
    for item in items:
        file = item.nodeid.partition("::")[0]
        heaviest[file] = min(weight(item), heaviest.get(file, 2))
    items.sort(key=lambda item: heaviest[item.nodeid.partition("::")[0]])


def pytest_collection_finish() -> None:
    """What was read to collect the tests stays until the end: it need not be searched for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)
