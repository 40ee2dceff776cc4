"""Form controls: from a few facts (name, label, value, problem) to everything a template needs to draw one.

All controls share one frame (`ui/field.html`): label, help, error, control, tied together by ids, so that a screen
reader hears them in one breath and the error summary can jump to them (`#f-<name>`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.foundation.ui.words import as_date, grouped, language_of, localized, say_date

# kind -> (template, input type, inputmode, class, extra attributes)
INPUTS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "text": ("text", "", "", {}),
    "name": ("text", "", "", {"autocapitalize": "words", "spellcheck": "false"}),
    "code": (
        "text",
        "",
        "input--code",
        {"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"},
    ),
    "personal_number": ("text", "numeric", "input--short", {"maxlength": 15, "autocomplete": "off"}),
    "tax_code": ("text", "numeric", "input--short", {"maxlength": 16, "autocomplete": "off"}),
    "one_time_code": ("text", "numeric", "input--number", {"maxlength": 8, "autocomplete": "one-time-code"}),
    "phone": ("tel", "tel", "input--short", {"maxlength": 18}),
    "email": ("email", "email", "", {"spellcheck": "false", "autocapitalize": "none"}),
    "number": ("text", "decimal", "input--number", {}),
    "area": ("text", "decimal", "input--number", {}),
    "date": ("text", "numeric", "input--date", {"maxlength": 10, "data-date": True}),
    "password": ("password", "", "", {}),
    "search": ("search", "", "", {"autocomplete": "off"}),
}


def page_language() -> str:
    """The language of the page being drawn: "vi" or "en"."""
    return language_of(get_language())


def text_of(value: Any, lang: str | None = None) -> SafeString | str:
    """A {vi, en} text for the page, marked with its language where that is not the page's; plain text as it is."""
    if isinstance(value, dict) or hasattr(value, "vi"):
        text, told_in = localized(value, lang or page_language())
        return (
            format_html('<span lang="{}">{}</span>', told_in, text)
            if told_in != (lang or page_language())
            else text
        )
    return value if value is not None else ""


def input_id(name: str) -> str:
    """The id of the control called `name`; the error summary links to it."""
    return f"f-{name}"


def _get(option: Any, key: str, place: int) -> Any:
    if isinstance(option, Mapping):
        return option.get(key)
    if isinstance(option, (tuple, list)):
        return option[place] if len(option) > place else None
    return getattr(option, key, None)


def options_of(options: Iterable[Any], value: Any, name: str, lang: str) -> list[dict[str, Any]]:
    """Options as drawn. Each comes as {value, label, hint?}, as an object with these, or as (value, label, hint?)."""
    chosen = (
        {str(each) for each in value} if isinstance(value, (list, tuple, set, frozenset)) else {str(value)}
    )
    drawn = []
    for place, option in enumerate(options or ()):
        own, label = _get(option, "value", 0), _get(option, "label", 1)
        plain, told_in = (
            localized(label, lang) if isinstance(label, dict) or hasattr(label, "vi") else (label, lang)
        )
        drawn.append(
            {
                "value": own,
                "label": text_of(label, lang),
                "plain": plain,
                "lang": told_in if told_in != lang else "",
                "hint": text_of(_get(option, "hint", 2), lang),
                "chosen": value is not None and str(own) in chosen,
                "id": input_id(name) if place == 0 else f"{input_id(name)}-{place + 1}",
            }
        )
    return drawn


def shown_value(kind: str, value: Any, lang: str) -> str:
    """What stands in the box: dates as 21/11/2026, money grouped; text that could not be read stays as typed."""
    if value is None or value is False:
        return ""
    if kind == "date" and as_date(value):
        return say_date(value)
    if kind == "money" and isinstance(value, int):
        return grouped(value, "vi")
    if kind in ("number", "area") and isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def default_help(kind: str) -> str:
    """The hint a control carries when the form gives none."""
    if kind == "date":
        return _("Ngày/tháng/năm, ví dụ 21/11/2026")
    if kind == "personal_number":
        return _("12 chữ số trên thẻ căn cước")
    return ""


