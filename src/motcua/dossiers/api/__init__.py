"""Dossiers over the API: the same actions and the same reads as the pages. See docs/reference/api.md."""

from motcua.dossiers.api import declaring, desk, helping, lateness, moving, reading, reusing  # noqa: F401  they add their operations
from motcua.dossiers.api.own import me, notices, tracking
from motcua.dossiers.api.shared import router

__all__ = ["me", "notices", "router", "tracking"]
