"""What changed in a draft's form since its writer last knew it, as sentences."""

from __future__ import annotations

from typing import Any

from motcua.catalogue.rules import Told
from motcua.catalogue.rules import told as in_words
from motcua.dossiers import queries as dossiers


def told(dossier: Any, language: str) -> list[Told]:
    """What to tell on the page of a draft that went over to a newer version; [] when there is nothing, or she has seen
    it. One query."""
    return [in_words(change, language) for change in dossiers.changes_for_applicant(dossier)]
