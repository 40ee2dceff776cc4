"""The citizens' browsers of the portal's tests."""

from tests.portal.conftest import at, browse  # noqa: F401  fixtures
