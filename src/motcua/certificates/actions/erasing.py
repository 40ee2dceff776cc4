"""What goes with a dossier whose retention is over; what was done where and when stays, and names nobody."""

from __future__ import annotations

from typing import Any

from motcua.certificates.models import Certificate, Order, Request
from motcua.foundation.acts import Act
from motcua.notices import actions as notices


def erase(act: Act, dossier: Any) -> list[int]:
    """Blank what names her, within the act that erases her dossier. No file is kept here."""
    row = Request.objects.filter(dossier=dossier).first()
    if row is None:
        return []
    blank = {
        "paper_number": "",
        "request": "",
        "key_digest": "",
        "checked_for": "",
        "code": "",
        "identity_by": None,
    }
    Request.objects.filter(pk=row.pk).update(**blank)
    Certificate.objects.filter(request=row).update(content="", key_digest="", credential="")
    Order.objects.filter(request=row).update(content="", key_digest="", said="", activation="")
    notices.forget(act, row.subject)
    return []
