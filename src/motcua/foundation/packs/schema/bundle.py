"""What an interlinked procedure looks like: which agencies work on one dossier, in which role, by when, with what.

NĐ 61/2018/NĐ-CP art. 19(6)-(7): filed electronically it goes to all agencies at once, each with its role (chủ trì, phối
hợp) and its own limit; on paper one lead agency sends it on.
"""

from __future__ import annotations

from motcua.foundation.packs.problems import Place
from motcua.foundation.packs.schema.common import KEY, MAYBE_DAY, SOURCE
from motcua.foundation.packs.schema.places import PICK
from motcua.foundation.packs.shapes import (
    SLUG,
    And,
    Doubt,
    Findings,
    Many,
    Maybe,
    OneOf,
    Record,
    Shape,
    Text,
    Truth,
)

ROLES = ("lead", "cooperating")
FIELD = Text(
    60, r"[a-z][a-z0-9_]*", ("tên một câu hỏi của tờ khai", "the name of a question of the declaration")
)


def bundle(limit: Shape, condition: Shape) -> Shape:
    """The shape of `bundle`; how a limit and a condition are written is the procedure's own way."""
    task = Record(
        {
            "key": KEY,
            "role": OneOf(ROLES),
            "name_vi": Text(300),
            "name_en": Text(300),
            "limit": limit,
            "source": SOURCE,
        },
        {
            "agency": PICK,
            "place": FIELD,
            "after": Many(SLUG),
            "when": condition,
            "procedure": SLUG,
            "step": SLUG,
            "sections": Many(Text(60), 1),
            "papers": Many(Text(100)),
            "holds": Truth(),
            "result_vi": Text(300),
            "result_en": Text(300),
            "unverified": Doubt(),
        },
    )
    whole = Record(
        {"from": MAYBE_DAY, "source": SOURCE, "tasks": Many(task, 2, unique="key")},
        {"unverified": Doubt(), "notes": Maybe(Text())},
    )
    return And(whole, _together)


def _together(body: dict, place: Place, findings: Findings) -> None:
    """One leads, the others have an agency; what comes after another stands after it, so that none waits for itself."""
    tasks = body["tasks"]
    leads = [task for task in tasks if task["role"] == "lead"]
    if len(leads) > 1:
        allowed = ("chỉ một cơ quan chủ trì", "one agency leads")
        findings.wrong((*place, "tasks"), len(leads), allowed)
    earlier: set[str] = set()
    for number, task in enumerate(tasks):
        here = (*place, "tasks", number)
        if task["role"] == "cooperating" and "agency" not in task:
            vi, en = "cơ quan phối hợp phải ghi “agency”.", "a cooperating agency is named under “agency”."
            findings.add((*here, "agency"), "missing", vi, en)
        for at, name in enumerate(task.get("after") or ()):
            if name not in earlier:
                allowed = (
                    "việc phải xong trước đứng trước trong danh sách này",
                    "what comes first stands before it",
                )
                findings.wrong((*here, "after", at), name, allowed)
        earlier.add(task["key"])
