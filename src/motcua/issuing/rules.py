"""In which capacity somebody signs, who may, and how a document is numbered. No table, no clock.

NĐ 30/2020/NĐ-CP art. 13 (signing for a body, for the head, by order, by mandate), art. 15 (numbers), Annex I (how the
capacity is written). The articles are quoted from memory: see `UNVERIFIED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.kernel.text import fold

UNVERIFIED = "Nghị định 30/2020/NĐ-CP, Điều 13, Điều 15 (ghi theo trí nhớ, chưa đối chiếu)"


class Capacity(StrEnum):
    """In whose place a signature stands."""

    HEAD = "head"  # the head of an office that one person leads
    TM = "tm"  # the head of a body, on its behalf (thay mặt)
    KT = "kt"  # a deputy in the place of the head (ký thay)
    TL = "tl"  # who leads a unit, by order of the head (thừa lệnh)
    TUQ = "tuq"  # who holds a mandate of the head, for a time (thừa ủy quyền)


# Capacities that rest on a written decision of the head; a mandate also ends on a day.
NEEDS_DECISION = frozenset({Capacity.KT, Capacity.TL, Capacity.TUQ})
NEEDS_END = frozenset({Capacity.TUQ})
TITLE_MAX, BODY_MAX, DECISION_MAX = 100, 200, 80
SYMBOL_MAX = 30
BATCH_MAX = 200
CUT_AT = 64
_SYMBOL = re.compile(r"[0-9A-ZĐa-zđ.&/-]{1,30}")


@dataclass(frozen=True)
class Given:
    """A dated decision that somebody may sign for an agency: what stands above her name, for which procedures."""

    id: str
    agency_id: int
    account_id: int
    capacity: Capacity
    body: str  # for which body the head signs ("ỦY BAN NHÂN DÂN"), "" where one person leads
    head_title: str
    own_title: str
    procedures: tuple[str, ...]  # slugs; none: all
    valid_from: date
    valid_to: date | None
    decision: str = ""

    def covers(self, agency_id: int | None, procedure: str, on: date) -> bool:
        """Whether it carries a signature for this agency, on a result of this procedure, on this day."""
        return (
            self.agency_id == agency_id
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
            and (not self.procedures or procedure in self.procedures)
        )


def capacity_lines(given: Given) -> tuple[str, ...]:
    """What stands above the signature, line by line, in capitals (NĐ 30/2020/NĐ-CP, Annex I).

    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"); a head who leads alone signs with her title only.
    """
    on_behalf = (f"TM. {given.body}",) if given.body else ()
    lines = {
        Capacity.HEAD: (given.own_title,),
        Capacity.TM: (*on_behalf, given.own_title),
        Capacity.KT: (*on_behalf, f"KT. {given.head_title}", given.own_title),
        Capacity.TL: (f"TL. {given.head_title}", given.own_title),
        Capacity.TUQ: (f"TUQ. {given.head_title}", given.own_title),
    }[given.capacity]
    return tuple(
        line.upper() if not line.startswith(("TM.", "KT.", "TL.", "TUQ.")) else _upper(line) for line in lines
    )


def _upper(line: str) -> str:
    mark, _space, words = line.partition(" ")
    return f"{mark} {words.upper()}"


def authority_for(known: Iterable[Given], *, agency_id: int | None, procedure: str, on: date) -> Given | None:
    """The decision under which she signs: one made for this procedure before one for all, the newest first."""
    fitting = [given for given in known if given.covers(agency_id, procedure, on)]
    return max(fitting, key=lambda given: (bool(given.procedures), given.valid_from, given.id), default=None)


def missing_parts(
    capacity: str, *, body: str, head_title: str, own_title: str, decision: str, ends: bool
) -> list[str]:
    """Which fields a decision of this capacity still lacks, by their names; none where it is complete."""
    if capacity not in tuple(Capacity):
        return ["capacity"]
    kind, lacks = Capacity(capacity), []
    if kind is Capacity.TM and not body:
        lacks.append("body")
    if kind in NEEDS_DECISION and not head_title:
        lacks.append("head_title")
    if not own_title:
        lacks.append("own_title")
    if kind in NEEDS_DECISION and not decision:
        lacks.append("decision")
    if kind in NEEDS_END and not ends:
        lacks.append("valid_to")
    return lacks


def same_name(certificate: str, holder: str) -> bool:
    """Whether a certificate names this person or agency: the same letters, whatever the case and the spaces.

    A name in a certificate has 64 letters at most (X.520): of a longer one its beginning.
    """
    named, held = _plain(certificate), _plain(holder)
    cut = len(held) > CUT_AT and len(named) >= CUT_AT - 1 and held.startswith(named)
    return bool(named) and (named == held or cut)


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def symbol_of(kind: str, agency: str) -> str:
    """The proposal for what stands behind the number: "GP-UBND", by the abbreviation of the paper and the agency."""
    words = agency.split()
    short = (
        "UBND"
        if fold(agency).startswith("uy ban nhan dan")
        else "".join(word[0] for word in words if word[0].isalpha())
    )
    return "-".join(part for part in (kind, short.upper()[:12]) if part)


def is_symbol(text: str) -> bool:
    """Whether this may stand behind the number of a document."""
    return bool(_SYMBOL.fullmatch(text)) and not text.startswith(("-", "/"))


def number_text(serial: int, symbol: str) -> str:
    """The number and symbol as they are written: "07/GP-UBND"; under ten with a zero before it."""
    return f"{serial:02d}/{symbol}"
