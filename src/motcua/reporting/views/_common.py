"""What the pages of this room share: whose figures, for which month, and rows as finished values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from motcua.agencies.rules import Office
from motcua.dossiers import queries as dossiers
from motcua.foundation.doors import actor_of
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.words import say_date
from motcua.people.rules import masked
from motcua.reporting import queries
from motcua.reporting.errors import NoSuchReport, PeriodWrong
from motcua.reporting.rules import periods

ROWS = 50


@dataclass(frozen=True)
class Asked:
    """An agency, a month and a kind of period, as an address asks for them."""

    office: Office
    label: str
    kind: str
    choices: tuple[Office, ...]

    def query(self, **more: Any) -> str:
        """The address's query for the same, and more."""
        kept = {"agency": self.office.code, "period": self.label, "kind": self.kind}
        return urlencode({**kept, **{k: v for k, v in more.items() if v not in ("", None)}})

    def page(self, name: str, *args: str, **more: Any) -> str:
        return f"{reverse(f'reporting:{name}', args=args)}?{self.query(**more)}"


def asked(request: HttpRequest, *, kind: str | None = None, current: bool = False) -> Asked:
    """What an address asks for; the reader's own first agency and the last month that is over where it is silent.

    Raises NoSuchReport for an agency she does not answer for, PeriodWrong for no month.
    """
    given, actor, at = request.GET, actor_of(request), now()
    choices = queries.choices_of(actor, local_date(at))
    if not choices:
        raise NoSuchReport()
    code = given.get("agency", "")
    office = queries.office_of(actor, code) if code else choices[0]
    wanted = kind or given.get("kind", periods.REPORT)
    wanted = wanted if wanted in periods.KINDS else periods.REPORT
    running = queries.label_at(at, wanted)
    label = given.get("period", "") or (running if current else periods.before(running))
    queries.period_of(label, wanted)
    return Asked(office, label, wanted, tuple(choices))


def chooser(wanted: Asked, name: str) -> dict[str, Any]:
    """The form that chooses agency and month, and the months beside."""
    return {
        "action": reverse(f"reporting:{name}"),
        "agencies": [(o.code, {"vi": o.name_vi, "en": o.name_en}) for o in wanted.choices],
        "agency": wanted.office.code,
        "label": wanted.label,
        "kind": wanted.kind,
        "before": Asked(wanted.office, periods.before(wanted.label), wanted.kind, ()).page(name),
        "after": Asked(wanted.office, periods.after(wanted.label), wanted.kind, ()).page(name),
    }


def days_of(period: periods.Period) -> str:
    """15/09/2026 – 14/10/2026."""
    return f"{say_date(period.first)} – {say_date(period.last)}"


def row_of(dossier: Any, here: str) -> dict[str, Any]:
    """One dossier of a list, its applicant as initials: names open on the dossier's own page, for a stated purpose."""
    agency = dossier.competent_agency
    return {
        "code": dossier.code or dossier.reference,
        "href": _dossier_address(dossier.public_id, here),
        "procedure": {"vi": dossier.procedure.short_name_vi, "en": dossier.procedure.name_en},
        "applicant": masked(dossier.applicant.full_name) if dossier.applicant else "–",
        "agency": {"vi": agency.name_vi, "en": agency.name_en} if agency else None,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "ended_at": dossier.resolved_at or dossier.closed_at,
        "state": dossiers.state_name(dossier.business_state),
    }


def _dossier_address(public_id: str, come_from: str) -> str:
    try:
        return f"{reverse('counter:dossier', args=[public_id])}?{urlencode({'ve': come_from})}"
    except NoReverseMatch:
        return ""


def number_in(text: str | None, default: int = 0) -> int:
    """A whole number from an address; `default` for anything else."""
    return int(text) if text and text.isdigit() and len(text) < 16 else default


__all__ = ["ROWS", "Asked", "PeriodWrong", "asked", "chooser", "days_of", "number_in", "row_of"]
