"""What the store adds to resolved documents: a procedure carries its declaration, the dated values of the clock and
the waivers of fees inside. So one hash pins all that a dossier is judged by; a change elsewhere makes a new version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from motcua.foundation.canonical import canonical

Document = dict[str, Any]  # {"kind": folder, "key": id, "body": resolved content, "layers": its origins}
# National dated values that settle the clock of every procedure which does not settle it itself.
CLOCK_VALUES = (
    "transfer-cutoff", "on-supplement", "on-payment", "extensions-max", "supplement-return-limit", "supplement-wait",
    "apology-notice", "supplement-requests-max",
)  # fmt: skip


def _waiver(body: dict[str, Any]) -> dict[str, Any]:
    return {**body["fee_rule"], "values": body.get("values") or {}}


def plain_body(body: Any) -> Any:
    """A document as plain JSON data: dates of YAML as ISO text, also where they are keys."""

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {_name(key): named(inner) for key, inner in value.items()}
        return [named(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    return json.loads(canonical(named(body)))


def _name(key: Any) -> str:
    return key if isinstance(key, str) else str(json.loads(canonical([key]))[0])


def assemble(documents: Iterable[Document]) -> list[Document]:
    """The documents, plain, each procedure with its declaration, the values of the clock (`clock_values`) and the
    values that reduce fees (`fee_rules`, by the id of the value) put inside.

    A declaration that is named and missing stays a name: the check of the packs tells it.
    """
    plain = [{**d, "body": plain_body(d["body"])} for d in documents]
    by_kind: dict[str, dict[str, Document]] = {}
    for document in plain:
        by_kind.setdefault(document["kind"], {})[document["key"]] = document
    known = by_kind.get("values", {})
    values = [known[name] for name in CLOCK_VALUES if name in known]
    waivers = [known[name] for name in sorted(known) if known[name]["body"].get("fee_rule")]
    for document in by_kind.get("procedures", {}).values():
        used = [*values, *waivers]
        body = document["body"]
        if waivers:
            body = {**body, "fee_rules": {d["key"]: _waiver(d["body"]) for d in waivers}}
        if values:
            body = {**body, "clock_values": {d["key"]: d["body"].get("values") or {} for d in values}}
        named = body.get("declaration")
        if isinstance(named, str) and named in by_kind.get("declarations", {}):
            used.append(by_kind["declarations"][named])
            body = {**body, "declaration": used[-1]["body"]}
        document["body"] = body
        others = [layer for other in used for layer in other["layers"]]
        document["layers"] = list(dict.fromkeys([*document["layers"], *others]))
    return plain
