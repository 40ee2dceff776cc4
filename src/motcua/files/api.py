"""Files over the API: hand one in, then attach it to a dossier; read back what one has handed in oneself.

A file of a dossier is given out by the dossiers' own routes, which decide who may see it.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from motcua.files import actions, queries, rules
from motcua.files.errors import FileNotFound
from motcua.files.models import StoredFile
from motcua.foundation.api import Out, Token, act_of, answers, content_answers, read_answers
from motcua.foundation.doors import actor_of

router = Router(tags=["files"])
TYPES = [kind.mime for kind in rules.KINDS.values()]
READ, WRITE = Token("files:read"), Token("files:write")


class KeptFile(Out):
    """A stored file: `size` in bytes after cleaning, `sha256` of what is stored."""

    file: str
    kind: str
    size: int
    sha256: str
    replayed: bool = False


class FileOut(KeptFile):
    name: str
    kept_at: datetime


@router.post("", auth=WRITE, response=answers(KeptFile, 201), summary="Hand in a file")
def keep(request: HttpRequest, file: UploadedFile = File(...)) -> Status:  # noqa: B008
    """PDF, JPEG, PNG, WEBP, DOCX, XLSX, known by content; pictures lose their metadata. Forgotten after a day when
    nothing refers to it."""
    return Status(201, actions.keep(act_of(request, "attach"), file))


def _not_yet_used(request: HttpRequest, file: str) -> StoredFile:
    """What the caller handed in and nothing refers to yet. Raises FileNotFound.

    In a dossier it is the dossier's: a helper whose help has ended reads it no more, whoever scanned it.
    """
    row = queries.kept_by(actor_of(request), file)
    if actions.in_use(row):
        raise FileNotFound()
    return row


@router.get(
    "/{file}", auth=READ, response=read_answers(FileOut), summary="A file one has handed in, not yet used"
)
def show(request: HttpRequest, file: str) -> dict:
    """Once it is a paper of a dossier it is read there."""
    row = _not_yet_used(request, file)
    return {
        "file": row.public_id,
        "kind": row.kind,
        "size": row.size,
        "sha256": row.sha256,
        "name": row.name,
        "kept_at": row.kept_at,
    }


@router.get(
    "/{file}/content",
    auth=READ,
    response=read_answers(None),
    summary="Its bytes",
    openapi_extra=content_answers(TYPES),
)
def content(request: HttpRequest, file: str) -> StreamingHttpResponse:
    return queries.file_response(_not_yet_used(request, file), download=True)
