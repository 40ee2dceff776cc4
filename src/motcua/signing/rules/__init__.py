"""What a signed PDF is worth: a pure answer to bytes, trust roots and revocation information. No Django, no clock."""

from motcua.signing.rules.evidence import KINDS, Evidence, Question, Root, Roots
from motcua.signing.rules.report import Finding, Report, Signature
from motcua.signing.rules.verification import questions, verify

__all__ = [
    "KINDS", "Evidence", "Finding", "Question", "Report", "Root", "Roots", "Signature", "questions", "verify",
]  # fmt: skip
