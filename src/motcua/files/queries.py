"""Every read of the stored files. Who may see a file is decided by the room that refers to it, before it calls."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import structlog
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from motcua.files import rules
from motcua.files.clamd import answers as scanner_answers
from motcua.files.errors import FileNotFound, StoreBroken
from motcua.files.inspection import kind_of
from motcua.files.models import StoredFile
from motcua.files.sealing import opened
from motcua.files.storage import storage
from motcua.foundation.actors import Actor
from motcua.foundation.crypto import CannotOpen

__all__ = [
    "bytes_response",
    "content",
    "digest_of",
    "file_response",
    "kept_by",
    "kind_of",
    "open_stored",
    "packed",
    "public_ids",
    "scanner_answers",
    "stored",
]

log = structlog.get_logger(__name__)
BYTES_MOST = 500 * 1024 * 1024  # of stored files in one ZIP; what goes beyond is named with its hash
IN_MEMORY = 8 * 1024 * 1024
CHUNK = 64 * 1024
SUMS, MISSING = "SHA256SUMS", "thieu.txt"

# A file is never a page of ours: no script, no request, no form, its own origin. Browsers show PDF only outside the
# sandbox, by a viewer of their own that runs nothing of ours.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
_SANDBOX = f"{_POLICY}; sandbox"


def stored(public_id: str) -> StoredFile:
    """The row of a file. Raises FileNotFound."""
    found = StoredFile.objects.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise FileNotFound()
    return found


def kept_by(actor: Actor, public_id: str) -> StoredFile:
    """The row of a file that this account handed in itself: what may be attached. Raises FileNotFound."""
    found = stored(public_id)
    if actor.account_id is None or found.kept_by_id != actor.account_id:
        raise FileNotFound()
    return found


def digest_of(file_id: int) -> str:
    """The SHA-256 of a file's content by its primary key, "" for none."""
    return StoredFile.objects.filter(pk=file_id).values_list("sha256", flat=True).first() or ""


def public_ids() -> Iterator[str]:
    """Every file's public id, for the check of the journal."""
    return StoredFile.objects.values_list("public_id", flat=True).iterator()


def content(file: StoredFile) -> Iterator[bytes]:
    """The content in chunks, each proved before it is given out; the first is proved before this returns.

    Raises StoreBroken when the bytes are missing, changed, or their key is gone (told to the operator in the log).
    """
    try:
        source = storage().open(file.sha256)
        chunks = opened(source, file.sha256)
        first = next(chunks)
    except (OSError, CannotOpen, StopIteration) as problem:
        log.error("files.not_readable", file=file.public_id, error=str(problem))
        raise StoreBroken() from problem
    return chain([first], chunks)


def open_stored(public_id: str) -> tuple[StoredFile, Iterator[bytes]]:
    """The row and the content of a file. Raises FileNotFound, StoreBroken."""
    file = stored(public_id)
    return file, content(file)


def file_response(file: StoredFile, *, download: bool = False) -> StreamingHttpResponse:
    """The answer that gives a file to a browser, safely; the caller has decided that it may be seen.

    Shown within the page only where a browser can do no harm with it (PDF, pictures), else handed over as a download.
    Raises StoreBroken before anything is sent.
    """
    kind = rules.KINDS[file.kind]
    response = StreamingHttpResponse(content(file), content_type=kind.mime)
    response["Content-Length"] = str(file.size)
    return _safely(response, kind, file.name, download)


def bytes_response(made: bytes, kind: str, name: str, *, download: bool = False) -> HttpResponse:
    """The same for bytes that were made from a stored file and are kept nowhere; `kind` as in `rules.KINDS`."""
    known = rules.KINDS[kind]
    return _safely(HttpResponse(made, content_type=known.mime), known, name, download)


def _safely(response: Any, kind: rules.Kind, name: str, download: bool) -> Any:
    shown = kind.inline and not download
    response["Content-Disposition"] = content_disposition_header(not shown, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY if shown and kind.name == "pdf" else _SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def packed(texts: Mapping[str, bytes], stored: list[tuple[str, StoredFile]]) -> Iterator[bytes]:
    """A ZIP of texts and stored files by name, with `SHA256SUMS` of all (as `sha256sum -c` reads them).

    A file that cannot be read, or is beyond the most, is named in `thieu.txt` with its hash. Everything goes in before
    this returns, so that a failure is none half-way.
    """
    whole: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by the generator
    sums = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()}
    missing, size = [], 0
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for name, file in stored:
            size += file.size
            if size <= BYTES_MOST and _add(archive, name, file):
                sums[name] = file.sha256
            else:
                missing.append(f"{file.sha256}  {name}")
        if missing:
            archive.writestr(MISSING, "\n".join(missing) + "\n")
        archive.writestr(SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())))
    return _chunks(whole)


def _add(archive: zipfile.ZipFile, name: str, file: StoredFile) -> bool:
    try:
        chunks = content(file)  # the first is proved before anything is written
    except StoreBroken:
        return False
    with archive.open(name, "w", force_zip64=True) as out:
        for chunk in chunks:
            out.write(chunk)
    return True


def _chunks(whole: Any) -> Iterator[bytes]:
    whole.seek(0)
    with whole:
        while chunk := whole.read(CHUNK):
            yield chunk
