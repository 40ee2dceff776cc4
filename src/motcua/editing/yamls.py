"""A draft as the YAML of a pack, both ways: one file for the procedure, one for the declaration it brings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import yaml

from motcua.editing.document import Document, declaration_of, normal, procedure_of
from motcua.foundation import zips
from motcua.foundation.packs.reader import FILE_BYTES_MAX, ReadProblem, read_data

WIDTH = 110
FILES_MAX = 12
# The keys of a document in the order in which people read them; others follow as they come.
_ORDER = (
    "id", "code", "slug", "key", "name_vi", "short_name_vi", "name_en", "title", "value", "label", "field_vi", "order",
    "stage", "role", "action_vi", "action_en", "level", "status", "responsible_agency_type", "applicants", "channels",
    "online_level", "declaration", "owner", "time_limit", "clock", "transition", "type", "unit", "notes", "help",
    "required", "when", "options", "min", "max", "pattern", "columns", "check", "message", "sensitivity", "prefill",
    "money", "amount_vnd", "online_amount", "per", "set_by", "quantity", "condition", "form_code", "reusable_from",
    "time_share", "optional", "fees", "required_documents", "steps", "bundle", "result", "sections", "fields", "papers",
    "doors", "law_notes", "vi", "en", "legal_basis", "common_mistakes", "publishing_decision", "related_codes",
    "source", "sources", "unverified",
)  # fmt: skip
_RANK = {name: number for number, name in enumerate(_ORDER)}


class Unreadable(ValueError):
    """The upload is no procedure of a pack; the text says why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _decimal(dumper: Any, value: float) -> Any:
    digits = format(Decimal(repr(value)), "f")  # packs know no exponents
    return dumper.represent_scalar("tag:yaml.org,2002:float", digits if "." in digits else f"{digits}.0")


_Dumper.add_representer(float, _decimal)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: _RANK.get(name, len(_RANK)))
        return {name: _sorted(value[name]) for name in names}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


def text_of(body: Mapping[str, Any]) -> str:
    """One document as the text of a pack file; `reader.read_data` reads it back to an equal document."""
    return yaml.dump(_sorted(dict(body)), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def files_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The files of a draft by their path in a layer: `procedures/<id>.yaml`, `declarations/<id>.yaml`."""
    procedure, inside = procedure_of(document), declaration_of(document)
    files = {f"procedures/{procedure['id']}.yaml": text_of(procedure)}
    if inside is not None:
        files[f"declarations/{procedure['declaration']}.yaml"] = text_of(inside)
    return files


def zip_of(files: Mapping[str, str], folder: str = "") -> bytes:
    """Files in one archive, under a folder where one is named."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return out.getvalue()


def document_from(uploads: Iterable[tuple[str, bytes]]) -> Document:
    """The draft document in some files (name, content): YAML of a procedure, of its declaration, or a ZIP with both.

    Raises Unreadable: what is no YAML of packs, more or less than one procedure, a declaration nobody names.
    """
    bodies = [(name, _read(name, raw)) for name, raw in _unpacked(uploads)]
    procedures = [body for _, body in bodies if "sections" not in body]
    forms = {str(body.get("id")): body for _, body in bodies if "sections" in body}
    if len(procedures) != 1:
        vi = f"cần đúng một tệp thủ tục, thấy {len(procedures)}."
        raise Unreadable(vi, f"one file of a procedure is wanted, found {len(procedures)}.")
    document = procedures[0]
    if "overrides" in document:
        vi = "tệp này chỉ ghi phần khác lớp dưới (overrides); cần tài liệu đầy đủ."
        raise Unreadable(
            vi, "this file only says what differs from a layer below (overrides); a whole one is wanted."
        )
    named = document.get("declaration")
    for name, form in forms.items():
        if name != named:
            vi = f"tờ khai “{name}” không phải của thủ tục này (declaration: {named})."
            raise Unreadable(
                vi, f"the declaration “{name}” is not that of the procedure (declaration: {named})."
            )
        document = {**document, "declaration": form}
    return normal(document)


def _unpacked(uploads: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for name, raw in uploads:
        if raw[:4] == b"PK\x03\x04":
            found += _from_zip(raw)
        else:
            found.append((name, raw))
    if len(found) > FILES_MAX:
        raise Unreadable("quá nhiều tệp.", "too many files.")
    return found


def _from_zip(raw: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [one for one in archive.infolist() if one.filename.endswith(".yaml")]
            members = [one for one in members if not one.filename.endswith("pack.yaml")][: FILES_MAX + 1]
            if any(one.file_size > FILE_BYTES_MAX for one in members):
                raise Unreadable("tệp trong gói nén quá lớn.", "a file in the archive is too large.")
            return [(one.filename, archive.read(one)) for one in members]
    except zips.BROKEN as problem:
        raise Unreadable("gói nén hỏng.", "the archive is broken.") from problem


def _read(name: str, raw: bytes) -> dict[str, Any]:
    if len(raw) > FILE_BYTES_MAX:
        raise Unreadable(f"{name}: tệp quá lớn.", f"{name}: the file is too large.")
    try:
        body = read_data(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"{name}: cần UTF-8.", f"{name}: UTF-8 is wanted.") from None
    except ReadProblem as problem:
        line, _place, _code, (vi, en) = problem.found[0]
        raise Unreadable(f"{name}, dòng {line}: {vi}", f"{name}, line {line}: {en}") from None
    if not isinstance(body, dict):
        raise Unreadable(f"{name}: tệp phải là một nhóm khóa.", f"{name}: a pack file is a group of keys.")
    return body
