"""Stored bytes, sealed in chunks (AES-256-GCM), so that a large file is neither held in memory nor served unproved.

Format "MCF1": magic, length and text of the key id, 32 bytes salt, then for each 64 KiB of content its ciphertext
with tag. The file's own key is HKDF-SHA256(data key, salt, "motcua-file-1|" + address); the nonce of a chunk is its
number (8 bytes), three zeros and 1 for the last. So chunks cannot be reordered, cut off, or moved to another file.
The data keys are those of `foundation.crypto`; rotation: a file opens with the key it names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from motcua.foundation.crypto import CannotOpen

MAGIC = b"MCF1"
CHUNK = 64 * 1024
TAG = 16
SALT = 32


def _cipher(key_id: str, salt: bytes, address: str) -> AESGCM:
    key = settings.MOTCUA.data_key_bytes.get(key_id)
    if key is None:
        raise CannotOpen(f"data key {key_id!r} is not configured")
    info = b"motcua-file-1|" + address.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(8, "big") + b"\0\0\0" + (b"\1" if last else b"\0")


def pieces(source: BinaryIO) -> Iterator[bytes]:
    """The content of an open file in chunks."""
    while piece := source.read(CHUNK):
        yield piece


def sealed(source: Iterable[bytes], address: str) -> Iterator[bytes]:
    """The sealed form of a content that comes in chunks of exactly CHUNK bytes (the last may be shorter)."""
    key_id, salt = settings.MOTCUA.data_key_active, os.urandom(SALT)
    cipher = _cipher(key_id, salt, address)
    yield MAGIC + len(key_id.encode()).to_bytes(1, "big") + key_id.encode() + salt
    number, held = 0, b""
    for piece in source:
        if number or held:
            yield cipher.encrypt(_nonce(number, False), held, None)
            number += 1
        held = piece
    yield cipher.encrypt(_nonce(number, True), held, None)


def opened(source: BinaryIO, address: str) -> Iterator[bytes]:
    """The content again, each chunk proved before it is given out.

    Raises CannotOpen when the key is gone, or the bytes are not what was sealed at this address.
    """
    cipher = _cipher(key_id_of(source), source.read(SALT), address)
    number, held = 0, source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), held, None)
        except (InvalidTag, ValueError) as problem:
            raise CannotOpen(f"chunk {number} is not what was sealed here") from problem
        if not following:
            return
        number, held = number + 1, following


def key_id_of(source: BinaryIO) -> str:
    """The id of the data key that a sealed file names; leaves `source` behind it. Raises CannotOpen."""
    head = source.read(len(MAGIC) + 1)
    if len(head) != len(MAGIC) + 1 or head[: len(MAGIC)] != MAGIC:
        raise CannotOpen("not a sealed file")
    return source.read(head[-1]).decode(errors="replace")
