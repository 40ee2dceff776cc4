"""The leaders' pages as finished values: tiles, the days as columns, tables, findings in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.foundation.ui import words as say
from motcua.operations import rules
from motcua.operations.address import Asked
from motcua.operations.queries import View, names_of
from motcua.operations.rules import Line, Live, Sums
from motcua.operations.words import MEASURES, PERIODS, RATES, TABLES

TOP = 6
LABELLED_DAYS = 14  # more columns than this are too narrow for a label under each


def language() -> str:
    return say.language_of(get_language())


def per_cent(value: float | None) -> str | None:
    """“96,6 %”, or None for no data."""
    return None if value is None else f"{say.say_number(value, language())} %"


def dossiers_of(number: int) -> str:
    """“1 hồ sơ”, “412 hồ sơ”."""
    return ngettext("%(number)s hồ sơ", "%(number)s hồ sơ", number) % {
        "number": say.say_number(number, language())
    }


# Tiles ----------------------------------------------------------------------------------------------------


def tile(asked: Asked, measure: str, value: Any, **more: Any) -> dict[str, Any]:
    """A figure that leads to its rows."""
    return {
        "label": more.pop("label", MEASURES[measure][0]),
        "value": value,
        "href": asked.rows(measure),
        **more,
    }


def now_tiles(asked: Asked, live: Live) -> list[dict[str, Any]]:
    """How the open work stands."""
    return [
        tile(asked, "open", live.open),
        tile(
            asked, "soon", live.soon, state="soon" if live.soon else "", note=_("trong 2 ngày làm việc tới")
        ),
        tile(asked, "overdue", live.overdue, state="late" if live.overdue else "on_time"),
        tile(asked, "paused", live.paused, note=_("đồng hồ đang dừng")),
    ]


def period_tiles(asked: Asked, sums: Sums, durations: Mapping[int, int]) -> list[dict[str, Any]]:
    """What happened in the period."""
    median, tail = rules.percentile(durations, 50), rules.percentile(durations, 90)
    online = per_cent(rules.share(sums.online, sums.received))
    judged = sums.on_time + sums.late
    return [
        tile(
            asked,
            "received",
            sums.received,
            note=_("%(share)s nộp trực tuyến") % {"share": online} if online else "",
        ),
        tile(asked, "resolved", sums.resolved, note=_without_limit(sums)),
        *rate_tiles(asked, sums),
        tile(asked, "late", sums.late if judged else None, state="late" if sums.late else ""),
        tile(
            asked,
            "resolved",
            median,
            label=_("Thời gian giải quyết, trung vị"),
            unit=pgettext("figure", "ngày"),
            note=_("90 %% hồ sơ xong trong %(days)s ngày") % {"days": number(tail)}
            if tail is not None
            else "",
        ),
    ]


def rate_tiles(asked: Asked, sums: Sums) -> list[dict[str, Any]]:
    """The on-time rate with all that stands beside it."""
    judged = sums.on_time + sums.late
    note = _("%(part)s trong %(whole)s") % {"part": number(sums.on_time), "whole": dossiers_of(judged)}
    rate = tile(
        asked,
        "on_time",
        per_cent(sums.on_time_share),
        label=_("Tỷ lệ đúng hạn"),
        note=note if judged else "",
    )
    return [rate, *first_promise_tiles(asked, sums)]


def first_promise_tiles(asked: Asked, sums: Sums) -> list[dict[str, Any]]:
    """What stands beside every on-time rate: restarting the clock can hide lateness, these cannot be moved by it."""
    promised = sums.first_on_time + sums.first_late
    told = {"part": number(sums.first_on_time), "whole": dossiers_of(promised)}
    return [
        tile(
            asked,
            "first_on_time",
            per_cent(sums.first_share),
            label=_("Tỷ lệ đúng hẹn lần đầu"),
            note=_("%(part)s trong %(whole)s") % told if promised else "",
        ),
        tile(asked, "restarts", sums.restarts, note=_("thời hạn tính lại từ đầu sau khi bổ sung")),
        tile(asked, "beyond", sums.beyond, note=_("sau 3 ngày làm việc, hoặc yêu cầu lại")),
    ]


def _without_limit(sums: Sums) -> str:
    if not sums.no_limit:
        return ""
    return _("%(number)s không có thời hạn cố định") % {"number": number(sums.no_limit)}


def other_tiles(asked: Asked, sums: Sums) -> list[dict[str, Any]]:
    """How dossiers ended otherwise, and how often something was missing."""
    return [
        tile(asked, name, getattr(sums, name))
        for name in ("supplements", "refused", "withdrawn", "stopped", "no_limit")
        if getattr(sums, name)
    ]


def number(value: Any) -> str:
    return say.say_number(value, language())


# Days as columns ------------------------------------------------------------------------------------------


def days_with_gaps(asked: Asked, found: Mapping[date, Sums], first: date | None) -> dict[date, Sums | None]:
    """Every day of the period: nothing counted is nought since the first day of all, and no data before it."""
    return {
        day: found.get(day) or (Sums() if first is not None and day >= first else None)
        for day in asked.period.days
    }


def day_chart(asked: Asked, view: View, days: Mapping[date, Sums | None]) -> dict[str, Any]:
    """The days as pairs of columns: received and resolved."""
    top = rules.scale_top(max((max(s.received, s.resolved) for s in days.values() if s), default=0))
    calendar = agencies.calendar_of(view.roots[0].id)
    every = 1 if len(days) <= LABELLED_DAYS else 7
    columns = [
        {
            "day": day,
            "label": f"{day:%d/%m}" if place % every == 0 and (every == 1 or place + 3 < len(days)) else "",
            "closed": not calendar.is_open_day(day),
            "sums": sums,
            "received": _height(sums.received if sums else 0, top),
            "resolved": _height(sums.resolved if sums else 0, top),
            "href": asked.on_day(day).page("overview"),
            "rows": {name: asked.on_day(day).rows(name) for name in ("received", "resolved")},
        }
        for place, (day, sums) in enumerate(days.items())
    ]
    return {
        "title": day_finding(days),
        "columns": columns,
        "many": len(columns) > LABELLED_DAYS,
        "scale": [number(top), number(top // 2), "0"],
    }


def _height(value: int, top: int) -> dict[str, str]:
    tall = 100 * value / top
    return {"height": f"{tall:.1f}", "y": f"{100 - tall:.1f}"}


def day_finding(days: Mapping[date, Sums | None]) -> str:
    """What the columns show, in a sentence."""
    known = [s for s in days.values() if s]
    if not known:
        return _("Chưa có số liệu trong những ngày này")
    best = rules.busiest(days)
    if best is None:
        return _("Không có hồ sơ nào được tiếp nhận trong những ngày này")
    total = sum(known, Sums())
    figures = {
        "day": say.say_date(best),
        "weekday": say.say_weekday(best, language()),
        "number": number(days[best].received),  # type: ignore[union-attr]
        "received": number(total.received),
        "resolved": number(total.resolved),
    }
    if len(days) == 1:
        return _("Nhận %(received)s hồ sơ, có kết quả %(resolved)s hồ sơ") % figures
    return _("Nhận nhiều nhất vào %(weekday)s %(day)s: %(number)s hồ sơ") % figures


# Tables ---------------------------------------------------------------------------------------------------

# columns of a table by agency, desk or procedure, with how each is ordered by
ORDER = {
    "received": lambda line: -line.sums.received,
    "resolved": lambda line: -line.sums.resolved,
    "on_time": lambda line: (line.sums.on_time_share is None, line.sums.on_time_share or 0),
    "first_on_time": lambda line: (line.sums.first_share is None, line.sums.first_share or 0),
    "restarts": lambda line: -line.sums.restarts,
    "beyond": lambda line: -line.sums.beyond,
    "late": lambda line: -line.sums.late,
    "open": lambda line: -line.live.open,
    "soon": lambda line: -line.live.soon,
    "overdue": lambda line: -line.live.overdue,
    "median": lambda line: (line.median_days is None, -(line.median_days or 0)),
}
HONEST = ("on_time", "first_on_time", "restarts", "beyond")  # a rate never stands alone
SHORT = ("overdue", "soon", "open", *HONEST, "late")
WALL = ("overdue", *HONEST)
FULL = ("overdue", "soon", "open", "received", "resolved", *HONEST, "late", "median")
DAY_COLUMNS = (
    "received",
    "online",
    "resolved",
    "late",
    "no_limit",
    "first_late",
    "restarts",
    "supplements",
    "beyond",
    "refused",
    "withdrawn",
    "stopped",
)


def _head(name: str) -> str:
    if name == "median":
        return _("Trung vị (ngày)")
    if name in RATES:
        return str(RATES[name])
    return str(MEASURES[name][1])


def _cell(asked: Asked, line: Line, name: str) -> Any:
    if name == "median":
        return "–" if line.median_days is None else number(line.median_days)
    if name in RATES:
        share = per_cent(line.sums.on_time_share if name == "on_time" else line.sums.first_share)
        return {"text": share, "href": asked.rows(name)} if share else "–"
    value = getattr(line.live, name, None)
    value = getattr(line.sums, name) if value is None else value
    return {"text": number(value), "href": asked.rows(name)} if value else "0"


def lines_table(
    asked: Asked, by: str, lines: Iterable[Line], *, columns: tuple[str, ...] = FULL, sort: str = ""
) -> dict[str, Any]:
    """A table of lines for `{% data_table %}`; the row's name narrows the page to it, each figure opens its rows."""
    listed = list(lines)
    known = names_of(by, [line.key for line in listed])
    if sort in ORDER:
        listed.sort(key=ORDER[sort])
    rows = []
    for line in listed:
        name, code = known.get(line.key, ({"vi": "–"}, ""))
        own = asked.narrowed(**{by: code})
        href = own.page("overview") if code else ""
        rows.append({"name": name, "href": href, "attrs": {}, **_cells(own, line, columns)})
    return {
        "columns": [{"key": "name", "label": str(TABLES[by][1])}]
        + [
            {
                "key": name,
                "label": _head(name),
                "number": True,
                "href": asked.page("table", by, sort=name) if sort else "",
                "sorted": "descending" if name == sort else "",
            }
            for name in columns
        ],
        "rows": rows,
    }


