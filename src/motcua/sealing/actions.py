"""Sealing: the lines written since the last seal into a new one, the seals of each past day into a daily tree.

Nothing here stands in the way of an act: nothing waits for a head, and heads are touched only at the very end, those
that nobody holds. No act is recorded either: a line about the seal would itself wait for the next.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import F, Max, Min, Q

from motcua.foundation.models import JournalHead, JournalLine
from motcua.foundation.time import TZ, local_date
from motcua.sealing import copies, rules
from motcua.sealing.models import Seal, SealDay, SealedChain, SealKey, SealStamp
from motcua.sealing.signer import Signer, jws, signer
from motcua.signing import actions as signing
from motcua.signing.errors import NoTimeStamp

SEALING = 7_203_502  # the number under which those who seal queue up
LINES_MAX = 400  # lines of one seal: the write lock of SQLite is free again within a tenth of a second
BATCH = 100
DAYS_MAX = 31
SURE_DAYS = 4  # closed on the word of the clock alone: a long weekend
AHEAD = timedelta(days=1)  # a seal that lies further ahead of the clock was made while that was wrong

Part = tuple[str, int, int]  # a chain, the first and the last of its lines that a seal covers


def seal(at: datetime) -> Seal | None:
    """Seal up to LINES_MAX lines that stand in no seal yet; None when there are none. `at` is the machine's moment.

    Lines are found by the heads of their chains, never by their ids: one that was committed late is taken by the next
    seal. Seals that a restored backup has lost are first brought back from the copy outside the database, so that
    the published list goes on and never splits. Raises SealsForked when the copy says something else, KeyUnusable.
    """
    with transaction.atomic():
        _one_at_a_time()
        copies.bring_back(at)
        grown = _grown()
        parts = _parts(grown)
        if not parts:
            _no_longer_grown(grown)
            return None
        made = _seal(at, parts, signer())
        _no_longer_grown(grown)
        return made


def close_days(at: datetime) -> list[SealDay]:
    """Close every day before that of `at` since the first seal: its tree over its seals, signed, also where it had
    none, so that a missing day shows. Returns the days closed now. Raises as `seal` does.

    A clock that stands years ahead for one run must not close those years: more than SURE_DAYS at once are closed only
    up to the last day before today on which there was a seal. Who was switched off for months catches up so on the day
    after the first new act."""
    with transaction.atomic():
        _one_at_a_time()
        copies.bring_back(at)
        made: list[SealDay] = []
        last = SealDay.objects.order_by("number").last()
        begun = Seal.objects.aggregate(at=Min("at"))["at"]
        if begun is None:
            return made
        on = last.on + timedelta(days=1) if last else local_date(begun)
        by = signer()
        until = _until(on, at)
        while on < until:
            last = _close(on, last, at, by)
            made.append(last)
            on += timedelta(days=1)
        return made


def all_sealed(at: datetime) -> tuple[int, int]:
    """Seal until nothing is left, close the days, copy out; returns how many lines and days were sealed. Each seal is
    a transaction of its own, so that acts come through between."""
    lines = 0
    while made := seal(at):
        lines += made.lines
    days = len(close_days(at))
    copies.copy_out()
    return lines, days


def stamp_days(at: datetime) -> list[SealStamp]:
    """A time stamp for each closed day that has none, the oldest first, DAYS_MAX at a time; `at` is the machine's.

    No transaction waits for the authority. Where it does not answer, or there is none, the rest is tried again later.
    """
    made: list[SealStamp] = []
    for day in SealDay.objects.filter(stamp=None).order_by("number")[:DAYS_MAX]:
        try:
            answer, moment, by = signing.stamp_digest(bytes.fromhex(day.digest), at=at)
        except NoTimeStamp:
            break
        kept, new = SealStamp.objects.get_or_create(
            day=day, defaults={"token": answer, "at": moment, "by": by[:200]}
        )
        made += [kept] if new else []
    return made


def _until(on: date, at: datetime) -> date:
    """Before which day those from `on` are closed: that of `at`, or as far as there were seals before it."""
    today = local_date(at)
    if (today - on).days <= SURE_DAYS:
        return today
    rows = Seal.objects.filter(at__lt=datetime.combine(today, time.min, TZ))
    seen = rows.order_by("number").defer("leaves").last()
    return local_date(seen.at) + timedelta(days=1) if seen else on


def _moment(before: Seal | None, at: datetime) -> datetime:
    """When the seal behind `before` is made. A clock that was set back does not turn the order round; but one that had
    stood ahead, and is now right, is not held there: `at` is right when no stamp, else no closed day, is younger."""
    if before is None or at >= before.at:
        return at
    if before.at - at > AHEAD:
        known: datetime | None = SealStamp.objects.aggregate(at=Max("at"))["at"]
        if known is None and (last := SealDay.objects.order_by("number").last()):
            known = datetime.combine(last.on + timedelta(days=1), time.min, TZ)
        if known is not None and at >= known:
            return at
    return before.at


def _one_at_a_time() -> None:
    """Two at once would give two seals one number. SQLite queues every writer by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])


