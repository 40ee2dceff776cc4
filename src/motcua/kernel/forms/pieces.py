"""Checking the rows of papers and fees in a pack: what `required_papers` and `fee_lines` will rely on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motcua.kernel.conditions import FieldType
from motcua.kernel.forms.faults import Faults
from motcua.kernel.forms.papers import PAPER_TYPES

# Names that conditions of papers and fees may ask besides the fields of the form.
CONTEXT = {
    "channel": FieldType("choice", ("online", "in_person", "post")),
    "entitlements": FieldType("choices"),
}
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


def check_papers(rows: Any, types: Mapping[str, FieldType], faults: Faults, path: str = "papers") -> None:
    """Add what is wrong with the rows of papers to `faults`."""
    seen: dict[str, str] = {}
    for place, row in enumerate(faults.sequence(rows, path)):
        here = f"{path}[{place}]"
        if not isinstance(row, Mapping):
            faults.add(here, row, "key, name_vi and type")
            continue
        _key(row, here, seen, faults)
        if not isinstance(row.get("name_vi"), str) or not row["name_vi"].strip():
            faults.add(f"{here}.name_vi", row.get("name_vi"), "the name of the paper")
        if row.get("type") not in PAPER_TYPES:
            faults.add(f"{here}.type", row.get("type"), ", ".join(PAPER_TYPES))
        quantity = row.get("quantity", 1)
        if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 0:
            faults.add(f"{here}.quantity", quantity, "a whole number from 0")
        required = row.get("required", True)
        if not isinstance(required, bool | str | None):
            faults.add(f"{here}.required", required, "true, false or a condition")
        for key in ("required", "when"):
            _condition(row.get(key), f"{here}.{key}", types, faults)


def check_fees(rows: Any, types: Mapping[str, FieldType], faults: Faults, path: str = "fees") -> None:
    """Add what is wrong with the rows of fees to `faults`."""
    seen: dict[str, str] = {}
    for place, row in enumerate(faults.sequence(rows, path)):
        here = f"{path}[{place}]"
        if not isinstance(row, Mapping):
            faults.add(here, row, "key, amount_vnd and money")
            continue
        _key(row, here, seen, faults)
        for key in ("amount_vnd", "online_amount"):
            amount = row.get(key)
            if amount is not None and (isinstance(amount, bool) or not isinstance(amount, int) or amount < 0):
                faults.add(f"{here}.{key}", amount, "whole đồng from 0, or null when it is set elsewhere")
        if row.get("money") not in (None, "fee", "duty"):
            faults.add(f"{here}.money", row["money"], "fee (phí) or duty (lệ phí)")
        if row.get("per") not in (None, "dossier", "copy", "page", "person", "room"):
            faults.add(f"{here}.per", row["per"], "dossier, copy, page, person or room")
        _condition(row.get("when"), f"{here}.when", types, faults)
        _count(row.get("count"), f"{here}.count", types, faults)


def _key(row: Mapping[str, Any], here: str, seen: dict[str, str], faults: Faults) -> None:
    key = faults.identifier(row.get("key"), f"{here}.key", _KEY)
    if key in seen:
        faults.add(f"{here}.key", key, f"a key that is not used yet; {seen[key]} has it")
    seen.setdefault(key, here)


def _condition(value: Any, path: str, types: Mapping[str, FieldType], faults: Faults) -> None:
    if isinstance(value, str):
        faults.meaning(faults.condition(value, path), path, {**CONTEXT, **types})


def _count(value: Any, path: str, types: Mapping[str, FieldType], faults: Faults) -> None:
    if value is None:
        return
    name = str(value).split(".")[0]
    if name not in types or types[name].kind not in ("number", "rows", "choices"):
        faults.add(path, value, "the id of a number or rows field")
