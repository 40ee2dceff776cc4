"""What a request for a supplement says (form 02). It may be asked once, so it is put together before it is issued.

Part of the door `queries`: the page shows the paper as it would be printed, the action issues the same content.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.dossiers.deadlines import answer_by
from motcua.dossiers.errors import NothingAsked
from motcua.dossiers.models import Dossier
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
