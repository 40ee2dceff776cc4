"""`{% load ui %}`: the components of the house. docs/reference/ui.md shows each with an example."""

from __future__ import annotations

from typing import Any

import segno
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.foundation.ui import components, links, words
from motcua.foundation.ui.bound import bound_control
from motcua.foundation.ui.controls import attributes, control, page_language
from motcua.foundation.ui.declared import declared_control
from motcua.foundation.ui.frames import frame_facts
from motcua.foundation.ui.icons import icon as draw_icon

register = template.Library()

# ---- words ---------------------------------------------------------------------------------------------------


@register.filter
def vi_date(value: Any) -> str:
    """21/11/2026."""
    return words.say_date(value)


@register.filter
def vi_time(value: Any) -> str:
    """16:10."""
    return words.say_time(value)


@register.filter
def vi_datetime(value: Any) -> str:
    """16:10 ngày 21/11/2026, or 16:10 on 21/11/2026."""
    return words.say_moment(value, page_language())


@register.filter
def weekday(value: Any) -> str:
    """thứ Hai, or Monday."""
    return words.say_weekday(value, page_language())


@register.filter
def dong(value: Any) -> str:
    """15.000 đồng, or 15,000 VND."""
    return words.say_dong(value, page_language())


@register.filter
def working_days(value: Any) -> str:
    """3 ngày làm việc, or 3 working days."""
    return words.say_working_days(value, page_language())


@register.filter
def named_links(value: Any) -> SafeString:
    """A text whose web addresses became links that say where they lead."""
    return links.named_links(value)


@register.filter
def number(value: Any) -> str:
    """15.000, or 15,000."""
    return words.say_number(value, page_language())


@register.filter
def file_size(value: Any) -> str:
    """2,4 MB."""
    return words.say_size(value, page_language())


@register.simple_tag
def pack_text(vi: Any, en: Any = None) -> SafeString | str:
    """`{% pack_text title %}` for {vi, en}, or `{% pack_text p.name_vi p.name_en %}`."""
    return components.marked(vi, en)


@register.simple_tag
def plain_text(vi: Any, en: Any = None) -> str:
    """As `pack_text`, without a mark: for `<title>` and other places that hold no markup."""
    pair = {"vi": vi, "en": en} if isinstance(vi, str) else vi
    return words.localized(pair, page_language())[0]


