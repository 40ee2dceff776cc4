"""What was backed up comes back, on both databases; a damaged copy is told and changes nothing."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from motcua.config import backup

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def house(settings, tmp_path):
    """An installation with one row and one stored file; returns the folder of the installation."""
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"var": tmp_path / "var"})
    stored = settings.MOTCUA.files_dir / "ab" / "cd"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"a paper")
    Session.objects.create(session_key="kept", session_data="x", expire_date=AT)
    return tmp_path / "var"


def test_a_backup_comes_back_whole(house, tmp_path):
    backup.make(tmp_path / "copy", AT)
    Session.objects.all().delete()
    (house / "files" / "ab" / "cd").unlink()

    backup.restore(tmp_path / "copy", replace=True)

    connection.close()
    assert [session.session_key for session in Session.objects.all()] == ["kept"]
    assert (house / "files" / "ab" / "cd").read_bytes() == b"a paper"


def test_data_is_never_replaced_by_mistake(house, tmp_path):
    backup.make(tmp_path / "copy", AT)
    with pytest.raises(backup.BackupProblem, match="--replace"):
        backup.restore(tmp_path / "copy")


@pytest.mark.parametrize("damage", ["change", "lose", "add"])
def test_a_damaged_backup_is_told_and_not_used(house, tmp_path, damage):
    copy = tmp_path / "copy"
    backup.make(copy, AT)
    if damage == "change":
        (copy / "files" / "ab" / "cd").write_bytes(b"another paper")
    elif damage == "lose":
        (copy / "files" / "ab" / "cd").unlink()
    else:
        (copy / "files" / "ab" / "ce").write_bytes(b"planted")
    assert len(backup.problems(copy)) == 1
    Session.objects.all().delete()
    with pytest.raises(backup.BackupProblem, match="files/ab/c"):
        backup.restore(copy, replace=True)
    assert not Session.objects.exists()


def test_no_secret_is_in_it(house, tmp_path):
    (house / "secrets").mkdir()
    (house / "secrets" / "keys.json").write_text("{}")
    manifest = backup.make(tmp_path / "copy", AT)
    assert not [name for name in manifest["files"] if "keys" in name]


def test_a_folder_in_use_is_refused(house, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "something").touch()
    with pytest.raises(backup.BackupProblem, match="not empty"):
        backup.make(tmp_path / "copy", AT)
