"""The rows behind a figure as finished values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import OPEN_NOW, Occurrence
from motcua.foundation.time import local_date
from motcua.kernel.clock import working_days_between
from motcua.operations.address import dossier_address
from motcua.people.rules import masked

_COLUMNS = {
    "received": lambda: _("Tiếp nhận lúc"),
    "online": lambda: _("Tiếp nhận lúc"),
    "refused": lambda: _("Từ chối lúc"),
    "withdrawn": lambda: _("Rút lúc"),
    "stopped": lambda: _("Dừng lúc"),
    "supplements": lambda: _("Yêu cầu lúc"),
    "beyond": lambda: _("Yêu cầu lúc"),
    "restarts": lambda: _("Tính lại lúc"),
}


def column(measure: str) -> str:
    """The head of the column with the moment by which the rows are listed."""
    if measure in OPEN_NOW:
        return _("Tiếp nhận lúc")
    return _COLUMNS.get(measure, lambda: _("Có kết quả lúc"))()


def row(occurrence: Occurrence, measure: str, at: datetime, *, named: bool, here: str) -> dict[str, Any]:
    """One dossier of the list at the address `here`, seen at the aware moment `at`; its applicant as initials unless
    `named`."""
    dossier = occurrence.dossier
    name = dossier.applicant.full_name if dossier.applicant else ""
    return {
        "code": dossier.code or dossier.reference,
        "href": dossier_address(dossier.public_id, here),
        "procedure": {"vi": dossier.procedure.short_name_vi, "en": dossier.procedure.name_en},
        "applicant": (name if named else masked(name)) or "–",
        "agency": _office(dossier.competent_agency),
        "agency_code": dossier.competent_agency.code if dossier.competent_agency else "",
        "state": dossiers.state_name(dossier.business_state),
        "at": dossier.received_at if measure in OPEN_NOW else occurrence.at,
        "left": _judged(dossier) if dossier.resolved_at else dossiers.time_left(dossier, at),
        "over": not dossier.resolved_at and dossier.closed_at is not None,
        "provisional": dossier.due_provisional,
        "due_at": dossier.due_at,
        "first_due_on": dossier.first_due_on if dossier.first_due_on != dossier.due_on else None,
    }


def _office(office: Any) -> dict[str, str] | None:
    return {"vi": office.name_vi, "en": office.name_en} if office else None


def _judged(dossier: Any) -> dict[str, Any]:
    """How a resolved dossier stood to its limit, in a word and a shape."""
    if dossier.due_at is None:
        return {"state": "none", "text": _("Không có hạn")}
    if dossier.resolved_at <= dossier.due_at:
        return {"state": "done", "text": _("Đúng hạn")}
    calendar = agencies.calendar_of(dossier.competent_agency_id)
    days = working_days_between(local_date(dossier.due_at), local_date(dossier.resolved_at), calendar)
    if not days:
        return {"state": "late", "text": _("Trễ trong ngày")}
    text = ngettext("Trễ %(days)d ngày làm việc", "Trễ %(days)d ngày làm việc", days) % {"days": days}
    return {"state": "late", "text": text}
