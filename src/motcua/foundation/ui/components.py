"""What the components need to know before they can be drawn: words, shapes and tones for states; cells for tables.

Every function takes finished values and returns a template context; nothing here reads the database or the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.foundation.ui.controls import attributes, page_language, text_of
from motcua.foundation.ui.words import as_moment, localized, say_moment, say_number

# Deadline states: each has a word, a shape and a colour; the colour alone never carries the meaning.
SHAPES = {
    "on_time": "dot",
    "soon": "half",
    "late": "late",
    "paused": "pause",
    "done": "check",
    "none": "minus",
}
TASKS = {
    "todo": (lambda: _("Chưa làm"), "rest", ""),
    "doing": (lambda: _("Đang làm"), "warn", "edit"),
    "done": (lambda: _("Đã xong"), "good", "check"),
    "fix": (lambda: _("Cần sửa"), "wrong", "alert"),
    "waiting": (lambda: _("Chưa cần làm"), "plain", ""),
}


def value_of(thing: Any, key: str, default: Any = None) -> Any:
    """`key` of a mapping or an object: components take either."""
    if isinstance(thing, Mapping):
        return thing.get(key, default)
    return getattr(thing, key, default)


def deadline_word(state: str, days: int | None) -> str:
    """The word of a deadline badge. `days`: working days left; late ones count how many it is over (either sign)."""
    if state == "paused":
        return _("Tạm dừng")
    if state == "done":
        return _("Đã xong")
    if state not in SHAPES or state == "none":
        return _("Chưa có hạn")
    if days is None:
        return {"on_time": _("Trong hạn"), "soon": _("Sắp đến hạn"), "late": _("Quá hạn")}[state]
    if state == "late":
        over = abs(days)
        if over == 0:
            return _("Quá hạn")
        return ngettext("Quá hạn %(days)d ngày", "Quá hạn %(days)d ngày", over) % {"days": over}
    if days <= 0:
        return _("Hạn hôm nay")
    return ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days) % {"days": days}


def deadline_facts(
    state: Any, days: int | None = None, text: str = "", provisional: bool = False
) -> dict[str, Any]:
    """Context of `ui/deadline.html`; `state` may also be the kernel's TimeLeft (state, working_days)."""
    if not isinstance(state, str):
        days = value_of(state, "working_days") if days is None else days
        state = value_of(state, "state", "none")
    known = state if state in SHAPES else "none"
    return {
        "state": known,
        "shape": SHAPES[known],
        "text": text or deadline_word(known, days),
        "provisional": provisional,
        "days": days,
    }


def days_left_facts(
    state: Any, days: int | None = None, of: int | None = None, **more: Any
) -> dict[str, Any]:
    """The badge with a bar: the share of the time limit (`of` working days) that is used up."""
    facts = deadline_facts(state, days, **more)
    left = facts["days"]
    if facts["state"] in ("late", "done") or not of or left is None:
        percent = 100 if facts["state"] in ("late", "done") else 0
    else:
        percent = max(4, min(100, round(100 * (of - max(left, 0)) / of)))
    return {**facts, "percent": percent}


def summary_rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of a summary list from mappings/objects (label, value, href, action) or (label, value, href) tuples."""
    lang, drawn = page_language(), []
    for row in rows or ():
        if isinstance(row, (tuple, list)):
            row = dict(zip(("label", "value", "href", "action"), row, strict=False))
        value = value_of(row, "value")
        drawn.append(
            {
                "label": text_of(value_of(row, "label"), lang),
                "value": text_of(value, lang) if value not in (None, "") else "–",
                "href": value_of(row, "href"),
                "action": value_of(row, "action") or _("Sửa"),
                "lang": value_of(row, "lang"),
            }
        )
    return drawn


def timeline_entries(entries: Iterable[Any]) -> list[dict[str, Any]]:
    """Entries from {at | when, who, what, note, state: past|now|next|stop, href, lang}; `at` is a moment or a date."""
    lang, drawn = page_language(), []
    for entry in entries or ():
        at = value_of(entry, "at")
        moment = as_moment(at)
        drawn.append(
            {
                "what": text_of(value_of(entry, "what"), lang),
                "who": text_of(value_of(entry, "who"), lang),
                "note": text_of(value_of(entry, "note"), lang),
                "when": value_of(entry, "when") or say_moment(at, lang),
                "machine": moment.isoformat()
                if moment
                else (at.isoformat() if hasattr(at, "isoformat") else ""),
                "state": value_of(entry, "state") or "past",
                "href": value_of(entry, "href"),
                "lang": value_of(entry, "lang"),
            }
        )
    return drawn


def tasks_of(sections: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of a task list from {title, href, state: todo|doing|done|fix|waiting, hint}."""
    lang, drawn = page_language(), []
    for section in sections or ():
        state = value_of(section, "state") or "todo"
        word, tone, icon_name = TASKS[state]
        drawn.append(
            {
                "title": text_of(value_of(section, "title"), lang),
                "hint": text_of(value_of(section, "hint"), lang),
                "href": value_of(section, "href") if state != "waiting" else None,
                "state": state,
                "tone": tone,
                "icon": icon_name,
                "word": value_of(section, "word") or word(),
            }
        )
    return drawn


