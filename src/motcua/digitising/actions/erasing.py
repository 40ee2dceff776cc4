"""What goes with a dossier whose retention is over: its scans, what was read in them, what they proposed."""

from __future__ import annotations

from typing import Any

from motcua.digitising.models import Scan, ScanPage
from motcua.foundation.acts import Act


def erase(act: Act, dossier: Any) -> list[int]:
    """Delete the scans of a dossier with their words and proposals, within the act that erases it; the files they let
    go. Their journal lines name nobody and stay."""
    scans = Scan.objects.filter(dossier=dossier)
    rows = [*scans.values_list("made", "certified")]
    rows += ScanPage.objects.filter(scan__dossier=dossier).values_list("file", "picture")
    files = {file for row in rows for file in row if file is not None}
    scans.delete()
    return sorted(files)
