"""A place in a PDF that is filled later: put there before the first signature, filled behind it, each as a revision.

A filled form field is the one change that the norm allows behind a signature (ISO 32000-2, 12.8.2.2), so that the
first signature stays what it was when the number of the document comes after it (NĐ 30/2020/NĐ-CP, art. 15).
"""

from __future__ import annotations

import io
from typing import Any

from motcua.signing.appearance import FONT, Box
from motcua.signing.pades import NotSignable

SIZE_MOST, SIZE_LEAST = 12.0, 6.0
PRINTED, READ_ONLY = 4, 1


def put_field(content: bytes, name: str, *, box: Box, page: int, told: str) -> bytes:
    """The PDF with one empty field more; `told` is what a screen reader says of it. Raises NotSignable."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        if writer.prev.encrypted:
            raise NotSignable("encrypted")
        page_ref = writer.find_page_for_modification(page)[0]
        field = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string(name),
                pdf_name("/TU"): pdf_string(told),
                pdf_name("/F"): generic.NumberObject(PRINTED),
                pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
                pdf_name("/Rect"): generic.ArrayObject(generic.FloatObject(round(each, 2)) for each in box),
                pdf_name("/P"): page_ref,
                pdf_name("/AP"): generic.DictionaryObject(
                    {pdf_name("/N"): writer.add_object(_form(writer, box, b""))}
                ),
            }
        )
        placed = writer.add_object(field)
        writer.register_annotation(page_ref, placed)
        _fields_of(writer).append(placed)
        out = io.BytesIO()
        writer.write(out)
    except PdfError as problem:
        raise NotSignable("unreadable", str(problem)) from problem
    return out.getvalue()


def fill_field(content: bytes, name: str, text: str) -> bytes:
    """The PDF with `text` in the field of this name, set in our own letters. Raises NotSignable, KeyError for no
    such field."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
    from pyhanko.pdf_utils.generic import pdf_name, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        fields = writer.root["/AcroForm"]["/Fields"]
        field = next(each.get_object() for each in fields if str(each.get_object().get("/T", "")) == name)
        left, low, right, high = (float(each) for each in field["/Rect"])
        engine = GlyphAccumulatorFactory(str(FONT), bcp47_lang_code="vi").create_font_engine(writer)
        wide = engine.shape(text).x_advance
        size = max(SIZE_LEAST, min(SIZE_MOST, (right - left) / wide, (high - low) / 1.25))
        engine.font_size = size
        drawn = b"q 0 g BT /F1 %g Tf 0 %g Td %s ET Q" % (
            size,
            (high - low - size) / 2 + size * 0.22,
            engine.shape(text).graphics_ops,
        )
        look = _form(writer, (left, low, right, high), drawn)
        look[pdf_name("/Resources")] = generic.DictionaryObject(
            {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): engine.as_resource()})}
        )
        field[pdf_name("/V")] = pdf_string(text)
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
        writer.update_container(field)
        out = io.BytesIO()
        writer.write(out)
    except StopIteration:
        raise KeyError(name) from None
    except PdfError as problem:
        raise NotSignable("unreadable", str(problem)) from problem
    return out.getvalue()


def _form(writer: Any, box: Box, drawn: bytes) -> Any:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name

    left, low, right, high = box
    return generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(
                generic.FloatObject(round(each, 2)) for each in (0, 0, right - left, high - low)
            ),
            pdf_name("/Resources"): generic.DictionaryObject(),
        },
        stream_data=drawn,
    )


def _fields_of(writer: Any) -> Any:
    """The list of fields of the document, made where there is none."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name

    root = writer.root
    if "/AcroForm" not in root:
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        root[pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()
    form = root["/AcroForm"]
    writer.update_container(form["/Fields"])
    return form["/Fields"]
