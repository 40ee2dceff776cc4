"""Opening the door to a key, wherever it lies. Every door that does not open says why in a sentence."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from motcua.signing.errors import refusal_of
from motcua.signing.keys import KeyDoor, KeyProblem, SoftwareKey
from motcua.signing.keys.remote import RemoteKey
from motcua.signing.keys.token import TokenKey, put_on_token

Secret = str | Mapping[str, str]


def open_door(kind: str, where: Mapping[str, Any], secret: Secret) -> KeyDoor:
    """The key behind a door, opened; whoever opens it closes it (`KeyDoor.close`).

    "file": a PKCS#12 file; `where` has content (bytes, or base64 text), `secret` is its password.
    "token": a key on a device through PKCS#11; `where` has module (the device's library, which is run as a program and
    therefore comes from the installation's settings, never from a form), token and label (each may be left out when
    there is one only), `secret` is the PIN.
    "remote": a credential of a remote signing service; `where` has address (from the settings too), credential (may be
    left out when the account has one only), and the installation's account there: bearer, or user and password;
    `secret` is the PIN, or a mapping with pin and otp (see `send_code`), which may hold the account as well.
    Raises the refusals of KEY_PROBLEMS.
    """
    try:
        if kind == "file":
            return SoftwareKey(_content(where), _one(secret))
        if kind == "token" and where.get("module"):
            module, token, label = (str(where.get(name) or "") for name in ("module", "token", "label"))
            return TokenKey(module, token, label, _one(secret))
        if kind == "remote" and where.get("address"):
            return _remote(where, secret)
        raise KeyProblem("unknown_door", kind[:40])
    except KeyProblem as problem:
        raise refusal_of(problem) from problem


def open_key(content: bytes, password: str) -> KeyDoor:
    """The key of a PKCS#12 file. Raises WrongPassword, KeyUnusable."""
    return open_door("file", {"content": content}, password)


def put_trial_key_on_token(where: Mapping[str, Any], pin: str, content: bytes, password: str) -> None:
    """Copy a PKCS#12 file onto a token, as `where` of the kind "token" names it, for trials. Raises KEY_PROBLEMS."""
    module, token, label = (str(where.get(name) or "") for name in ("module", "token", "label"))
    try:
        put_on_token(module, token, label, pin, content, password)
    except KeyProblem as problem:
        raise refusal_of(problem) from problem


def send_code(where: Mapping[str, Any], secret: Secret) -> bool:
    """Ask a remote service to send the holder a one-time code; False when her key needs none. Raises KEY_PROBLEMS.

    `where` and `secret` are those of `open_door("remote", …)`, without the code.
    """
    try:
        key = _remote(where, secret)
        if key.otp != "true":
            return False
        key.send_otp()
        return True
    except KeyProblem as problem:
        raise refusal_of(problem) from problem


def _remote(where: Mapping[str, Any], secret: Secret) -> RemoteKey:
    account = {name: str(where[name]) for name in ("bearer", "user", "password") if where.get(name)}
    given = {**account, **({"pin": secret} if isinstance(secret, str) else secret)}
    return RemoteKey(str(where["address"]), str(where.get("credential") or ""), given)


def _content(where: Mapping[str, Any]) -> bytes:
    content = where.get("content", b"")
    if isinstance(content, bytes):
        return content
    try:
        return base64.b64decode(str(content), validate=True)
    except ValueError as problem:
        raise KeyProblem("wrong_password", "the content is not base64") from problem


def _one(secret: Secret) -> str:
    return secret if isinstance(secret, str) else str(secret.get("pin", ""))
