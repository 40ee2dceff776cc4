"""Secrets live in files of their own, outside the database and readable by one user only.

A local installation makes its own at first use (`var/secrets/keys.json`); a production installation is
given them. Losing the data keys loses every sealed answer: `docs/operating/back-up.md` says how to keep them.
"""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from . import paths

NAMES = ("secret_key", "data_keys", "data_key_active", "index_keys", "index_key_active")


class SecretsProblem(Exception):
    """The secrets file cannot be used; the text is a sentence, Vietnamese / English."""


def new_secrets() -> dict[str, Any]:
    """Return fresh random secrets, in the shape of the secrets file."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {
        "secret_key": secrets.token_urlsafe(64),
        "data_keys": {"d1": key()},
        "data_key_active": "d1",
        "index_keys": {"1": key()},
        "index_key_active": "1",
    }


def test_secrets() -> dict[str, Any]:
    """Return fixed secrets, so that tests are repeatable and write no file."""

    def key(letter: bytes) -> str:
        return base64.b64encode(letter * 32).decode()

    return {
        "secret_key": "only-for-tests-" * 5,
        "data_keys": {"d0": key(b"o"), "d1": key(b"d")},
        "data_key_active": "d1",
        "index_keys": {"1": key(b"i")},
        "index_key_active": "1",
    }


def read(path: Path) -> dict[str, Any]:
    """Read a secrets file. Raises SecretsProblem when it is not JSON or when others may read it."""
    try:
        mode = path.stat().st_mode
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SecretsProblem(f"{path}: không đọc được / cannot be read ({error.strerror})") from None
    except ValueError:
        raise SecretsProblem(f"{path}: không phải JSON hợp lệ / is not valid JSON") from None
    if mode & 0o077:
        raise SecretsProblem(
            f"{path}: người khác đọc được, hãy chmod 600 / others can read it, run chmod 600"
        )
    if not isinstance(found, dict):
        raise SecretsProblem(f"{path}: phải là một đối tượng JSON / must be one JSON object")
    return {name: found[name] for name in NAMES if name in found}


def read_or_make(path: Path) -> dict[str, Any]:
    """Read the installation's own secrets; make them first when this is a fresh folder.

    Several processes may start at once: the file is written whole under another name and linked into
    place, so the first one wins and the others read what it wrote.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(new_secrets(), file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                return read(path)
        finally:
            draft.unlink(missing_ok=True)
    return read(path)


class SecretsSource(PydanticBaseSettingsSource):
    """The weakest source before the defaults: a given secrets file, fixed ones in tests, our own in a local
    house."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        state = self.current_state
        given = state.get("secrets_file")
        if given:
            return read(Path(str(given)))
        kind = state.get("env", "local")
        if kind == "test":
            return test_secrets()
        if kind == "local" and any(name not in state for name in NAMES):
            return read_or_make(Path(str(state.get("var") or paths.default_var())) / "secrets" / "keys.json")
        return {}
