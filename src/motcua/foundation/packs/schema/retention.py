"""How long dossiers are kept: schedules by procedure or sector, each with dated, sourced years."""

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
    Maybe,
    Record,
    Table,
    Text,
    Truth,
    Whole,
)

_YEARS = Whole(1, 100, ("số năm từ 1 đến 100", "a number of years from 1 to 100"))
# No years and not for ever: nobody has said how long, so that nothing is destroyed by it.
_KEPT = Record({"years": Maybe(_YEARS), "source": Text(600)}, {"for_ever": Truth(), "unverified": Doubt()})
_SCHEDULE = Record(
    {"key": SLUG, "name": BOTH_LANGUAGES, "keep": Table(Day(), _KEPT, 1)},
    {"sectors": Many(Text(200), 1), "procedures": Many(SLUG, 1), "never_received": Truth()},
)


def _one_for_the_rest(body: dict[str, Any], place: Place, findings: Findings) -> None:
    """The last schedule names nothing and holds for whatever the others do not name; no other does."""
    rest = [
        not any(name in row for name in ("sectors", "procedures", "never_received"))
        for row in body["schedules"]
    ]
    if rest.count(True) != 1 or not rest[-1]:
        allowed = (
            "đúng một nhóm cuối cùng không nêu lĩnh vực, thủ tục: nhóm cho phần còn lại",
            "exactly the last schedule names no sector and no procedure: it holds for the rest",
        )
        findings.wrong((*place, "schedules"), len(rest), allowed)


RETENTION = And(
    Record({"id": SLUG, "schedules": Many(_SCHEDULE, 1, unique="key")}, dict(ABOUT)), _one_for_the_rest
)
