"""What declarations, calendars, office hours, letters, reasons and synonyms look like.

The questions of a declaration are judged by `kernel.forms`, which knows them best; here stands only their frame.
"""

from __future__ import annotations

from motcua.foundation.packs.schema.common import ABOUT
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    Anything,
    Day,
    Doubt,
    Many,
    Maybe,
    OneOf,
    Record,
    Table,
    Text,
    Whole,
)

DECLARATION = Record(
    {"id": SLUG, "title": BOTH_LANGUAGES, "sections": Many(Anything(), 1)},
    {**ABOUT, "papers": Many(Anything()), "fees": Many(Anything())},
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STATUS = OneOf(("confirmed", "estimated", "needs_confirmation"))
_DAY_MORE = {
    "weekday_vi": Text(20),
    "name_vi": Text(100),
    "name_en": Text(100),
    "kind": OneOf(("statutory", "compensatory", "swapped_day_off", "swapped_working_day")),
    "status": _STATUS,
    "source": Text(),
    "basis": Text(),
    "in_lieu_of": Day(),
    "note": Text(),
    "note_en": Text(),
    "unverified": Doubt(),
}
_YEAR = Record(
    {
        "year": Whole(2000, 2100, ("năm viết bằng bốn chữ số", "a year is four digits")),
        "days_off": Many(Record({"date": Day(), "status": _STATUS}, _DAY_MORE), unique="date"),
    },
    {"status": _STATUS, "notice": Text(), "note": Text(), "unverified": Doubt()},
)
CALENDAR = Record(
    {
        "id": SLUG,
        "holidays": Record(
            {"meta": Table(Text(40), Anything()), "years": Many(_YEAR, 1)},
            {
                "working_days_swapped": Many(
                    Record({"date": Day(), "in_lieu_of": Day()}, _DAY_MORE), unique="date"
                )
            },
        ),
    },
    {**ABOUT, "name": BOTH_LANGUAGES},
)

_TIME = Text(
    5, r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", ('giờ viết như "07:30"', 'an hour is written like "07:30"')
)
HOURS = Record(
    {"id": SLUG, "sessions": Table(OneOf(WEEKDAYS), Many(Many(_TIME, 2)), 1)},
    {**ABOUT, "name": BOTH_LANGUAGES, "source": Text()},
)

_LETTER_FIELD = Text(
    60, r"[a-z_]+(?:\.[a-z_]+)*", ("tên mục viết như dossier.code", "a field is written like dossier.code")
)
_LABELLED = Record({"field": _LETTER_FIELD, "label": BOTH_LANGUAGES})
LETTER = Record(
    {
        "id": SLUG,
        "form_no": Maybe(Text(10)),
        "title": BOTH_LANGUAGES,
        "basis": Text(),
        "paper": OneOf(("A4", "A5")),
        "intro": BOTH_LANGUAGES,
        "rows": Many(_LABELLED, 1, unique="field"),
        "closing": BOTH_LANGUAGES,
        "signatures": Many(Record({"role": Text(40), "label": BOTH_LANGUAGES}), 1),
    },
    {
        **ABOUT,
        "issuer": OneOf(("one-stop", "competent")),  # whose heading it bears; the one-stop's when not said
        "table": Record(
            {"source": Text(40), "title": BOTH_LANGUAGES, "columns": Many(_LABELLED, 1, unique="field")}
        ),
    },
)
_REASON = Record({"key": SLUG, "text": BOTH_LANGUAGES}, {"paper": Maybe(Text(100)), "unverified": Doubt()})
REASONS = Record(
    {"id": SLUG, "procedure": Maybe(SLUG)},
    {kind: Many(_REASON, unique="key") for kind in ("supplement", "refusal", "stop")} | ABOUT,
)

_SAY = Many(Text(200), 1)
SYNONYMS = Record(
    {"id": SLUG},
    {
        "words": Many(Record({"say": _SAY, "procedures": Many(SLUG, 1)})),
        "terms": Many(Record({"say": _SAY, "means": Text(200)})),
        "life_events": Many(
            Record({"id": SLUG, "title": BOTH_LANGUAGES, "procedures": Many(SLUG, 1)}, {"say": _SAY}),
            unique="id",
        ),
        **ABOUT,
    },
)
