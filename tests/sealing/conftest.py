"""Every test has its own copy of the roots outside the database, as an installation has."""

from __future__ import annotations

import pytest

from motcua.sealing import copies


@pytest.fixture(autouse=True)
def _own_copy(tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "place", lambda: tmp_path / "seals" / "roots.txt")