def _frame(name: str, label: Any, help: Any, problem: Any, required: Any, lang: str) -> dict[str, Any]:
    own_id = input_id(name)
    described = [f"{own_id}-help"] if help else []
    described += [f"{own_id}-error"] if problem else []
    return {
        "name": name,
        "id": own_id,
        "label": text_of(label, lang),
        "help": text_of(help, lang),
        "problem": problem,
        "optional": required is False,
        "described_by": " ".join(described),
        "lang": lang,
    }


def control(kind: str, name: str, label: Any, **given: Any) -> dict[str, Any]:
    """The context of `ui/field.html` for one control.

    `kind` is a key of INPUTS or one of textarea, money, select, radios, checkboxes, checkbox, file. Given by name:
    value, help, problem (a sentence or None), required (False marks it optional), options, page (label as page
    heading), controls (others depend on it), hide_label, lang, rows (of a textarea), and attributes of the input under
    `attrs`.
    """
    lang = given.get("lang") or page_language()
    help_text = default_help(kind) if given.get("help") is None else given["help"]  # "" silences the default
    context = _frame(name, label, help_text, given.get("problem"), given.get("required", True), lang)
    value = given.get("value")
    context.update(
        kind=kind,
        value=shown_value(kind, value, lang),
        page=given.get("page", False),
        hide_label=given.get("hide_label", False),
        controls=given.get("controls", False),
        attrs=attributes(given.get("attrs") or {}),
        set=kind in ("radios", "checkboxes"),
    )
    if kind in INPUTS:
        input_type, mode, css, more = INPUTS[kind]
        own = {**more, **(given.get("attrs") or {})}
        context.update(template="input", input_type=input_type, mode=mode, css=css, attrs=attributes(own))
    else:
        context["template"] = {"radios": "choices", "checkboxes": "choices"}.get(kind, kind)
    if kind in ("radios", "checkboxes", "select"):
        context["options"] = options_of(given.get("options") or (), value, name, lang)
        context["input_type"] = "radio" if kind == "radios" else "checkbox"
        context["inline"] = given.get("inline", False)
        context["groups"] = option_groups(given.get("groups"), value, name, lang)
        context["many"] = given.get("many", len(context["options"]) > 15 or bool(context["groups"]))
        context["empty"] = given.get("empty", _("Chọn…"))
    if kind == "textarea":
        context["rows"] = given.get("rows")
    if kind == "checkbox":
        context["checked"] = value in (True, "yes", "on", "true", "1", 1)
        context["value"] = given.get("sends", "yes")
    if kind == "file":
        context.update(file_facts(given))
    return context


def option_groups(groups: Any, value: Any, name: str, lang: str) -> list[dict[str, Any]]:
    """Groups of options for a long select: [(title, options), …]."""
    return [
        {
            "title": localized(title, lang)[0] if isinstance(title, dict) else title,
            "options": options_of(options, value, f"{name}-{place}", lang),
        }
        for place, (title, options) in enumerate(groups or ())
    ]


def file_facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of an upload: `accept` (mime types or endings), `max_mb`, `camera`, `multiple`, `files` already there."""
    accept = given.get("accept") or ".pdf,.jpg,.jpeg,.png"
    accept = accept if isinstance(accept, str) else ",".join(accept)
    photos = any(word in accept for word in ("image", ".jpg", ".png", ".heic"))
    return {
        "accept": accept,
        "max_mb": given.get("max_mb") or 20,
        "max_bytes": int(given.get("max_mb") or 20) * 1024 * 1024,
        "camera": given.get("camera", True) and photos,
        "multiple": given.get("multiple", False),
        "files": given.get("files") or [],
    }


def attributes(given: Mapping[str, Any]) -> SafeString:
    """Attributes as HTML; True gives a bare one, False and None give none. Underscores in names become hyphens."""
    parts = []
    for key, value in given.items():
        if value is None or value is False:
            continue
        name = key.replace("_", "-")
        parts.append(format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value))
    return mark_safe("".join(parts))  # every part was escaped above
