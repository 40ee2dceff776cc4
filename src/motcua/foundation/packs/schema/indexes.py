"""What an index looks like: dated editions of groups of components, each with its points and the share that earns
them."""

from __future__ import annotations

from typing import Any

from motcua.foundation.packs.problems import Place
from motcua.foundation.packs.schema.common import ABOUT
from motcua.foundation.packs.shapes import (
    BOTH_LANGUAGES,
    SLUG,
    And,
    Day,
    Doubt,
    Findings,
    Many,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)

_POINTS = Whole(1, 100, ("số điểm từ 1 đến 100", "points are 1 to 100"))
_FULL_AT = Number(
    0.01, 1, ("tỷ lệ đạt điểm tối đa từ 0,01 đến 1", "the share that earns all points is 0.01 to 1")
)

COMPONENT = Record(
    {"key": SLUG, "points": _POINTS, "meaning": BOTH_LANGUAGES},
    {
        "code": Text(60),
        "full_at": _FULL_AT,  # 1 when it is not said: the points are multiplied by the share
        "when_none": OneOf(("zero", "full")),  # what an empty denominator earns; zero when it is not said
        "measured": SLUG,  # the name of our measure; without it the platform has no data
        "note": BOTH_LANGUAGES,
        "unverified": Doubt(),
    },
)

GROUP = Record(
    {"key": SLUG, "name": BOTH_LANGUAGES, "points": _POINTS, "components": Many(COMPONENT, 1, unique="key")},
    {
        # another formula of the same group, shown beside it and never added up
        "beside": Many(COMPONENT, 1, unique="key"),
    },
)


def _sums(body: dict, place: Place, findings: Findings) -> None:
    for number, edition in enumerate(body["editions"]):
        for row, group in enumerate(edition["groups"]):
            found = sum(part["points"] for part in group["components"])
            if found != group["points"]:
                allowed = (
                    f"điểm của nhóm bằng tổng điểm các thành phần ({found})",
                    f"a group has the points of its components ({found})",
                )
                findings.wrong(
                    (*place, "editions", number, "groups", row, "points"), group["points"], allowed
                )


def _ordered(body: dict[str, Any], place: Place, findings: Findings) -> None:
    days = [str(edition["from"]) for edition in body["editions"]]
    for number, (former, later) in enumerate(zip(days, days[1:], strict=False), 1):
        if later <= former:
            allowed = (f"ngày phải sau {former}", f"dates go up: this comes after {former}")
            findings.wrong((*place, "editions", number, "from"), later, allowed)
    _sums(body, place, findings)


INDEX = And(
    Record(
        {
            "id": SLUG,
            "name": BOTH_LANGUAGES,
            "editions": Many(
                Record(
                    {
                        "from": Day(),
                        "name": BOTH_LANGUAGES,
                        "source": Text(600),
                        "groups": Many(GROUP, 1, unique="key"),
                    },
                    {"unverified": Doubt()},
                ),
                1,
            ),
        },
        {**ABOUT, "law": Text(300)},
    ),
    _ordered,
)
