"""Money: whole đồng, how to say it, and what a dossier costs.

A fee is a function of the procedure's version, channel, applicant, entitlement and date (rules of 2026:
council fees waived online, waivers for holders of five basic papers, reductions that end). So a fee row of a
pack is not a price; `fee_lines` makes the prices, each with its legal reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.conditions import is_given, parse

# How the channels of acts and packs read here: online, in person, by post.
_CHANNELS = {
    "online": "online", "web": "online", "portal": "online", "api": "online", "assisted": "online",
    "in_person": "in_person", "counter": "in_person", "post": "post",
}  # fmt: skip
# The generic declaration asks which of the described cases apply; the answer holds keys of fees.
CASES_FIELD = "fee_cases"
_KIND_NAMES = {"fee": ("Phí", "Fee"), "duty": ("Lệ phí", "Duty")}

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")


def dong(amount: int, lang: str = "vi") -> str:
    """An amount as people write it: "15.000 đồng", in English "15,000 VND"."""
    grouped = f"{amount:,}"
    return f"{grouped} VND" if lang == "en" else f"{grouped.replace(',', '.')} đồng"


def dong_in_words(amount: int) -> str:
    """An amount in Vietnamese words, for receipts: 1250500 gives "Một triệu hai trăm năm mươi nghìn năm trăm
    đồng".

    Raises ValueError below 0 and from 10^18 on.
    """
    if not 0 <= amount < 10**18:
        raise ValueError(f"amount {amount}: allowed 0 to 10^18 - 1")
    groups = [int(group) for group in f"{amount:,}".split(",")]
    said: list[str] = []
    for place, group in enumerate(groups):
        if group:
            scale = _SCALES[len(groups) - 1 - place]
            said += [*_three_digits(group, full=place > 0), *([scale] if scale else [])]
    text = " ".join(said or ["không"])
    return f"{text[0].upper()}{text[1:]} đồng"


def _three_digits(number: int, *, full: bool) -> Iterator[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    if hundreds or full:
        yield f"{_DIGITS[hundreds]} trăm"
    if tens == 1:
        yield "mười"
    elif tens:
        yield f"{_DIGITS[tens]} mươi"
    elif ones and (hundreds or full):
        yield "linh"
    if ones == 1 and tens > 1:
        yield "mốt"
    elif ones == 4 and tens > 1:
        yield "tư"
    elif ones == 5 and tens:
        yield "lăm"
    elif ones:
        yield _DIGITS[ones]


@dataclass(frozen=True)
class FeeRule:
    """A waiver or reduction beyond the fee row itself, as a council or the government decides it.

    It applies to rows set by `set_by` and of kind `money` (None: any) whose key is not among `except_keys` and
    whose `purpose` ("appraisal") not among `except_purposes`, filed through `channel` (None: any) by somebody
    with `entitlement` (None: anybody), from `from_on` to `to_on` inclusive. `percent` of the normal amount is
    taken off. With 100 percent even a fee that is not known here costs nothing. A row whose pack says that
    nobody knows who set it (`set_by: null`) is met by no rule about who set it.
    """

    legal_reason: str
    percent: int = 100
    channel: str | None = None
    set_by: str | None = None
    money: str | None = None
    entitlement: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    except_keys: tuple[str, ...] = ()
    except_purposes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeeLine:
    """One line of what a dossier costs, in whole đồng.

    `known` says whether the payable amount is known here; if not, `payable` is None, never 0. `normal` is the amount
    before `reduction`. `quantity` is how many are counted (1 when the count is not known). `unit_amount` is
    the price of one, for showing "2.000 đồng/trang". `decided` is False when the line only may apply, because
    the pack describes its case in words and nobody has said yet whether it is this one. `money_kind` is "fee"
    (phí) or "duty" (lệ phí): different money, different receipts.
    """

    key: str
    name: str
    money_kind: str
    normal: int | None
    payable: int | None
    reduction: int
    legal_reason: str
    known: bool
    quantity: int
    name_en: str = ""
    unit_amount: int | None = None
    per: str = "dossier"
    set_by: str = "ministry"
    decided: bool = True


@dataclass(frozen=True)
class FeeTotal:
    """The sum of the known amounts, and whether it is the whole sum."""

    payable: int
    complete: bool


def total(lines: Iterable[FeeLine]) -> FeeTotal:
    """The sum of lines. An unknown line makes it incomplete."""
    lines = list(lines)
    return FeeTotal(sum(line.payable or 0 for line in lines if line.known), all(line.known for line in lines))


def fee_channel(channel: str) -> str:
    """ "online", "in_person" or "post" for any name of a channel; an unknown one counts as in person (no reduction)."""
    return _CHANNELS.get(channel, "in_person")


def fee_lines(
    rows: Iterable[Mapping[str, Any]],
    answers: Mapping[str, Any],
    today: date,
    channel: str = "counter",
    entitlements: Iterable[str] = (),
    rules: Sequence[FeeRule] = (),
) -> list[FeeLine]:
    """What the dossier costs: a line for each fee row that applies, lines of 0 đồng included.

    `rows` are those of a pack; `answers` those of asked fields; `today` is the local day that decides
    (reception). Conditions see the answers and the names `channel` (online, in_person, post) and
    `entitlements`. A row applies when its `when` holds. Where several rows without `when` describe their
    cases in words, the answer `fee_cases` says which apply; without that answer they are told as undecided
    and not known, because a wrong sum is worse than none. Of several reductions the highest one counts
    (Resolution 66.22/2026/NQ-CP). Raises ConditionError for a condition that cannot be read, which the check
    of packs keeps away.
    """
    rows = list(rows)
    case = _Case(answers, today, fee_channel(channel), frozenset(entitlements), tuple(rules))
    described = [row for row in rows if not row.get("when") and row.get("condition")]
    lines = []
    for place, row in enumerate(rows):
        key = str(row.get("key") or f"fee-{place + 1}")
        applies: bool | None = True
        if row.get("when"):
            applies = parse(str(row["when"])).holds(case.values, today)
        elif len(described) > 1 and row.get("condition"):
            applies = case.chosen(key)
        if applies is not False:
            lines.append(_line(row, key, case, decided=applies is not None))
    return lines


@dataclass(frozen=True)
class _Case:
    answers: Mapping[str, Any]
    today: date
    channel: str
    entitlements: frozenset[str]
    rules: tuple[FeeRule, ...]

    @property
    def values(self) -> dict[str, Any]:
        return {**self.answers, "channel": self.channel, "entitlements": sorted(self.entitlements)}

    def chosen(self, key: str) -> bool | None:
        """Whether the person said that the case of this fee is hers; None when she has not been asked."""
        chosen = self.answers.get(CASES_FIELD)
        if not is_given(chosen):
            return None
        return key in chosen if isinstance(chosen, list | tuple) else key == chosen


def _line(row: Mapping[str, Any], key: str, case: _Case, *, decided: bool) -> FeeLine:
    kind = str(row.get("money") or "fee")
    name_vi, name_en = _KIND_NAMES.get(kind, _KIND_NAMES["fee"])
    counts = _counts(row, case.answers)
    quantity = sum(copies * units for units, copies in counts) if counts is not None else None
    normal = _amount(row, "amount_vnd", counts)
    payable, reason = _reduced(row, key, kind, normal, counts, case)
    if not decided:
        payable = None
    return FeeLine(
        key=key,
        name=str(row.get("name_vi") or row.get("condition") or name_vi),
        money_kind=kind,
        normal=normal,
        payable=payable,
        reduction=normal - payable if normal is not None and payable is not None else 0,
        legal_reason=reason,
        known=payable is not None,
        quantity=1 if quantity is None else quantity,
        name_en=str(row.get("name_en") or ("" if row.get("condition") or row.get("name_vi") else name_en)),
        unit_amount=_whole(row.get("amount_vnd")),
        per=str(row.get("per") or "dossier"),
        set_by=_set_by(row) or "",
        decided=decided,
    )


def _counts(row: Mapping[str, Any], answers: Mapping[str, Any]) -> list[tuple[int, int]] | None:
    """What is counted, as (units, copies) pairs; None when a count is needed and not known.

    `count` names a number field (so many), or a rows field: then each row counts as one, or with a fee per
    page as `pages` of it in so many `copies`.
    """
    field = row.get("count")
    if not field:
        return [(1, 1)] if row.get("per") in (None, "dossier") else None
    value = answers.get(str(field))
    if isinstance(value, list):
        if row.get("per") != "page":
            return [(1, 1)] * len(value)
        pairs = [
            (_whole(each.get("pages")), _whole(each.get("copies", 1)))
            if isinstance(each, Mapping)
            else (None, None)
            for each in value
        ]
        known = [(units, copies) for units, copies in pairs if units is not None and copies is not None]
        return known if known and len(known) == len(pairs) else None
    number = _whole(value)
    return None if number is None else [(number, 1)]


def _amount(row: Mapping[str, Any], key: str, counts: list[tuple[int, int]] | None) -> int | None:
    price = _whole(row.get(key))
    if price is None or counts is None:
        return 0 if price == 0 else None
    steps = _steps(row, price) if key == "amount_vnd" else [(1, price)]
    highest = _whole(row.get("max_vnd"))
    amounts = (
        min(_stepped(units, steps), highest if highest is not None else 10**18) * copies
        for units, copies in counts
    )
    return sum(amounts)


def _steps(row: Mapping[str, Any], price: int) -> list[tuple[int, int]]:
    """The price from each unit on: [(1, 2000), (3, 1000)] is 2,000 for the first two and 1,000 from the third."""
    tiers = [tier for tier in row.get("tiers") or () if isinstance(tier, Mapping)]
    later = ((_whole(tier.get("from_unit")), _whole(tier.get("amount_vnd"))) for tier in tiers)
    return [
        (1, price),
        *sorted((unit, amount) for unit, amount in later if unit is not None and amount is not None),
    ]


def _stepped(units: int, steps: list[tuple[int, int]]) -> int:
    ends = [start - 1 for start, _ in steps[1:]] + [units]
    return sum(
        max(0, min(units, end) - start + 1) * amount for (start, amount), end in zip(steps, ends, strict=True)
    )


def _reduced(
    row: Mapping[str, Any],
    key: str,
    kind: str,
    normal: int | None,
    counts: list[tuple[int, int]] | None,
    case: _Case,
) -> tuple[int | None, str]:
    """The payable amount and the legal reason: of the fee itself, or of the highest reduction that applies."""
    best, reason = normal, str(row.get("source") or "")
    if case.channel == "online":
        online = _amount(row, "online_amount", counts)
        if online is not None and (best is None or online < best):
            best, reason = online, str(row.get("online_source") or reason)
    for rule in case.rules:
        if _applies(rule, row, key, kind, case):
            reduced = _after(rule, normal)
            if reduced is not None and (best is None or reduced < best):
                best, reason = reduced, rule.legal_reason
    return best, reason


def _applies(rule: FeeRule, row: Mapping[str, Any], key: str, kind: str, case: _Case) -> bool:
    return (
        (rule.channel is None or rule.channel == case.channel)
        and (rule.set_by is None or rule.set_by == _set_by(row))
        and (rule.money is None or rule.money == kind)
        and (rule.entitlement is None or rule.entitlement in case.entitlements)
        and (rule.from_on is None or rule.from_on <= case.today)
        and (rule.to_on is None or case.today <= rule.to_on)
        and key not in rule.except_keys
        and row.get("purpose") not in rule.except_purposes
    )


def _set_by(row: Mapping[str, Any]) -> str | None:
    """Who sets the amount: ministry where the row is silent, None where it says that nobody knows."""
    return row.get("set_by", "ministry")


def _after(rule: FeeRule, normal: int | None) -> int | None:
    if rule.percent >= 100:
        return 0
    # Down to the whole đồng, in favour of the one who pays.
    return None if normal is None else normal * (100 - rule.percent) // 100


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
