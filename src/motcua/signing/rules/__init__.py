"""What a signed PDF is worth: a pure answer to bytes, trust roots and revocation information. No Django, no clock."""

from motcua.signing.rules.before import objection, questions_about, stamping_certificates, trial_request
from motcua.signing.rules.evidence import KINDS, Evidence, Question, Root, Roots
from motcua.signing.rules.report import Finding, Report, Signature
from motcua.signing.rules.verification import questions, verify

__all__ = [
    "KINDS", "Evidence", "Finding", "Question", "Report", "Root", "Roots", "Signature", "objection",
    "questions", "questions_about", "stamping_certificates", "trial_request", "verify",
]  # fmt: skip
