"""The one condition language of the house: small, typed, total, readable as a sentence.

    parse("child_case is abandoned or days_since(child_birth_on) > 60")

One syntax tree (`tree`) serves the visibility of fields, required papers, fees, routing and eligibility. It
can be evaluated (`.holds`), explained (`.explain`), said (`.sentence`), checked against the fields that exist
(`.problems`), stored (`.to_data`, `from_data`) and walked (`.walk`, `.terms`) by whoever wants to prove
something. It knows no variables, loops or arithmetic, and it is not to learn them: what needs a program
belongs in `rules.py`.
"""

from motcua.kernel.conditions.data import from_data
from motcua.kernel.conditions.errors import ConditionError, ConditionProblem
from motcua.kernel.conditions.evaluate import age, as_date, is_given
from motcua.kernel.conditions.explain import Explanation
from motcua.kernel.conditions.parse import parse
from motcua.kernel.conditions.problems import FieldType
from motcua.kernel.conditions.sentence import Label
from motcua.kernel.conditions.tree import (
    All,
    Always,
    Any,
    Call,
    Compare,
    Condition,
    Given,
    Name,
    Never,
    Not,
    OneOf,
    Term,
    Today,
    Value,
    all_of,
    any_of,
)

__all__ = [
    "All",
    "Always",
    "Any",
    "Call",
    "Compare",
    "Condition",
    "ConditionError",
    "ConditionProblem",
    "Explanation",
    "FieldType",
    "Given",
    "Label",
    "Name",
    "Never",
    "Not",
    "OneOf",
    "Term",
    "Today",
    "Value",
    "age",
    "all_of",
    "any_of",
    "as_date",
    "from_data",
    "is_given",
    "parse",
]
