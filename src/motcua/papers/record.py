"""The record of a paper: everything it says, as data. It is attached to the PDF, and the PDF is set from nothing else,
so that what a machine reads is what a person reads.

The schema is published: `docs/reference/paper-record-1.schema.json`, and the site at `/papers/record-1.schema.json`.
A change that an older reader would not bear is a new number.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.dossiers.queries import Row, Sheet

FORMAT = "motcua-paper-record/1"
SCHEMA_ID = "urn:motcua:schema:paper-record:1"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(Part):
    """A labelled value of the paper; `items` where the value is a numbered list."""

    name: str = Field(description="Field of the form, stable over time; empty for a line without one")
    label: str
    text: str = ""
    items: list[str] = []
    weight: Literal["", "strong", "note", "half"] = ""


class Column(Part):
    name: str
    label: str


class Table(Part):
    title: str = ""
    columns: list[Column]
    rows: list[list[str]]


class Agency(Part):
    code: str = Field(description="Electronic identification code of the agency, else its code in the packs")
    name: str
    upper: str = Field("", description="The agency named above it in the heading")


class About(Part):
    """The dossier that the paper belongs to; absent on a book of many dossiers."""

    code: str
    reference: str
    procedure: str
    procedure_code: str
    tracking: str = Field(description="Address that the QR code holds")
    received_at: datetime | None = None
    due_at: datetime | None = None


class Signer(Part):
    role: str
    label: str
    name: str = ""


class Layout(Part):
    """By which version of which layout it was set."""

    id: str
    hash: str


class PaperRecord(Part):
    """A paper issued under Vietnamese one-stop law; texts are Vietnamese, moments carry their offset."""

    format: Literal["motcua-paper-record/1"] = "motcua-paper-record/1"
    kind: str = Field(description="receipt, supplement-request, …, register, handover-list, or result")
    form_no: str = Field("", description="Number of the form in TT 03/2025/TT-VPCP, Annex I")
    basis: str = ""
    size: Literal["A4", "A5"]
    across: bool = Field(False, description="Set in landscape")
    title: str
    subtitle: str = ""
    number: str = ""
    issued_at: datetime
    place_date: str
    agency: Agency
    dossier: About | None = None
    codes: list[Line] = []
    intro: str = ""
    lines: list[Line] = []
    table: Table | None = None
    closing: str = ""
    signatures: list[Signer] = []
    recipients: list[str] = []
    layout: Layout
    simulated: bool = Field(description="True: nothing in it is real")
    unverified: list[str] = Field([], description="What about the form was not read in its source")


def schema() -> dict[str, Any]:
    """The JSON schema of a record, as it is published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **PaperRecord.model_json_schema(mode="serialization"),
    }


def record_of(
    sheet: Sheet,
    *,
    issued_at: datetime,
    layout: tuple[str, str],
    size: str,
    across: bool,
    simulated: bool,
    about: About | None,
) -> PaperRecord:
    """The record of a filled form; `layout` is the id and the hash of what it is set by."""
    return PaperRecord(
        kind=sheet.kind,
        form_no=sheet.form_no,
        basis=sheet.basis,
        size=size,
        across=across,
        title=sheet.title,
        subtitle=sheet.about,
        number=sheet.number,
        issued_at=issued_at,
        place_date=sheet.place_date,
        agency=Agency(code=sheet.agency_code, name=sheet.agency, upper=sheet.upper_agency),
        dossier=about,
        codes=[_line(row) for row in sheet.codes],
        intro=sheet.intro,
        lines=[_line(row) for row in sheet.rows],
        table=_table(sheet),
        closing=sheet.closing,
        signatures=[
            Signer(role=role, label=label, name=name)
            for role, (label, name) in zip(sheet.roles, sheet.signatures, strict=True)
        ],
        recipients=list(sheet.recipients),
        layout=Layout(id=layout[0], hash=layout[1]),
        simulated=simulated,
        unverified=list(sheet.unverified),
    )


def _line(row: Row) -> Line:
    return Line(name=row.name, label=row.label, text=row.text, items=list(row.items), weight=row.weight)


def _table(sheet: Sheet) -> Table | None:
    if not sheet.columns:
        return None
    columns = [Column(name=name, label=label) for name, label in zip(sheet.keys, sheet.columns, strict=True)]
    return Table(title=sheet.table_title, columns=columns, rows=[list(row) for row in sheet.table])
