"""A web process reads beforehand what its first page would wait for, beside the first requests."""

import threading
import time

import pytest

from motcua.config import web


@pytest.mark.django_db(transaction=True)
def test_warming_builds_what_the_first_search_needs(monkeypatch):
    called = []
    monkeypatch.setattr(
        "motcua.catalogue.queries.warm", lambda: called.append(threading.current_thread().name)
    )
    monkeypatch.setattr("django.db.connection.close", lambda: called.append("closed"))
    web.warm()
    assert called == [threading.current_thread().name, "closed"]


@pytest.mark.django_db(transaction=True)
def test_what_fails_while_warming_stops_nothing(monkeypatch):
    def broken():
        raise RuntimeError("no index today")

    monkeypatch.setattr("motcua.catalogue.queries.warm", broken)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    web.warm()


def test_the_application_does_not_wait_for_it(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        go_on.wait(10)

    monkeypatch.setattr(web, "warm", slow)
    monkeypatch.setattr(web, "follow_parent", lambda *_parent: None)
    started = time.monotonic()
    assert callable(web.application)
    assert time.monotonic() - started < 5
    assert begun.wait(5)
    go_on.set()
