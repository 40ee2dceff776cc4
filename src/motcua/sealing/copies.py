"""The copy of every seal and day outside the database, `var/seals/roots.txt`: one signed body a line, in order.

It is only added to and is no part of a backup. So it shows when the database was put back to an older state, and it
brings back what the list of seals has lost by that. Send it to another machine as well: docs/operating/journal.md.
"""

from __future__ import annotations

import fcntl
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from motcua.sealing import rules
from motcua.sealing.errors import CopyUnreadable, SealsForked
from motcua.sealing.models import Seal, SealDay, SealKey
from motcua.sealing.signer import is_signed, signer

TAIL = 1 << 20  # bytes read from the end: more than a week of seals every five minutes


def place() -> Path:
    """Where the copy stands."""
    return settings.MOTCUA.var / "seals" / "roots.txt"


def read() -> list[str]:
    """Every whole line of the copy; empty when there is none."""
    try:
        return _whole(place().read_bytes())
    except FileNotFoundError:
        return []


def copy_out() -> int:
    """Add the seals and days that the copy lacks, flushed to the disk; returns how many. Call it when they are
    committed: the copy never runs ahead of the database. Killed at any moment, it leaves at most a torn last line,
    which the next call replaces."""
    path = place()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        ends = _ends(_tail(file))
        seals, days = _number(ends.get(rules.SEAL)), _number(ends.get(rules.DAY))
        lacking = [
            *Seal.objects.filter(number__gt=seals).order_by("number").values_list("jws", flat=True),
            *SealDay.objects.filter(number__gt=days).order_by("number").values_list("jws", flat=True),
        ]
        file.seek(0, os.SEEK_END)
        file.write("".join(f"{text}\n" for text in lacking).encode())
        file.flush()
        os.fsync(file.fileno())
    return len(lacking)


def bring_back(at: datetime) -> int:
    """Bring seals and days that stand in the copy and not in the database back into it, without the hashes they
    covered: those are lost with the lines, and `motcua journal verify` says so ever after. Returns how many.

    Raises SealsForked when both go on differently from a number on or when the copy was not signed by us,
    CopyUnreadable when one of its lines is none.
    """
    try:
        with place().open("rb") as file:
            ends = _ends(_tail(file, mend=False))
    except FileNotFoundError:
        return 0
    lacking = False
    for kind, text in ends.items():
        number = rules.body_of(text)["number"]
        own = _table(kind).objects.filter(number=number).values_list("digest", flat=True).first()
        if own is None:
            lacking = True
        elif own != rules.digest_of(text):  # each names the one before it: equal ends are equal lists
            raise SealsForked(number=number)
    if not lacking:
        return 0
    keys = dict(SealKey.objects.values_list("kid", "public"))
    own = signer()
    keys.setdefault(own.kid, own.public)
    found = sum(_adopt(text, keys) for text in read())
    # the key that signed them was lost with them; without it nobody could check what is published again
    SealKey.objects.get_or_create(kid=own.kid, defaults={"public": own.public, "since": at})
    return found


def _table(kind: str) -> Any:
    return Seal if kind == rules.SEAL else SealDay


def _body(text: str) -> dict[str, Any]:
    try:
        body = rules.body_of(text)
        if body["format"] in (rules.SEAL, rules.DAY) and isinstance(body["number"], int):
            return body
    except (ValueError, KeyError):
        pass
    raise CopyUnreadable()


def _adopt(text: str, keys: dict[str, dict[str, str]]) -> int:
    body = _body(text)
    model = _table(body["format"])
    if model.objects.filter(number=body["number"]).exists():
        return 0
    before = model.objects.order_by("number").last()
    follows = (body["previous"], body["number"]) == (
        (before.digest, before.number + 1) if before else (rules.START, 1)
    )
    if not follows or not is_signed(text, keys):
        raise SealsForked(number=body["number"])
    known: dict[str, Any] = {"number": body["number"], "lines": body["lines"]}
    if model is Seal:
        known |= {"at": datetime.fromisoformat(body["at"]), "total": body["total"], "leaves": b""}
    else:
        known |= {"on": date.fromisoformat(body["date"]), "first": body["first"], "seals": body["seals"]}
    model.objects.create(**known, digest=rules.digest_of(text), jws=text)
    return 1


def _ends(lines: list[str]) -> dict[str, str]:
    """The last seal and the last day among `lines`, by their formats. Only as much is read as that takes."""
    found: dict[str, str] = {}
    for text in reversed(lines):
        found.setdefault(_body(text)["format"], text)
        if len(found) == 2:
            break
    return found


def _number(text: str | None) -> int:
    return _body(text)["number"] if text else 0


def _whole(raw: bytes) -> list[str]:
    """The lines that end as they must."""
    return raw[: raw.rfind(b"\n") + 1].decode("ascii", "replace").splitlines()


def _tail(file: BinaryIO, *, mend: bool = True) -> list[str]:
    """The last whole lines, with a day among them when there is one; with `mend` a torn last line is cut off."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - TAIL)
    file.seek(start)
    raw = file.read()
    if mend and not raw.endswith(b"\n"):
        file.truncate(start + raw.rfind(b"\n") + 1)
    lines = _whole(raw)
    return lines[1:] if start else lines
