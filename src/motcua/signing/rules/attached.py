"""The record that a paper carries inside: what it says, as data. What it is worth, the signatures say."""

from __future__ import annotations

import json
from typing import Any

from motcua.signing.rules.aside import aside
from motcua.signing.rules.reading import Unreadable, open_pdf

NAME = "record.json"
FILES_MAX, DEEP_MAX, BYTES_MAX = 50, 10, 2 * 1024 * 1024


@aside
def attached_record(content: bytes) -> dict[str, Any] | None:
    """The data of the attached file `record.json` of a PDF; None where it has none, or none that can be read.

    Never raises: the bytes are a stranger's.
    """
    try:
        reader, _told = open_pdf(content)
        tree = reader.root["/Names"]["/EmbeddedFiles"]
        for place, (name, spec) in enumerate(_leaves(tree, DEEP_MAX)):
            if place >= FILES_MAX:
                return None
            if str(name) == NAME or str(spec.get("/F", "")) == NAME:
                data = spec["/EF"]["/F"].data
                told = json.loads(data) if len(data) <= BYTES_MAX else None
                return told if isinstance(told, dict) else None
    except (Unreadable, RecursionError):
        return None
    except Exception:  # noqa: BLE001  a parser of others over bytes of a stranger
        return None
    return None


def _leaves(node: Any, deep: int) -> Any:
    names = node.get("/Names", ())
    for place in range(0, len(names) - 1, 2):
        yield names[place], names[place + 1]
    if deep:
        for child in node.get("/Kids", ()):
            yield from _leaves(child, deep - 1)