def _cells(asked: Asked, line: Line, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: _cell(asked, line, name) for name in columns}


def days_table(asked: Asked, days: Mapping[date, Sums | None]) -> dict[str, Any]:
    """A table of the days, the latest first."""
    rows = []
    for day, sums in reversed(days.items()):
        own = asked.on_day(day)
        row: dict[str, Any] = {
            "name": f"{say.say_date(day)}, {say.say_weekday(day, language())}",
            "href": own.page("overview"),
            "attrs": {},
        }
        for name in DAY_COLUMNS:
            value = getattr(sums, name) if sums else None
            shown = "–" if value is None else "0"
            row[name] = {"text": number(value), "href": own.rows(name)} if value else shown
        rows.append(row)
    heads = [{"key": name, "label": str(MEASURES[name][1]), "number": True} for name in DAY_COLUMNS]
    return {"columns": [{"key": "name", "label": str(TABLES["day"][1])}, *heads], "rows": rows}


OVERDUE_AT = {
    "agency": lambda n: ngettext(
        "%(overdue)s hồ sơ đang quá hạn, ở %(places)s cơ quan",
        "%(overdue)s hồ sơ đang quá hạn, ở %(places)s cơ quan",
        n,
    ),
    "procedure": lambda n: ngettext(
        "%(overdue)s hồ sơ đang quá hạn, ở %(places)s thủ tục",
        "%(overdue)s hồ sơ đang quá hạn, ở %(places)s thủ tục",
        n,
    ),
}


