"""Letting a .docx in: what is hostile stays out, what is left becomes plain lines and tables.

A form is text: a few pages, some tables. The limits are those of forms, far below those of papers that people hand
in. Nothing is unpacked to the disk, no part is fetched from outside, no program is looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from motcua.editing.docx.marks import BLANK, BOX, normal
from motcua.editing.errors import FormBroken, FormHostile, FormLocked, FormTooLarge, NotAForm, OldWord
from motcua.files import queries as files
from motcua.files.errors import FileBroken, FileSuspicious
from motcua.files.rules import HEAD, describe
from motcua.foundation import zips

FORM_MB = 10
MB = 1024 * 1024
XML_MAX = 8 * MB  # bytes of one unpacked part: the tree of it takes ten times as much
PARTS_MAX = 40 * MB  # bytes of all parts unpacked, pictures included
LINES_MAX = 4000
LINE_LENGTH = 4000  # characters of one line; the rest of a longer one is no question
CELLS_MAX = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97-2003, and the wrapping of an encrypted docx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A document type declaration has no business in an office file: it is how entities are smuggled in.
_DOCTYPE = re.compile(rb"<\s*!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol")
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


Styles = dict[str, Any]  # of the document, by id


@dataclass(frozen=True)
class Line:
    """One line of the form: its text with blanks as BLANK and boxes as BOX, and how it stands there."""

    text: str
    place: int  # of its paragraph or table, counted from 1: what a doubt points at
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each cell its lines; a merged cell stands where it begins, empty cells follow it."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    place: int


@dataclass
class FormText:
    """What a form says, in its order, and its footnotes by their mark."""

    name: str
    blocks: list[Line | Grid] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def open_form(source: BinaryIO, name: str) -> FormText:
    """The lines and tables of a .docx. Raises the refusals of `errors`."""
    raw = _taken(source, name)
    _known(raw, name)
    _harmless(raw, name)
    import docx  # lxml is heavy: whoever opens no form does not load it
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(raw))
        found = FormText(name, notes=_footnotes(document))
        styles = {style.style_id: style for style in document.styles}
        for place, block in enumerate(document.element.body.iterchildren(), 1):
            found.blocks += _block(block, place, styles, name)
            if len(found.blocks) > LINES_MAX:
                raise FormTooLarge(name=name, most=FORM_MB)
    except (OpcError, KeyError, AttributeError, SyntaxError, *zips.BROKEN) as problem:
        raise FormBroken(name=name) from problem  # lxml's syntax error is a SyntaxError
    return found


def _taken(source: BinaryIO, name: str) -> bytes:
    source.seek(0)
    raw = source.read(FORM_MB * MB + 1)
    if len(raw) > FORM_MB * MB:
        raise FormTooLarge(name=name, most=FORM_MB)
    return raw


def _known(raw: bytes, name: str) -> None:
    if raw.startswith(_OLE):
        raise FormLocked(name=name) if _ENCRYPTED in raw else OldWord(name=name)
    try:
        kind = files.kind_of(io.BytesIO(raw), name, len(raw))
    except FileSuspicious as problem:
        raise FormHostile(name=name) from problem
    except FileBroken as problem:
        raise FormBroken(name=name) from problem
    if kind != "docx":
        found = kind or describe(raw[:HEAD], name) or "?"
        raise NotAForm(name=name, found=found.upper())


def _harmless(raw: bytes, name: str) -> None:
    """Each part is read once up to its limit before a parser sees any: sizes that a zip announces may lie."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    body = part.read(XML_MAX + 1)
                total += len(body)
                is_text = entry.filename.lower().endswith((".xml", ".rels"))
                if len(body) > XML_MAX or total > PARTS_MAX:
                    raise FormTooLarge(name=name, most=FORM_MB)
                if is_text and _DOCTYPE.search(body.replace(b"\0", b"")):
                    raise FormHostile(name=name)
    except zips.BROKEN as problem:
        raise FormBroken(name=name) from problem


def _footnotes(document: Any) -> dict[str, str]:
    """Real footnotes of Word, by number."""
    from docx.oxml.parser import parse_xml

    found = {}
    for relation in document.part.rels.values():
        if relation.reltype != _FOOTNOTES or relation.is_external:
            continue
        for note in parse_xml(relation.target_part.blob).iterchildren(f"{_W}footnote"):
            text = " ".join(_text(p, ()) for p in note.iter(f"{_W}p")).strip()
            if text and (number := note.get(f"{_W}id")):
                found[number] = normal(text)
    return found


def _block(element: Any, place: int, styles: Styles, name: str) -> list[Line | Grid]:
    if element.tag == f"{_W}p":
        return list(_lines(element, place, styles))
    if element.tag == f"{_W}tbl":
        return [_grid(element, place, styles, name)]
    found: list[Line | Grid] = []
    if element.tag == f"{_W}sdt":  # a content control around whole paragraphs
        for inner in element.iterchildren(f"{_W}sdtContent"):
            for each in inner.iterchildren():
                found += _block(each, place, styles, name)
    return found


