"""Accounts of a simulation, for the sign-in page. Only there; a real installation never reads the file."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings


def demo_accounts() -> list[dict[str, str]]:
    """The accounts that `make demo` wrote into `var/demo.json`: login, password, role, name. Empty when real."""
    if not settings.MOTCUA.simulation:
        return []
    try:
        told = json.loads((settings.MOTCUA.var / "demo.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    rows = told.get("accounts") if isinstance(told, dict) else None
    return [found for row in rows if (found := _one(row))] if isinstance(rows, list) else []


def _one(row: Any) -> dict[str, str] | None:
    if not isinstance(row, dict):
        return None
    login = row.get("login_name") or row.get("login")
    if not login or not row.get("password"):
        return None
    names = {
        "role": row.get("role_vi") or row.get("role") or "",
        "name": row.get("name") or row.get("label") or "",
    }
    place = row.get("agency_vi") or row.get("agency") or ""
    return {"login": str(login), "password": str(row["password"]), "place": str(place), **names}
