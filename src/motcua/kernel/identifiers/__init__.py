"""Identifiers: what we make (public ids, references, dossier codes) and what we check (numbers of persons and
firms).
"""

from motcua.kernel.identifiers.card import CardData, CardProblem, parse_card_qr
from motcua.kernel.identifiers.codes import (
    DossierCode,
    agency_code_problem,
    agency_code_style,
    dossier_code,
    parse_dossier_code,
)
from motcua.kernel.identifiers.personal import (
    PersonalNumberFacts,
    bare_digits,
    normal_phone,
    normal_tax_code,
    personal_number_facts,
    personal_number_problem,
    phone_problem,
    tax_code_problem,
)
from motcua.kernel.identifiers.provinces import PROVINCES
from motcua.kernel.identifiers.references import parse_tracking, public_id, tracking_reference
from motcua.kernel.identifiers.words import WORDS, problem_sentence

__all__ = [
    "PROVINCES",
    "WORDS",
    "CardData",
    "CardProblem",
    "DossierCode",
    "PersonalNumberFacts",
    "agency_code_problem",
    "agency_code_style",
    "bare_digits",
    "dossier_code",
    "normal_phone",
    "normal_tax_code",
    "parse_card_qr",
    "parse_dossier_code",
    "parse_tracking",
    "personal_number_facts",
    "personal_number_problem",
    "phone_problem",
    "problem_sentence",
    "public_id",
    "tax_code_problem",
    "tracking_reference",
]
