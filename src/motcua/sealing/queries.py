"""Reads of this room: what is published, proofs of single lines, and the sealed lines themselves for a verifier."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import F, Q

from motcua.foundation.canonical import canonical, plain
from motcua.foundation.models import JournalLine
from motcua.kernel import merkle
from motcua.sealing import rules
from motcua.sealing.checks import check
from motcua.sealing.errors import NoSuchLine, RangeWrong
from motcua.sealing.models import Seal, SealDay, SealedChain, SealKey

__all__ = ["check"]

VERIFIER = Path(__file__).with_name("verify_journal.py")
RANGE_DAYS_MAX = 31
FIELDS = (
    "version",
    "chain",
    "seq",
    "previous",
    "verb",
    "actor",
    "act_id",
    "purpose",
    "channel",
    "at",
    "recorded_at",
    "facts",
    "personal",
)
PRINTED_MAX = 2200  # letters of a QR code with 0.37 mm a dot on 60 mm of paper
SHORT = "MCP1:"  # in front of a proof that is short enough to print as a QR code


def seals(*, first: int, limit: int) -> list[Seal]:
    """Published seals from number `first` on, in order, without what they cover."""
    return list(Seal.objects.filter(number__gte=first).order_by("number").defer("leaves")[:limit])


def days(*, first: int, limit: int) -> list[SealDay]:
    """Closed days from number `first` on, in order."""
    return list(SealDay.objects.filter(number__gte=first).order_by("number")[:limit])


def newest_days(limit: int) -> list[SealDay]:
    """The days closed last, newest first."""
    return list(SealDay.objects.select_related("stamp").order_by("-number")[:limit])


def newest_seal() -> Seal | None:
    """The last seal, without what it covers."""
    return Seal.objects.order_by("number").defer("leaves").last()


def keys() -> list[dict[str, str]]:
    """Every public key that has signed, oldest first, as JWK."""
    return list(SealKey.objects.order_by("pk").values_list("public", flat=True))


def roots(first: date | None = None, last: date | None = None) -> dict[str, Any]:
    """The published file of a range of closed days with their seals; without days, everything from the first seal to
    the newest. Raises RangeWrong for a range that is none or longer than RANGE_DAYS_MAX."""
    found_days, found = SealDay.objects.order_by("number"), Seal.objects.order_by("number")
    if first and last:
        if not first <= last < first + timedelta(days=RANGE_DAYS_MAX):
            raise RangeWrong(days=RANGE_DAYS_MAX)
        found_days = found_days.filter(on__range=(first, last))
        held = list(found_days.values_list("first", "seals"))
        bounds = (held[0][0], held[-1][0] + held[-1][1] - 1) if held else (1, 0)
        found = found.filter(number__range=bounds)
    return {
        "format": "motcua-roots",
        "version": rules.VERSION,
        "keys": keys(),
        "seals": list(found.values_list("jws", flat=True)),
        "days": list(found_days.values_list("jws", flat=True)),
        "stamps": [
            {"day": number, "at": plain(at), "by": by, "token": base64.b64encode(bytes(token)).decode()}
            for number, at, by, token in found_days.exclude(stamp=None).values_list(
                "number", "stamp__at", "stamp__by", "stamp__token"
            )
        ],
    }


def line_body(line: JournalLine) -> dict[str, Any]:
    """The fields of a line as its hash covers them. Personal values are in it only as salted digests."""
    body = {name: getattr(line, name) for name in FIELDS}
    return body | {name: plain(body[name]) for name in ("at", "recorded_at")}


def proof(
    subject: str, *, seq: int | None = None, shown: Callable[[JournalLine], bool] = lambda line: True
) -> dict[str, Any]:
    """That the lines of a chain (or line `seq` of it) stand in signed seals: for each line its fields, its place and
    the path to the root; the seals and the days that hold them. Lines that no seal covers yet say `seal: null`.

    A line that is not `shown` is proved by its hash alone. Raises NoSuchLine.
    """
    rows = JournalLine.objects.filter(chain=subject).order_by("seq")
    lines = list(rows.filter(seq=seq) if seq else rows)
    if not lines:
        raise NoSuchLine()
    parts = list(SealedChain.objects.filter(chain=subject).select_related("seal").order_by("first"))
    told: list[dict[str, Any]] = []
    used: dict[int, Seal] = {}
    for line in lines:
        part = next((p for p in parts if p.first <= line.seq <= p.last), None)
        entry: dict[str, Any] = {"hash": line.hash, "seal": None}
        entry |= {"line": line_body(line)} if shown(line) else {"chain": line.chain, "seq": line.seq}
        if part:
            used[part.seal.number] = part.seal
            entry |= {"seal": part.seal.number, "place": part.place + line.seq - part.first}
        told.append(entry)
    for number, row in used.items():
        here = [entry for entry in told if entry["seal"] == number]
        held = rules.entries(bytes(row.leaves))
        for entry, path in zip(here, merkle.paths(held, [e["place"] for e in here]), strict=True):
            entry["path"] = [step.hex() for step in path]
    return {
        "format": "motcua-proof",
        "version": rules.VERSION,
        "subject": subject,
        "whole": seq is None,
        "lines": told,
        "seals": list(_in_days(used)),
        "keys": keys(),
    }


def _in_days(used: dict[int, Seal]) -> Iterator[dict[str, Any]]:
    """Each seal with the day that holds it and its path there. Two reads, however many seals."""
    spans = SealDay.objects.annotate(behind=F("first") + F("seals")).select_related("stamp")
    days = list(spans.filter(first__lte=max(used, default=0), behind__gt=min(used, default=0)))
    of = {number: day for day in days for number in used if day.first <= number < day.behind}
    wanted = Q(number=0)
    for day in {day.pk: day for day in of.values()}.values():
        wanted |= Q(number__range=(day.first, day.behind - 1))
    digests = dict(Seal.objects.filter(wanted).values_list("number", "digest"))
    for number, row in sorted(used.items()):
        told: dict[str, Any] = {"jws": row.jws}
        if day := of.get(number):
            held = [bytes.fromhex(digests[each]) for each in range(day.first, day.behind) if each in digests]
            [path] = merkle.paths(held, [number - day.first])
            told |= {"day": day.jws, "path": [step.hex() for step in path]}
            if stamp := getattr(day, "stamp", None):
                told |= {"stamp": base64.b64encode(bytes(stamp.token)).decode()}
        yield told


def seals_of(chains: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Which seal covers the first line of each chain, and when it was made; chains that none covers are left out."""
    rows = SealedChain.objects.filter(chain__in=list(chains), first=1)
    return {
        chain: (number, at) for chain, number, at in rows.values_list("chain", "seal__number", "seal__at")
    }


