"""Officers at the scanning desk, and the authority that gives them keys."""

from tests.counter.conftest import at, desk  # noqa: F401  fixtures
from tests.issuing.conftest import authorities, authority  # noqa: F401  fixtures
