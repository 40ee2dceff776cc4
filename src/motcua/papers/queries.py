"""Every read of the papers. Who may see a dossier's papers is decided by `dossiers`, before it calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import RESULT, Sheet
from motcua.foundation.errors import NotFound
from motcua.foundation.packs import store as packs
from motcua.kernel.text import Bilingual
from motcua.papers import rules, samples
from motcua.papers.errors import BookTooLong, LayoutFaulty, NoLayout
from motcua.papers.layouts import layout_for
from motcua.papers.models import IssuedPaper
from motcua.papers.record import About, PaperRecord, record_of, schema
from motcua.papers.samples import names as sample_names
from motcua.papers.typesetting import (
    FONTS,
    Layout,
    LayoutBroken,
    SignaturePlace,
    pdf_of,
    pictures_of,
    signature_places,
)
from motcua.signing.actions import ExampleDesk

__all__ = [
    "FONTS", "Draft", "FileIssued", "Shown", "SignaturePlace", "becomes_file", "documents_at", "draft_of", "drafted",
    "file_of", "files_issued", "has_result", "layout_at", "layout_named", "live_pdf", "missing", "pictures",
    "places_on", "public_ids", "record_at", "sample", "sample_names", "schema", "set_pdf",
]  # fmt: skip

Draft = tuple[PaperRecord, Layout]
SHOWN = ("letters", "papers", "results")


@dataclass(frozen=True)
class Shown:
    """The example of a paper: the name of its file, what it is called, what it is set from."""

    name: str
    title: Bilingual
    record: PaperRecord
    layout: Layout

    def pdf(self) -> bytes:
        """The example as a PDF. Raises LayoutFaulty."""
        return set_pdf(self.record, self.layout)

    def signed(self, desk: ExampleDesk) -> bytes:
        """The example signed where somebody of the office signs, with the agency's seal where its head does.

        The places of applicants stay empty. Raises LayoutFaulty.
        """
        content = self.pdf()
        for number, place in enumerate(places_on(self.record, self.layout), 1):
            if place.role not in (*rules.OTHERS_SIGN, rules.NUMBER):
                content = desk.sign(
                    content, field=f"{place.role}-{number}", name=place.name, agency=self.record.agency.name,
                    box=place.box, page=place.page, seal=place.role == rules.HEAD_SIGNS,
                )  # fmt: skip
        return content

    def pictures(self, ppi: int = 110) -> list[bytes]:
        """Its pages as PNG. Raises LayoutFaulty."""
        return pictures(self.record, self.layout, ppi)


def layout_at(kind: str, at: datetime) -> Layout:
    """The layout in force at `at` for papers of `kind`. Raises NoLayout."""
    found = layout_for(kind, {version.key: version.body for version in packs.current_all("papers", at)})
    if found is None:
        raise NoLayout(kind=kind)
    return found


def becomes_file(kind: str) -> bool:
    """Whether letters of this kind are kept as files: those issued to the applicant."""
    return kind in dossiers.ISSUED_TO_APPLICANT


def file_of(dossier: Any, about: str) -> Any | None:
    """The stored file of a paper of this dossier, None while it is not made; the caller has asked the policy."""
    row = IssuedPaper.objects.select_related("file").filter(dossier=dossier, about=about).first()
    return row.file if row is not None else None


@dataclass(frozen=True)
class FileIssued:
    """A paper of a dossier that is a file: what it is, since when, and the hash of the file as it was issued."""

    public_id: str
    about: str
    kind: str
    issued_at: datetime
    sha256: str


def files_issued(dossier: Any) -> list[FileIssued]:
    """The papers of a dossier that are files, oldest first. One query."""
    rows = IssuedPaper.objects.filter(dossier=dossier).order_by("issued_at", "pk")
    return [
        FileIssued(*row)
        for row in rows.values_list("public_id", "about", "kind", "issued_at", "file__sha256")
    ]


def missing(dossier: Any) -> list[str]:
    """What of a dossier was issued to the applicant and is not yet a file: its letters, oldest first, then `RESULT`."""
    made = set(IssuedPaper.objects.filter(dossier=dossier).values_list("about", flat=True))
    issued = [each.public_id for each in dossiers.letters_of(dossier) if becomes_file(each.kind)]
    if has_result(dossier):
        issued.append(RESULT)
    return [each for each in issued if each not in made]


def has_result(dossier: Any) -> bool:
    """Whether the result of a dossier is a paper that is made here; asks no database."""
    return dossiers.result_version(dossier) is not None


def draft_of(dossier: Any, about: str) -> Draft:
    """A paper of a dossier, a letter by its public id or `RESULT`, as the record and the layout it is set from.

    Raises DossierNotFound where it has no such paper, NoLayout.
    """
    if about != RESULT:
        letter = dossiers.letter_of(dossier, about)
        return record_at(dossiers.letter_sheet(dossier, letter), letter.at, dossier)
    return record_at(dossiers.result_sheet(dossier), dossier.resolved_at, dossier)


def record_at(sheet: Sheet, at: datetime, dossier: Any | None = None) -> Draft:
    """A filled form as the record and the layout it is set from; `dossier` None for a book of many. Raises NoLayout."""
    layout = layout_at(sheet.kind, at)
    record = record_of(
        sheet,
        issued_at=at,
        layout=(layout.key, layout.hash),
        size=layout.size,
        across=layout.across,
        simulated=settings.MOTCUA.simulation,
        about=_about(dossier) if dossier is not None else None,
    )
    return record, layout


def _about(dossier: Any) -> About:
    view = dossiers.view_of(dossier)
    return About(
        code=dossier.code or "",
        reference=dossier.reference,
        procedure=view.legal_name.vi,
        procedure_code=view.code or "",
        tracking=dossiers.lookup_url(dossier.reference),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
    )


def set_pdf(record: PaperRecord, layout: Layout) -> bytes:
    """The paper as it is kept. Raises LayoutFaulty."""
    try:
        return pdf_of(record, layout)
    except LayoutBroken as problem:
        raise LayoutFaulty(layout=layout.key, problem=str(problem)) from problem


def pictures(record: PaperRecord, layout: Layout, ppi: int = 90) -> list[bytes]:
    """The pages of a paper as PNG, to look at. Raises LayoutFaulty."""
    try:
        return pictures_of(record, layout, ppi=ppi)
    except LayoutBroken as problem:
        raise LayoutFaulty(layout=layout.key, problem=str(problem)) from problem


def places_on(record: PaperRecord, layout: Layout) -> list[SignaturePlace]:
    """Where somebody signs on the paper, and where its number comes (role `NUMBER`). Raises LayoutFaulty."""
    try:
        return signature_places(record, layout)
    except LayoutBroken as problem:
        raise LayoutFaulty(layout=layout.key, problem=str(problem)) from problem


def live_pdf(sheet: Sheet, at: datetime, dossier: Any | None = None) -> bytes:
    """A paper that tells how things stand at `at`, as a PDF that is kept nowhere: control slip, register, handover.

    The next one tells more, so none of them is the one to keep. Raises BookTooLong, NoLayout, LayoutFaulty.
    """
    if len(sheet.table) > rules.ROWS_MAX:
        raise BookTooLong(rows=len(sheet.table), most=rules.ROWS_MAX)
    return set_pdf(*record_at(sheet, at, dossier))


def documents_at(at: datetime, *, drafts: bool = False) -> samples.Documents:
    """Letters, layouts and results in force at `at`, `drafts` laid over them, and the procedures of the results."""
    found: dict[str, dict[str, Any]] = {
        kind: {version.key: version.body for version in packs.current_all(kind, at)} for kind in SHOWN
    }
    for (kind, key), body in (packs.draft_bodies(SHOWN) if drafts else {}).items():
        found[kind][key] = body
    named = {key: packs.current("procedures", key, at) for key in found["results"]}
    found["procedures"] = {key: version.body for key, version in named.items() if version is not None}
    return found


def drafted() -> set[tuple[str, str]]:
    """Which letters, layouts and results have a draft that nobody has published, by kind and id."""
    return set(packs.draft_bodies(SHOWN))


def layout_named(kind: str, key: str, documents: samples.Documents) -> Layout | None:
    """The layout that sets a letter or a result among these documents; None for none."""
    form = documents[kind][key]
    return layout_for(key if kind == samples.LETTERS else str(form["layout"]), documents["papers"])


def sample(kind: str, key: str, documents: samples.Documents) -> Shown:
    """The example of one paper of these documents. Raises NotFound for one that is not among them, NoLayout."""
    form = documents.get(kind, {}).get(key)
    if form is None or kind not in (samples.LETTERS, samples.RESULTS):
        raise NotFound()
    own = settings.MOTCUA
    record, layout = samples.sample(kind, key, documents, base_url=own.base_url)
    number = (
        f"mau-{form['form_no']}" if form.get("form_no") else "ket-qua" if kind == samples.RESULTS else "giay"
    )
    return Shown(
        f"{number}-{key}", Bilingual(form["title"]["vi"], form["title"].get("en", "")), record, layout
    )


def public_ids() -> Iterator[str]:
    """Every paper's public id, for the check of the journal."""
    return IssuedPaper.objects.values_list("public_id", flat=True).iterator()
