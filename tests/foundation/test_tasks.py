"""Housekeeping: what is old is forgotten, and the database knows how its tables fill."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.foundation import tasks
from motcua.foundation.models import RateWindow, Task
from motcua.foundation.time import now

pytestmark = pytest.mark.django_db


def test_old_windows_and_finished_tasks_are_forgotten():
    RateWindow.objects.create(key="old", window=1, used=1)
    old = now() - timedelta(days=30)
    Task.objects.create(name="x", key="1", state="done", available_at=old, done_at=old)
    Task.objects.create(name="x", key="2", state="done", available_at=old, done_at=now())
    tasks.purge()
    assert not RateWindow.objects.exists()
    assert Task.objects.count() == 1


def test_the_database_learns_how_its_tables_fill():
    RateWindow.objects.bulk_create(RateWindow(key=f"k{n}", window=n, used=1) for n in range(3000))
    tasks.learn()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'foundation_ratewindow'")
            assert cursor.fetchone()[0] > 0
