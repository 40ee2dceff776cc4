"""A small declaration with every type of field, for the tests of forms."""

from datetime import date

from motcua.kernel.forms import Declaration, declaration_from_data

TODAY = date(2026, 11, 21)


def text(vi: str, en: str = "") -> dict:
    return {"vi": vi, "en": en or f"{vi} (en)"}


def field(field_id: str, kind: str = "text", **more) -> dict:
    """Data of a field: not required, open, labelled by its id."""
    base = {"id": field_id, "type": kind, "label": text(field_id), "sensitivity": "open"}
    if kind in ("choice", "choices"):
        base["options"] = [option("a", "Loại A"), option("b", "Loại B"), option("c", "Loại C")]
    return {**base, **more}


def option(value: str, vi: str) -> dict:
    return {"value": value, "label": text(vi)}


def form(*fields: dict, **more) -> Declaration:
    """A declaration with one section `main`."""
    return declaration_from_data(data(*fields, **more))


def data(*fields: dict, **more) -> dict:
    return {"id": "test", "title": text("Tờ khai"), "sections": [section("main", *fields)], **more}


def section(section_id: str, *fields: dict, **more) -> dict:
    return {"id": section_id, "title": text(f"Phần {section_id}"), "fields": list(fields), **more}


def family() -> Declaration:
    """Two sections: who and whether there are children, then the children, asked only when there are some."""
    return declaration_from_data(
        {
            "id": "family",
            "title": text("Gia đình"),
            "sections": [
                section(
                    "who",
                    field(
                        "full_name",
                        "name",
                        required=True,
                        sensitivity="personal",
                        prefill="applicant.full_name",
                    ),
                    field(
                        "number",
                        "personal_number",
                        sensitivity="sensitive",
                        prefill="applicant.personal_number",
                    ),
                    field("home", "address", sensitivity="personal", prefill="applicant.address"),
                    field("has_children", "yes_no", required=True),
                    field("reason", "long_text", when="has_children is false", required=True),
                ),
                section(
                    "children",
                    field(
                        "kids",
                        "rows",
                        required=True,
                        min=1,
                        max=3,
                        sensitivity="open",
                        columns=[
                            field("kid_name", "name", required=True, sensitivity="personal"),
                            field("kid_born_on", "date", required=True, max="today"),
                            field(
                                "kid_school",
                                "text",
                                required="age(kid_born_on) >= 6",
                                when="age(kid_born_on) >= 3",
                            ),
                        ],
                    ),
                    field("eldest_on", "date", when="count(kids) > 1"),
                    when="has_children is true",
                ),
                section("commitment", field("commitment", "consent", required=True)),
            ],
        }
    )
