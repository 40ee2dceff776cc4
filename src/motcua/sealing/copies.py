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
from motcua.sealing.errors import SealsForked
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
        seals, days = _last(_tail(file))
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

    Raises SealsForked when both go on differently from a number on, or when the copy was not signed by us.
    """
    path = place()
    if not path.exists():
        return 0
    with path.open("rb") as file:
        tail = _tail(file, mend=False)
    seals, days = _last(tail)
    last, day = Seal.objects.order_by("number").last(), SealDay.objects.order_by("number").last()
    _demand_one_list(tail, last, day)
    if seals <= (last.number if last else 0) and days <= (day.number if day else 0):
        return 0
    keys = dict(SealKey.objects.values_list("kid", "public"))
    own = signer()
    keys.setdefault(own.kid, own.public)
    return sum(_adopt(text, keys) for text in read())


def _demand_one_list(tail: list[str], last: Seal | None, day: SealDay | None) -> None:
    for text in tail:
        body = rules.body_of(text)
        own = last if body["format"] == rules.SEAL else day
        if own and own.number == body["number"] and own.digest != rules.digest_of(text):
            raise SealsForked(number=own.number)


def _adopt(text: str, keys: dict[str, dict[str, str]]) -> int:
    body = rules.body_of(text)
    model: Any = Seal if body["format"] == rules.SEAL else SealDay
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


def _last(lines: list[str]) -> tuple[int, int]:
    """The highest numbers of a seal and of a day among `lines`."""
    found = {rules.SEAL: 0, rules.DAY: 0}
    for text in lines:
        body = rules.body_of(text)
        found[body["format"]] = max(found[body["format"]], body["number"])
    return found[rules.SEAL], found[rules.DAY]


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
