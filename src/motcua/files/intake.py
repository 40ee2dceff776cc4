"""Taking a file in, before any transaction: look at it, clean it, write it sealed. What comes back is plain data."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from django.conf import settings

from motcua.files import clamd, inspection, rules
from motcua.files.errors import FileEmpty, FileInfected, FileTooLarge, KindNotAccepted
from motcua.files.sealing import pieces, sealed
from motcua.files.storage import MB, storage


def prepare(upload: Any, *, accept: Iterable[str] | None = None, max_mb: int | None = None) -> dict:
    """Check an uploaded file (Django's UploadedFile, or anything with read, seek and name), clean and store it.

    `accept` are the kinds the paper takes (None: the usual ones), `max_mb` its limit; the installation's own limit
    always holds. Returns {sha256, size, kind, name, checked} for `keep_stored`; the bytes are safe on the disk by then,
    and swept after a day when nothing refers to them. Raises the refusals of `errors`; then nothing is left.
    """
    kinds = rules.accepted(accept)
    most = min(max_mb or settings.MOTCUA.upload_file_mb, settings.MOTCUA.upload_file_mb)
    shown = rules.one_line(str(getattr(upload, "name", "") or ""))[-80:] or "?"
    source = getattr(upload, "file", None) or upload
    size = _measure(source, shown, most)
    storage().room_for(size)
    kind = _recognise(source, shown, size, kinds)
    checked = _checked(source, shown)
    clean, size = _cleaned(source, kind, shown, size)
    address = _address(clean)
    if not storage().holds(address):
        storage().room_for(size)
        clean.seek(0)
        storage().put(address, sealed(pieces(clean), address))
    name = rules.safe_name(str(getattr(upload, "name", "") or ""), kind)
    return {"sha256": address, "size": size, "kind": kind, "name": name, "checked": checked}


def _checked(source: BinaryIO, name: str) -> bool:
    """Whether the virus scanner looked at it and found nothing. Raises FileInfected."""
    try:
        return clamd.looked_at(source)
    except clamd.Infected as found:
        raise FileInfected(name=name, virus=str(found)) from found


def _measure(source: BinaryIO, name: str, most_mb: int) -> int:
    """Count the bytes themselves, whatever size was announced, and stop at the limit."""
    source.seek(0)
    size = 0
    for piece in pieces(source):
        size += len(piece)
        if size > most_mb * MB:
            raise FileTooLarge(name=name, most=most_mb)
    if size == 0:
        raise FileEmpty(name=name)
    return size


def _recognise(source: BinaryIO, name: str, size: int, kinds: tuple[str, ...]) -> str:
    kind = inspection.kind_of(source, name, size)
    if kind is None or kind not in kinds:
        source.seek(0)
        head = source.read(rules.HEAD)
        found = kind or rules.describe(head, name) or "?"
        endings = ", ".join(rules.KINDS[each].ending.upper() for each in kinds)
        raise KindNotAccepted(name=name, found=found.upper(), accepted=endings)
    return kind


def _cleaned(source: BinaryIO, kind: str, name: str, size: int) -> tuple[BinaryIO, int]:
    if kind in rules.PICTURES:
        picture = inspection.clean_picture(source, kind, name)
        return picture, picture.getbuffer().nbytes
    if kind == "pdf":
        inspection.check_pdf(source, name, size)
    return source, size


def _address(source: BinaryIO) -> str:
    source.seek(0)
    found = hashlib.sha256()
    for piece in pieces(source):
        found.update(piece)
    return found.hexdigest()


def from_bytes(content: bytes, name: str) -> io.BytesIO:
    """Bytes that look like an upload, for the simulator and for tests."""
    upload = io.BytesIO(content)
    upload.name = name
    return upload
