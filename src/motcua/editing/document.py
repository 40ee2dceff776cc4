"""The document of a draft: a procedure of the packs, with its declaration inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motcua.foundation.packs.assemble import plain_body
from motcua.kernel.text import nfc, slug

Document = dict[str, Any]
Doubts = list[Any]
KEY_MAX = 80
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_BLANK: Document = {
    "code": None,
    "name_en": "",
    "field_vi": "",
    "level": "commune",
    "status": "active",
    "responsible_agency_type": "",
    "applicants": ["cong_dan_viet_nam"],
    "channels": ["in_person", "online", "post"],
    "online_level": "partial",
    "owner": {"system": "platform"},
    "time_limit": {"value": None, "unit": "working_days", "notes": None},
    "fees": [],
    "required_documents": [],
    "steps": [],
    "result": {"name_vi": "", "type": "document"},
    "legal_basis": [],
    "sources": [],
    "unverified": ["time_limit", "steps.time_share"],
}


def blank(name: str, key: str = "") -> Document:
    """The document of a procedure of which only the name is known; what nobody has said yet is marked unverified."""
    name = nfc(name).strip()
    key = key or slug(name)[:KEY_MAX].strip("-") or "thu-tuc"
    return {"id": key, "slug": key, "name_vi": name, "short_name_vi": name[:300], **_BLANK}


def normal(document: Mapping[str, Any]) -> Document:
    """The document as it is stored: plain data, every text in NFC."""

    def text(value: Any) -> Any:
        if isinstance(value, dict):
            return {nfc(key): text(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [text(inner) for inner in value]
        return nfc(value) if isinstance(value, str) else value

    return text(plain_body(dict(document)))


def declaration_of(document: Mapping[str, Any]) -> Document | None:
    """The declaration that lies inside, None for a procedure declared on the general form."""
    inside = document.get("declaration")
    return inside if isinstance(inside, dict) else None


def procedure_of(document: Mapping[str, Any]) -> Document:
    """The procedure as its own file says it: its declaration by name."""
    inside = declaration_of(document)
    if inside is None:
        return dict(document)
    return {**document, "declaration": str(inside.get("id") or document.get("id"))}


def key_of(document: Mapping[str, Any]) -> str:
    """The id of the procedure; made from its id or its name where that is none."""
    key = document.get("id")
    if isinstance(key, str) and len(key) <= KEY_MAX and _KEY.fullmatch(key):
        return key
    for text in (key, document.get("short_name_vi"), document.get("name_vi")):
        if isinstance(text, str) and (made := slug(text)[:KEY_MAX].strip("-")):
            return made
    return "thu-tuc"


def short_name(document: Mapping[str, Any]) -> str:
    """How lists call it."""
    for key in ("short_name_vi", "name_vi", "id"):
        if isinstance(document.get(key), str) and document[key].strip():
            return document[key].strip()[:300]
    return "–"
