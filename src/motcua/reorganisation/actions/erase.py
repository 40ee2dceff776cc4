"""Why a dossier went where it went may name somebody: the words go with the dossier, where it went stays."""

from __future__ import annotations

from typing import Any

from motcua.foundation.acts import Act
from motcua.reorganisation.models import Decision


def erase(act: Act, dossier: Any) -> list[int]:
    """Blank the reasons of decisions about one dossier, within the act that erases it. They let go of no file."""
    Decision.objects.filter(dossier=dossier).update(reason="")
    return []
