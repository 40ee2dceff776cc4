"""What kinds of file there are, how a file is recognised, how it may be called and shown. No Django, no disk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import filetype

from motcua.kernel.text import one_line

NAME_LENGTH = 120  # characters without the ending
HEAD = 8192  # bytes that recognising needs


@dataclass(frozen=True)
class Kind:
    """A kind of file we take: its name, type, ending, and whether a browser may show it within a page."""

    name: str
    mime: str
    ending: str
    inline: bool = False


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", "pdf", inline=True),
        Kind("jpeg", "image/jpeg", "jpg", inline=True),
        Kind("png", "image/png", "png", inline=True),
        Kind("webp", "image/webp", "webp", inline=True),
        Kind("docx", _WORD, "docx"),
        Kind("xlsx", _SHEET, "xlsx"),
        Kind("dwg", "image/vnd.dwg", "dwg"),
    )
}
PICTURES = ("jpeg", "png", "webp")
USUAL = ("pdf", "jpeg", "png", "webp", "docx", "xlsx")  # what a paper takes unless its pack says otherwise
ZIPPED = "zip"  # docx and xlsx are told apart inside

_MAGIC = (
    (re.compile(rb"%PDF-[12]\.\d"), "pdf"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"PK\x03\x04"), ZIPPED),
    (re.compile(rb"AC10[0-9]{2}"), "dwg"),
)
_MARKUP = re.compile(
    rb"^(\xef\xbb\xbf)?\s*<(!doctype|html|svg|script|\?xml|!--|head|body|iframe)", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def recognise(head: bytes) -> str | None:
    """The kind that the first bytes of a file say it is ("zip" for the office formats), None for any other.

    The mark must stand at the very beginning: a file that is two things at once is neither.
    """
    return next((name for pattern, name in _MAGIC if pattern.match(head)), None)


def describe(head: bytes, name: str = "") -> str:
    """A word for a file we do not take, for the refusal: "html", "exe", "heic", else its ending, else ""."""
    if _MARKUP.match(head[:512]):
        return "html"
    guessed = filetype.guess(head)
    if guessed is not None:
        return guessed.extension
    ending = name.rpartition(".")[2] if "." in name else ""
    return re.sub(r"[^a-z0-9]", "", ending.lower())[:8]


def accepted(accept: Iterable[str] | None) -> tuple[str, ...]:
    """The kinds a paper takes, in our order. Raises ValueError for a kind that does not exist."""
    wanted = tuple(accept or USUAL)
    unknown = [name for name in wanted if name not in KINDS]
    if unknown:
        raise ValueError(f"no such kind of file: {', '.join(unknown)}")
    return tuple(name for name in KINDS if name in wanted)


def accept_attribute(accept: Iterable[str] | None = None) -> str:
    """The `accept` of a file input: endings and types."""
    kinds = [KINDS[name] for name in accepted(accept)]
    return ",".join([*(f".{kind.ending}" for kind in kinds), *(kind.mime for kind in kinds)])


def safe_name(given: str, kind: str) -> str:
    """The name to keep: without a path, control or direction characters, with the ending its content calls for."""
    base = re.split(r"[\\/]", given)[-1]
    base = _FORBIDDEN.sub("_", one_line(base)).strip(". ")
    stem, dot, ending = base.rpartition(".")
    if dot and stem and len(ending) <= 5 and ending.isascii() and ending.isalnum():
        base = stem
    base = base[:NAME_LENGTH].strip(". ") or "giay-to"
    return f"{base}.{KINDS[kind].ending}"
