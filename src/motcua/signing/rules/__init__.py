"""What a signed file (PDF, or data as JWS) is worth: a pure answer to bytes, trust roots and revocation information. No
Django, no clock."""

from motcua.signing.rules.attached import attached_record
from motcua.signing.rules.before import (
    objection,
    questions_about,
    stamp_request,
    stamp_told,
    stamping_certificates,
    trial_request,
)
from motcua.signing.rules.evidence import KINDS, Evidence, Question, Root, Roots
from motcua.signing.rules.jws import NotSigned, data_questions, looks_signed, payload_of, verify_data
from motcua.signing.rules.report import Finding, Report, Signature
from motcua.signing.rules.verification import questions, verify

__all__ = [
    "KINDS", "Evidence", "Finding", "NotSigned", "Question", "Report", "Root", "Roots", "Signature",
    "attached_record", "data_questions", "looks_signed", "objection", "payload_of", "questions", "questions_about",
    "stamp_request", "stamp_told", "stamping_certificates", "trial_request", "verify", "verify_data",
]  # fmt: skip
