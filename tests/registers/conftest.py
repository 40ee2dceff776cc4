"""Browsers and machines of the city."""

from tests.api.conftest import clock, machine  # noqa: F401
from tests.portal.conftest import at, browse  # noqa: F401
