"""What every test may use. Nothing here waits, reads the wall clock or leaves the machine."""

import os
import socket
import time as machine_time
import types

import hypothesis
import pytest
from django.utils import translation

from tests.support import kept, quick_tables

pytest_plugins = ["tests.support.browser"]
QUICK = bool(os.environ.get("MOTCUA_TEST_QUICK"))


# A busy machine is slow, not wrong; the build looks at the same examples every time, `make quick` at a quarter of them.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    max_examples=25 if QUICK else 100,
    derandomize=bool(os.environ.get("CI")),
    # of few examples a run of bad luck looks like a bad strategy; the whole run judges strategies
    suppress_health_check=[
        hypothesis.HealthCheck.too_slow,
        *[hypothesis.HealthCheck.filter_too_much] * QUICK,
    ],
)
hypothesis.settings.load_profile("house")


def pytest_configure(config):
    """Compile messages that changed, once, before any worker reads them; make test databases the short way."""
    quick_tables.install()
    if not hasattr(config, "workerinput"):
        from motcua.config import messages

        messages.compile_all()


@pytest.fixture(autouse=True)
def _vietnamese():
    """Start every test in Vietnamese, whatever language the one before it left behind."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What a process keeps in memory of packs and agencies belongs to the test before, whose rows are gone."""
    from django.apps import apps

    if apps.is_installed("motcua.foundation"):
        from motcua.foundation.packs import shelf

        shelf.forget()
    if apps.is_installed("motcua.agencies"):
        from motcua.agencies import queries

        queries.forget()
    if apps.is_installed("motcua.forecast"):
        from motcua.forecast import queries as forecasts

        forecasts.forget()
    kept.a_test_begins()


@pytest.fixture(autouse=True)
def _one_minute(request, monkeypatch):
    """How often something may be done is counted by the minute: a test that begins at its end must not see two."""
    from django.apps import apps

    if apps.is_installed("motcua.foundation") and not request.node.get_closest_marker("browser"):
        from motcua.foundation import limits

        begun = machine_time.time()
        monkeypatch.setattr(limits, "machine_time", types.SimpleNamespace(time=lambda: begun))


@pytest.fixture(autouse=True)
def _stay_on_this_machine(monkeypatch):
    """No test may reach another machine: a connection elsewhere fails with a sentence."""
    real = socket.socket.connect

    def connect(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}; tests use only this machine")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def city(db, _nothing_remembered):
    """A small real city: offices, procedures, one account for every role; see tests/support/city.py."""
    from tests.support.city import city

    return city()