def _grown() -> dict[str, JournalHead]:
    """Chains of which more may have been written than is sealed, by name."""
    rows = JournalHead.objects.filter(sealed__lt=F("count")).order_by("pk")[:LINES_MAX]
    return {head.chain: head for head in rows}


def _parts(grown: dict[str, JournalHead]) -> list[Part]:
    """What of those chains no seal covers, LINES_MAX lines at most. The seals decide, not the hint on the head."""
    names, known = list(grown), {}
    for start in range(0, len(names), BATCH):
        sealed = SealedChain.objects.filter(chain__in=names[start : start + BATCH])
        known.update(sealed.values("chain").annotate(most=Max("last")).values_list("chain", "most"))
    parts, room = [], LINES_MAX
    for chain, head in grown.items():
        first = known.get(chain, 0) + 1
        last = min(head.count, first + room - 1)
        if last >= first:
            parts.append((chain, first, last))
            room -= last - first + 1
    return parts


def _hashes(parts: list[Part]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for start in range(0, len(parts), BATCH):
        some = parts[start : start + BATCH]
        # most of a large batch are young chains: one condition for all of them is prepared in a fraction of the time
        wanted = Q(chain__in=[chain for chain, first, _last in some if first == 1], seq__lte=LINES_MAX)
        for chain, first, last in some:
            if first > 1:
                wanted |= Q(chain=chain, seq__gte=first, seq__lte=last)
        rows = JournalLine.objects.filter(wanted).values_list("chain", "seq", "hash")
        found.update(((chain, seq), line_hash) for chain, seq, line_hash in rows)
    return found


def _seal(at: datetime, parts: list[Part], by: Signer) -> Seal:
    hashes = _hashes(parts)
    leaves, places = bytearray(), []
    for chain, first, last in parts:
        places.append(len(leaves) // rules.HASH_BYTES)
        for seq in range(first, last + 1):
            leaves += rules.entry(hashes.get((chain, seq), ""))
    before = Seal.objects.order_by("number").last()
    count = len(leaves) // rules.HASH_BYTES
    moment = _moment(before, at)
    body = rules.seal_body(
        number=before.number + 1 if before else 1,
        previous=before.digest if before else rules.START,
        at=moment,
        total=before.total + count if before else count,
        leaves=bytes(leaves),
    )
    signed = _signed(body, by, at)
    made = Seal.objects.create(
        number=body["number"],
        at=moment,
        lines=count,
        total=body["total"],
        digest=rules.digest_of(signed),
        jws=signed,
        leaves=bytes(leaves),
        behind=count >= LINES_MAX,
    )
    SealedChain.objects.bulk_create(
        [
            SealedChain(seal=made, place=place, chain=chain, first=first, last=last)
            for place, (chain, first, last) in zip(places, parts, strict=True)
        ],
        batch_size=BATCH,
    )
    return made


def _close(on: date, last: SealDay | None, at: datetime, by: Signer) -> SealDay:
    first = last.first + last.seals if last else 1
    midnight = datetime.combine(on + timedelta(days=1), time.min, TZ)
    rows = Seal.objects.filter(number__gte=first)
    # up to the last one before midnight, and so with those of a clock that stood ahead between: there is no gap
    end = rows.filter(at__lt=midnight).aggregate(number=Max("number"))["number"] or 0
    held = list(rows.filter(number__lte=end).order_by("number").values_list("digest", "lines"))
    body = rules.day_body(
        number=last.number + 1 if last else 1,
        previous=last.digest if last else rules.START,
        on=on,
        at=at,
        first=first,
        seals=[digest for digest, _lines in held],
        lines=sum(lines for _digest, lines in held),
    )
    signed = _signed(body, by, at)
    return SealDay.objects.create(
        number=body["number"],
        on=on,
        first=first,
        seals=body["seals"],
        lines=body["lines"],
        digest=rules.digest_of(signed),
        jws=signed,
    )


def sign_body(body: dict, at: datetime) -> str:
    """Another list that this installation publishes, signed by the key of the seals, as a compact JWS that carries the
    public key: who trusts its thumbprint needs nothing else. `body` has a format. Raises KeyUnusable."""
    by = signer()
    SealKey.objects.get_or_create(kid=by.kid, defaults={"public": by.public, "since": at})
    return jws(body, by, with_key=True)


def _signed(body: dict, by: Signer, at: datetime) -> str:
    SealKey.objects.get_or_create(kid=by.kid, defaults={"public": by.public, "since": at})
    return jws(body, by)


def _no_longer_grown(grown: dict[str, JournalHead]) -> None:
    """Take the hint off heads whose chain is sealed to its end. A head that somebody is writing to is left alone: the
    next seal looks at it again."""
    for start in range(0, len(grown), BATCH):
        some = dict(list(grown.items())[start : start + BATCH])
        ends = dict(
            SealedChain.objects.filter(chain__in=some)
            .values("chain")
            .annotate(most=Max("last"))
            .values_list("chain", "most")
        )
        free = JournalHead.objects.select_for_update(skip_locked=True).filter(chain__in=some)
        whole = [
            pk for pk, chain, count in free.values_list("pk", "chain", "count") if ends.get(chain, 0) >= count
        ]
        JournalHead.objects.filter(pk__in=whole).update(sealed=F("count"))
