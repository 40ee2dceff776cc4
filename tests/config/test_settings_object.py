"""Settings are checked whole: every problem at once, in a sentence that starts with the variable's name."""

import json
import stat

import pytest

from motcua.config import secret_files, settings_object

pytestmark = pytest.mark.kernel


KEY = "b29vb29vb29vb29vb29vb29vb29vb29vb29vb29vb28="


@pytest.fixture
def clean(monkeypatch, tmp_path):
    """An environment with nothing of ours in it but a fresh folder; returns the function that sets a variable."""
    for name in [f"MOTCUA_{field.upper()}" for field in settings_object.Settings.model_fields] + [
        "DATABASE_URL"
    ]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    return monkeypatch.setenv


def problems():
    """Load and return the names that the problems start with."""
    with pytest.raises(settings_object.SettingsProblems) as found:
        settings_object.load()
    for sentence in found.value.problems:
        assert " / " in sentence, "a problem is told in Vietnamese and English"
    return sorted(sentence.partition(":")[0] for sentence in found.value.problems)


def given_secrets(clean):
    for name, value in secret_files.new_secrets().items():
        clean(f"MOTCUA_{name.upper()}", value if isinstance(value, str) else json.dumps(value))


def test_a_fresh_local_house_makes_its_own_secrets_once(clean, tmp_path):
    first = settings_object.load()
    keys = tmp_path / "var" / "secrets" / "keys.json"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert len(first.data_key_bytes[first.data_key_active]) == 32
    assert settings_object.load().secret_key == first.secret_key


def test_secrets_are_never_shown(clean):
    settings = settings_object.load()
    assert settings.secret_key not in repr(settings)
    assert settings.data_keys["d1"] not in repr(settings)


def test_every_problem_is_told_at_once(clean):
    clean("MOTCUA_ENV", "production")
    clean("MOTCUA_DEBUG", "maybe")
    clean("MOTCUA_SESSION_IDLE_MINUTES", "40")
    clean("MOTCUA_LOG_RETENTION_MONTHS", "2")
    clean("MOTCUA_TRUSTED_PROXIES", "10.0.0.1,nowhere")
    clean("MOTCUA_DATA_KEYS", '{"d1": "c2hvcnQ="}')
    clean("MOTCUA_LAYERS", "national,atlantis")
    clean("MOTCUA_SESION_HOURS", "3")
    clean("DATABASE_URL", "mysql://somewhere")
    assert problems() == [
        "DATABASE_URL",
        "MOTCUA_BASE_URL",
        "MOTCUA_DATA_KEYS",
        "MOTCUA_DEBUG",
        "MOTCUA_INDEX_KEYS",
        "MOTCUA_LAYERS",
        "MOTCUA_LOG_RETENTION_MONTHS",
        "MOTCUA_SECRET_KEY",
        "MOTCUA_SESION_HOURS",
        "MOTCUA_SESSION_IDLE_MINUTES",
        "MOTCUA_SIMULATION",
        "MOTCUA_TRUSTED_PROXIES",
    ]


def real_office(clean):
    clean("MOTCUA_ENV", "production")
    clean("MOTCUA_BASE_URL", "https://motcua.example.vn")
    clean("MOTCUA_SIMULATION", "false")
    clean("MOTCUA_TRUSTED_PROXIES", "10.0.0.1")


def test_production_demands_given_secrets(clean, tmp_path):
    real_office(clean)
    assert problems() == ["MOTCUA_DATA_KEYS", "MOTCUA_INDEX_KEYS", "MOTCUA_SECRET_KEY"]
    assert not (tmp_path / "var" / "secrets").exists()
    given_secrets(clean)
    assert settings_object.load().base_url == "https://motcua.example.vn"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_DEBUG", "true"),
        ("MOTCUA_ALLOWED_HOSTS", "*"),
        ("MOTCUA_BASE_URL", "http://motcua.example.vn"),
        ("MOTCUA_SQLITE_SYNCHRONOUS", "NORMAL"),
        ("MOTCUA_DATA_KEY_ACTIVE", "d9"),
        ("MOTCUA_SECRET_KEY", "short"),
        ("MOTCUA_LOCKOUT_FAILURES", "6"),
        ("MOTCUA_SESSION_IDLE_MINUTES_ADMIN", "6"),
        ("MOTCUA_SIMULATION", "true"),
        ("MOTCUA_TRUSTED_PROXIES", ""),
        ("MOTCUA_UPLOAD_FILE_MB", "many"),
        ("MOTCUA_DATA_KEYS", "{"),
        ("MOTCUA_DATA_KEYS", json.dumps({"d1": KEY, "2026.1": KEY})),
    ],
)
def test_one_wrong_value_is_one_problem(clean, name, value):
    real_office(clean)
    given_secrets(clean)
    clean(name, value)
    assert problems() == [name]


def test_a_secrets_file_that_others_can_read_is_refused(clean, tmp_path):
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(secret_files.new_secrets()))
    path.chmod(0o644)
    clean("MOTCUA_SECRETS_FILE", str(path))
    with pytest.raises(settings_object.SettingsProblems, match="chmod 600"):
        settings_object.load()
    path.chmod(0o600)
    assert settings_object.load().data_key_active == "d1"


def test_the_environment_wins_over_the_file(clean, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "motcua.env").write_text("MOTCUA_LOG_LEVEL=DEBUG\nMOTCUA_LAYERS=national, hanoi\n")
    assert settings_object.load().layers == ("national", "hanoi")
    clean("MOTCUA_LOG_LEVEL", "ERROR")
    assert settings_object.load().log_level == "ERROR"


def test_a_password_in_the_database_address_is_not_repeated(clean):
    clean("DATABASE_URL", "mysql://user:hunter2@host/x")
    with pytest.raises(settings_object.SettingsProblems) as found:
        settings_object.load()
    assert "hunter2" not in str(found.value)
