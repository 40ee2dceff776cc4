"""What a procedure's pinned document says, as typed parts and answers to plain questions. No Django, no clock."""

from motcua.catalogue.rules.bundle import Bundle, Part
from motcua.catalogue.rules.changes import Change, changes
from motcua.catalogue.rules.parts import (
    Basis,
    Door,
    Fee,
    LawNote,
    Owner,
    Paper,
    Reason,
    Step,
    both,
    is_declaration_form,
)
from motcua.catalogue.rules.telling import Told, told
from motcua.catalogue.rules.view import COVERAGES, FULL, GENERIC, LISTED, ProcedureView, coverage_of

__all__ = [
    "COVERAGES",
    "FULL",
    "GENERIC",
    "LISTED",
    "Basis",
    "Change",
    "Bundle",
    "Door",
    "Fee",
    "LawNote",
    "Owner",
    "Paper",
    "Part",
    "ProcedureView",
    "Reason",
    "Step",
    "Told",
    "both",
    "changes",
    "coverage_of",
    "is_declaration_form",
    "told",
]
