"""What was declared in a dossier, and by which day it is judged."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.foundation.time import local_date
from motcua.kernel import forms


def answers_of(dossier: Dossier) -> dict[str, Any]:
    """All answers, open and sealed, as one dict. Call it only where personal data may be shown."""
    return forms.merge(dossier.answers, dossier.answers_sealed or {})


def judged_on(dossier: Dossier, today: date) -> date:
    """The day by which its declaration is judged: the local day it was first handed in; `today` while it is a draft.

    Who declared in time stays in time, however long a supplement takes.
    """
    return local_date(dossier.submitted_at) if dossier.submitted_at else today