def _grid(table: Any, place: int, styles: Styles, name: str) -> Grid:
    rows, cells = [], 0
    for row in table.iterchildren(f"{_W}tr"):
        found: list[tuple[Line, ...]] = []
        for cell in row.iter(f"{_W}tc"):
            if _above(cell, f"{_W}tr") is not row:
                continue  # a cell of a table within this cell: its text stands in the outer one
            properties = cell.find(f"{_W}tcPr")
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
            lines = () if goes_on else tuple(_lines_within(cell, place, styles))
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            width = int(span.get(f"{_W}val") or 1) if span is not None else 1
            found += [lines, *([()] * (min(width, 60) - 1))]
            cells += 1
            if cells > CELLS_MAX:
                raise FormTooLarge(name=name, most=FORM_MB)
        rows.append(tuple(found))
    return Grid(tuple(rows), place)


def _lines_within(cell: Any, place: int, styles: Styles) -> Iterator[Line]:
    for paragraph in cell.iter(f"{_W}p"):
        if (
            _above(paragraph, f"{_W}txbxContent") is None
        ):  # a text box is read with the paragraph that holds it
            yield from _lines(paragraph, place, styles)


def _above(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _lines(paragraph: Any, place: int, styles: Styles) -> Iterator[Line]:
    leaders = _leaders(paragraph, styles)
    bold = _all_bold(paragraph, styles)
    alignment = paragraph.find(f"{_W}pPr/{_W}jc")
    centred = alignment is not None and alignment.get(f"{_W}val") in ("center", "right", "end")
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    for text in _text(paragraph, leaders).split("\n"):
        line = normal(text[:LINE_LENGTH])
        if line:
            yield Line(f"- {line}" if numbered else line, place, bold, centred)


def _leaders(paragraph: Any, styles: Styles) -> tuple[bool, ...]:
    """For each tab stop whether it draws a line of dots, so that a tab is told from a blank."""
    found = [stop.get(f"{_W}leader") for stop in paragraph.iterfind(f"{_W}pPr/{_W}tabs/{_W}tab")]
    if not found:
        style = _style(paragraph, styles)
        seen = 0
        while style is not None and not found and seen < 10:
            found = [stop.get(f"{_W}leader") for stop in style.element.iterfind(f"{_W}pPr/{_W}tabs/{_W}tab")]
            style, seen = style.base_style, seen + 1
    return tuple(leader in ("dot", "underscore", "hyphen", "middleDot", "heavy") for leader in found)


def _style(paragraph: Any, styles: Styles) -> Any:
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return styles.get(named.get(f"{_W}val")) if named is not None else None


def _all_bold(paragraph: Any, styles: Styles) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext()).strip()]
    if not runs:
        return False
    style = _style(paragraph, styles)
    by_style = style is not None and (style.name or "").lower().startswith(("heading", "title", "tiêu đề"))
    return by_style or all(_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _on(mark: Any) -> bool:
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _text(element: Any, leaders: tuple[bool, ...]) -> str:
    """The text of a paragraph: tabs with dots and underlined gaps as BLANK, every kind of box as BOX."""
    parts: list[str] = []
    tabs = 0
    for node in element.iter():
        if _skipped(node, element):
            continue
        if node.tag == f"{_W}t":
            parts.append(_run_text(node))
        elif node.tag == f"{_W}tab" and _above(node, f"{_W}pPr") is None:
            dotted = any(leaders) if tabs >= len(leaders) else leaders[tabs]
            tabs += 1
            parts.append(BLANK if dotted or _underlined(node) else " ")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif node.tag == f"{_W}sym":
            parts.append(BOX if _is_symbol_font(node.get(f"{_W}font")) else "")
        elif node.tag in (f"{_W14}checkbox", f"{_W}checkBox"):
            parts.append(BOX)
        elif node.tag == f"{_W}textInput":
            parts.append(BLANK)
        elif node.tag == f"{_W}footnoteReference":
            parts.append(f" ({node.get(f'{_W}id')})")
    return "".join(parts)


def _skipped(node: Any, paragraph: Any) -> bool:
    """What Word writes twice (a drawing for old programs, text that was moved away), and text of a check box that
    stands as BOX already."""
    if not isinstance(node.tag, str):
        return True
    if _above(node, _FALLBACK) is not None or _above(node, f"{_W}moveFrom") is not None:
        return True
    if node.tag in (f"{_W}t", f"{_W}sym"):
        control = _above(node, f"{_W}sdt")
        if control is not None and next(control.iter(f"{_W14}checkbox"), None) is not None:
            return True
    nearest = _above(node, f"{_W}p")
    return node is not paragraph and nearest is not paragraph and _above(node, f"{_W}txbxContent") is None


def _run_text(node: Any) -> str:
    text = node.text or ""
    run = _above(node, f"{_W}r")
    if run is None:
        return text
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    if (
        raised is not None
        and raised.get(f"{_W}val") == "superscript"
        and re.fullmatch(r"\(?[0-9*]{1,2}\)?", text.strip())
    ):
        return f" ({text.strip().strip('()')})"  # a note's mark, however it is set
    fonts = run.find(f"{_W}rPr/{_W}rFonts")
    if fonts is not None and _is_symbol_font(fonts.get(f"{_W}ascii")) and text.strip():
        return BOX
    if not text.strip() and len(text) >= 3 and _underlined(node):
        return BLANK
    return text


def _underlined(node: Any) -> bool:
    run = _above(node, f"{_W}r")
    mark = run.find(f"{_W}rPr/{_W}u") if run is not None else None
    return mark is not None and mark.get(f"{_W}val") not in ("none", None)


def _is_symbol_font(name: str | None) -> bool:
    return bool(name) and str(name).lower().startswith(_SYMBOL_FONTS)
