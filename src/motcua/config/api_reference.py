"""The reference page of the API, drawn from its OpenAPI description: rules, operations, verbs, schemas."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from . import settings_object

REF = "#/components/schemas/"
# setting -> (what is counted, by what); the figures come from the settings object
RATES = {
    "rate_api_per_minute": ("calls", "token"),
    "rate_search_per_minute": ("searches", "address of the caller, at `/dossiers/search` the account"),
    "rate_track_per_minute": ("look-ups at `/tracking`", "address of the caller"),
    "rate_code_per_minute": ("consent codes", "dossier"),
    "rate_submit_per_minute": ("moves `submit`", "account"),
}
# tag -> what stands in its section before the table
SECTIONS = {
    "procedures": "Public by law: what is asked, how long it takes, what it costs.",
    "agencies": "Public: which agencies there are, and what became of them.",
    "dossiers": "From a draft to its result. A caller sees and does what her account may, here as on the pages.",
    "files": "A file is handed in first and becomes a paper of a dossier by its id.",
    "tracking": "For whoever holds the code.",
    "reporting": "Period reports and the service-quality index, for who answers for an agency.",
    "notices": "The messages of the caller's own inbox.",
    "me": "The caller herself.",
}


def page(description: dict[str, Any]) -> str:
    """The page, without the line that says who made it; `description` is the OpenAPI document as plain data."""
    schemas = description["components"]["schemas"]
    parts = [
        _rules(),
        _statuses(),
        *(_section(tag, rows) for tag, rows in _by_tag(description).items()),
        _verbs(),
        _schemas("What is sent", _sent(description, schemas), schemas, marks=True),
        _schemas("What is answered", _answered(description, schemas), schemas),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _cell(value: Any) -> str:
    return " ".join(str(value or "").split()).replace("|", "\\|")


def _table(head: str, rows: Iterator[str] | list[str]) -> str:
    return "\n".join([head, "|---" * (head.count("|") - 1) + "|", *rows])


# The rules ----------------------------------------------------------------------------------------------------------


def _rules() -> str:
    from motcua.accounts.rules import TOKEN_DAYS_MAX, TOKEN_PREFIX
    from motcua.dossiers.api.moving import BATCH_MAX
    from motcua.foundation.api import SCOPES
    from motcua.foundation.api.reading import DEPTH_MAX

    fields = settings_object.Settings.model_fields
    scopes = _table("| Scope | What it opens |", [f"| `{name}` | {what} |" for name, what in SCOPES.items()])
    rates = _table(
        "| What | By | In a minute | Setting |",
        [
            f"| {what} | {by} | {fields[name].default} | `{settings_object.environment_name(name)}` |"
            for name, (what, by) in RATES.items()
        ],
    )
    request_mb, file_mb = fields["upload_request_mb"].default, fields["upload_file_mb"].default
    return f"""
# The API

REST and JSON under `/api/v1`: the same actions and the same reads as the pages. The machine's form of this page is
`/api/v1/openapi.json` (OpenAPI 3.1); [use the API](../how-to/use-the-api.md) goes through it with curl.

## Rules for all

### Tokens
`Authorization: Bearer {TOKEN_PREFIX}…`. `motcua token create` makes one for an account and shows it once, with `--days`
for at most {TOKEN_DAYS_MAX} days; `motcua token list` and `motcua token revoke` do the rest. A program acts as its
account: it sees what that account sees, journal and access log name it, and an account that is switched off has no
token that works. A session of a browser opens nothing here. Each operation asks for one scope or for none:

{scopes}

### Repeating safely
A write takes `Idempotency-Key`: 8 to 80 visible ASCII characters, your own id of this act, unique for the account, for
good. Sent again with the same content it is answered and not done again (`replayed` is then true); with other content
it is refused (409, `act_mismatch`). So when no answer came, or a 429 or a 503, send the very same request again. In a
batch each item is an act of its own under the key: repeat the whole, and only what was not done is tried.

`revision` is the other guard: send the one you read, and a dossier that somebody changed meanwhile is refused (409,
`dossiers.changed_meanwhile`).

### Saying why
Whoever only leads, and has no other part in a dossier, states a purpose before she opens it: `X-Purpose: overdue`,
`assignment`, `complaint` or `inspection` (403, `dossiers.purpose_needed`). Lists tell her no names. The applicant reads
the purpose among the looks at her dossier.

