"""What a request for a supplement says (form 02). It may be asked once, so it is put together before it is issued.

Part of the door `queries`: the page shows the paper as it would be printed, the action issues the same content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.deadlines import answer_by
from motcua.dossiers.errors import NothingAsked
from motcua.dossiers.models import Dossier, Letter
from motcua.kernel.text import clean_text, one_line

REQUEST = "supplement-request"


def request_content(
    dossier: Dossier, items: list, reason: str, law: str, *, at: datetime, by: str
) -> dict[str, Any]:
    """The variable parts of form 02. `items` are {text, paper?, section?}; raises NothingAsked where none says a word.

    After reception it names the last day for an answer, where the procedure's law has one.
    """
    cleaned = [
        {
            "text": clean_text(str(item.get("text", ""))).strip()[:600],
            "paper": item.get("paper"),
            "section": item.get("section"),
        }
        for item in items
        if isinstance(item, dict) and str(item.get("text", "")).strip()
    ]
    if not cleaned:
        raise NothingAsked()
    content: dict[str, Any] = {"items": cleaned, "reason": reason, "by": by}
    if law.strip():
        content["law"] = one_line(law)[:200]
    if dossier.received_at is not None and (last_day := answer_by(dossier, at)):
        content["answer_by"] = last_day.isoformat()
    return content


@dataclass(frozen=True)
class Requested:
    """A request that was issued: its dossier (public id), the procedure, its items {text, paper, section}."""

    dossier: str
    procedure: str
    at: datetime
    items: tuple[dict[str, Any], ...]


def requests_of(dossiers: Sequence[str]) -> Iterator[Requested]:
    """Every request for a supplement on these dossiers (public ids), oldest first within each batch.

    For the platform's own figures: what officers wrote is opened and must not be shown to anybody.
    """
    for start in range(0, len(dossiers), 500):
        batch = dossiers[start : start + 500]
        rows = Letter.objects.filter(kind=REQUEST, dossier__public_id__in=batch)
        for row in rows.select_related("dossier__procedure").order_by("pk"):
            content = row.content if isinstance(row.content, dict) else {}
            items = tuple(item for item in content.get("items") or () if isinstance(item, dict))
            yield Requested(row.dossier.public_id, row.dossier.procedure.slug, row.at, items)
