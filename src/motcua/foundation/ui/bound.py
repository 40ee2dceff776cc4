"""Django's own form fields in the look of the house."""

from __future__ import annotations

from typing import Any

from django import forms

from motcua.foundation.ui.controls import control

KINDS: tuple[tuple[type, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.NumberInput, "number"),
    (forms.DateInput, "date"),
)


def kind_of(bound: Any) -> str:
    """The control that fits the widget of a bound field; a text box when nothing else does."""
    return next((kind for widget, kind in KINDS if isinstance(bound.field.widget, widget)), "text")


def bound_control(bound: Any, kind: str = "", **given: Any) -> dict[str, Any]:
    """The context of `ui/field.html` for a BoundField; keywords override what the form says."""
    kind = kind or kind_of(bound)
    attrs = {key: value for key, value in bound.field.widget.attrs.items() if key not in ("class", "id")}
    facts: dict[str, Any] = {
        "value": None if kind in ("password", "file") else bound.value(),
        "help": bound.help_text,
        "problem": " ".join(bound.errors) or None,
        "required": bool(bound.field.required),
        "attrs": attrs,
    }
    if kind in ("radios", "checkboxes", "select"):
        listed = list(bound.field.widget.choices)
        facts["options"] = [pair for pair in listed if pair[0] not in ("", None)]
        if kind != "radios" and any(pair[0] in ("", None) for pair in listed):
            facts["empty"] = next(pair[1] for pair in listed if pair[0] in ("", None))
    return control(kind, bound.html_name, bound.label, **{**facts, **given})
