"""Sealed values open only in their place and under their key; the blind index finds without telling."""

from __future__ import annotations

import base64
import os

import pytest
from django.conf import settings

from motcua.foundation.crypto import CannotOpen, blind, blinds, reseal, seal, unseal


@pytest.mark.parametrize("value", ["Nguyễn Thị Lan", {"a": [1, None]}, "", 0])
def test_a_sealed_value_opens_again(value):
    assert unseal(seal(value, "place"), "place") == value


def test_it_does_not_open_elsewhere():
    with pytest.raises(CannotOpen):
        unseal(seal("x", "one"), "two")


@pytest.mark.parametrize("rubbish", ["", "k.", "nokey.AAAA", "plain text", "."])
def test_rubbish_is_refused_in_words(rubbish):
    with pytest.raises(CannotOpen):
        unseal(rubbish, "place")


def test_a_changed_byte_is_noticed():
    sealed = seal("x", "place")
    key, _, body = sealed.partition(".")
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(CannotOpen):
        unseal(f"{key}.{base64.b64encode(bytes(raw)).decode()}", "place")


def test_the_same_value_never_looks_the_same():
    assert seal("x") != seal("x")


def test_rotation_keeps_old_values_readable(monkeypatch):
    old = seal("x", "place")
    keys = {**settings.MOTCUA.data_keys, "new": base64.b64encode(os.urandom(32)).decode()}
    monkeypatch.setattr(
        settings, "MOTCUA", settings.MOTCUA.model_copy(update={"data_keys": keys, "data_key_active": "new"})
    )
    assert unseal(old, "place") == "x"
    moved = reseal(old, "place")
    assert moved.startswith("new.")
    assert unseal(moved, "place") == "x"


def test_the_blind_index_is_the_same_for_the_same_value_and_tells_kinds_apart():
    assert blind("number", "001") == blind("number", "001")
    assert blind("number", "001") != blind("phone", "001")
    assert blind("number", "001") in blinds("number", "001")
