"""Counting what a request asks of the database: everything but BEGIN, COMMIT and SAVEPOINT, and the commits apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Told:
    """The statements in their order; `work` without those around transactions."""

    sql: list[str] = field(default_factory=list)

    @property
    def work(self) -> list[str]:
        return [one for one in self.sql if not one.upper().startswith(AROUND)]

    @property
    def commits(self) -> int:
        """Transactions that were committed, a write outside of one counted as one of its own."""
        inside, count = False, 0
        for one in self.sql:
            word = one.upper().lstrip('"').split(" ")[0].rstrip(";")
            if word == "BEGIN":
                inside = True
            elif word == "COMMIT":
                inside, count = False, count + 1
            elif word == "ROLLBACK":
                inside = False
            elif word in WRITES and not inside:
                count += 1
        return count


@contextmanager
def statements() -> Iterator[Told]:
    """Collect what is asked of the database inside the block."""
    told = Told()
    with CaptureQueriesContext(connection) as captured:
        yield told
    told.sql = [query["sql"].strip() for query in captured.captured_queries]
