"""Every read of the stored files. Who may see a file is decided by the room that refers to it, before it calls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import structlog
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from motcua.files import rules
from motcua.files.errors import FileNotFound, StoreBroken
from motcua.files.inspection import kind_of
from motcua.files.models import StoredFile
from motcua.files.sealing import opened
from motcua.files.storage import storage
from motcua.foundation.actors import Actor
from motcua.foundation.crypto import CannotOpen

__all__ = ["content", "file_response", "kept_by", "kind_of", "open_stored", "public_ids", "stored"]

log = structlog.get_logger(__name__)

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
    shown = kind.inline and not download
    response = StreamingHttpResponse(content(file), content_type=kind.mime)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition_header(not shown, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY if shown and file.kind == "pdf" else _SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
