"""Figures of a day: how many came, how long they waited, who was not there; and the tickets behind each as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.foundation.tables import Column, Table
from motcua.queue import rules
from motcua.queue.models import Ticket
from motcua.queue.rules import OPEN, Plan, State
from motcua.queue.words import STATES

BLOCK = 500
# what is counted -> its words, and which tickets it means
MEASURES: dict[str, tuple[Any, Q]] = {
    "taken": (gettext_lazy("Đã lấy số"), Q()),
    "waiting": (gettext_lazy("Còn chờ hoặc đang phục vụ"), Q(state__in=OPEN)),
    "done": (gettext_lazy("Đã phục vụ xong"), Q(state=State.DONE)),
    "no_show": (gettext_lazy("Gọi mà vắng mặt"), Q(state=State.NO_SHOW)),
    "ended": (gettext_lazy("Hết ngày chưa được phục vụ"), Q(state=State.ENDED)),
    "waited": (gettext_lazy("Đã được gọi"), Q(called_at__isnull=False)),
}
COUNTS = ("taken", "waiting", "done", "no_show", "ended")


@dataclass(frozen=True)
class Line:
    """The figures of a service, or of all (`service` ""): counts by measure, minutes of waiting or None for no data."""

    service: str
    name: str
    counts: dict[str, int]
    median: float | None
    p90: float | None


def minutes(row: dict[str, Any]) -> float | None:
    """How long a ticket waited to be called for the first time, in minutes; None while it has not been."""
    if row["called_at"] is None:
        return None
    return round((row["called_at"] - row["taken_at"]).total_seconds() / 60, 1)


def lines(rows: Iterable[dict[str, Any]], plan: Plan, language: str) -> list[Line]:
    """All together, then each service of the plan; services that are no longer in it under their key."""
    found = list(rows)
    names = {service.key: service.name(language) for service in plan.services}
    names |= {row["service"]: row["service"] for row in found if row["service"] not in names}
    each = [_line(key, name, [r for r in found if r["service"] == key]) for key, name in names.items()]
    return [_line("", _("Tất cả dịch vụ"), found), *each]


def _line(service: str, name: str, rows: list[dict[str, Any]]) -> Line:
    states = [row["state"] for row in rows]
    counts = {
        "taken": len(rows),
        "waiting": sum(1 for state in states if state in OPEN),
        **{key: states.count(key) for key in ("done", "no_show", "ended")},
    }
    waited = [found for row in rows if (found := minutes(row)) is not None]
    return Line(service, name, counts, rules.quantile(waited, 0.5), rules.quantile(waited, 0.9))


def behind(
    visible: QuerySet[Ticket], agency_id: int, day: date, measure: str, service: str
) -> QuerySet[Ticket]:
    """The tickets that a figure counts, in the order in which they were taken."""
    rows = visible.filter(MEASURES[measure][1], agency_id=agency_id, day=day)
    rows = rows.filter(service=service) if service else rows
    return rows.select_related("window").order_by("pk")


def facts(row: Ticket, plan: Plan, language: str) -> dict[str, Any]:
    """One ticket as finished values."""
    service = plan.service(row.service)
    return {
        "code": row.code,
        "service": service.name(language) if service else row.service,
        "priority": row.priority,
        "taken_at": row.taken_at,
        "called_at": row.called_at,
        "waited": minutes({"taken_at": row.taken_at, "called_at": row.called_at}),
        "ended_at": row.ended_at,
        "window": row.window.number if row.window else None,
        "state": str(STATES[State(row.state)]),
    }


def rows_table(name: str, rows: QuerySet[Ticket], plan: Plan, language: str) -> Table:
    """The tickets behind a figure as a file, read in blocks."""
    columns = (
        Column("code", _("Số")), Column("service", _("Dịch vụ")), Column("priority", _("Ưu tiên")),
        Column("taken_at", _("Lấy số lúc"), "moment"), Column("called_at", _("Gọi lúc"), "moment"),
        Column("waited", _("Đã chờ (phút)"), "number"), Column("ended_at", _("Kết thúc lúc"), "moment"),
        Column("window", _("Quầy"), "number"), Column("state", _("Trạng thái")),
    )  # fmt: skip

    def values() -> Iterator[list[Any]]:
        for row in rows.iterator(chunk_size=BLOCK):
            told = facts(row, plan, language)
            yield [told[column.key] for column in columns]

    return Table(name, columns, values())


def figures_table(name: str, found: Iterable[Line]) -> Table:
    """The figures of a day as a file."""
    heads = [Column("service", _("Dịch vụ"))]
    heads += [Column(key, str(MEASURES[key][0]), "number") for key in COUNTS]
    heads += [Column("median", _("Chờ, trung vị (phút)"), "number")]
    heads += [Column("p90", _("Chín phần mười chờ không quá (phút)"), "number")]
    rows = ([line.name, *(line.counts[key] for key in COUNTS), line.median, line.p90] for line in found)
    return Table(name, heads, rows)