def trouble_finding(by: str, lines: list[Line]) -> str:
    """What a table of the worst says, in a sentence; `lines` are those of `rules.in_trouble`."""
    if not lines:
        return _("Không có hồ sơ nào quá hạn, trễ hạn hay sắp đến hạn")
    worst = lines[0]
    if not worst.live.overdue:
        return _("Không có hồ sơ nào đang quá hạn")
    overdue = sum(line.live.overdue for line in lines)
    places = sum(1 for line in lines if line.live.overdue)
    alone = len(lines) == 1 or lines[1].live.overdue < worst.live.overdue
    if alone and places > 1:
        name = names_of(by, [worst.key]).get(worst.key, ({"vi": "–"}, ""))[0]
        figures = {"name": say.localized(name, language())[0], "number": number(worst.live.overdue)}
        return _("Quá hạn nhiều nhất: %(name)s, %(number)s hồ sơ") % figures
    words = OVERDUE_AT[by]
    return words(overdue) % {"overdue": number(overdue), "places": places}


# Choosing -------------------------------------------------------------------------------------------------


def page_tabs(asked: Asked, page: str, *args: str) -> list[dict[str, Any]]:
    """The pages of this room, asked for the same."""
    first = {
        "label": _("Tổng quan"),
        "href": asked.page("overview"),
        "current": page == "overview",
        "count": "",
    }
    others = (
        {
            "label": TABLES[by][0],
            "href": asked.page("table", by),
            "current": page == "table" and by in args,
            "count": "",
        }
        for by in TABLES
    )
    return [first, *others]


