"""The command line: 0 good, 1 a finding, 2 wrong usage; `--json` prints JSON alone."""

import json

import pytest

from motcua.config import cli
from tests.support import processes

pytestmark = pytest.mark.kernel


def run(*arguments, **environment):
    """Run `motcua …` in a process of its own; returns (exit code, standard output, standard error)."""
    done = processes.run(*arguments, **environment)
    return done.returncode, done.stdout, done.stderr


def test_every_command_module_is_whole():
    modules = list(cli.command_modules())
    assert {"manage", "migrate", "serve", "settings", "worker"} <= {module.NAME for module in modules}
    for module in modules:
        assert module.__doc__, f"{module.__name__} has no door plate"
        assert callable(module.register)
        assert callable(module.run)


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["serve", "--port", "x"], ["settings"], ["migrate", "extra"]]
)
def test_wrong_usage_is_two(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2
    assert "usage: motcua" in capsys.readouterr().err


def test_help_is_quick_and_needs_no_django():
    code, out, _ = run("--help", DJANGO_SETTINGS_MODULE="no.such.module")
    assert code == 0
    assert "serve" in out


def test_unusable_settings_are_two_and_tell_everything(tmp_path):
    code, out, err = run(
        "migrate",
        MOTCUA_VAR=str(tmp_path),
        MOTCUA_ENV="production",
        MOTCUA_SECRET_KEY="x",
        MOTCUA_NONSENSE="1",
    )
    assert (code, out) == (2, "")
    assert "MOTCUA_SECRET_KEY" in err
    assert "MOTCUA_NONSENSE" in err
    assert "Traceback" not in err


def test_settings_check_finds(tmp_path):
    code, out, _ = run("settings", "check", "--json", MOTCUA_VAR=str(tmp_path))
    assert (code, json.loads(out)) == (0, {"problems": []})
    code, out, _ = run("settings", "check", "--json", MOTCUA_VAR=str(tmp_path), MOTCUA_DEBUG="?")
    assert code == 1
    assert len(json.loads(out)["problems"]) == 1


def test_settings_show_hides_secrets(tmp_path):
    secret = "hunter:2"
    code, out, _ = run(
        "settings",
        "show",
        MOTCUA_VAR=str(tmp_path),
        DATABASE_URL=f"postgres://motcua:{secret}@db/motcua",
        MOTCUA_EMAIL_URL=f"smtp://motcua:{secret}@mail:587/?tls=true",
    )
    assert code == 0
    assert secret not in out
    assert "DATABASE_URL=postgres://motcua:***@db/motcua" in out
    assert "MOTCUA_LAYERS=national" in out
    assert "SECRET_KEY" not in out


def test_new_secrets_are_usable(tmp_path):
    path = tmp_path / "keys.json"
    path.touch(0o600)
    path.write_text(run("settings", "new-secrets")[1])
    code, _, err = run(
        "settings",
        "check",
        MOTCUA_ENV="production",
        MOTCUA_BASE_URL="https://motcua.example.vn",
        MOTCUA_SIMULATION="false",
        MOTCUA_TRUSTED_PROXIES="127.0.0.1",
        MOTCUA_SECRETS_FILE=str(path),
        MOTCUA_VAR=str(tmp_path / "var"),
    )
    assert (code, err) == (0, "")


@pytest.mark.slow
def test_manage_passes_everything_on(tmp_path):
    code, out, _ = run("manage", "check", "--help", MOTCUA_VAR=str(tmp_path))
    assert code == 0
    assert "--deploy" in out
