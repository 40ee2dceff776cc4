"""Handing out the file of a paper: as it is to whoever has the dossier in hand or owns it, else, where the paper proves
who somebody is, as a copy that says what it is for (Law 91/2025/QH15: pictures of identity cards are sensitive data;
read in a digest). The stored file is never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from motcua.dossiers import permits, rules
from motcua.dossiers.models import Dossier, Paper
from motcua.files import queries as files
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date

# (stored file, mark) -> (a copy as PDF, its name); a room above knows how to draw
Marker = Callable[[Any, str], tuple[bytes, str]]
_markers: list[Marker] = []


def register_marker(marker: Marker) -> None:
    """A room above says how a copy is marked; without one nothing of identity leaves the desk as a file."""
    _markers[:] = [marker]


def goes_marked(actor: Actor, dossier: Dossier, paper: Paper) -> bool:
    """Whether `actor` is given this paper as a marked copy only. No query for an officer."""
    if not rules.proves_identity(paper.key, paper.name):
        return False
    return not (
        permits.has_in_hand(actor, dossier)
        or permits.is_applicant(actor, dossier)
        or permits.helps(actor, dossier)
    )


def hand_out(
    actor: Actor, dossier: Dossier, paper: Paper, *, at: datetime, download: bool = False
) -> HttpResponse | StreamingHttpResponse:
    """The answer that gives the file of a paper to `actor`; the caller asked the policy whether she may have it.

    Raises StoreBroken, and what the marker refuses (a file that cannot be drawn).
    """
    if not goes_marked(actor, dossier, paper):
        return files.file_response(paper.file, download=download)
    content, name = _markers[0](paper.file, mark_of(dossier, at))
    return files.bytes_response(content, "pdf", name, download=download)


def mark_of(dossier: Dossier, at: datetime) -> str:
    """What stands across a copy: the one thing it may be used for, and the day it went out."""
    return f"CHỈ DÙNG CHO HỒ SƠ {dossier.code or dossier.reference} · {local_date(at):%d/%m/%Y}"
