"""What poppler, a reader that is not ours, says of a PDF."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path


def _run(program: str, *args: str) -> str:
    return subprocess.run([program, *args], capture_output=True, check=True, text=True, timeout=20).stdout


def facts(path: Path) -> dict[str, str]:
    """The lines of pdfinfo."""
    lines = (line.partition(":") for line in _run("pdfinfo", str(path)).splitlines())
    return {name.strip(): value.strip() for name, _colon, value in lines}


def fonts(path: Path) -> set[str]:
    """The families that the file carries, without the mark of a subset and the style; a font that it does not carry
    stands there with a question mark."""
    rows = _run("pdffonts", str(path)).splitlines()[2:]
    names = set()
    for row in rows:
        name = row.split()[0].partition("+")[2] or row.split()[0]
        embedded = row.split()[-5]
        names.add(name.partition("-")[0] + ("" if embedded == "yes" else "?"))
    return names


def text(path: Path) -> str:
    """The words, in one line."""
    return " ".join(_run("pdftotext", "-layout", str(path), "-").split())


def attached(path: Path, folder: Path) -> dict:
    """The record that is attached: the one file in it."""
    taken = folder / "attached.json"
    assert "1 embedded files" in _run("pdfdetach", "-list", str(path))
    _run("pdfdetach", "-save", "1", "-o", str(taken), str(path))
    return json.loads(taken.read_text("utf-8"))
