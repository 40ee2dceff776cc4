"""Pieces that several kinds of documents share."""

from __future__ import annotations

from motcua.foundation.packs.shapes import (
    SLUG,
    ByType,
    Day,
    Doubt,
    Many,
    Maybe,
    OneOf,
    Record,
    Text,
    Truth,
    Whole,
)

# Whatever a document says about itself: where it is from, what is in doubt, which document it lies over.
ABOUT = {
    "overrides": Text(
        200,
        r"[a-z0-9-]+/[a-z-]+/[a-z0-9-]+",
        (
            "ghi như national/procedures/birth-registration",
            "this is written like national/procedures/birth-registration",
        ),
    ),
    "sources": Many(Text()),
    "unverified": Doubt(),
    "notes": Maybe(Text()),
}

LEVELS = ("commune", "province", "both", "district-before-2025", "ministry", "other")
CHANNELS = ("in_person", "online", "post", "phone")
DOORS = ("local_portal", "national_portal", "counter")
NOTE_KINDS = ("changed", "suspended", "expiring", "replaced")
FEE_PURPOSES = ("appraisal",)  # phí thẩm định: what councils usually leave out of a waiver

SOURCE = Maybe(Text(600))
MAYBE_DAY = Maybe(Day())
MONEY = Maybe(
    Whole(0, 10**12, ("số tiền là số đồng nguyên, từ 0 trở lên", "an amount is whole đồng, 0 or more"))
)
CODE = Text(
    20,
    r"[0-9]\.[0-9]{6}",
    ("mã thủ tục viết như 1.001193", "a procedure code is written like 1.001193"),
)
DAYS = Maybe(Whole(1, 3650, ("số ngày từ 1 trở lên", "a number of days is 1 or more")))


def dated(shape):
    """One value, or a list of `{from, value, source}` for a rule that changed."""
    row = Record({"from": MAYBE_DAY, "value": shape}, {"source": SOURCE, "unverified": Doubt()})
    return ByType(Many(row, 1), shape)


CLOCK = Record(
    {},
    {
        "on_supplement": dated(OneOf(("restart", "pause"))),
        "on_payment": dated(OneOf(("pause", "run"))),
        "supplement_wait_days": dated(DAYS),
        "extensions_max": dated(
            Whole(0, 10, ("số lần gia hạn từ 0 đến 10", "the number of extensions is 0 to 10"))
        ),
        "source": SOURCE,
        "unverified": Doubt(),
    },
)

DOOR_BASE = {
    "door": OneOf(DOORS),
    "from": MAYBE_DAY,
    "to": MAYBE_DAY,
    "note_vi": Text(),
    "source": SOURCE,
}
DOOR_MORE = {"note_en": Text(), "trial": Truth(), "unverified": Doubt()}

NOTE_BASE = {
    "kind": OneOf(NOTE_KINDS),
    "from": MAYBE_DAY,
    "to": MAYBE_DAY,
    "text_vi": Text(),
    "text_en": Text(),
    "source": SOURCE,
}
NOTE_MORE = {"replaces": CODE, "unverified": Doubt()}

KEY = SLUG
