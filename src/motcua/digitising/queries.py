"""Every read of scans. Who may see a dossier is decided by `dossiers`; who may scan for it too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from motcua.agencies import queries as agencies
from motcua.digitising import ocr, reading, rules, words
from motcua.digitising.errors import ScanNotFound, ScanUnreadable
from motcua.digitising.models import Proposal, Scan, ScanPage
from motcua.digitising.words import PROBLEMS, STATES, TONES, digitised_word
from motcua.dossiers import queries as dossiers
from motcua.files import queries as files
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.kernel import forms

__all__ = [
    "PROBLEMS", "STATES", "TONES", "ProposalTold", "ScanTold", "can_read", "digitised_word", "get_scan", "in_making",
    "left", "looked_at", "looks_again", "marked_copy", "may_fill", "page_picture", "pages_of", "public_ids",
    "quality_of", "read_proposals", "reader", "rows_in", "said_for", "scans_of", "told_of", "unprepared", "words_of",
]  # fmt: skip

EDITABLE = ("door_supplement", "supplement")  # where the desk may still write into the declaration on behalf


def reader() -> str:
    """The program that reads, "" where the operator switched it off."""
    return "" if settings.MOTCUA.tesseract == "off" else settings.MOTCUA.tesseract


def can_read() -> bool:
    """Whether this machine reads Vietnamese off pictures."""
    return ocr.can_read(reader())


def public_ids() -> Iterator[str]:
    """Every scan's public id, for the check of the journal."""
    return Scan.objects.values_list("public_id", flat=True).iterator()


def scans_of(dossier: Any) -> list[Scan]:
    """The scans of a dossier that are worked on or lie in it, newest first, each with `page_count`; one query. The
    caller has asked the policy."""
    rows = Scan.objects.filter(dossier=dossier).exclude(state=rules.State.DROPPED)
    return list(rows.annotate(page_count=Count("pages")).select_related("begun_by").order_by("-pk"))


def get_scan(dossier: Any, public_id: str) -> Scan:
    """One scan of a dossier the caller may see. Raises ScanNotFound."""
    rows = Scan.objects.filter(dossier=dossier).exclude(state=rules.State.DROPPED)
    found = (
        rows.select_related("made", "certified", "begun_by").filter(public_id=public_id).first()
        if public_id.isalnum()
        else None
    )
    if found is None:
        raise ScanNotFound()
    found.dossier = dossier
    return found


def pages_of(scan: Scan) -> list[ScanPage]:
    """Its pages in their order, with their files; one query."""
    return list(ScanPage.objects.filter(scan=scan).select_related("file", "picture").order_by("place", "pk"))


def in_making(public_id: str, run: int) -> Scan | None:
    """The scan when this run of making it is still the one that is wanted."""
    rows = Scan.objects.select_related("dossier")
    return rows.filter(public_id=public_id, run=run, state=rules.State.MAKING).first()


def left(moment: datetime, *, limit: int) -> list[str]:
    """Scans that were begun long ago and never got into their dossier, oldest first."""
    rows = Scan.objects.filter(state__in=rules.OPEN_STATES, begun_at__lt=moment - rules.LEFT_AFTER)
    return list(rows.order_by("pk").values_list("public_id", flat=True)[:limit])


def unprepared(scan: Scan) -> list[ScanPage]:
    """The pages that are not made ready yet, in their order."""
    rows = ScanPage.objects.filter(scan=scan, picture=None).select_related("file")
    return list(rows.order_by("place", "pk"))


def read_proposals(scan: Scan, pages: list[ScanPage]) -> list[reading.Found]:
    """What the words of these pages say for the fields that the declaration asks."""
    declaration = dossiers.declared_view_of(scan.dossier).declaration
    asked = _asked(scan.dossier, declaration, dossiers.answers_of(scan.dossier))
    return reading.proposals([words_of(page) for page in pages], declaration, asked, scan.name)


def words_of(page: ScanPage) -> list[ocr.Word]:
    """The words that were read on a prepared page."""
    return [ocr.Word.of_row(row) for row in json.loads(page.words)] if page.words else []


def _asked(dossier: Any, declaration: forms.Declaration, answers: dict[str, Any]) -> set[str]:
    day = dossiers.judged_on(dossier, local_date(dossier.started_at))
    return forms.visible(declaration, answers, day)


def may_fill(actor: Actor, dossier: Any) -> bool:
    """Whether what is read may be written into the declaration now: it lies open for a supplement, and she may write
    on the applicant's behalf."""
    return str(dossier.business_state) in EDITABLE and dossiers.may(actor, dossier, "edit")


# What a page shows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProposalTold:
    """A proposal beside the picture: `compared` is empty (the field has nothing), same, or differs."""

    id: int
    number: int
    field: str
    label: str
    read: str
    shown: str  # the value in the reader's language
    typed: str  # what stands in the declaration, in words
    entered: str  # the value as an input takes it
    options: tuple[tuple[str, str], ...]
    confidence: int
    sure: bool
    page: int
    box: tuple[int, int, int, int]
    compared: str
    state: str
    state_word: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True)
class ScanTold:
    """What is said of a scan's quality: the coarsest page, pages that are too coarse, whether a size was guessed."""

    dpi: int | None
    coarse: tuple[int, ...]
    guessed: bool
    straightened: tuple[int, ...]
    unread: tuple[int, ...]