# ---- frame and small pieces ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def frame(context: template.Context, face: str) -> dict[str, Any]:
    """Facts of the page's frame (used by the base templates): lang, site, items, account, person, theme, path."""
    return frame_facts(face, context.get("request"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of `motcua.foundation.ui.icons`; silent unless it has a label."""
    return draw_icon(name, label)


@register.simple_tag
def qr(text: str, label: str = "", error: str = "m") -> SafeString:
    """The text as a QR code in inline SVG, dark on light whatever the theme. With `error` "l" a long text
    gets larger dots."""
    code = segno.make(str(text), error=error, micro=False)
    drawn = code.svg_inline(
        border=2, dark="#1B1F24", light="#FFFFFF", omitsize=True, svgclass=None, lineclass=None
    )
    return format_html(
        '<div class="qr" role="img" aria-label="{}">{}</div>', label or _("Mã QR"), mark_safe(drawn)
    )


@register.inclusion_tag("ui/button.html")
def button(label: Any, href: str = "", kind: str = "primary", **given: Any) -> dict[str, Any]:
    """A link (with href) or a submit button. kind: primary|secondary|quiet|danger; size: large|small|wide.

    Also icon, name, value, type; every other keyword becomes an attribute (underscores to hyphens).
    """
    own = {
        "size": given.pop("size", ""),
        "icon_name": given.pop("icon", ""),
        "type": given.pop("type", "submit"),
    }
    own |= {"name": given.pop("name", ""), "value": given.pop("value", "")}
    return {"label": label, "href": href, "kind": kind, **own, "attrs": attributes(given)}


@register.inclusion_tag("ui/page_heading.html")
def page_heading(title: Any, **given: Any) -> dict[str, Any]:
    """The page's one h1, with kicker, lead, legal (the legal name, small), back and back_label."""
    facts = {key: given.get(key, "") for key in ("kicker", "lead", "legal", "back")}
    return {"title": title, **facts, "back_label": given.get("back_label") or _("Quay lại")}


@register.inclusion_tag("ui/copy_button.html")
def copy_button(target: str, label: str = "") -> dict[str, Any]:
    """Copies the text of the element with the id `target`; shown only where the browser can."""
    return {"target": target, "label": label or _("Chép mã")}


@register.inclusion_tag("ui/code_block.html")
def code_block(code: str, label: Any, **given: Any) -> dict[str, Any]:
    """A code in large type with its QR: text, qr (what the QR holds), qr_label, id."""
    return {
        "code": code,
        "label": label,
        "text": given.get("text", ""),
        "qr_text": given.get("qr", ""),
        "qr_label": given.get("qr_label") or _("Mã QR để mở hồ sơ này"),
        "id": given.get("id", "code"),
    }


@register.inclusion_tag("ui/steps.html")
def steps(current: int, total: int, label: Any = "") -> dict[str, Any]:
    """ "Bước 2/5: Giấy tờ" with a quiet bar."""
    return {"current": current, "total": total, "label": label}


@register.inclusion_tag("ui/pager.html")
def pager(previous: str = "", next: str = "", count: Any = "") -> dict[str, Any]:
    """Previous and next by cursor; count is a sentence such as "100 hồ sơ trên trang này"."""
    return {"previous": previous, "next": next, "count": count}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: list[Any], label: Any = "") -> dict[str, Any]:
    """Tabs as links from {label, href, current, count, state}."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    title: Any, text: Any = "", href: str = "", label: Any = "", icon: str = "inbox"
) -> dict[str, Any]:
    """Nothing here, and what to do about it."""
    return {"title": title, "text": text, "href": href, "label": label, "icon_name": icon}


# ---- states ------------------------------------------------------------------------------------------------------


@register.simple_tag
def tag(label: Any, tone: str = "", icon: str = "") -> SafeString:
    """A word in a box. tone: "" (indigo), rest, good, warn, wrong, plain."""
    kind = f"tag tag--{tone}" if tone else "tag"
    return format_html('<span class="{}">{}{}</span>', kind, draw_icon(icon) if icon else "", label)


@register.inclusion_tag("ui/deadline.html")
def deadline_badge(
    state: Any, days: int | None = None, text: str = "", provisional: bool = False
) -> dict[str, Any]:
    """on_time, soon, late, paused, done or none, as word + shape + colour; `state` may be a kernel TimeLeft."""
    return components.deadline_facts(state, days, text, provisional)


@register.inclusion_tag("ui/days_left.html")
def days_left(
    state: Any, days: int | None = None, of: int | None = None, text: str = "", provisional: bool = False
) -> dict[str, Any]:
    """The deadline badge over a bar; `of` is the whole limit in working days."""
    return components.days_left_facts(state, days, of, text=text, provisional=provisional)


# ---- lists ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/summary_list.html")
def summary_list(rows: Any, tight: bool = False) -> dict[str, Any]:
    """Labels and values, with a change link where `href` is given."""
    return {"rows": components.summary_rows(rows), "tight": tight}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Any) -> dict[str, Any]:
    """Who did what when, in words; the present entry stands out."""
    return {"entries": components.timeline_entries(entries)}


@register.inclusion_tag("ui/task_list.html")
def task_list(sections: Any) -> dict[str, Any]:
    """The sections of a form with their state."""
    return {"tasks": components.tasks_of(sections)}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(problems: Any, title: Any = "") -> dict[str, Any]:
    """The problems on top of the page, each leading to its field; nothing when there are none."""
    return {"problems": components.problems_of(problems), "title": title or _("Có chỗ cần sửa")}


@register.inclusion_tag("ui/table.html")
def data_table(
    columns: Any, rows: Any, caption: Any = "", hide_caption: bool = False, **given: Any
) -> dict[str, Any]:
    """A table that turns into cards on a phone; other keywords become attributes of the table."""
    drawn = components.table_columns(columns)
    return {
        "columns": drawn,
        "rows": components.table_rows(drawn, rows),
        "caption": caption,
        "hide_caption": hide_caption,
        "attrs": attributes(given),
    }


@register.inclusion_tag("ui/stat.html")
def stat(label: Any, value: Any, **given: Any) -> dict[str, Any]:
    """A figure that leads to its rows: unit, href, note, at, state (on_time|soon|late)."""
    return components.stat_facts(label, value, **given)


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(title: Any, rows: Any, unit: Any, of: Any = "", **given: Any) -> dict[str, Any]:
    """Bars that are a table: title says the finding; `of` names what the rows are; source, at, most."""
    return {
        "title": title,
        "rows": components.bars(rows, given.get("most")),
        "unit": unit,
        "of": of or _("Mục"),
        "source": given.get("source", ""),
        "at": given.get("at"),
    }


# ---- forms ---------------------------------------------------------------------------------------------------------


def _draw(facts: dict[str, Any]) -> SafeString:
    facts["template_name"] = f"ui/controls/{facts['template']}.html"
    return mark_safe(
        render_to_string(facts["template_name"] if facts["template"] == "note" else "ui/field.html", facts)
    )


@register.simple_tag
def field(kind: str, name: str, label: Any, **given: Any) -> SafeString:
    """One control with label, help and error; kinds and keywords are those of `controls.control`.

    Keywords it does not know become attributes of the input.
    """
    known = {
        "value",
        "help",
        "problem",
        "problems",
        "required",
        "options",
        "groups",
        "page",
        "controls",
        "hide_label",
        "lang",
        "rows",
        "attrs",
        "inline",
        "many",
        "empty",
        "sends",
        "accept",
        "max_mb",
        "camera",
        "multiple",
        "files",
    }
    attrs = {**(given.pop("attrs", None) or {}), **{key: given.pop(key) for key in set(given) - known}}
    problems = given.pop("problems", None)
    if problems and not given.get("problem"):
        given["problem"] = problems.get(name)
    return _draw(control(kind, name, label, attrs=attrs, **given))


@register.simple_tag
def form_field(
    declared: Any, value: Any = None, problems: Any = None, lang: str | None = None, **given: Any
) -> SafeString:
    """One field of a pack's declaration; see `declared.declared_control`."""
    return _draw(declared_control(declared, value, problems, lang=lang, **given))


@register.simple_tag(name="declared")
def draw_declared(facts: dict[str, Any]) -> SafeString:
    """A control whose facts are already known (parts of an address, cells of a row)."""
    return _draw(dict(facts))


@register.simple_tag
def bound_field(bound: Any, kind: str = "", **given: Any) -> SafeString:
    """A field of a Django form in the look of the house; the kind follows its widget unless it is given."""
    return _draw(bound_control(bound, kind, **given))


# ---- pieces with content ---------------------------------------------------------------------------------------------

NOTICES = {"info": "info", "good": "check", "warn": "alert", "wrong": "alert"}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: Any = "") -> SafeString:
    """`{% notice "warn" "Tiêu đề" %}…{% endnotice %}`; kind: info|good|warn|wrong."""
    heading = format_html('<p class="notice__title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice--{}"{}>{}<div class="notice__body">{}{}</div></div>',
        kind,
        mark_safe(' role="alert"') if kind == "wrong" else "",
        draw_icon(NOTICES[kind]),
        heading,
        content,
    )


