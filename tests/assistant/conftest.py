"""A stranger's browser at a fixed legal moment."""

import pytest
from django.test import Client

from motcua.assistant.knowledge import Knowledge
from motcua.assistant.teaching import comparing
from tests.portal.conftest import at, browse  # noqa: F401  fixtures


@pytest.fixture
def browse_stranger(at):  # noqa: F811
    return Client(raise_request_exception=False)


@pytest.fixture
def few_golden(monkeypatch):
    """Teaching in a small city: learnt from what is said of its own procedures, a tenth of a second in place of four;
    a golden set of three rows, the last to be declined."""
    every = Knowledge.passages
    monkeypatch.setattr(Knowledge, "passages", lambda self: (p for p in every(self) if p.key in self.views))
    rows = [row for row in comparing.golden() if row["id"] in ("g-001", "g-002")]
    rows += [next(row for row in comparing.golden() if row["intent"] == "out_of_scope")]
    monkeypatch.setattr(comparing, "golden", lambda: tuple(rows))
    return rows
