"""What is to be rehearsed: a YAML file or a folder laid over what is published, and the staffing thought of.

A folder looks like a layer of the packs (`procedures/x.yaml`, `declarations/`, `calendars/`, `hours/`, `values/`) with
`staffing.yaml` beside; a single file has the same names as keys: `procedures: {x: {time_limit: …}}`. Each document
holds only what differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from motcua.foundation.packs.overlay import lay_over
from motcua.foundation.packs.problems import show_place
from motcua.foundation.packs.reader import ReadProblem, read_data, read_text
from motcua.foundation.packs.schema import SHAPES
from motcua.foundation.packs.shapes import Findings

KINDS = ("procedures", "declarations", "calendars", "hours", "values")
STAFFING = "staffing"
EVERYWHERE = "*"
PACE_MIN, PACE_MAX = 0.05, 20.0
FILES_MAX = 500
# Keys of an overlay that say where it lies, not what it changes.
_ABOUT = ("id", "slug", "overrides")
_DAYS = {"add_days_off": "days off", "drop_days_off": "days worked after all"}


class ChangeWrong(Exception):
    """A change that cannot be rehearsed: where, what was found, what is allowed, in Vietnamese and English."""

    def __init__(self, where: str, vi: str, en: str) -> None:
        super().__init__(f"{where}: {en}")
        self.vi, self.en = f"{where}: {vi}", f"{where}: {en}"


@dataclass(frozen=True)
class Change:
    """Overlays by kind and name, and the pace of offices by code (EVERYWHERE for all others)."""

    documents: Mapping[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    paces: Mapping[str, float] = field(default_factory=dict)

    def over(self, kind: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """The document with this change over it; the same object where there is none. Nothing is changed."""
        overlay = self.documents.get((kind, name))
        if overlay is None:
            return body
        if kind == "calendars":
            return _other_days(body, overlay, f"calendars/{name}")
        return lay_over(body, overlay, lambda place, words: _missing(kind, name, words))

    def pace_of(self, agency: str) -> float:
        """How fast an office works, 1 as before."""
        return self.paces.get(agency, self.paces.get(EVERYWHERE, 1.0))

    def told(self) -> dict[str, Any]:
        """What was read, for the head of a report."""
        return {
            "documents": sorted("/".join(name) for name in self.documents),
            STAFFING: dict(sorted(self.paces.items())),
        }


def _missing(kind: str, name: str, words: tuple[str, str]) -> None:
    raise ChangeWrong(f"{kind}/{name}", *words)


def read_change(path: Path) -> Change:
    """Read a file or a folder. Raises ChangeWrong for what cannot be read or means nothing."""
    if path.is_dir():
        given = _read_folder(path)
    elif path.is_file():
        given = _read(path)
    else:
        raise ChangeWrong(str(path), "không có tệp hay thư mục này.", "there is no such file or folder.")
    unknown = sorted(set(given) - {*KINDS, STAFFING})
    if unknown:
        allowed = ", ".join((*KINDS, STAFFING))
        raise ChangeWrong(
            str(path),
            f"thấy khóa lạ “{unknown[0]}”; chỉ có {allowed}.",
            f"found the unknown key “{unknown[0]}”; known: {allowed}.",
        )
    documents = {}
    for kind in KINDS:
        for name, body in _group(given.get(kind), f"{path}: {kind}").items():
            overlay = {k: v for k, v in _group(body, f"{path}: {kind}.{name}").items() if k not in _ABOUT}
            _demand_shape(kind, str(name), overlay, f"{path}: {kind}.{name}")
            documents[kind, str(name)] = overlay
    paces = _paces(given.get(STAFFING), f"{path}: {STAFFING}")
    if not documents and not paces:
        raise ChangeWrong(str(path), "không thay đổi gì cả.", "nothing is changed here.")
    return Change(documents, paces)


def _demand_shape(kind: str, name: str, overlay: dict[str, Any], where: str) -> None:
    """Raises ChangeWrong for a key or a value that no document of this kind has: a slip must not pass for a change
    that changes nothing."""
    findings = Findings(partial=True)
    plain = {key: value for key, value in overlay.items() if key not in _DAYS}
    SHAPES[kind].check({"id": name, "overrides": f"published/{kind}/{name}", **plain}, (), findings)
    for place, _code, words in findings.rows:
        raise ChangeWrong(f"{where}.{show_place(place)}", *words)


def _read_folder(folder: Path) -> dict[str, Any]:
    given: dict[str, Any] = {}
    files = sorted(folder.glob("*.yaml")) + sorted(folder.glob("*/*.yaml"))
    if len(files) > FILES_MAX:
        raise ChangeWrong(
            str(folder),
            f"thấy {len(files)} tệp, nhiều nhất {FILES_MAX}.",
            f"found {len(files)} files, at most {FILES_MAX}.",
        )
    for file in files:
        if file.name == "pack.yaml":
            continue
        if file.parent == folder:
            given[file.stem] = _read(file)
        else:
            given.setdefault(file.parent.name, {})[file.stem] = _read(file)
    if isinstance(given.get(STAFFING), dict) and set(given[STAFFING]) == {STAFFING}:
        given[STAFFING] = given[STAFFING][STAFFING]
    return given


def _read(file: Path) -> Any:
    try:
        data = read_data(read_text(file))
    except ReadProblem as problem:
        line, _place, _code, (vi, en) = problem.found[0]
        raise ChangeWrong(f"{file}:{line}", vi, en) from None
    return _group(data, str(file))


def _group(value: Any, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ChangeWrong(
            where, f"thấy {value!r}, cần một nhóm khóa.", f"found {value!r}, not a group of keys."
        )
    return value


def _paces(value: Any, where: str) -> dict[str, float]:
    paces = {}
    for agency, pace in _group(value, where).items():
        if isinstance(pace, bool) or not isinstance(pace, (int, float)) or not PACE_MIN <= pace <= PACE_MAX:
            raise ChangeWrong(
                f"{where}.{agency}",
                f"thấy {pace!r}; cần số từ {PACE_MIN} đến {PACE_MAX}, 1 là như trước.",
                f"found {pace!r}; a number from {PACE_MIN} to {PACE_MAX}, 1 as before.",
            )
        paces[str(agency)] = float(pace)
    return paces


def _other_days(body: dict[str, Any], overlay: dict[str, Any], where: str) -> dict[str, Any]:
    """A calendar with days added (`add_days_off`) or taken away (`drop_days_off`): lists of ISO days. Everything else
    lies over the calendar as in any layer."""
    plain = {key: value for key, value in overlay.items() if key not in _DAYS}
    laid = lay_over(body, plain, lambda place, words: _missing("calendars", where, words))
    added, dropped = (_listed_days(overlay.get(key), f"{where}.{key}") for key in _DAYS)
    if not added and not dropped:
        return laid
    holidays = dict(laid.get("holidays") or {})
    years = []
    for entry in holidays.get("years") or ():
        days = [row for row in entry.get("days_off") or () if str(row.get("date")) not in dropped]
        have = {str(row.get("date")) for row in days}
        days += [
            {"date": day, "name_vi": "Ngày nghỉ thử", "name_en": "Rehearsed day off", "kind": "statutory"}
            for day in sorted(added - have)
            if day[:4] == str(entry.get("year"))
        ]
        years.append({**entry, "days_off": days})
    worked = [row for row in holidays.get("working_days_swapped") or () if str(row.get("date")) not in added]
    return {**laid, "holidays": {**holidays, "years": years, "working_days_swapped": worked}}


def _listed_days(value: Any, where: str) -> set[str]:
    if value is None:
        return set()
    try:
        return {
            date.fromisoformat(str(day)).isoformat() for day in (value if isinstance(value, list) else None)
        }
    except (TypeError, ValueError):
        raise ChangeWrong(
            where, f"thấy {value!r}, cần danh sách ngày ISO.", f"found {value!r}, not a list of ISO days."
        ) from None