def short_proof(subject: str, seq: int) -> str | None:
    """The proof of one line in one printable word of some two thousand letters, for a QR code; None while no seal
    covers the line. Raises NoSuchLine."""
    whole = proof(subject, seq=seq)
    if whole["lines"][0]["seal"] is None:
        return None
    for each in whole["seals"]:  # the seal is signed itself; its day would only make the code larger
        each.pop("day", None), each.pop("path", None), each.pop("stamp", None)
    return SHORT + rules.to_text(zlib.compress(canonical(whole), 9))


def printed_proof(subject: str, *, issued: Callable[[JournalLine], bool]) -> tuple[str, str] | None:
    """For a paper of `subject` that the last line `issued` says yes to has issued: the short proof of that line and the
    name of the key that signed its seal. None while no seal covers it, or when it is too long for paper."""
    lines = filter(issued, JournalLine.objects.filter(chain=subject).order_by("-seq"))
    line = next(lines, None)
    text = short_proof(subject, line.seq) if line else None
    if line is None or text is None or len(text) > PRINTED_MAX:
        return None
    part = SealedChain.objects.select_related("seal").get(
        chain=subject, first__lte=line.seq, last__gte=line.seq
    )
    return text, rules.key_of(part.seal.jws)


def sealed_lines(*, first: int = 1, last: int | None = None) -> Iterator[str]:
    """The lines that seals `first` to `last` cover, one JSON text a line, as `verify_journal.py lines` reads them: of
    every seal its hashes, then every line that should stand there, as the database gives it now."""
    yield _json({"format": "motcua-lines", "version": rules.VERSION, "first": first})
    wanted = Seal.objects.filter(number__gte=first).order_by("number")
    if last is not None:
        wanted = wanted.filter(number__lte=last)
    for row in wanted.iterator(chunk_size=20):
        yield _json({"seal": row.number, "hashes": bytes(row.leaves).hex()})
        for part in SealedChain.objects.filter(seal=row).order_by("place"):
            yield from map(_json, _of_part(row.number, part))


def _of_part(number: int, part: SealedChain) -> Iterable[dict[str, Any]]:
    rows = JournalLine.objects.filter(chain=part.chain, seq__range=(part.first, part.last)).order_by(
        "seq", "pk"
    )
    found = {line.seq: line for line in rows}
    for seq in range(part.first, part.last + 1):
        told: dict[str, Any] = {"seal": number, "place": part.place + seq - part.first}
        told |= {"chain": part.chain, "seq": seq}
        yield told | {"line": line_body(found[seq]) if seq in found else None}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