def problems_of(problems: Any) -> list[dict[str, Any]]:
    """Lines of an error summary: {input name: sentence}, or a list of {field | href, text | message}, (name, text)."""
    if isinstance(problems, Mapping):
        problems = [{"field": name, "text": text} for name, text in problems.items()]
    drawn = []
    for problem in problems or ():
        if isinstance(problem, str):
            problem = {"text": problem}
        elif isinstance(problem, (tuple, list)):
            problem = {"field": problem[0], "text": problem[1]}
        field = value_of(problem, "field")
        drawn.append(
            {
                "href": value_of(problem, "href") or (f"#f-{field}" if field else ""),
                "text": value_of(problem, "text") or value_of(problem, "message") or "",
            }
        )
    return drawn


def table_columns(columns: Sequence[Any]) -> list[dict[str, Any]]:
    """Columns from {key, label, href (sort link), sorted: ascending|descending, number} or (key, label)."""
    drawn = []
    for column in columns:
        if isinstance(column, (tuple, list)):
            column = {
                "key": column[0],
                "label": column[1],
                "number": len(column) > 2 and column[2] == "number",
            }
        drawn.append({key: value_of(column, key) for key in ("key", "label", "href", "sorted", "number")})
    return drawn


def table_rows(columns: Sequence[Mapping[str, Any]], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as cells in the order of the columns; the first column is the row's heading and carries `row.href`.

    A row is a mapping or an object with the columns' keys, and may have `href`, `attrs`; a list of values also does.
    Whole numbers are grouped.
    """
    lang, drawn = page_language(), []
    for row in rows or ():
        plain = isinstance(row, (tuple, list))
        cells = []
        for place, column in enumerate(columns):
            value = row[place] if plain else value_of(row, column["key"])
            href = value_of(value, "href") if isinstance(value, Mapping) else None
            shown = value.get("text") if isinstance(value, Mapping) and "text" in value else value
            cells.append(
                {
                    "head": place == 0,
                    "label": column["label"],
                    "number": column["number"],
                    "value": text_of(
                        say_number(shown, lang) if isinstance(shown, (int, float)) else shown, lang
                    ),
                    "href": href or (None if plain or place else value_of(row, "href")),
                }
            )
        own = None if plain else value_of(row, "attrs")
        opens = not plain and bool(value_of(row, "href"))
        drawn.append(
            {"cells": cells, "open": opens, "attrs": attributes(own or ({"data-row": True} if opens else {}))}
        )
    return drawn


def stat_facts(label: Any, value: Any, **more: Any) -> dict[str, Any]:
    """A figure: unit, href (its rows), note, at (time of the data), state. None is “no data”, which is not nought."""
    return {
        "label": label,
        "shown": say_number(value, page_language()),
        "is_empty": value is None,
        **{key: more.get(key) or "" for key in ("unit", "href", "note", "at", "state")},
    }


def bars(rows: Iterable[Any], most: float | None = None) -> list[dict[str, Any]]:
    """Rows of a bar chart from {label, value, href, state, shown} or (label, value); the longest bar is 100 %."""
    lang = page_language()
    listed = [
        row
        if not isinstance(row, (tuple, list))
        else dict(zip(("label", "value", "href"), row, strict=False))
        for row in rows or ()
    ]
    top = most or max((value_of(row, "value") or 0 for row in listed), default=0) or 1
    drawn = []
    for row in listed:
        value = value_of(row, "value")
        drawn.append(
            {
                "label": text_of(value_of(row, "label"), lang),
                "shown": value_of(row, "shown")
                or (_("chưa có") if value is None else say_number(value, lang)),
                "percent": None if value is None else f"{min(100, 100 * value / top):.1f}",
                "href": value_of(row, "href"),
                "state": value_of(row, "state"),
            }
        )
    return drawn


def marked(vi: Any, en: Any = None, lang: str | None = None) -> SafeString | str:
    """A pack's text for the page: English where there is some, else Vietnamese marked `lang="vi"`."""
    if en is not None or not (isinstance(vi, dict) or hasattr(vi, "vi")):
        vi = {"vi": vi if not isinstance(vi, dict) else localized(vi, "vi")[0], "en": en}
    return text_of(vi, lang or page_language())
