"""Fields of a pack's declaration (`motcua.kernel.forms`) as controls. Names of inputs are those `forms.clean` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.foundation.ui.controls import control, page_language, text_of
from motcua.kernel.forms import Declaration, FieldProblem, problem_text

PLAIN = {
    "text": "text",
    "name": "name",
    "personal_number": "personal_number",
    "tax_code": "tax_code",
    "date": "date",
    "number": "number",
    "money": "money",
    "area": "area",
    "phone": "phone",
    "email": "email",
    "long_text": "textarea",
}
# The browser may offer what its owner stored about himself, where the form asks about the person who fills it in.
AUTOCOMPLETE = {
    "applicant.full_name": "name",
    "applicant.birth_on": "bday",
    "applicant.phone": "tel",
    "applicant.email": "email",
    "organisation.name": "organization",
}
FEW = 7  # a choice of more options than this becomes a list to pick from


def problem_for(problems: Any, name: str) -> Any:
    """The sentence about the input `name`: `problems` is a mapping of input names, or one sentence for the field."""
    if isinstance(problems, Mapping):
        return problems.get(name)
    return problems


def said_problems(declaration: Declaration, problems: Iterable[FieldProblem], lang: str) -> dict[str, str]:
    """Sentences by input name, the first problem of each: for the error summary and for the fields."""
    said: dict[str, str] = {}
    for problem in problems:
        said.setdefault(problem.input, problem_text(problem, declaration, lang))
    return said


def typed_texts(problems: Iterable[FieldProblem]) -> dict[str, str]:
    """What was typed and could not be read, by input name, so that it stands in the box again."""
    return {
        problem.input: str(problem.params["found"]) for problem in problems if problem.params.get("found")
    }


def declared_control(field: Any, value: Any = None, problems: Any = None, **given: Any) -> dict[str, Any]:
    """The context of `ui/declared.html` for a declared field.

    `problems`: a sentence, or a mapping from input names ("birth_on", "children-0-name", "home-commune") to sentences.
    Given by name: lang, name (default: the field's id), communes and agencies (options, or groups as
    [(title, options)]), required (when the condition has been judged), typed (texts that could not be read, by
    input name), page, controls.
    """
    lang = given.get("lang") or page_language()
    name = given.get("name") or field.id
    required = given.get("required", getattr(field, "required", True))
    typed = (given.get("typed") or {}).get(name)
    common = {
        "help": getattr(field, "help", None),
        "problem": problem_for(problems, name),
        "required": required if isinstance(required, bool) else True,
        "lang": lang,
        "value": typed if value is None and typed is not None else value,
        "page": given.get("page", False),
        "controls": given.get("controls", False),
    }
    maker = _MAKERS.get(field.type)
    if maker:
        return maker(field, name, common, problems, given)
    return _plain(field, name, common)


def _plain(field: Any, name: str, common: dict[str, Any]) -> dict[str, Any]:
    attrs = {"autocomplete": AUTOCOMPLETE.get(getattr(field, "prefill", None) or "")}
    if field.type in ("text", "name", "long_text") and isinstance(getattr(field, "max", None), int):
        attrs["maxlength"] = field.max
    return control(PLAIN[field.type], name, field.label, attrs=attrs, **common)


def _yes_no(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    value = {True: "yes", False: "no", "true": "yes", "false": "no"}.get(common["value"], common["value"])
    options = (("yes", _("Có")), ("no", _("Không")))
    return control("radios", name, field.label, options=options, inline=True, **{**common, "value": value})


def _choice(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    options = list(field.options or ())
    kind = "radios" if len(options) <= FEW else "select"
    return control(kind, name, field.label, options=options, **common)


def _choices(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    common = {**common, "value": common["value"] or []}
    return control("checkboxes", name, field.label, options=field.options, **common)


def _consent(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    return control("checkbox", name, field.label, **common)


def _note(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "template": "note",
        "label": text_of(field.label, common["lang"]),
        "help": text_of(common["help"], common["lang"]),
    }


def _picked(source: Any) -> dict[str, Any]:
    """Options for a long select: flat options, or groups when the source is [(title, [options])]."""
    listed = list(source or ())
    grouped = (
        bool(listed) and isinstance(listed[0], (tuple, list)) and isinstance(listed[0][1], (tuple, list))
    )
    return {"groups": listed} if grouped else {"options": listed}


def _agency(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    return control(
        "select",
        name,
        field.label,
        many=True,
        empty=_("Chọn cơ quan…"),
        **_picked(given.get("agencies")),
        **common,
    )


def _address(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    value = common["value"] if isinstance(common["value"], Mapping) else {}
    whole = {**common, "value": None, "help": None, "problem": None, "page": False}
    commune = control(
        "select",
        f"{name}-commune",
        _("Xã, phường, đặc khu"),
        many=True,
        empty=_("Chọn xã, phường…"),
        **_picked(given.get("communes")),
        **{
            **whole,
            "value": value.get("commune_code"),
            "problem": problem_for(_as_map(problems), f"{name}-commune"),
        },
    )
    detail = control(
        "text",
        f"{name}-detail",
        _("Số nhà, đường, thôn, tổ dân phố"),
        **{
            **whole,
            "value": value.get("detail"),
            "problem": problem_for(_as_map(problems), f"{name}-detail"),
        },
    )
    frame = control("text", name, field.label, **{**common, "value": None})
    return {
        **frame,
        "template": "address",
        "set": True,
        "kind": "address",
        "parts": [commune, detail],
        "first_id": commune["id"],
    }


def _as_map(problems: Any) -> Mapping[str, Any]:
    return problems if isinstance(problems, Mapping) else {}


def _rows(
    field: Any, name: str, common: dict[str, Any], problems: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    least = int(getattr(field, "min", None) or 0)
    most = getattr(field, "max", None)
    rows = list(common["value"] or [])
    rows += [{} for _missing in range(max(least, 1) - len(rows))] if required_rows(common, rows) else []
    frame = control("text", name, field.label, **{**common, "value": None})
    drawn = [
        {
            "number": place + 1,
            "remove": f"{name}-{place}",
            "controls": [
                declared_control(
                    column,
                    row.get(column.id),
                    _as_map(problems),
                    name=f"{name}-{place}-{column.id}",
                    lang=common["lang"],
                    communes=given.get("communes"),
                    agencies=given.get("agencies"),
                    typed=given.get("typed"),
                )
                for column in field.columns
            ],
        }
        for place, row in enumerate(rows)
    ]
    return {
        **frame,
        "template": "rows",
        "set": True,
        "kind": "rows",
        "rows": drawn,
        "may_add": most is None or len(drawn) < int(most),
        "may_remove": len(drawn) > least,
    }


def required_rows(common: Mapping[str, Any], rows: list[Any]) -> bool:
    """Whether empty rows are offered: a demanded group shows its first row, an optional one waits for “add”."""
    return bool(common["required"])


_MAKERS = {
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "consent": _consent,
    "note": _note,
    "agency": _agency,
    "address": _address,
    "rows": _rows,
}


def row_change(posted: Mapping[str, Any]) -> tuple[str, str, int | None] | None:
    """What a row button asks for: ("add", field, None), ("remove", field, index), or None for an ordinary send.

    The buttons submit the form, so that groups grow and shrink without scripts: names `_add_row` (value: field) and
    `_remove_row` (value: field-index).
    """
    if posted.get("_add_row"):
        return "add", str(posted["_add_row"]), None
    field, dash, index = str(posted.get("_remove_row") or "").rpartition("-")
    if dash and index.isdigit():
        return "remove", field, int(index)
    return None


def changed_rows(answers: Mapping[str, Any], change: tuple[str, str, int | None]) -> dict[str, Any]:
    """The answers with one row more or less; `answers` stays as it was."""
    verb, field, index = change
    rows = list(answers.get(field) or [])
    if verb == "add":
        rows.append({})
    elif index is not None and index < len(rows):
        del rows[index]
    return {**answers, field: rows}
