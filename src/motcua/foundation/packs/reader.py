"""From the bytes of one YAML file to plain data, with the line of every key when somebody asks.

Packs use a small, safe part of YAML: mappings with text keys, lists, text, whole and decimal numbers, `true`,
`false`, `null`. Unlike YAML 1.1, `no`, `on` and `07:30` are text and `06652` keeps its zero, because packs
are full of codes and hours; dates stay ISO text, so that a document is JSON as it stands. What is named once
(`&name`) may be used again in the same file (`*name`); tags may not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from motcua.foundation.packs.problems import Place, Words, show_value

# libyaml reads the whole set in a fraction of a second; the Python parser is the same language, only slower.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FILE_BYTES_MAX = 2_000_000
DEPTH_MAX = 40
NODES_MAX = 300_000

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


class ReadProblem(Exception):
    """A file that cannot be read as a pack document. `found` holds (line, place, code, words) per problem.

    `data` is what could be understood all the same (doubled keys: the first counts), or None.
    """

    def __init__(self, found: list[tuple[int, Place, str, Words]], data: Any = None) -> None:
        super().__init__(found)
        self.found = found
        self.data = data


def read_text(path: Path) -> str:
    """The text of a pack file. Raises ReadProblem when it cannot be opened, is too long, or is not UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        vi, en = f"không mở được tệp ({reason}).", f"cannot be opened ({reason})."
        raise _single(1, "unreadable", vi, en) from None
    if len(raw) > FILE_BYTES_MAX:
        raise _single(
            1,
            "unreadable",
            f"thấy {len(raw)} byte, nhưng một tệp gói không quá {FILE_BYTES_MAX} byte.",
            f"found {len(raw)} bytes, but a pack file has at most {FILE_BYTES_MAX}.",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"0x{raw[error.start]:02x}"
        raise _single(
            line,
            "encoding",
            f"thấy byte {byte}, nhưng tệp gói phải ghi bằng UTF-8.",
            f"found byte {byte}, but a pack file is written in UTF-8.",
        ) from None


def read_data(text: str) -> Any:
    """The document in `text` as plain data (dict, list, str, int, float, bool, None). Raises ReadProblem."""
    return _Builder(text, None).document()


def read_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every key and list item in a text that `read_data` accepts."""
    lines: dict[Place, int] = {}
    _Builder(text, lines).document()
    return lines


def normal_text(text: str) -> tuple[int, str] | None:
    """The line and the first characters that are not NFC, or None when the text is normal."""
    if unicodedata.is_normalized("NFC", text):
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        if not unicodedata.is_normalized("NFC", line):
            return number, line.strip()[:40]
    return None


class _Builder:
    """Builds data straight from parser events: no intermediate nodes, no constructors, no tags."""

    def __init__(self, text: str, lines: dict[Place, int] | None) -> None:
        self.text = text
        self.lines = lines
        self.found: list[tuple[int, Place, str, Words]] = []
        self.anchors: dict[str, tuple[Any, int]] = {}  # the value and how many nodes it holds
        self.nodes = 0

    def document(self) -> Any:
        try:
            events = yaml.parse(self.text, Loader=_Loader)
            data = self._stream(iter(events))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._add_syntax((mark.line if mark else 0) + 1, str(error.problem or error.context or error))
            data = None
        except yaml.YAMLError as error:
            self._add_syntax(_bad_character_line(self.text, error), " ".join(str(error).split()))
            data = None
        if self.found:
            raise ReadProblem(self.found, data)
        return data

    def _add_syntax(self, line: int, detail: str) -> None:
        words = (f"không đọc được YAML: {detail}.", f"is not readable YAML: {detail}.")
        self.found.append((line, (), "syntax", words))

    def _stream(self, events: Iterator[Event]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
            elif isinstance(event, StreamEndEvent):
                break
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent, AliasEvent)):
                value = self._value(event, events, ())
                if documents == 1:
                    data = value
                else:
                    words = ("thấy tài liệu thứ hai trong một tệp.", "found a second document in one file.")
                    self._add(event, (), "syntax", words)
        return data

    def _add(self, event: Event, place: Place, code: str, words: Words) -> None:
        self.found.append((_line_of(event), place, code, words))

    def _value(self, event: Event, events: Iterator[Event], place: Place) -> Any:
        self.nodes += 1
        if self.nodes > NODES_MAX or len(place) > DEPTH_MAX:
            words = ("tài liệu quá lớn hoặc lồng quá sâu.", "the document is too large or nested too deeply.")
            raise ReadProblem([*self.found, (_line_of(event), (), "syntax", words)])
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                vi = f"thấy *{event.anchor}, nhưng phía trên không có &{event.anchor}."
                en = f"found *{event.anchor}, but there is no &{event.anchor} above."
                self._add(event, place, "syntax", (vi, en))
                return None
            value, size = self.anchors[event.anchor]
            self.nodes += size  # counted again, so that a small file cannot unfold into a huge document
            return value
        if getattr(event, "tag", None) is not None:
            self._add(event, place, "syntax", _PLAIN_YAML)
        before = self.nodes
        value = self._own_value(event, events, place)
        if isinstance(event, NodeEvent) and event.anchor is not None:
            self.anchors[event.anchor] = (value, self.nodes - before)
        return value

    def _own_value(self, event: Event, events: Iterator[Event], place: Place) -> Any:
        if isinstance(event, ScalarEvent):
            return event.value if event.style else _scalar(event.value)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, place)
        return self._list(events, place)

    def _mapping(self, events: Iterator[Event], place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = event.value if isinstance(event, ScalarEvent) else None
            here = (*place, key if key is not None else "?")
            if key is None:
                self._add(event, place, "syntax", _TEXT_KEY)
                self._value(event, events, place)
            elif key in data:
                words = (f"thấy khóa {show_value(key)} hai lần.", f"found the key {show_value(key)} twice.")
                self._add(event, here, "duplicate", words)
            elif self.lines is not None:
                self.lines[here] = _line_of(event)
            value = self._value(next(events), events, here)
            if key is not None and key not in data:
                data[key] = value
        return data

    def _list(self, events: Iterator[Event], place: Place) -> list[Any]:
        data: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*place, len(data))
            if self.lines is not None:
                self.lines[here] = _line_of(event)
            data.append(self._value(event, events, here))
        return data


_PLAIN_YAML: Words = (
    "thấy nhãn YAML (!), nhưng tệp gói chỉ dùng chữ, số, danh sách và khóa.",
    "found a YAML tag (!), but packs use only text, numbers, lists and keys.",
)
_TEXT_KEY: Words = ("thấy khóa không phải là chữ.", "found a key that is not text.")


def _line_of(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(text: str) -> Any:
    """A plain (unquoted) scalar: a constant, a number without leading zeros, or text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "-+0123456789":
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text


def _bad_character_line(text: str, error: yaml.YAMLError) -> int:
    position = getattr(error, "position", 0) or 0
    return text.count("\n", 0, position) + 1


def _single(line: int, code: str, vi: str, en: str) -> ReadProblem:
    return ReadProblem([(line, (), code, (vi, en))])
