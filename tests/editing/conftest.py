"""Officers at their browsers, as at the counter."""

from tests.counter.conftest import at, desk  # noqa: F401  fixtures
