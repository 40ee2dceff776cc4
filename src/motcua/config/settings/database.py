"""SQLite in one file, or PostgreSQL by DATABASE_URL. Nothing above these lines knows which.

`synchronous=FULL`: an acknowledged act survives a power failure. `IMMEDIATE`: a transaction that will write
says so at its start, so two writers queue (20 s) instead of failing half-way.
"""

import dj_database_url

from .base import MOTCUA


def _sqlite(path: str) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={MOTCUA.sqlite_synchronous};"
                "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
                "PRAGMA secure_delete=ON;"  # what is erased is written over, not only let go
                "PRAGMA journal_size_limit=67108864;"
            ),
        },
        "CONN_MAX_AGE": MOTCUA.database_connection_seconds,
        "TEST": {"NAME": str(MOTCUA.var / "test.sqlite3")},
    }


def _database() -> dict:
    if not MOTCUA.database_url:
        MOTCUA.var.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(MOTCUA.var / "motcua.sqlite3"))
    parsed = dj_database_url.parse(
        MOTCUA.database_url,
        conn_max_age=MOTCUA.database_connection_seconds,
        conn_health_checks=True,
    )
    if parsed["ENGINE"].endswith("sqlite3"):
        return _sqlite(parsed["NAME"])
    return dict(parsed)


DATABASES = {"default": _database()}
