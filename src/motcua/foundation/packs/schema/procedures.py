"""What a procedure looks like."""

from __future__ import annotations

from typing import Any

from motcua.foundation.packs.problems import Place
from motcua.foundation.packs.schema.bundle import bundle
from motcua.foundation.packs.schema.common import (
    ABOUT,
    CHANNELS,
    CLOCK,
    CODE,
    DOOR_BASE,
    DOOR_MORE,
    FEE_PURPOSES,
    KEY,
    LEVELS,
    MONEY,
    NOTE_BASE,
    NOTE_MORE,
    SOURCE,
)
from motcua.foundation.packs.shapes import (
    SLUG,
    And,
    Doubt,
    Findings,
    Many,
    Maybe,
    Number,
    OneOf,
    Record,
    Text,
    Truth,
    Whole,
)

UNITS = ("working_days", "calendar_days", "working_hours", "months", "same_day")
APPLICANTS = (
    "cong_dan_viet_nam",
    "nguoi_viet_nam_dinh_cu_o_nuoc_ngoai",
    "nguoi_nuoc_ngoai",
    "doanh_nghiep",
    "to_chuc",
    "ho_kinh_doanh",
    "hop_tac_xa",
)
PAPER_TYPES = ("original", "certified_copy", "copy", "present_only", "electronic")
STAGES = ("applicant", "reception", "processing", "signing", "external")
RESULT_TYPES = (
    "account",
    "admission",
    "card",
    "certificate",
    "certified_copy",
    "certified_document",
    "contract",
    "data_update",
    "decision",
    "document",
    "extract",
    "licence",
    "minutes",
    "notice",
    "payment",
)
PER = ("dossier", "copy", "page", "item")
SNAKE = Text(
    60, r"[a-z][a-z0-9_]*", ("viết chữ thường, nối bằng gạch dưới", "this is lower case with underscores")
)


def _limit_value(unit: Any) -> Whole:
    names = {"months": ("số tháng", "a number of months"), "working_hours": ("số giờ", "a number of hours")}
    vi, en = names.get(str(unit), ("số ngày", "a number of days"))
    return Whole(1, 3650, (f"{vi} phải từ 1 trở lên (hoặc null)", f"{en} is 1 or more (or null)"))