### Lists
`limit` and `cursor`. An answer carries `items` and `next`: hand `next` back as `cursor` until it is null. A cursor is
signed, belongs to its list, and marks a place in the order, not a page: what comes or goes meanwhile shifts nothing.

### Refusals
`application/problem+json` (RFC 9457): `title` says what was refused, `detail` what to do next, `code` is for
programs, `type` is `urn:motcua:problem:` and the code; [refusals](refusals.md) lists them. `problems` tells, for each
wrong field, `field`, `code` and `message`. A refusal changes nothing. An address that does not exist answers
`http.404`, a wrong method `wrong_method` (405) with `Allow`. Every answer has an `X-Request-ID`; the help desk finds
the line of the log by it.

### Languages
`Accept-Language: vi` (the default) or `en`: refusals, names of agencies, derivations. Texts of procedures come in
both, as `{{"vi": …, "en": …}}`; `en` is null where nobody has translated them.

### Limits
{rates}

Beyond it: 429 with `Retry-After` in seconds. A request has at most {request_mb} MB, a file {file_mb} MB (413), a batch
{BATCH_MAX} items.

### Values
JSON in UTF-8, at most {DEPTH_MAX} levels deep. Names that are not known are refused, and a text is not taken for a
number. Times are ISO 8601 with their offset, days (`2026-11-21`) are days in Viet Nam, money is whole đồng. Ids are
opaque, codes are the words of the packs. An amount, a limit or a code that is null is not known here: never zero.

### What is noted
An answer that holds personal data is a line of the access log: who, from which office, whose data. The applicant reads
it at `/dossiers/{{dossier}}/looks`. Each write is a line of the journal."""


def _statuses() -> str:
    from motcua.foundation.api.description import MEANINGS

    rows = [f"| {status} | {english} |" for status, (english, _) in MEANINGS.items()]
    return "## What a status means\n\n" + _table("| Status | Meaning |", rows)


# The operations -----------------------------------------------------------------------------------------------------


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (method, path, operation) of every operation, paths without the API's own prefix."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation


def _by_tag(description: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {tag: [] for tag in SECTIONS}
    for method, path, operation in operations(description):
        found.setdefault(operation["tags"][0], []).append(_row(method, path, operation))
    return found


def _row(method: str, path: str, operation: dict[str, Any]) -> str:
    scopes = [scope for need in operation.get("security") or [] for scope in need["bearer"]]
    scope = f"`{scopes[0]}`" if scopes else "none"
    what = f"**{operation['summary']}.** {operation.get('description') or ''}"
    return f"| `{method} {path}` | {scope} | {_cell(what)} | {_takes(operation)} | {_answers(operation)} |"


def _takes(operation: dict[str, Any]) -> str:
    query = [
        f"`?{p['name']}`{_choice(p['schema'])}" for p in operation["parameters"] if p.get("in") == "query"
    ]
    body = operation.get("requestBody", {}).get("content", {})
    sent = [
        _name(content["schema"]) if "$ref" in content["schema"] else f"`{kind}` with `file`"
        for kind, content in body.items()
    ]
    return ", ".join([*sent, *query])


def _choice(schema: dict[str, Any]) -> str:
    """What a query may say where that is a short list or a range."""
    kinds = [each for each in schema.get("anyOf", [schema]) if "enum" in each or "maximum" in each]
    return " " + _bare_type(kinds[0]).removeprefix(WORDS["integer"]).strip() if kinds else ""


def _answers(operation: dict[str, Any]) -> str:
    good, bad = [], []
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            bad.append(str(status))
            continue
        schemas = [content["schema"] for content in answer.get("content", {}).values()]
        named = [_name(schema) for schema in schemas if "$ref" in schema]
        good.append(f"{status} {named[0] if named else 'the bytes'}")
    return ", ".join([*good, " ".join(sorted(bad))])


def _name(schema: dict[str, Any]) -> str:
    """A schema by its name, as a link to its row."""
    name = schema["$ref"].removeprefix(REF)
    return f"[{name}](#{name.lower()})"


def _section(tag: str, rows: list[str]) -> str:
    head = "| Operation | Scope | What it does | Takes | Answers |"
    return f"## /{tag}\n\n{SECTIONS.get(tag, '')}\n\n{_table(head, rows)}"


def _verbs() -> str:
    from motcua.dossiers.api import moving

    rows = []
    verbs: dict[str, Any] = moving.VERBS
    for verb, action in verbs.items():
        wanted = moving.wanted_by(action)
        must = " ".join(f"`{name}`" for name, each in wanted.items() if each.default is each.empty)
        may = " ".join(f"`{name}`" for name, each in wanted.items() if each.default is not each.empty)
        what = (inspect.getdoc(action.inside) or "").split("\n\n")[0].split(" Raises ")[0]
        rows.append(f"| `{verb}` | {must} | {may} | {_cell(what)} |")
    return f"""
