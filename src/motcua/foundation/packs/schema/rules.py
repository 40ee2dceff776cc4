"""What packs, sectors, owning systems, doors, law notes and dated values look like."""

from __future__ import annotations

from typing import Any

from motcua.foundation.packs.problems import Place
from motcua.foundation.packs.schema.common import (
    ABOUT,
    CHANNELS,
    CLOCK,
    DOOR_BASE,
    DOOR_MORE,
    FEE_PURPOSES,
    MAYBE_DAY,
    NOTE_BASE,
    NOTE_MORE,
    SOURCE,
)
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    And,
    Anything,
    Day,
    Doubt,
    Findings,
    Many,
    Maybe,
    Number,
    OneOf,
    Record,
    Shape,
    Table,
    Text,
    Truth,
    Whole,
)

PACK = Record(
    {
        "id": SLUG,
        "name": BOTH_LANGUAGES,
        "kind": OneOf(("national", "province", "area")),
        "over": Maybe(SLUG),
    },
    {
        **ABOUT,
        "province": Text(2, r"[0-9]{2}", ("mã tỉnh gồm hai chữ số", "a province code is two digits")),
        "trial": Truth(),
        "trial_note": BOTH_LANGUAGES,
        "calendar": SLUG,
        "hours": SLUG,
    },
)

SECTORS = Record(
    {
        "id": SLUG,
        "sectors": Many(
            Record(
                {"key": SLUG, "name_vi": Text(300), "name_en": Maybe(Text(300))},
                {"issuing_bodies": Many(Text(200)), "procedures_in_catalogue": Whole(), "remove": Truth()},
            ),
            1,
            unique="key",
        ),
    },
    {**ABOUT, "snapshot": Day()},
)

SYSTEM = Record(
    {"id": SLUG, "name_vi": Text(300), "name_en": Text(300), "issues_result": Truth(), "source": SOURCE},
    {**ABOUT, "note_vi": Text(), "note_en": Text()},
)

DEFAULTS = Record({"id": SLUG}, {**ABOUT, "clock": CLOCK})


def _span(body: dict, place: Place, findings: Findings) -> None:
    start, end = body.get("from"), body.get("to")
    if start is not None and end is not None and start > end:
        allowed = (f"ngày kết thúc không được trước {start}", f"the last day is not before {start}")
        findings.wrong((*place, "to"), end, allowed)


DOOR = And(
    Record(
        {"id": SLUG, **DOOR_BASE},
        {
            **ABOUT,
            **DOOR_MORE,
            "channels": Many(OneOf(CHANNELS), 1),
            "procedures": Many(SLUG, 1),
            "except": Many(SLUG, 1),
        },
    ),
    _span,
)

LAW_NOTE = And(
    Record(
        {"id": SLUG, **NOTE_BASE},
        {**ABOUT, **NOTE_MORE, "procedures": Many(SLUG, 1), "sectors": Many(Text(300), 1)},
    ),
    _span,
)

_COUNT = Whole(0, 10**9, ("giá trị này là số nguyên từ 0 trở lên", "this value is a whole number, 0 or more"))
_HOUR = Text(
    5, r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", ("giờ viết như '15:00'", "an hour is written like '15:00'")
)
# What a dated value counts, and the shape that follows from it.
VALUE_UNITS: dict[str, Shape] = {
    "working_days": _COUNT,
    "days": _COUNT,
    "working_hours": _COUNT,
    "minutes": _COUNT,
    "months": _COUNT,
    "times": _COUNT,
    "points": _COUNT,
    "digits": _COUNT,
    "characters": _COUNT,
    "dong": _COUNT,
    "day_of_month": Whole(1, 31, ("ngày trong tháng từ 1 đến 31", "a day of the month is 1 to 31")),
    "ratio": Number(0, 1, ("tỷ lệ từ 0 đến 1", "a ratio is 0 to 1")),
    "time": _HOUR,
    "yes_no": Truth(),
    "choice": Text(60),
    "text": Text(1000),
}


# What a yes-or-no value does to fees while it is "yes": the reduction that a council or the government decided.
FEE_RULE = Record(
    {
        "percent": Maybe(
            Whole(1, 100, ("phần được giảm từ 1 đến 100 phần trăm", "a reduction is 1 to 100 percent"))
        )
    },
    {
        "channel": OneOf(CHANNELS),
        "set_by": OneOf(("council", "ministry")),
        "money": OneOf(("fee", "duty")),
        "entitlement": SLUG,
        "except_purposes": Many(OneOf(FEE_PURPOSES), 1),
        "procedures": Many(SLUG, 1),
    },
)


class DatedValues:
    """`values: {2025-07-01: {value, source}}`, each value fitting the unit, the dates going up."""

    def __init__(self, shape: Shape) -> None:
        row = Record({"value": Maybe(shape), "source": Text(600)}, {"to": MAYBE_DAY, "unverified": Doubt()})
        self.table = Table(Day(), row, 1)

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        self.table.check(value, place, findings)
        days = list(value) if isinstance(value, dict) else []
        for before, after in zip(days, days[1:], strict=False):
            if after <= before:
                allowed = (
                    f"ngày phải sau {before}, vì các ngày đi lên",
                    f"dates go up: this comes after {before}",
                )
                findings.wrong((*place, after), after, allowed)


class Value:
    """A dated value: which shape its values have follows from its unit."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        unit = value.get("unit") if isinstance(value, dict) else None
        shape: Shape = VALUE_UNITS.get(str(unit), Anything())
        allowed = value.get("allowed") if isinstance(value, dict) else None
        if unit == "choice" and isinstance(allowed, list) and all(isinstance(word, str) for word in allowed):
            shape = OneOf(tuple(allowed))
        Record(
            {
                "id": SLUG,
                "meaning_vi": Text(),
                "meaning_en": Text(),
                "unit": OneOf(tuple(VALUE_UNITS)),
                "values": DatedValues(shape),
            },
            {**ABOUT, "allowed": Many(Text(60), 1), **({"fee_rule": FEE_RULE} if unit == "yes_no" else {})},
        ).check(value, place, findings)


VALUE = Value()
