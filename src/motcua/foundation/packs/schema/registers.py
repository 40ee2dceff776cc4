"""What the city remembers: registers with typed facts, kinds of papers, and what one life event needs together."""

from __future__ import annotations

from motcua.foundation.packs.schema.common import ABOUT, SOURCE
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    ByType,
    Doubt,
    Many,
    Maybe,
    OneOf,
    Record,
    Table,
    Text,
    Truth,
    Whole,
)
from motcua.kernel.forms import FACTS, SENSITIVITIES

FIELD_TYPES = ("text", "choice", "date", "number", "address", "personal_number")
BASES = ("consent", "law")
BUNDLE_MOST = 8  # every order of the procedures is weighed: 8! = 40,320

NAME = Text(
    60,
    r"[a-z][a-z0-9_]*",
    ("tên mục viết như new_address", "a field is written like new_address"),
)
MONTHS = Whole(1, 1200, ("số tháng từ 1 đến 1200", "a number of months from 1 to 1200"))
CONDITION = Text(300)
# The national code of a result, KQ + group of agencies + six digits.
RESULT_CODE = Text(
    20,
    r"KQ\.[A-Z][0-9]{2}\.[0-9]{6}",
    ("mã kết quả viết như KQ.G10.000207", "the code of a result is written like KQ.G10.000207"),
)

# Which result writes what: `values` from the fields of the register to questions of the declaration.
WRITTEN_BY = Record(
    {"procedure": SLUG, "values": Table(NAME, NAME, 1)},
    {
        "when": CONDITION,
        "subject": NAME,  # the question with the personal number it concerns; without it the applicant
        "valid_from": NAME,
        "valid_months": MONTHS,
        "unverified": Doubt(),
    },
)
REGISTER = Record(
    {
        "id": SLUG,
        "name": BOTH_LANGUAGES,
        "fields": Many(
            Record(
                {
                    "id": NAME,
                    "label": BOTH_LANGUAGES,
                    "type": OneOf(FIELD_TYPES),
                    "sensitivity": OneOf(SENSITIVITIES),
                },
                {"fills": OneOf(FACTS)},
            ),
            1,
            unique="id",
        ),
        "written_by": Many(WRITTEN_BY, 1),
    },
    {
        "one": Truth(),  # a later entry of the same person takes the place of the earlier one
        "ended_by": Many(SLUG),
        "source": SOURCE,
        "unverified": Doubt(),
    },
)
REGISTERS = Record({"id": SLUG, "registers": Many(REGISTER, 1, unique="id")}, ABOUT)

PAPER_KIND = Record(
    {"id": SLUG, "name": BOTH_LANGUAGES, "basis": OneOf(BASES)},
    {
        "code": Maybe(RESULT_CODE),
        "result_of": Many(SLUG),
        "asked_by": Table(SLUG, Many(SLUG, 1)),  # procedure → keys of its papers
        "register": SLUG,  # a valid entry there answers for the paper
        "person": Truth(),  # whoever is proved to be this person needs no such paper
        "held_by": Text(300),  # the state's own database, as the records of procedures name it
        "valid_months": MONTHS,
        "valid_source": SOURCE,  # the article that says so
        "basis_text": BOTH_LANGUAGES,
        "source": SOURCE,
        "unverified": Doubt(),
    },
)
PAPER_KINDS = Record(
    {"id": SLUG, "consent": BOTH_LANGUAGES, "kinds": Many(PAPER_KIND, 1, unique="id")}, ABOUT
)

BUNDLE = Record(
    {"id": SLUG, "name": BOTH_LANGUAGES, "procedures": Many(SLUG, 1)},
    {
        "answers": Table(SLUG, Table(NAME, ByType(Many(SLUG), Text(60)))),
        "life_event": SLUG,
        "fresh": Many(SLUG),
        "unverified": Doubt(),
    },
)
PERSON = Record(
    {"id": SLUG, "name": BOTH_LANGUAGES, "holds": Many(SLUG)},
    {"unverified": Doubt()},
)
BUNDLES = Record(
    {"id": SLUG, "bundles": Many(BUNDLE, 1, unique="id"), "persons": Many(PERSON, 1, unique="id")}, ABOUT
)
