"""The mark of an answer: by it a form says with which answer each of its fields was drawn, without holding the answer.

It is keyed and bound to dossier and field, so that it tells nobody what the answer was, and cannot be made elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.foundation.canonical import digest
from motcua.foundation.crypto import blind
from motcua.kernel import forms

LENGTH = 16  # hex digits: enough to tell two answers apart, short enough for a field of a form


def drawn_mark(dossier: str, field: str, value: Any) -> str:
    """The mark of an answer of the dossier with this public id; equal for answers that say the same."""
    return blind("drawn", digest([dossier, field, forms.bare(value)]))[-LENGTH:]


def settled(
    dossier: str, stored: Mapping[str, Any], given: Mapping[str, Any], drawn: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """(the given answers to keep, the fields changed here and elsewhere); see `forms.settle`."""
    return forms.settle(stored, given, drawn, lambda name, value: drawn_mark(dossier, name, value))
