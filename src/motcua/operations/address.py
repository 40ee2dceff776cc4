"""What a page is asked for, read from its address, and the addresses that lead on from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from motcua.operations import rules
from motcua.operations.rules import BadPeriod, Period

NARROWING = ("agency", "below", "desk", "procedure")


@dataclass(frozen=True)
class Asked:
    """The period and what it is narrowed to (`below`: "1" for an agency with all below it).

    `problem` is a code of `words.PERIOD_PROBLEMS`, "" when all is well.
    `typed` is what stood in the two boxes, to stand there again.
    """

    period: Period
    agency: str = ""
    below: str = ""
    desk: str = ""
    procedure: str = ""
    problem: str = ""
    typed: tuple[str, str] = ("", "")

    def query(self) -> dict[str, str]:
        """The address's query, without what is the default."""
        found = {} if self.period.key == rules.DEFAULT_PERIOD else {"p": self.period.key}
        if self.period.key == "range":
            found |= {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return found | {k: v for k in NARROWING if (v := getattr(self, k))}

    def narrowed(self, **to: str) -> Asked:
        """The same narrowed to something else; another agency is meant alone unless `below` says otherwise."""
        return replace(self, **({"below": ""} if "agency" in to else {}) | to)

    def in_period(self, key: str) -> Asked:
        """The same for a named period; the address holds the name, the page that opens knows its days."""
        return replace(self, period=replace(self.period, key=key))

    def on_day(self, day: date) -> Asked:
        return replace(self, period=Period("range", day, day))

    def page(self, name: str, *args: str, **more: str) -> str:
        """The address of a page of this room, asked for the same."""
        query = urlencode({**self.query(), **{k: v for k, v in more.items() if v}})
        return reverse(f"operations:{name}", args=args) + (f"?{query}" if query else "")

    def rows(self, measure: str) -> str:
        """The address of the rows behind a figure."""
        return self.page("rows", measure)


def asked(given: QueryDict, today: date) -> Asked:
    """What an address asks for, seen from `today`; a period that cannot be used leaves the usual one and a problem."""
    typed = (given.get("from", "").strip(), given.get("to", "").strip())
    problem, period = "", rules.period_of(rules.DEFAULT_PERIOD, today)
    key = given.get("p", "") or ("range" if any(typed) else rules.DEFAULT_PERIOD)
    try:
        period = rules.period_of(key, today, _day(typed[0]), _day(typed[1]))
    except BadPeriod as refused:
        problem = refused.code
    chosen = {name: given.get(name, "").strip()[:140] for name in NARROWING}
    chosen["below"] = "1" if chosen["agency"] and chosen["below"] == "1" else ""
    return Asked(period, problem=problem, typed=typed, **chosen)


def _day(text: str) -> date | None:
    """A day as people type it (21/11/2026) or as addresses hold it; None for none. Raises BadPeriod."""
    if not text:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            continue
    raise BadPeriod("date")


def dossier_address(public_id: str, come_from: str) -> str:
    """The officers' page of a dossier, with the way back to `come_from`; "" where this installation has no counter."""
    try:
        return f"{reverse('counter:dossier', args=[public_id])}?{urlencode({'ve': come_from})}"
    except NoReverseMatch:
        return ""