class TimeLimit:
    """`{value, unit, notes}`: what the value counts depends on the unit."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        unit = value.get("unit") if isinstance(value, dict) else None
        shape = Record(
            {"value": Maybe(_limit_value(unit)), "unit": OneOf(UNITS)},
            {"notes": Maybe(Text()), "unverified": Doubt()},
        )
        shape.check(value, place, findings)


CONDITION = Text(4000, allowed=("đây phải là một điều kiện", "this is a condition"))

FEE = Record(
    {
        "key": KEY,
        "money": OneOf(("fee", "duty")),
        "amount_vnd": MONEY,
        "online_amount": MONEY,
        "per": OneOf(PER),
        "set_by": Maybe(OneOf(("council", "ministry"))),
        "condition": Maybe(Text()),
        "source": SOURCE,
    },
    {
        "when": CONDITION,
        "purpose": OneOf(FEE_PURPOSES),
        "count": SNAKE,
        "max_vnd": MONEY,
        "tiers": Many(Record({"from_unit": Whole(2), "amount_vnd": MONEY}), 1),
        "name_vi": Text(300),
        "name_en": Text(300),
        "unverified": Doubt(),
        "remove": Truth(),
    },
)

PAPER = Record(
    {
        "key": KEY,
        "name_vi": Text(600),
        "type": OneOf(PAPER_TYPES),
        "quantity": Whole(1, 50, ("số lượng từ 1 đến 50", "a quantity is 1 to 50")),
    },
    {
        "condition": Maybe(Text()),
        "form_code": Maybe(Text(300)),
        "reusable_from": Maybe(Text(300)),
        "name_en": Text(600),
        "when": CONDITION,
        "required": Truth(),
        "max_mb": Whole(1, 200, ("dung lượng từ 1 đến 200 MB", "a size is 1 to 200 MB")),
        "accept": Many(Text(20), 1),
        "source": SOURCE,
        "unverified": Doubt(),
        "remove": Truth(),
    },
)

STEP = Record(
    {
        "key": KEY,
        "order": Whole(1, 100, ("thứ tự từ 1 trở lên", "an order is 1 or more")),
        "stage": OneOf(STAGES),
        "role": SNAKE,
        "action_vi": Text(1000),
        "time_share": Number(0, 1, ("phần thời gian từ 0 đến 1", "a share of time is 0 to 1")),
    },
    {"action_en": Text(1000), "optional": Truth(), "unverified": Doubt(), "remove": Truth()},
)

OWNER = Record(
    {"system": SLUG},
    {
        "name_vi": Text(300),
        "name_en": Text(300),
        "issues_result": Truth(),
        "source": SOURCE,
        "unverified": Doubt(),
        "note_vi": Text(),
        "note_en": Text(),
    },
)

# What the version says of dossiers received under an earlier one: they stay with theirs, or an officer may bring them
# over. The clause is law of its own, so it names its source.
TRANSITION = Record(
    {"running": OneOf(("stay", "may_move")), "source": SOURCE},
    {"note_vi": Text(), "note_en": Text(), "unverified": Doubt()},
)

_SHAPE = Record(
    {
        "id": SLUG,
        "code": Maybe(CODE),
        "slug": SLUG,
        "name_vi": Text(1000),
        "short_name_vi": Text(300),
        "name_en": Text(300),
        "field_vi": Text(300),
        "level": OneOf(LEVELS),
        "status": OneOf(("active", "historical")),
        "responsible_agency_type": Text(300),
        "applicants": Many(OneOf(APPLICANTS), 1),
        "channels": Many(OneOf(CHANNELS), 1),
        "online_level": OneOf(("full", "partial", "none")),
        "owner": OWNER,
        "time_limit": TimeLimit(),
        "fees": Many(FEE, unique="key"),
        "required_documents": Many(PAPER, unique="key"),
        "steps": Many(STEP, 1, unique="key"),
        "result": Record({"name_vi": Text(500), "type": OneOf(RESULT_TYPES)}, {"name_en": Text(500)}),
        "legal_basis": Many(Text(100)),
        "sources": Many(Text(), 1),
        "unverified": Many(Text()),
    },
    {
        "declaration": SLUG,
        "bundle": bundle(TimeLimit(), CONDITION),
        "clock": CLOCK,
        "transition": TRANSITION,
        "doors": Many(Record(DOOR_BASE, DOOR_MORE)),
        "law_notes": Many(Record(NOTE_BASE, NOTE_MORE)),
        "common_mistakes": Many(Text()),
        "publishing_decision": Text(100),
        "related_codes": Many(CODE),
        "notes": Maybe(Text()),
        "overrides": ABOUT["overrides"],
    },
)


def _together(body: dict, place: Place, findings: Findings) -> None:
    """What must fit together within one procedure."""
    if body.get("slug") is not None and body.get("id") is not None and body["slug"] != body["id"]:
        allowed = (f"slug phải trùng với id “{body['id']}”", f"the slug equals the id “{body['id']}”")
        findings.wrong((*place, "slug"), body["slug"], allowed)
    if findings.partial:
        return
    orders = [step["order"] for step in body["steps"]]
    if orders != sorted(set(orders)):
        allowed = ("thứ tự các bước phải tăng dần", "the order of steps goes up")
        findings.wrong((*place, "steps"), ", ".join(map(str, orders)), allowed)
    total = sum(step["time_share"] for step in body["steps"])
    if abs(total - 1) > 1e-6:
        allowed = ("tổng time_share của các bước phải bằng 1", "the time_share of all steps adds up to 1")
        findings.wrong((*place, "steps"), round(total, 6), allowed)
    at_the_desk = [step for step in body["steps"] if step["stage"] in ("processing", "external", "signing")]
    if at_the_desk and (at_the_desk[0].get("optional") or at_the_desk[-1].get("optional")):
        allowed = (
            "bước xử lý đầu tiên và bước cuối cùng là bước mọi hồ sơ đều qua, không ghi optional",
            "the first and the last step of the work are gone through by every dossier, never optional",
        )
        findings.wrong((*place, "steps"), "optional: true", allowed)


PROCEDURE = And(_SHAPE, _together)
