"""What the list says and how it is read by whoever keeps a copy. No Django, no table.

A result that was issued wrongly is withdrawn, or replaced by another, by a decision of who may decide it; the form of
this list is the house's own: no law that was read orders one (unverified: rules of each field on corrections).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from motcua.signing.rules import NotSigned
from motcua.signing.rules.jws import holds, parts_of, to_bytes, to_text

FORMAT, VERSION = "motcua-standing", 1
FRESH = timedelta(hours=24)
DECISION_MAX, NOTE_MAX = 60, 1000
PARTS_MAX = 64
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
# What the one-stop issues on the way: none of it is the result, whatever dossier and number it names.
SLIPS = frozenset(
    {
        "receipt", "supplement-request", "refusal", "apology", "stop-notice", "denial", "payment-request",
        "control-slip", "register", "handover-list",
    }
)  # fmt: skip


class Kind(StrEnum):
    """What a ruling does to a result."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    REINSTATED = "reinstated"


class Reason(StrEnum):
    """Why, in words that name nobody: the list is public, and what the person did or suffered is not."""

    MISTAKE = "mistake"
    UNLAWFUL = "unlawful"
    FALSE_PAPERS = "false_papers"
    CHANGED = "changed"
    REQUESTED = "requested"
    APPEAL = "appeal"


IN_FORCE, NOT_LISTED = "in_force", "not_listed"
ENDED = (Kind.WITHDRAWN, Kind.REPLACED)
# after which standing a ruling may follow
FOLLOWS = {
    Kind.WITHDRAWN: (NOT_LISTED, Kind.REINSTATED),
    Kind.REPLACED: (NOT_LISTED, Kind.REINSTATED),
    Kind.REINSTATED: (Kind.WITHDRAWN, Kind.REPLACED),
}


class ListProblem(Exception):
    """A list that cannot be relied on: `code` is "unreadable", "untrusted" (with the key it names) or "altered"."""

    def __init__(self, code: str, key: str = "") -> None:
        super().__init__(f"{code}: {key}" if key else code)
        self.code, self.key = code, key


@dataclass(frozen=True)
class Entry:
    """One ruling as it is published. `sha256` are the files of the result as they were issued, `signed` what each
    signature in them covers (`signed_parts`): a file stays valid with a byte behind its end, and has another hash.
    Older lists have no `signed`."""

    number: int
    kind: str
    code: str
    result: str
    agency: str
    agency_name: str
    procedure: str
    decision: str
    decided_on: date
    reason: str
    sha256: tuple[str, ...] = ()
    replaced_by: str = ""
    signed: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the result holds no longer by this ruling."""
        return self.kind in ENDED


@dataclass(frozen=True)
class SignedList:
    """A list whose signature holds: until which ruling it goes, when it was made, and its entries by number."""

    number: int
    at: datetime
    entries: tuple[Entry, ...]
    key: str


def body_of(
    entries: Iterable[Entry], *, issuer: str, number: int, at: datetime, simulated: bool
) -> dict[str, Any]:
    """What is signed: the whole list, its number (that of the last ruling) and when it was made."""
    rows = [
        {name: list(value) if isinstance(value, tuple) else value for name, value in vars(entry).items()}
        for entry in entries
    ]
    head = {"format": FORMAT, "version": VERSION, "issuer": issuer, "number": number, "at": at}
    return {**head, "simulated": simulated, "entries": rows}


def read_list(content: bytes, trusted: Iterable[str]) -> SignedList:
    """The list within a JWS that a trusted key has signed; `trusted` are thumbprints (RFC 7638). Raises ListProblem."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        [part] = parts_of(content)
        told = part.header["jwk"]
        named = {name: str(told[name]) for name in ("crv", "kty", "x", "y")}
        key = to_text(
            hashlib.sha256(json.dumps(named, sort_keys=True, separators=(",", ":")).encode()).digest()
        )
        if named["crv"] != "P-256" or named["kty"] != "EC":
            raise ListProblem("unreadable")
        numbers = (int.from_bytes(to_bytes(named[name])) for name in ("x", "y"))
        public = ec.EllipticCurvePublicNumbers(*numbers, ec.SECP256R1()).public_key()
        if key not in set(trusted):
            raise ListProblem("untrusted", key)
        if not holds(part, public):
            raise ListProblem("altered")
        body = json.loads(to_bytes(part.payload))
        if (body["format"], body["version"]) != (FORMAT, VERSION):
            raise ListProblem("unreadable")
        entries = tuple(_entry(row) for row in body["entries"])
        return SignedList(int(body["number"]), datetime.fromisoformat(body["at"]), entries, key)
    except (NotSigned, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ListProblem("unreadable") from problem


def _entry(row: Mapping[str, Any]) -> Entry:
    given = dict(row) | {"decided_on": date.fromisoformat(row["decided_on"])}
    given |= {"sha256": tuple(row["sha256"]), "signed": tuple(row.get("signed", ()))}
    return Entry(**{name: given[name] for name in Entry.__dataclass_fields__})


# As the offline page says it.
UNCOMPARED = {
    "vi": "Danh sách có kết quả chỉ được ghi bằng mã SHA-256 của cả tệp; tệp này không kèm dữ liệu để so cách khác, nên"
    " không loại trừ được nó là một trong số đó.",
    "en": "The list knows some results by the hash of the whole file only, and this file has nothing else to compare"
    " by: whether it is one of them with something added cannot be told.",
}


def signed_parts(content: bytes) -> tuple[str, ...]:
    """The SHA-256 of what each signature of a PDF covers, in the order of the file; none where there is no signature.

    Nothing that is added behind a file changes them or takes their place: the first are taken, and the hole that a
    signature leaves for itself is not in them. Whether a signature holds is not asked.
    """
    view, found = memoryview(content), dict.fromkeys(each.groups() for each in _RANGE.finditer(content))
    parts = []
    for ranges in list(found)[:PARTS_MAX]:
        start, first, second, rest = map(int, ranges)
        if start or not 0 < first < second <= second + rest <= len(content):
            continue
        made = hashlib.sha256(view[:first])
        made.update(view[second : second + rest])
        parts.append(made.hexdigest())
    return tuple(dict.fromkeys(parts))


def entry_for(
    entries: Iterable[Entry], sha256: str, record: Mapping[str, Any] | None, signed: Iterable[str] = ()
) -> Entry | None:
    """The last ruling about a file: by its hash, by what its signatures cover (`signed_parts`), or by the dossier and
    number of its attached record; None for none.

    A record without a number (the number came after the signature) is told by its dossier alone. The record of a file
    nobody signed may say anything: a match only ever warns.
    """
    code, number = named_in(record)
    parts, found = set(signed), None
    for entry in entries:
        same = bool(code) and entry.code == code and number in ("", entry.result)
        if same or sha256 in entry.sha256 or parts.intersection(entry.signed):
            found = entry if found is None or entry.number > found.number else found
    return found


def is_uncompared(entries: Iterable[Entry], record: Mapping[str, Any] | None) -> bool:
    """Whether some entries know their files by all the bytes alone, and this file says nothing of itself: that it is
    one of them with something added cannot be told."""
    return not (record or {}).get("kind") and any(each.sha256 and not each.signed for each in entries)


def named_in(record: Mapping[str, Any] | None) -> tuple[str, str]:
    """(dossier code, result number) by which the record of a result names it; ("", "") for any other paper."""
    if not isinstance(record, Mapping) or record.get("kind") in (None, "", *SLIPS):
        return "", ""
    about = record.get("dossier")
    code = about.get("code") if isinstance(about, Mapping) else ""
    return str(code or ""), str(record.get("number") or "")
