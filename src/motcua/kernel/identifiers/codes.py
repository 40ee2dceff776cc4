"""Codes that the law prescribes: the agency's electronic identification code and the dossier code (mã hồ sơ)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

AGENCY_CODE_LENGTH_MAX = 35
_LEVEL_ONE = re.compile(r"[A-Y][0-9]{2}")
_OTHER_ORGANISATION = re.compile(r"Z[0-9]{2}[A-Z0-9.]{0,32}")
_GROUP = re.compile(r"[A-Z0-9]+")
_OLD_STYLE = re.compile(r"[A-Z0-9]{3}\.[A-Z0-9]{2}\.[A-Z0-9]{2}\.[A-Y][0-9]{2}")
_DOSSIER = re.compile(r"([A-Z0-9.]{3,35})-([0-9]{2})([0-9]{2})([0-9]{2})-([0-9]{4,7})")
_DASHES = re.compile(r"[‐‑‒–—]")


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart. `style` is "new" (level-1 agency first) or "old" (QCVN 102:2016, level 1 last)."""

    agency_code: str
    day: date
    serial: int
    style: str

    @property
    def levels(self) -> tuple[str, ...]:
        """The agency's groups from level 1 downwards; the filler 000 of the old style is left out."""
        groups = self.agency_code.split(".")
        if self.style == "new":
            return tuple(groups)
        return tuple(group for group in reversed(groups) if set(group) != {"0"})


def agency_code_problem(text: object) -> str | None:
    """Why the text is not an agency code, or None; the old right-to-left codes are accepted, for dossiers
    keep theirs.

    Up to 35 characters; groups of A–Z, 0–9 with dots between; the first is a letter A–Y and two digits, or Z
    and two digits for other organisations (Decision 20/2020/QĐ-TTg).
    """
    if not isinstance(text, str) or not text:
        return "agency_code_empty"
    if len(text) > AGENCY_CODE_LENGTH_MAX:
        return "agency_code_length"
    groups = text.split(".")
    if not all(_GROUP.fullmatch(group) for group in groups):
        return "agency_code_characters"
    if _LEVEL_ONE.fullmatch(groups[0]) or _OTHER_ORGANISATION.fullmatch(text) or _OLD_STYLE.fullmatch(text):
        return None
    return "agency_code_first_group"


def agency_code_style(agency_code: str) -> str:
    """ "old" when the last group is a level-1 code and the first is not, else "new"."""
    groups = agency_code.split(".")
    if _LEVEL_ONE.fullmatch(groups[-1]) and not _LEVEL_ONE.fullmatch(groups[0]):
        return "old"
    return "new"


def dossier_code(agency_code: str, day: date, serial: int) -> str:
    """The dossier code "<agency>-YYMMDD-NNNN" (Circular 01/2018/TT-VPCP art. 19).

    `day` is the local day of reception (Asia/Ho_Chi_Minh), `serial` counts from 1 per agency and day. A day
    with more than 9,999 dossiers simply gets a longer serial: refusing the next person would be worse. Raises
    ValueError for an agency code or serial that cannot be.
    """
    problem = agency_code_problem(agency_code)
    if problem:
        raise ValueError(f"agency code {agency_code!r}: {problem}")
    if isinstance(serial, bool) or not 1 <= serial <= 9_999_999:
        raise ValueError(f"serial {serial!r}: allowed 1 to 9999999")
    return f"{agency_code}-{day:%y%m%d}-{serial:04d}"


def parse_dossier_code(text: object) -> DossierCode | None:
    """The parts of a dossier code in either order of agency groups, or None. Forgives case, spaces and other dashes."""
    if not isinstance(text, str) or len(text) > 80:
        return None
    match = _DOSSIER.fullmatch(_DASHES.sub("-", "".join(text.split())).upper())
    if not match or agency_code_problem(match[1]):
        return None
    try:
        day = date(2000 + int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    serial = int(match[5])
    return DossierCode(match[1], day, serial, agency_code_style(match[1])) if serial else None
