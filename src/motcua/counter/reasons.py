"""Reusable reasons (packs/…/reasons): the procedure's own first, then those for any procedure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.catalogue.rules import ProcedureView
from motcua.foundation.packs import store

GENERAL = "general"


@dataclass(frozen=True)
class Reason:
    """A ready sentence: `key` names it within its pack, `text` goes on the letter (Vietnamese), `shown` on the page."""

    key: str
    text: str
    shown: str
    paper: str
    general: bool


def reasons_for(view: ProcedureView, use: str, at: datetime, language: str) -> list[Reason]:
    """The sentences for `use` (supplement, refusal, stop), in force at `at`."""
    found: list[Reason] = []
    for name in (view.slug, GENERAL):
        version = store.current("reasons", name, at)
        for row in (version.body.get(use) or ()) if version else ():
            text = row.get("text") or {}
            vi = str(text.get("vi") or "")
            shown = str(text.get(language) or vi)
            found.append(
                Reason(f"{name}:{row.get('key')}", vi, shown, str(row.get("paper") or ""), name == GENERAL)
            )
    return found


def chosen(reasons: Iterable[Reason], keys: Iterable[str]) -> list[Reason]:
    """The reasons with these keys, in the order of the pack; unknown keys are left out."""
    wanted = set(keys)
    return [reason for reason in reasons if reason.key in wanted]
