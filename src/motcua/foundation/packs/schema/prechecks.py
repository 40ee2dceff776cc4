"""What is looked over before a dossier is handed in: whose place decides the office, what stands on which paper."""

from __future__ import annotations

from motcua.foundation.packs.schema.common import ABOUT, SOURCE
from motcua.foundation.packs.schema.registers import CONDITION, NAME
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    Doubt,
    Many,
    Record,
    Table,
    Text,
    Truth,
)

# The agency that decides is the one of any of these declared places; of several rows the first whose `when` holds.
PLACE = Record(
    {"procedure": SLUG, "fields": Many(NAME, 1), "words": BOTH_LANGUAGES, "source": SOURCE},
    {"when": CONDITION, "unverified": Doubt()},
)
PAPER = Record(
    {"id": SLUG, "asked_by": Table(SLUG, Many(SLUG, 1), 1)},  # procedure → keys of its papers
    {
        "titles": Many(Text(120), 1),  # what stands on top of such a paper, without case or marks
        "shows": Many(NAME, 1),  # questions whose answers stand on it too
        "shows_when": CONDITION,  # without it always
        "any_age": Truth(),  # handed in because it is old: it may have lost its validity
        "drawn": Truth(),  # a drawing or a picture: its words say little about how well it can be read
        "unverified": Doubt(),
    },
)
PRECHECKS = Record(
    {
        "id": SLUG,
        "places": Many(PLACE),
        "papers": Many(PAPER, 1, unique="id"),
        "valid_until": Many(Text(60), 1),
        "issued": Many(Text(60), 1),
    },
    ABOUT,
)
