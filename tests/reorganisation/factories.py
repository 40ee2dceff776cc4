"""A ward of the small city that ends on 6 October 2026: merged into one neighbour, or split between two."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store
from motcua.reorganisation import actions
from tests.dossiers.factories import AT
from tests.support.city import CENTRE, COMMITTEE, OTHER_CENTRE, OTHER_COMMITTEE

KEY = "wards-2026"
ON = "2026-10-06"
THE_DAY = datetime(2026, 10, 6, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam
WARD, OTHER_WARD, THIRD_WARD = "06673", "06676", "06685"
THIRD_COMMITTEE, THIRD_CENTRE = "qn-hong-gai", "qn-hong-gai-centre"
ENDS = (COMMITTEE, CENTRE)


def publish(*, split: bool = False, competences: list[dict] | None = None, at: datetime = AT, **more) -> str:
    """Publish a reorganisation: the ward, its committee and its one-stop end; returns its id."""
    documents = [
        _ended("areas", "communes", "areas", {WARD}, at),
        _ended("agencies", "people-committees", "agencies", {COMMITTEE}, at),
        _ended("agencies", "centres", "agencies", {CENTRE}, at),
    ]
    areas = [(WARD, OTHER_WARD), (WARD, THIRD_WARD)] if split else [(WARD, OTHER_WARD)]
    offices = [(COMMITTEE, OTHER_COMMITTEE), (CENTRE, OTHER_CENTRE)]
    if split:
        offices += [(COMMITTEE, THIRD_COMMITTEE), (CENTRE, THIRD_CENTRE)]
    kind = "part" if split else "merge"
    documents += [
        _succession("wards-areas", "area", areas, kind),
        _succession("wards", "agency", offices, kind),
    ]
    body = {
        "id": KEY,
        "name": {"vi": "Sắp xếp phường", "en": "Wards reorganised"},
        "on": ON,
        "ends": list(ENDS),
        "competences": competences or [],
        "places": ["business_address", "site_address", "address"],
        "decided_by": {"vi": "Quản trị của tỉnh", "en": "The province's administrator"},
        **more,
    }
    documents.append({"kind": "reorganisations", "key": KEY, "body": body, "layers": ["test"]})
    store.take_in(new_act(system("tests"), at=at, purpose="test"), documents=documents)
    store.publish_all(new_act(system("tests"), at=at, purpose="test"))
    return KEY


def _ended(kind: str, key: str, label: str, codes: set[str], at: datetime) -> dict:
    body = copy.deepcopy(dict(store.current(kind, key, at).body))
    for row in body[label]:
        if row["code"] in codes:
            row["valid_to"] = "2026-10-05"
    return {"kind": kind, "key": key, "body": body, "layers": ["test"]}


def _succession(key: str, of: str, pairs: list[tuple[str, str]], kind: str) -> dict:
    rows = [{"from": a, "to": b, "kind": kind, "at": ON} for a, b in pairs]
    return {
        "kind": "succession",
        "key": key,
        "body": {"id": key, "of": of, "rows": rows},
        "layers": ["test"],
    }


def operator(at: datetime = THE_DAY):
    """An act of whoever runs the command line."""
    return new_act(system("command"), at=at, purpose="test", channel="command")


def apply(*, at: datetime = THE_DAY, **more) -> dict:
    return actions.apply(system("command"), KEY, lambda: at, **more)


def undo(*, at: datetime, **more) -> dict:
    return actions.undo(system("command"), KEY, lambda: at, **more)


def decide(*decisions: dict, at: datetime = THE_DAY, act=None) -> dict:
    return actions.decide(act or operator(at), key=KEY, decisions=list(decisions))


POSITIONS = tuple(
    {"kind": "position", "from": a, "to": b}
    for a, b in ((COMMITTEE, OTHER_COMMITTEE), (CENTRE, OTHER_CENTRE))
)
