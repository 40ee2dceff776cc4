"""Looking into a file before it is kept: is it what it says, is it harmless, and pictures without their metadata.

Nothing is ever unpacked to the disk. The limits below are per file; each says what it guards.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any, BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.files.errors import FileBroken, FileSuspicious, PictureTooLarge
from motcua.files.rules import HEAD, ZIPPED, recognise
from motcua.foundation import zips

PIXELS_MAX = 50_000_000  # decoding takes 3 to 4 bytes a pixel: 200 MB at most for one picture
ENTRIES_MAX = 3000  # files inside an office document
UNPACKED_MAX = 300 * 1024 * 1024  # bytes an office document says it has unpacked
RATIO_MAX = 150  # unpacked to packed, for entries where it matters
RATIO_FROM = 1024 * 1024  # bytes; small entries may well compress far
TYPES_MAX = 512 * 1024  # bytes of the list of parts
ORIENTATION = 0x0112  # EXIF: which way is up
PDF_TAIL = 4096  # bytes at the end within which a PDF must say that it ends

_OFFICE = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
_PROGRAMS = re.compile(r"(vbaproject\.bin|\.(exe|dll|js|vbs|scr|bat|cmd|ps1|jar|hta))$", re.IGNORECASE)


def kind_of(source: BinaryIO, name: str, size: int) -> str | None:
    """The kind of a file by its content, a name of `rules.KINDS` or None; an office file is looked into.

    Raises FileSuspicious, FileBroken.
    """
    source.seek(0)
    kind = recognise(source.read(HEAD))
    return office_kind(source, name, size) if kind == ZIPPED else kind


def office_kind(source: BinaryIO, name: str, size: int) -> str | None:
    """ "docx" or "xlsx", None for another zip file. Raises FileSuspicious, FileBroken."""
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            _weigh(entries, name, size)
            listed = next((e for e in entries if e.filename == "[Content_Types].xml"), None)
            if listed is None:
                return None
            if listed.file_size > TYPES_MAX:
                raise FileSuspicious(name=name)
            with archive.open(listed) as part:
                types = part.read(TYPES_MAX + 1)
    except zips.BROKEN as problem:
        raise FileBroken(name=name) from problem
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise FileSuspicious(name=name)
    return next((kind for kind, mark in _OFFICE.items() if mark in types), None)


def _weigh(entries: list[zipfile.ZipInfo], name: str, size: int) -> None:
    """Refuse what would swell, hide programs or tell lies about its sizes."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES_MAX or unpacked > UNPACKED_MAX or packed > size:
        raise FileSuspicious(name=name)
    for entry in entries:
        swells = entry.file_size > RATIO_FROM and entry.file_size > RATIO_MAX * max(entry.compress_size, 1)
        if (
            swells
            or _PROGRAMS.search(entry.filename)
            or ".." in entry.filename.split("/")
            or entry.flag_bits & 1
        ):
            raise FileSuspicious(name=name)


def check_pdf(source: BinaryIO, name: str, size: int) -> None:
    """A PDF must come to its own end, and carry nothing behind it. Raises FileBroken, FileSuspicious."""
    source.seek(max(0, size - 65_536))
    tail = source.read()
    end = tail.rfind(b"%%EOF")
    if end < 0 or len(tail) - end > PDF_TAIL:
        raise FileBroken(name=name)
    if b"PK\x05\x06" in tail[end:] or b"<script" in tail[end:].lower():
        raise FileSuspicious(name=name)


def clean_picture(source: BinaryIO, kind: str, name: str) -> io.BytesIO:
    """The picture turned upright and written anew: no EXIF, no place, no thumbnail, nothing behind its end.

    Of a moving picture the first image is kept. Raises PictureTooLarge, FileBroken.
    """
    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=(kind.upper(),)) as picture:
                _measure(picture, name)
                return _rewritten(picture, kind)
    except Image.DecompressionBombError as problem:
        raise PictureTooLarge(name=name, most=PIXELS_MAX // 1_000_000) from problem
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as problem:
        raise FileBroken(name=name) from problem


def _measure(picture: Image.Image, name: str) -> None:
    """Before anything is decoded: how many pixels its head announces."""
    if picture.width * picture.height > PIXELS_MAX:
        raise PictureTooLarge(name=name, most=PIXELS_MAX // 1_000_000)


def _rewritten(picture: Image.Image, kind: str) -> io.BytesIO:
    turned = picture.getexif().get(ORIENTATION, 1) != 1
    # Photos of many telephones hold a second picture ("MPO"): the first one is written anew.
    keeps_quality = picture.format == "JPEG" and picture.mode in ("RGB", "L") and not turned
    clean = ImageOps.exif_transpose(picture) if turned else picture
    clean.load()
    size = _real_size(clean.info.get("dpi"))
    clean.info = {name: value for name, value in clean.info.items() if name == "transparency"}
    out = io.BytesIO()
    if kind == "png":
        clean.save(out, "PNG", exif=b"", **size)
    elif kind == "webp":
        clean.save(out, "WEBP", quality=90, method=2, exif=b"", xmp=b"")
    elif keeps_quality:
        clean.save(
            out, "JPEG", quality="keep", exif=b"", **size
        )  # the same tables: nothing is lost a second time
    else:
        clean.convert("RGB").save(out, "JPEG", quality=90, **size)
    out.seek(0)
    return out


def _real_size(told: Any) -> dict[str, tuple[int, int]]:
    """The one thing kept of what a picture says of itself: dots per inch, by which a scan has its real size."""
    try:
        across, down = round(float(told[0])), round(float(told[1]))
    except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError):
        return {}
    return {"dpi": (across, down)} if 1 <= across <= 9600 and 1 <= down <= 9600 else {}
