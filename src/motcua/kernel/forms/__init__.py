"""Electronic declarations: their shape, who is asked what, reading posts, checking, showing, sealing.

Everything happens on the server and is a pure function of the declaration, the answers and the day, so that
page, API, print and simulator agree. Answers are one flat JSON-able dictionary by field id: dates as ISO
texts, numbers as numbers, addresses as `{commune_code, detail}`, rows as a list of objects.
"""

from motcua.kernel.forms.asking import Asking
from motcua.kernel.forms.build import declaration_from_data
from motcua.kernel.forms.check import check, limit_value, section_state
from motcua.kernel.forms.clean import clean
from motcua.kernel.forms.faults import Fault, Faults, FormProblem
from motcua.kernel.forms.generic import generic_declaration
from motcua.kernel.forms.papers import PaperNeed, paper_key, required_papers
from motcua.kernel.forms.parts import FACTS, is_open, merge, prefill, split
from motcua.kernel.forms.pieces import CONTEXT, check_fees, check_papers
from motcua.kernel.forms.problems import FieldProblem, problem_text
from motcua.kernel.forms.settling import bare, settle
from motcua.kernel.forms.shape import (
    COLUMN_TYPES,
    ELSEWHERE,
    LENGTHS,
    ROWS_MAX,
    SENSITIVITIES,
    TYPES,
    Declaration,
    Field,
    Option,
    Section,
)
from motcua.kernel.forms.show import ShownField, ShownSection, say, shown, shown_sections
from motcua.kernel.forms.visibility import (
    asked_answers,
    is_required,
    known_values,
    visible,
    visible_sections,
)

__all__ = [
    "Asking",
    "COLUMN_TYPES",
    "CONTEXT",
    "ELSEWHERE",
    "FACTS",
    "LENGTHS",
    "ROWS_MAX",
    "SENSITIVITIES",
    "TYPES",
    "Declaration",
    "Fault",
    "Faults",
    "Field",
    "FieldProblem",
    "FormProblem",
    "Option",
    "PaperNeed",
    "Section",
    "ShownField",
    "ShownSection",
    "asked_answers",
    "bare",
    "check",
    "check_fees",
    "check_papers",
    "clean",
    "declaration_from_data",
    "generic_declaration",
    "is_open",
    "is_required",
    "known_values",
    "limit_value",
    "merge",
    "paper_key",
    "prefill",
    "problem_text",
    "required_papers",
    "say",
    "section_state",
    "settle",
    "shown",
    "shown_sections",
    "split",
    "visible",
    "visible_sections",
]
