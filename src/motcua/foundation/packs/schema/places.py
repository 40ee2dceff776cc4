"""What agencies, areas, their succession and the way to the competent agency look like."""

from __future__ import annotations

from typing import Any

from motcua.foundation.packs.problems import Place
from motcua.foundation.packs.schema.common import ABOUT, LEVELS, MAYBE_DAY
from motcua.foundation.packs.shapes import (
    SLUG,
    And,
    Day,
    Doubt,
    Findings,
    Many,
    Maybe,
    OneOf,
    Record,
    Table,
    Text,
    Truth,
)
from motcua.kernel.identifiers import agency_code_problem

AGENCY_KINDS = (
    "ministry",
    "province",
    "department",
    "district",
    "commune",
    "centre",
    "police",
    "military",
    "tax",
    "social_insurance",
    "land_registration",
    "power",
)
AGENCY_LEVELS = ("national", "province", "regional", "district", "commune")
AREA_KINDS = (
    "country",
    "province",
    "city",
    "urban_district",
    "rural_district",
    "town",
    "township",
    "ward",
    "commune",
    "special_zone",
)
SUCCESSION_KINDS = ("merge", "split", "part", "rename", "transfer", "unchanged")
FUNCTION = Text(
    40, r"[a-z]+(?:_[a-z]+)*", ("tên viết như home_affairs", "a function is written like home_affairs")
)
AREA_CODE = Text(
    60,
    r"VN|[0-9]{2}|[0-9]{3}|[0-9]{5}|cu-[a-z0-9-]+",
    (
        "mã địa bàn là mã thống kê 2, 3 hoặc 5 chữ số, VN, hoặc cu-… cho đơn vị cũ",
        "an area code is a statistical code of 2, 3 or 5 digits, VN, or cu-… for a former unit",
    ),
)


class OfficialCode:
    """An identification code by Decision 20/2020/QĐ-TTg, or one of ours in the same form."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, str) or agency_code_problem(value) is not None:
            allowed = ("mã định danh viết như H49.61.23", "an identification code is written like H49.61.23")
            findings.wrong(place, value, allowed)


def _in_order(row: dict, place: Place, findings: Findings) -> None:
    start, end = row.get("valid_from"), row.get("valid_to")
    if start is not None and end is not None and start > end:
        allowed = (f"valid_to không được trước {start}", f"valid_to is not before {start}")
        findings.wrong((*place, "valid_to"), end, allowed)


AGENCY = And(
    Record(
        {
            "code": SLUG,
            "name_vi": Text(300),
            "name_en": Text(300),
            "kind": OneOf(AGENCY_KINDS),
            "level": OneOf(AGENCY_LEVELS),
            "parent": Maybe(SLUG),
            "area": AREA_CODE,
            "identification_code": Maybe(OfficialCode()),
            "dossier_code": Maybe(OfficialCode()),
            "valid_from": MAYBE_DAY,
            "valid_to": MAYBE_DAY,
        },
        {
            "function": FUNCTION,
            "serves": Many(AREA_CODE, 1),
            "receives": Truth(),
            "calendar": SLUG,
            "hours": SLUG,
            "hotlines": Many(Text(100)),
            "address_vi": Text(300),
            "note_vi": Text(),
            "sources": Many(Text()),
            "unverified": Doubt(),
            "remove": Truth(),
        },
    ),
    _in_order,
)
AGENCIES = Record({"id": SLUG, "agencies": Many(AGENCY, unique="code")}, ABOUT)

AREA = And(
    Record(
        {
            "code": AREA_CODE,
            "name_vi": Text(200),
            "name_en": Text(200),
            "kind": OneOf(AREA_KINDS),
            "parent": Maybe(AREA_CODE),
            "gso_code": Maybe(
                Text(5, r"[0-9]{2,5}", ("mã thống kê chỉ gồm chữ số", "a statistical code is digits"))
            ),
            "valid_from": MAYBE_DAY,
            "valid_to": MAYBE_DAY,
        },
        {
            "former_districts": Many(AREA_CODE),
            "formed_from": Many(Text(200)),
            "note_vi": Text(),
            "unverified": Doubt(),
            "remove": Truth(),
        },
    ),
    _in_order,
)
AREAS = Record({"id": SLUG, "areas": Many(AREA, unique="code")}, ABOUT)

SUCCESSION = Record(
    {
        "id": SLUG,
        "of": OneOf(("area", "agency")),
        "rows": Many(
            Record(
                {"from": Text(80), "to": Text(80), "kind": OneOf(SUCCESSION_KINDS), "at": Day()},
                {"note_vi": Text(), "unverified": Doubt()},
            ),
            1,
        ),
    },
    ABOUT,
)

PICK = Record({"kind": OneOf(AGENCY_KINDS)}, {"level": OneOf(AGENCY_LEVELS), "function": FUNCTION})
ROUTING = Record(
    {
        "id": SLUG,
        "rules": Many(
            Record(
                {"responsible": Text(300), "agency": PICK},
                {"also": Many(PICK), "unverified": Doubt(), "remove": Truth()},
            ),
            unique="responsible",
        ),
        "by_level": Table(OneOf(LEVELS), PICK, len(LEVELS)),
        "received_by": Table(OneOf(LEVELS), PICK, len(LEVELS)),
    },
    {**ABOUT, "procedures": Table(SLUG, PICK)},
)
