"""Reading the national packs and the example cases as the program reads them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.foundation.packs.reader import read_data
from motcua.kernel.forms import Declaration, declaration_from_data

ROOT = Path(__file__).resolve().parents[2]
NATIONAL = ROOT / "packs" / "national"
CASES = Path(__file__).parent / "cases"
TWELVE = (
    "birth-registration",
    "certified-copy-from-original",
    "death-registration",
    "house-building-permit",
    "household-business-registration",
    "land-transfer-registration",
    "lower-secondary-enrolment",
    "marital-status-certificate",
    "marriage-registration",
    "monthly-social-allowance",
    "permanent-residence-registration",
    "temporary-residence-registration",
)
# The interlinked procedures with a form of their own, asked once for all agencies; land transfer is among the twelve.
INTERLINKED = ("birth-residence-insurance-interlinked", "death-residence-funeral-interlinked")
# An offer of a city to its citizens, which no list of procedures has.
OFFERED = ("personal-digital-signature",)
DECLARED = (*TWELVE, *INTERLINKED, *OFFERED)


def document(kind: str, name: str) -> dict[str, Any]:
    """One document of the national pack, as plain data."""
    return read_data((NATIONAL / kind / f"{name}.yaml").read_text(encoding="utf-8"))


def names(kind: str) -> list[str]:
    """The ids of all national documents of a kind."""
    return sorted(path.stem for path in (NATIONAL / kind).glob("*.yaml"))


@lru_cache(maxsize=32)
def declaration(slug: str) -> Declaration:
    """The declaration of a procedure."""
    return declaration_from_data(document("declarations", slug))


@lru_cache(maxsize=32)
def example_cases(slug: str) -> dict[str, Any]:
    """The example cases of a procedure: `{declaration, today, cases: [...]}`."""
    return read_data((CASES / f"{slug}.yaml").read_text(encoding="utf-8"))


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    """Every example case with the slug of its procedure."""
    return [(slug, case) for slug in DECLARED for case in example_cases(slug)["cases"]]