@register.simple_block_tag
def panel(content: str, title: Any = "", kind: str = "", id: str = "") -> SafeString:
    """A framed part of a page with its h2; kind: "" or band."""
    own = format_html(' id="{}"', id) if id else ""
    heading = format_html('<h2 class="panel__title">{}</h2>', title) if title else ""
    return format_html(
        '<section class="panel{}"{}>{}{}</section>', f" panel--{kind}" if kind else "", own, heading, content
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: Any) -> SafeString:
    """A dialog, opened by `<a href="#id" data-dialog-open="id">`; without scripts the link itself opens it."""
    return mark_safe(render_to_string("ui/dialog.html", {"id": id, "title": title, "content": content}))


@register.simple_block_tag
def menu(content: str, label: Any, icon: str = "more") -> SafeString:
    """The other actions: write `<li>` items inside."""
    return format_html(
        '<details class="menu" data-menu><summary class="button button--secondary">{}{}</summary>'
        '<div class="menu__items"><ul>{}</ul></div></details>',
        draw_icon(icon),
        label,
        content,
    )


@register.simple_block_tag
def details(content: str, summary: Any, open: bool = False) -> SafeString:
    """More for those who want it."""
    return format_html(
        '<details class="details"{}><summary>{}{}</summary><div class="details__body">{}</div></details>',
        mark_safe(" open") if open else "",
        draw_icon("chevron"),
        summary,
        content,
    )


@register.simple_block_tag
def filter_bar(content: str, action: str = "", label: Any = "") -> SafeString:
    """A GET form of filters with its button; put `{% field %}` inside."""
    return format_html(
        '<form class="filters" method="get" action="{}" role="search" aria-label="{}">{}'
        '<button class="button button--secondary">{}{}</button></form>',
        action,
        label or _("Lọc danh sách"),
        content,
        draw_icon("filter"),
        _("Lọc"),
    )
