"""What comes in: strict JSON, ids and cursors. What cannot be stored or compared safely is refused at the door."""

from __future__ import annotations

import inspect
import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from django.core import signing
from django.http import HttpRequest
from django.urls import register_converter
from django.utils.datastructures import MultiValueDict
from ninja import Schema
from ninja.parser import Parser
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from motcua.foundation.acts import Act, new_act
from motcua.foundation.api.problems import sentence_of
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Invalid, Refusal, Unreadable, WrongType
from motcua.foundation.time import now
from motcua.kernel.text import clean_text

DEPTH_MAX = 40  # a declaration nests three levels; a hostile one thousands
NUMBER_MAX = 2**53 - 1  # what every JSON reader keeps exactly (RFC 7493)
KEY = re.compile(r"[\x21-\x7e]{8,80}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class In(Schema):
    """Base of what callers send: no unknown names, no quiet conversion of a text into a number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Out(Schema):
    """Base of what callers get."""


def _iso_day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value


IsoDay = Annotated[date, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date"})]
Answers = Annotated[
    dict[str, Any],
    Field(description="Typed answers by field id: text, whole numbers, true/false, ISO days, lists of rows."),
]


def Text(longest: int, shortest: int = 0) -> Any:  # noqa: N802  it reads as a type
    """A text of bounded length, for a field of an `In`."""
    return Annotated[str, StringConstraints(min_length=shortest or None, max_length=longest)]


class StrictParser(Parser):
    """Reads JSON as RFC 8259 and 7493 mean it: UTF-8, no NaN, no number that is not kept, nothing endless."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise WrongType(expected="application/json")
        try:
            data = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as problem:
            raise Unreadable() from problem
        found = list(_faults(data))
        if found:
            raise Invalid(found[:50])
        return _tidy(data)

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> dict:
        found = [
            fault
            for name in data
            for value in data.getlist(name)
            if isinstance(value, str)
            for fault in _faults(value, str(name))
        ]
        if found:
            raise Invalid(found[:50])
        return super().parse_querydict(data, list_fields, request)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _fault(field: str, code: str) -> dict[str, str]:
    return {"field": _UNSTORABLE.sub("", field)[:200], "code": code, "message": sentence_of(code, {})}


def _faults(value: Any, field: str = "", depth: int = 0) -> Iterator[dict[str, str]]:
    """What in parsed JSON no database keeps: NUL and lone surrogates, endless numbers, endless nesting."""
    if depth > DEPTH_MAX:
        raise Unreadable()
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            yield _fault(field, "text_control")
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        if not -NUMBER_MAX <= value <= NUMBER_MAX or not math.isfinite(value):
            yield _fault(field, "number_size")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _faults(item, f"{field}.{place}" if field else str(place), depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            inner = f"{field}.{name}" if field else name
            yield from _faults(name, inner, depth + 1)
            yield from _faults(item, inner, depth + 1)


def _tidy(value: Any) -> Any:
    """Texts in NFC, without characters that nobody sees or types on purpose, as the pages read them."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if isinstance(value, dict):
        return {_tidy(name): _tidy(item) for name, item in value.items()}
    return value


class PublicIdConverter:
    """`{id:dossier}` in a path: an opaque public id; anything else is an address that does not exist."""

    regex = "[0-9A-HJKMNP-TV-Z]{26}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicIdConverter, "id")
PublicId = Annotated[str, StringConstraints(pattern=f"^{PublicIdConverter.regex}$")]


def act_of(request: HttpRequest, purpose: str) -> Act:
    """The act of an API call: its `Idempotency-Key` header is the act id, the legal time is now."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        message = sentence_of("string_pattern_mismatch", {})
        raise Invalid([{"field": "Idempotency-Key", "code": "string_pattern_mismatch", "message": message}])
    return new_act(actor_of(request), at=now(), purpose=purpose, act_id=key, channel="api")


def demand_arguments(perform: Any, given: Mapping[str, Any], *besides: str) -> None:
    """Refuse what a verb lacks or does not know: `given` are the arguments for the action `perform` beside the act.

    `besides` are arguments that come from the address. Raises Invalid with every fault.
    """
    known = {
        name: parameter
        for name, parameter in inspect.signature(perform.inside).parameters.items()
        if name not in ("act", *besides)
    }
    faults = [(n, "missing") for n, p in known.items() if p.default is p.empty and n not in given]
    faults += [(n, "extra_forbidden") for n in given if n not in known]
    if faults:
        raise Invalid([{"field": n, "code": c, "message": sentence_of(c, {})} for n, c in faults])


def cursor(kind: str, *values: str | int) -> str:
    """An opaque, signed place in a list; a cursor of one list does not open another."""
    return signing.dumps([kind, *values], salt="cursor", compress=False)


def read_cursor(kind: str, text: str | None, *types: type) -> list | None:
    """The values again, None for no cursor. Raises Invalid for one that we did not make, or for another list.

    `types` are those of the values, when a caller wants them checked.
    """
    if not text:
        return None
    try:
        made_for, *values = signing.loads(text, salt="cursor")
    except (signing.BadSignature, ValueError):
        raise bad_cursor() from None
    if made_for != kind or (types and [type(value) for value in values] != list(types)):
        raise bad_cursor()
    return values


def bad_cursor() -> Refusal:
    """What is said of a cursor that is none of ours."""
    return Invalid([{"field": "cursor", "code": "cursor", "message": sentence_of("cursor", {})}])