def period_tabs(asked: Asked, page: str, *args: str) -> list[dict[str, Any]]:
    """The named periods as links to the same page."""
    return [
        {
            "label": PERIODS[key],
            "href": asked.in_period(key).page(page, *args),
            "current": key == asked.period.key,
            "count": "",
        }
        for key in rules.PERIODS[:-1]
    ]


def period_words(asked: Asked) -> str:
    """The days of the period: “16/11/2026”, or “từ 10/11/2026 đến 16/11/2026”."""
    first, last = asked.period.first, asked.period.last
    if first == last:
        return say.say_date(first)
    return _("từ %(first)s đến %(last)s") % {"first": say.say_date(first), "last": say.say_date(last)}


def chips(asked: Asked, view: View, page: str, *args: str) -> list[dict[str, Any]]:
    """What the page is narrowed to, each with the address that takes it away again.

    An agency that has others below it is shown alone or with them: `wider` leads to the other of the two.
    """
    found: list[dict[str, Any]] = []
    alone = _("Cơ quan: %(name)s")
    with_all_below = _("Cơ quan: %(name)s, gồm cả đơn vị trực thuộc, cấp dưới")
    for name, office, words in (
        ("agency", view.agency, with_all_below if view.below else alone),
        ("desk", view.desk, _("Tiếp nhận tại: %(name)s")),
    ):
        if office:
            found.append(
                {
                    "label": words % {"name": office.name(language())},
                    "off": asked.narrowed(**{name: ""}).page(page, *args),
                    "wider": _wider(asked, view, page, *args) if name == "agency" else None,
                }
            )
    if view.procedure:
        found.append(
            {
                "label": _("Thủ tục: %(name)s") % {"name": say.localized(view.procedure, language())[0]},
                "off": asked.narrowed(procedure="").page(page, *args),
            }
        )
    return found


def _wider(asked: Asked, view: View, page: str, *args: str) -> dict[str, str] | None:
    """From an agency alone to all below it, and back; None where nothing is below."""
    if view.agency is None or len(agencies.below([view.agency.id])) == 1:
        return None
    label = _("Chỉ riêng cơ quan này") if view.below else _("Gồm cả đơn vị trực thuộc, cấp dưới")
    return {"label": label, "href": replace(asked, below="" if view.below else "1").page(page, *args)}
