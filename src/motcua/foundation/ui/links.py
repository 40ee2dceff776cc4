"""Web addresses inside a text of the packs, as links that say where they lead instead of a raw address."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_DOCUMENT = re.compile(r"[^/]{1,60}\.(?:pdf|docx?|odt|xlsx?|html?)", re.IGNORECASE)
_TAIL = ".,;:!?)"


def named_links(text: Any) -> SafeString:
    """The text with every web address in it as a named link; everything else escaped."""
    said = str(text or "")
    parts, place = [], 0
    for found in _ADDRESS.finditer(said):
        address = found[0].rstrip(_TAIL)
        parts.append(format_html("{}", said[place : found.start()]))
        place = found.start() + len(address)
        parts.append(_link(address))
    parts.append(format_html("{}", said[place:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(address: str) -> SafeString | str:
    name = name_of(address)
    if not name:
        return address
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, name)


def name_of(address: str) -> str:
    """What a web address is called: a document by its file name and host, a repository by its name, else the host.
    "" for an address that cannot be read."""
    try:
        split = urlsplit(address)
        host = (split.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if not host:
        return ""
    pieces = [unquote(piece) for piece in split.path.split("/") if piece]
    if pieces and _DOCUMENT.fullmatch(pieces[-1]):
        return f"{pieces[-1]} ({host})"
    if host == "github.com" and len(pieces) >= 2:
        return f"{pieces[0]}/{pieces[1]} ({host})"
    if host == "dichvucong.gov.vn":
        return _("Cổng Dịch vụ công quốc gia")
    return host
