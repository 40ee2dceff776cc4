"""Decisions of the check: what is a finding, and how sure. No Django, no table, no clock."""

from motcua.precheck.rules.asked import Compared, Item, Worst, compare, kind_of_words
from motcua.precheck.rules.days import months_asked
from motcua.precheck.rules.findings import (
    BLOCKS,
    HINT,
    KINDS,
    LIKELY,
    SEVERITIES,
    Finding,
    Kind,
    kept,
    ordered,
)
from motcua.precheck.rules.names import nearest
from motcua.precheck.rules.offices import Filed, Place, office_findings
from motcua.precheck.rules.pack import Looks, PlaceRule, Prechecks
from motcua.precheck.rules.papers import Expected, Page, Seen, between_papers, paper_findings

__all__ = [
    "BLOCKS", "HINT", "KINDS", "LIKELY", "SEVERITIES", "Compared", "Expected", "Filed", "Finding", "Item", "Kind",
    "Looks", "Page", "Place", "PlaceRule", "Prechecks", "Seen", "Worst", "between_papers", "compare", "kept",
    "kind_of_words", "months_asked", "nearest", "office_findings", "ordered", "paper_findings",
]  # fmt: skip
