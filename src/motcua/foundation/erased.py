"""What was erased stands nowhere in the database's own files any more.

SQLite runs with `secure_delete`, which writes zeros over every row that goes. Two places remain: the write-ahead log,
which keeps old pages until it is written back, and what a page kept of rows that moved to another when it was split.
Writing the log back and the file anew (VACUUM) removes both. PostgreSQL marks rows dead and writes over them after
(auto)vacuum; its log and every backup roll over by their own retention: docs/operating/retention.md.
"""

from __future__ import annotations

from django.db import connection


def settle() -> bool:
    """Write the file anew where the database is one file; True when it was. Not within a transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True
