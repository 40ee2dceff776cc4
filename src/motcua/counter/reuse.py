"""What the registers say beside a dossier: papers re-used and why, contradictions to decide. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import queries as dossiers
from motcua.foundation.ui.words import say_date, say_moment
from motcua.registers import queries as registers


def said_of(dossier: Any, papers: Iterable[Any]) -> dict[str, Any]:
    """Paper key → the last word on its re-use, of a dossier with papers that may be re-used ones; one query at most."""
    if not any(row.digitised and row.form == "electronic" for row in papers):
        return {}
    if getattr(dossier, "has_reuses", True) is False:
        return {}
    return {row.key: row for row in registers.reuses_of(dossier.public_id)}


def told(said: Any, language: str) -> str:
    """Where a re-used paper comes from and on which ground; "" for one that was handed in."""
    if said is None or said.state != "given":
        return ""
    source = said.source.get(language) or said.source.get("vi", "")
    at = say_moment(said.at, language)
    ground = _("theo luật") if said.basis == "law" else _("người nộp đồng ý")
    return _("Dùng lại: {source} ({ground}, {at})").format(source=source, ground=ground, at=at)


def contradictions(dossier: Any, at: datetime, language: str) -> list[dict[str, Any]]:
    """Where the declaration says otherwise than a register, as the differences of the registry of people are shown."""
    return [
        {
            "id": each.public_id,
            "label": f"{each.label.say(language)} ({each.register.say(language)})",
            "known": _value(each.type, each.known),
            "said": _value(each.type, each.said),
            "source": _("khai trong hồ sơ"),
        }
        for each in registers.mismatches_of(dossier.public_id, at)
    ]


def _value(kind: str, value: Any) -> str:
    if kind == "address":
        return dossiers.address_text(value)
    return say_date(value) if kind == "date" else str(value if value is not None else "")