def quality_of(pages: list[ScanPage]) -> ScanTold:
    """The quality of prepared pages, told by their numbers from 1."""
    ready = [(number, page) for number, page in enumerate(pages, 1) if page.dpi]
    return ScanTold(
        dpi=min((page.dpi for _n, page in ready if page.dpi), default=None),
        coarse=tuple(n for n, page in ready if (page.dpi or 0) < rules.DPI_LEAST),
        guessed=any(page.dpi_guessed for _n, page in ready),
        straightened=tuple(n for n, page in ready if page.skew),
        unread=tuple(n for n, page in ready if page.words == ""),
    )


def told_of(scan: Scan, language: str) -> list[ProposalTold]:
    """The proposals of a scan in the order of the page, each beside what was typed; one query. Holds personal data."""
    declaration = dossiers.declared_view_of(scan.dossier).declaration
    answers = dossiers.answers_of(scan.dossier)
    names = agencies.names_in(language)
    rows = Proposal.objects.filter(scan=scan).select_related("decided_by")
    found = []
    for row in sorted(rows, key=lambda each: (each.page, each.box[1], each.box[0])):
        field = declaration.field(row.field)
        if field is None:
            continue
        value, typed = json.loads(row.value), answers.get(field.id)
        has = forms.bare(typed)
        compared = "empty" if has is None else "same" if has == forms.bare(value) else "differs"
        found.append(
            ProposalTold(
                id=row.pk,
                number=len(found) + 1,
                field=field.id,
                label=field.label.say(language),
                read=row.read,
                shown=forms.say(field, value, language, names),
                typed=forms.say(field, typed, language, names) if has is not None else "",
                entered=_entered(field, value),
                options=tuple((o.value, o.label.say(language)) for o in field.options),
                confidence=row.confidence,
                sure=row.confidence >= rules.SURE,
                page=row.page,
                box=tuple(row.box),  # type: ignore[arg-type]
                compared=compared,
                state=row.state,
                state_word=str(words.SAID.get(row.state, "")),
                decided_by=row.decided_by.display_name if row.decided_by_id else "",
                decided_at=row.decided_at,
            )
        )
    return found


def _entered(field: forms.Field, value: Any) -> str:
    text = str(value)
    return f"{text[8:]}/{text[5:7]}/{text[:4]}" if field.type == "date" and len(text) == 10 else text


PICTURE_DPI = 110


def page_picture(scan: Scan, number: int) -> bytes:
    """One page (from 0) as a picture for the screen: of the PDF that was made, else as it was uploaded and turned.

    Raises ScanNotFound, StoreBroken.
    """
    from motcua.digitising import images, making  # what draws is read when something is drawn

    try:
        if scan.state in (rules.State.MADE, rules.State.TAKEN) and scan.made is not None:
            content = b"".join(files.content(scan.made))
            drawn = images.pdf_page(content, number, dpi=PICTURE_DPI)
        else:
            page = pages_of(scan)[number]
            content, kind = making.Sources().of(page)
            whole = images.page_of(content, kind, page.index).image
            drawn = images.turned(images.for_screen(whole), page.turned)
    except (images.Unreadable, IndexError) as problem:
        raise ScanNotFound() from problem
    return images.as_jpeg(drawn, PICTURE_DPI)


def marked_copy(file: Any, mark: str) -> tuple[bytes, str]:
    """(a copy of a stored file with `mark` across every page, its name), as PDF; the file itself stays as it is.

    Raises ScanUnreadable, StoreBroken.
    """
    from motcua.digitising.copies import copy_of

    return copy_of(file, mark)


# A file as it was handed in -------------------------------------------------------------------------------------------


def looked_at(file: Any, *, pages_most: int, seconds: float) -> tuple[list[dict[str, Any]], int]:
    """(the first pages of a stored file as data, how many it has): what can be read in it and what the picture is like.

    Slow; nothing is kept. Read what it gives by `looks_again`. Raises ScanUnreadable, StoreBroken.
    """
    from motcua.digitising import images, looking

    try:
        content = b"".join(files.content(file))
        pages, count = looking.look(
            content, file.kind, program=reader(), pages_most=pages_most, seconds=seconds
        )
    except images.Unreadable as problem:
        raise ScanUnreadable(name=file.name) from problem
    return [page.as_data() for page in pages], count


def looks_again(data: list[dict[str, Any]]) -> list[Any]:
    """The pages that `looked_at` gave, as objects with their measures and how many words are `sure`."""
    from motcua.digitising.looking import Looked

    return [Looked.of_data(page) for page in data]


def rows_in(page: Any) -> list[tuple[str, int]]:
    """What stands on a page that was looked at, row by row: (text, confidence in percent)."""
    from motcua.digitising import looking

    return looking.rows_in(page)


def said_for(
    pages: list[Any], declaration: forms.Declaration, asked: set[str], paper: str
) -> dict[str, tuple[Any, int, int]]:
    """Field → (value, confidence, page from 0) that labels on looked-at pages of a paper named so say."""
    from motcua.digitising import looking

    return looking.said_for(pages, declaration, asked, paper)
