"""Sealed values (AES-256-GCM, key id in front, keys outside the database) and the keyed blind index.

Rotation: add a key, make it active; old values open with the key they name, `reseal` moves them on.
Level 3 of the information-security rules wants data encrypted at rest (TCVN 14423:2026, 5.4.2).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


class CannotOpen(Exception):
    """A sealed value whose key is missing, or that was changed or moved to another place."""


@lru_cache(maxsize=32)
def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.b64decode(key))


def seal(value: Any, aad: str = "") -> str:
    """JSON-able `value` as `key id.base64`; `aad` binds it to its place, so that it cannot be moved elsewhere."""
    key_id = settings.MOTCUA.data_key_active
    nonce = os.urandom(12)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = _cipher(settings.MOTCUA.data_keys[key_id]).encrypt(nonce, text, aad.encode())
    return f"{key_id}.{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, aad: str = "") -> Any:
    """The value again. Raises CannotOpen when the key is gone or the value is not what was sealed here."""
    key_id, _, body = sealed.partition(".")
    key = settings.MOTCUA.data_keys.get(key_id)
    if key is None:
        raise CannotOpen(f"data key {key_id!r} is not configured")
    try:
        raw = base64.b64decode(body)
        return json.loads(_cipher(key).decrypt(raw[:12], raw[12:], aad.encode()))
    except (InvalidTag, ValueError) as problem:
        raise CannotOpen("the sealed value does not open here") from problem


def reseal(sealed: str, aad: str = "") -> str:
    """The same value under the active key; unchanged when it already is."""
    if sealed.partition(".")[0] == settings.MOTCUA.data_key_active:
        return sealed
    return seal(unseal(sealed, aad), aad)


def blind(kind: str, value: str, *, key_id: str | None = None) -> str:
    """`version:hex` by which an exact value is found without being stored; `kind` keeps number and phone apart."""
    key_id = key_id or settings.MOTCUA.index_key_active
    key = base64.b64decode(settings.MOTCUA.index_keys[key_id])
    return f"{key_id}:{hmac.new(key, f'{kind}|{value}'.encode(), hashlib.sha256).hexdigest()[:40]}"


def blinds(kind: str, value: str) -> list[str]:
    """The index of `value` under every configured key, for look-ups while an index is being rebuilt."""
    return [blind(kind, value, key_id=key_id) for key_id in settings.MOTCUA.index_keys]


class SealedField(models.TextField):
    """A column whose text is sealed on its way in and opened on its way out. Empty stays empty; not searchable."""

    @property
    def place(self) -> str:
        """What binds a value to this column: moved to another one it does not open."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return value if not value else unseal(value, self.place)

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or value == "":
            return value
        return seal(value, self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
