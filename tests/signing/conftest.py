"""One authority for all tests of the room: what is revoked belongs to the test's own key."""

import pytest

from tests.signing.desk import Desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("authority"))
