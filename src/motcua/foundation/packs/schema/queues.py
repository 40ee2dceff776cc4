"""How an agency gives numbers: services with their letters, who goes first by which law, how tickets are called."""

from __future__ import annotations

from typing import Any

from motcua.foundation.packs.problems import Place
from motcua.foundation.packs.schema.common import ABOUT
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    And,
    Doubt,
    Findings,
    Many,
    Record,
    Text,
    Whole,
)

_LETTER = Text(
    1,
    r"[A-HJ-NP-Z]",
    (
        "một chữ cái in hoa từ A đến Z, trừ I và O dễ nhầm với số",
        "one capital letter A to Z, without I and O, which look like digits",
    ),
)


def _few(least: int, most: int) -> Whole:
    return Whole(least, most, (f"số từ {least} đến {most}", f"a number from {least} to {most}"))


SERVICE = Record(
    {"key": SLUG, "letter": _LETTER, "name": BOTH_LANGUAGES}, {"hint": BOTH_LANGUAGES, "unverified": Doubt()}
)
CLASS = Record({"key": SLUG, "name": BOTH_LANGUAGES, "source": Text(600)}, {"unverified": Doubt()})


def _letters(body: dict[str, Any], place: Place, findings: Findings) -> None:
    seen: set[str] = set()
    for number, row in enumerate(body["services"]):
        if row["letter"] in seen:
            allowed = (
                "mỗi dịch vụ một chữ cái, để không có hai phiếu cùng số",
                "each service has its own letter, so that no two tickets bear one number",
            )
            findings.wrong((*place, "services", number, "letter"), row["letter"], allowed)
        seen.add(row["letter"])


QUEUE = And(
    Record(
        {"id": SLUG, "services": Many(SERVICE, 1, unique="key")},
        {
            **ABOUT,
            "agency": SLUG,  # whose it is; without it the document holds for all who have none of their own
            "priority": Many(CLASS, unique="key"),
            "priority_in_a_row": _few(1, 20),
            "calls": _few(1, 10),
            "returns": _few(0, 5),
            "minutes_before": _few(0, 120),
            "windows": _few(1, 99),
            "source": Text(600),
        },
    ),
    _letters,
)
