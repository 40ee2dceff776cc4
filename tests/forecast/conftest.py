"""Officers and citizens at their browsers, as in the tests of the counter and the portal."""

from tests.counter.conftest import at, desk  # noqa: F401  fixtures
from tests.portal.conftest import browse  # noqa: F401