## The verbs of a move

`POST /dossiers/{{dossier}}/moves` takes a `verb` and what that verb needs; what belongs to another verb is refused. Who
may, and from which state: [the life of a dossier](life-of-a-dossier.md), or `allowed` of the dossier itself.

{_table("| Verb | Must have | May have | What happens |", rows)}"""


# The schemas --------------------------------------------------------------------------------------------------------


def _refs(data: Any) -> Iterator[str]:
    """Yield the names of the schemas that a piece of the description refers to."""
    if isinstance(data, dict):
        ref = data.get("$ref")
        if isinstance(ref, str) and ref.startswith(REF):
            yield ref.removeprefix(REF)
        for value in data.values():
            yield from _refs(value)
    elif isinstance(data, list):
        for value in data:
            yield from _refs(value)


def _reached(data: Any, schemas: dict[str, Any]) -> list[str]:
    """Return the schemas named in `data`, and those named in them, each once, nearest first."""
    found = list(dict.fromkeys(_refs(data)))
    for name in found:  # grows while it is walked
        found += [inner for inner in dict.fromkeys(_refs(schemas[name])) if inner not in found]
    return found


def _sent(description: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    return _reached([op.get("requestBody", {}) for _, _, op in operations(description)], schemas)


def _answered(description: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    good = [
        answer
        for _, _, op in operations(description)
        for s, answer in op["responses"].items()
        if int(s) < 400
    ]
    return _reached(good, schemas)


def _schemas(title: str, names: list[str], schemas: dict[str, Any], *, marks: bool = False) -> str:
    told = "A star marks what must be there.\n\n" if marks else ""
    parts = []
    for name in names:
        about = " ".join((schemas[name].get("description") or "").split())
        fields = _fields(name, names, schemas, marks)
        parts.append(f"### {name}\n" + "\n\n".join(text for text in (about, fields) if text))
    return f"## {title}\n\n{told}" + "\n\n".join(parts)


def _fields(name: str, names: list[str], schemas: dict[str, Any], marks: bool) -> str:
    """The fields with their types; one that only adds to another schema of the list says so instead."""
    own = schemas[name].get("properties", {})
    must = schemas[name].get("required", []) if marks else []
    less = [
        n for n in names if 1 < len(schemas[n].get("properties", {})) < len(own) and _within(schemas[n], own)
    ]
    base = max(less, key=lambda n: len(schemas[n]["properties"]), default=None)
    inherited = schemas[base]["properties"] if base else {}
    added = [
        f"`{field}`{'*' if field in must else ''} {_type(each)}"
        for field, each in own.items()
        if field not in inherited
    ]
    return ", ".join([*([f"all of [{base}](#{base.lower()})"] if base else []), *added])


def _within(schema: dict[str, Any], properties: dict[str, Any]) -> bool:
    return schema["properties"].items() <= properties.items()


def _type(schema: dict[str, Any]) -> str:
    """A type in words: `text`, `day or null`, `list of DossierOut`, and what its description adds."""
    told = f" ({schema['description']})" if schema.get("description") and "$ref" not in schema else ""
    return _bare_type(schema) + told


WORDS = {
    "integer": "whole number",
    "number": "number",
    "boolean": "true/false",
    "object": "object",
    "null": "null",
}
FORMATS = {"date": "day", "date-time": "time", "binary": "bytes"}


def _bare_type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " or ".join(_bare_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return "one of " + " ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_bare_type(schema.get('items', {}))}"
    if kind == "string":
        return FORMATS.get(schema.get("format", ""), "text") + _bounds(schema, "minLength", "maxLength")
    if kind == "integer":
        return WORDS[kind] + _bounds(schema, "minimum", "maximum")
    return WORDS.get(kind, kind)


def _bounds(schema: dict[str, Any], least: str, most: str) -> str:
    """` 1–120`, ` up to 300`, or nothing where there is no bound."""
    low, high = schema.get(least), schema.get(most)
    if high is None:
        return ""
    return f" {low}–{high:,}" if low else f" up to {high:,}"
