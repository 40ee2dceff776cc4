"""Those who mean harm, or only slipped: whatever they send ends in a clear sentence, and nothing is half-done."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.apps import apps

from tests.api.conftest import Machine
from tests.portal.conftest import at, browse  # noqa: F401  fixtures

# What may change although nothing was done: how often somebody asked, who looked, who is signed in.
BESIDE = {
    "accounts.Account",  # the day of its last use
    "accounts.HeldPost",
    "accounts.SignInGuard",
    "foundation.AccessEntry",
    "foundation.AccessSubject",
    "foundation.RateWindow",
    "precheck.Check",  # what the check said when a page was looked at; it holds no value of the form
    "sessions.Session",
}


def rows() -> dict[str, int]:
    """How many rows every table of the house holds, and where the dossiers stand."""
    from motcua.dossiers.models import Dossier

    counts = {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in BESIDE
    }
    stand = Dossier.objects.order_by("pk").values_list("pk", "revision", "business_state", "answers")
    return {**counts, "stand": hash(str(list(stand)))}


def sent(store) -> list:
    """What people handed in; what the assistant learned from published packs is rebuilt by whoever asks first."""
    return [file for file in kept(store) if not str(file).startswith("assistant/")]


@pytest.fixture
def untouched(store):
    """`with untouched():` nothing is written within, in the database or in the store of files.

    `untouched("foundation.JournalLine")` lets a table grow: somebody's own account is told what happened to it.
    """

    @contextmanager
    def watch(*but):
        before, files = rows(), sent(store)
        yield
        assert {name: n for name, n in rows().items() if before.get(name) != n and name not in but} == {}
        assert sent(store) == files

    return watch


def kept(folder) -> list[str]:
    """Every file beneath the var folder of this test."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != "in-use")


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    """The files of this test lie in a folder of its own, those on their way in as well."""
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"var": tmp_path, "disk_reserve_mb": 0})
    settings.FILE_UPLOAD_TEMP_DIR = incoming
    return tmp_path


@pytest.fixture
def machine(city, at):  # noqa: F811
    """`machine("citizen")` calls the API with every scope; `machine()` has no token."""

    def made(name=None, scopes=None, language="vi"):
        return Machine(city, name, scopes, language)

    return made
