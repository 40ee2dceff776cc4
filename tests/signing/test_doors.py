"""The one opener of keys: what opens, and what each door that stays shut says."""

import base64

import pytest

from motcua.signing import actions, errors
from tests.signing.desk import AT, HANH

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def file(desk):
    return desk.authority.issue_pkcs12(HANH, at=AT, password="mật")


def test_a_file_opens_as_bytes_or_as_text_and_closes_for_good(file):
    for content in (file, base64.b64encode(file).decode()):
        door = actions.open_door("file", {"content": content}, "mật")
        assert len(door.chain) == 2 and len(door.sign_all([b"a", b"b"])) == 2
        door.close()
        door.close()
    with pytest.raises(Exception, match="closed"):
        door.sign(b"a")


@pytest.mark.parametrize(
    ("kind", "where", "secret", "refusal"),
    [
        ("file", {}, "", errors.WrongPassword),
        ("file", {"content": "không phải base64"}, "", errors.WrongPassword),
        ("file", {"content": b"PK"}, "mật", errors.WrongPassword),
        ("smoke", {}, "", errors.UnknownDoor),
    ],
)
def test_a_door_that_stays_shut_says_why(kind, where, secret, refusal):
    with pytest.raises(refusal) as told:
        actions.open_door(kind, where, secret)
    assert told.value.sentence and told.value.way_out


def test_a_wrong_password_is_not_repeated(file):
    with pytest.raises(errors.WrongPassword) as told:
        actions.open_door("file", {"content": file}, "sai-mật-khẩu")
    assert "sai-mật-khẩu" not in f"{told.value!r}{told.value.__cause__!r}"
