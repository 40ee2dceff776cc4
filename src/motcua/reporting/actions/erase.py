"""A petition goes with the dossier it is about, once it is answered; until then the dossier is kept for it."""

from __future__ import annotations

from typing import Any

from motcua.foundation.access import forget_reasons
from motcua.foundation.acts import Act
from motcua.foundation.journal import erase_personal
from motcua.notices import actions as notices
from motcua.reporting.models import Petition

_WORDS = ("name", "phone", "dossier_code", "text", "answer", "public_text", "public_answer")


def complained_about(dossiers: list[int]) -> set[int]:
    """Those of these dossiers (primary keys) about which a petition is still open."""
    return set(Petition.objects.filter(dossier__in=dossiers, ended_at=None).values_list("dossier", flat=True))


def erase(act: Act, dossier: Any) -> list[int]:
    """Blank the words of the ended petitions about a dossier, published ones too, within the act that erases it. That
    there was one, when it came and when it was answered, stays for the figures. They let go of no file."""
    rows = Petition.objects.filter(dossier=dossier)
    for row in rows:
        erase_personal(row.subject)
        forget_reasons(row.subject)
        notices.forget(act, row.subject)
    rows.update(**dict.fromkeys(_WORDS, ""), published_at=None)
    return []
