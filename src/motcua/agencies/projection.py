"""Published documents of agencies, areas and successions brought into the tables, again and again without harm.

A document is compared with the rows field by field. What is new is added, what differs is changed and leaves a dated
`AgencyChange`, what no document knows any more is told and left standing: an agency ends by its `valid_to`, never by
falling out of a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from motcua.agencies import directory
from motcua.agencies.errors import DocumentProblem
from motcua.agencies.models import Agency, AgencyChange, Area, Succession
from motcua.foundation.acts import Act
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import fold, nfc, sort_key_vi

KINDS = ("areas", "agencies", "succession")
SORT_KEY_MAX = 500
_DATES = ("valid_from", "valid_to")


def project(act: Act, documents: Iterable[dict]) -> dict:
    """Bring `documents` ({kind, key, body}) into the tables, within the running transaction.

    Returns counts: areas, agencies, successions as {new, changed}; `gone`: codes of agencies no document names.
    Raises DocumentProblem for a parent that does not exist or a circle of parents.
    """
    by_kind: dict[str, list[dict]] = {kind: [] for kind in KINDS}
    for document in documents:
        if document["kind"] in by_kind:
            by_kind[document["kind"]].append(document)
    answer = {
        "areas": _areas(act, by_kind["areas"]),
        "agencies": _agencies(act, by_kind["agencies"]),
        "successions": _successions(by_kind["succession"]),
    }
    known = {
        row["code"] for document in by_kind["agencies"] for row in document["body"].get("agencies") or ()
    }
    gone = sorted(set(Agency.objects.values_list("code", flat=True)) - known) if by_kind["agencies"] else []
    if any(part["new"] or part.get("changed") for part in answer.values()):
        directory.changed()
    return {**answer, "gone": gone}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _text(value: Any) -> str:
    return nfc(str(value)) if value is not None else ""


def _doubts(value: Any) -> list[str]:
    """`unverified: true` means the whole entry, kept as ["*"]."""
    if isinstance(value, list):
        return [str(part) for part in value]
    return ["*"] if value else []


# Areas ------------------------------------------------------------------------------------------------------


def _areas(act: Act, documents: list[dict]) -> dict:
    standing = {(a.code, a.valid_from): a for a in Area.objects.all()}
    fresh, changes = [], {}
    for row in (row for document in documents for row in document["body"].get("areas") or ()):
        values = {
            "name_vi": _text(row["name_vi"]), "name_en": _text(row.get("name_en")), "kind": _text(row.get("kind")),
            "parent_code": _text(row.get("parent")), "valid_to": _day(row.get("valid_to")),
        }  # fmt: skip
        key = (_text(row["code"]), _day(row.get("valid_from")))
        area = standing.get(key)
        if area is None:
            fresh.append(Area(code=key[0], valid_from=key[1], **values))
            standing[key] = fresh[-1]
            continue
        differing = {name: value for name, value in values.items() if getattr(area, name) != value}
        if differing and area.pk:
            changes[key[0]] = {name: [getattr(area, name), value] for name, value in differing.items()}
            Area.objects.filter(pk=area.pk).update(**differing)
    Area.objects.bulk_create(fresh, batch_size=500)
    if fresh or changes:
        record(act, "areas.loaded", "areas:all", facts={"new": len(fresh), "changed": changes})
    return {"new": len(fresh), "changed": len(changes)}


# Agencies ---------------------------------------------------------------------------------------------------


def _values(row: dict, where: str) -> dict:
    if not row.get("code") or not row.get("name_vi"):
        raise DocumentProblem(where=where, what="code, name_vi")
    name = _text(row["name_vi"])
    return {
        "name_vi": name,
        "name_en": _text(row.get("name_en")),
        "name_folded": fold(name),
        "sort_key": sort_key_vi(name)[:SORT_KEY_MAX],
        "kind": _text(row.get("kind")),
        "level": _text(row.get("level")),
        "function": _text(row.get("function")),
        "area_code": _text(row.get("area")),
        "serves": [_text(code) for code in row.get("serves") or ()],
        "identification_code": _text(row.get("identification_code")),
        "dossier_code": _text(row.get("dossier_code")),
        "calendar": _text(row.get("calendar")),
        "hours": _text(row.get("hours")),
        "address": _text(row.get("address_vi")),
        "receives": bool(row.get("receives")),
        "valid_from": _day(row.get("valid_from")),
        "valid_to": _day(row.get("valid_to")),
        "unverified": _doubts(row.get("unverified")),
    }


def _agencies(act: Act, documents: list[dict]) -> dict:
    standing = {agency.code: agency for agency in Agency.objects.select_related("parent")}
    wanted: dict[str, tuple[dict, str, str]] = {}
    for document in documents:
        for row in document["body"].get("agencies") or ():
            where = f"agencies/{document['key']}"
            values = _values(row, where)
            wanted[_text(row["code"])] = (values, _text(row.get("parent")), f"{where}: {row['code']}")
    new = 0
    changed: list[str] = []
    for code in _parents_first(wanted):
        values, parent_code, where = wanted[code]
        parent = standing.get(parent_code) if parent_code else None
        if parent_code and parent is None:
            raise DocumentProblem(where=where, what=f"parent {parent_code}")
        values = {**values, "parent_id": parent.pk if parent else None}
        agency = standing.get(code)
        if agency is None:
            standing[code] = _add(act, code, values, parent_code)
            new += 1
        elif _change(act, agency, values):
            changed.append(code)
    return {"new": new, "changed": changed}


def _parents_first(wanted: dict[str, tuple[dict, str, str]]) -> list[str]:
    """The codes in an order in which every parent comes before its children. Raises DocumentProblem for a circle."""
    order: dict[str, None] = {}

    def place(code: str, below: tuple[str, ...]) -> None:
        if code in order or code not in wanted:
            return
        if code in below:
            raise DocumentProblem(where=wanted[code][2], what=" > ".join((*below, code)))
        place(wanted[code][1], (*below, code))
        order[code] = None

    for code in wanted:
        place(code, ())
    return list(order)


def _add(act: Act, code: str, values: dict, parent_code: str) -> Agency:
    agency = Agency.objects.create(code=code, **values)
    facts = {"code": code, "kind": agency.kind, "parent": parent_code, "valid_from": agency.valid_from}
    record(act, "agency.added", f"agency:{agency.public_id}", facts=facts)
    return agency


def _change(act: Act, agency: Agency, values: dict) -> bool:
    differing = {name: value for name, value in values.items() if getattr(agency, name) != value}
    if not differing:
        return False
    told = {n: v for n, v in differing.items() if n not in ("name_folded", "sort_key")}
    facts = {name: [_plain(getattr(agency, name)), _plain(value)] for name, value in told.items()}
    AgencyChange.objects.bulk_create(
        AgencyChange(
            agency=agency, field=name, before=before, after=after, on=local_date(act.at), changed_at=act.at
        )
        for name, (before, after) in facts.items()
    )
    Agency.objects.filter(pk=agency.pk).update(**differing)
    for name, value in differing.items():
        setattr(agency, name, value)
    record(act, "agency.changed", f"agency:{agency.public_id}", facts=facts)
    return True


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# Successions ------------------------------------------------------------------------------------------------


def _successions(documents: list[dict]) -> dict:
    fields = ("of", "kind", "from_code", "to_code", "on")
    standing = set(Succession.objects.values_list(*fields))
    fresh = []
    for document in documents:
        body = document["body"]
        source = "\n".join(_text(part) for part in body.get("sources") or ())
        for row in body.get("rows") or ():
            key = (
                body.get("of") or row.get("of") or "agency", _text(row["kind"]),
                _text(row["from"]), _text(row["to"]), _day(row.get("at") or row.get("on")),
            )  # fmt: skip
            if key not in standing:
                standing.add(key)
                doubtful = bool(row.get("unverified", body.get("unverified")))
                fresh.append(
                    Succession(**dict(zip(fields, key, strict=True)), source=source, unverified=doubtful)
                )
    Succession.objects.bulk_create(fresh, batch_size=500)
    return {"new": len(fresh)}
