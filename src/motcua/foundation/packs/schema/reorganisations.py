"""What a reorganisation of government looks like: which agencies end on a day, and which procedures go where.

Who takes over from whom stands in `succession`; this document says what ends, and by procedure which level was
competent before the day and which is from then on.
"""

from __future__ import annotations

from motcua.foundation.packs.schema.common import ABOUT, SOURCE
from motcua.foundation.packs.schema.places import PICK
from motcua.foundation.packs.shapes import BOTH_LANGUAGES, SLUG, Day, Doubt, Many, OneOf, Record, Text

DIRECTIONS = ("down", "up", "across")
FIELD = Text(
    60, r"[a-z][a-z0-9_]*", ("tên ô khai viết như site_address", "a field is named like site_address")
)

REORGANISATION = Record(
    {
        "id": SLUG,
        "name": BOTH_LANGUAGES,
        "on": Day(),
        "ends": Many(SLUG),
        "competences": Many(
            Record(
                {"procedures": Many(SLUG, 1), "before": PICK, "direction": OneOf(DIRECTIONS)},
                {"after": PICK, "source": SOURCE, "unverified": Doubt(), "note_vi": Text()},
            )
        ),
        "places": Many(FIELD),
        "decided_by": BOTH_LANGUAGES,
    },
    ABOUT,
)
