"""What a page says about its installation: whose it is, whom to call. Read from the top layer of the packs.

`pack.yaml` of the highest layer may hold `site: {name: {vi, en}, place: {vi, en}, hotline, email, address: {vi, en}}`;
without it the layer's own `name` stands as the place.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from motcua.foundation.ui.words import localized

DEFAULT_NAME = {"vi": "Một Cửa", "en": "Một Cửa"}
NATIONAL_HOTLINE = "18001096"  # the free line of the National Public Service Portal, 2025–2026


@lru_cache(maxsize=4)
def _pack(path: Path) -> dict[str, Any]:
    """The plate of the layer; an unreadable one is told by `packs check`, the frame just stays without a place."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def site_facts(lang: str) -> dict[str, Any]:
    """name, place, hotline, email, address and simulation of this installation, in the language `lang`."""
    own = settings.MOTCUA
    pack = _pack(Path(own.packs_dir) / own.layers[-1] / "pack.yaml") if own.layers else {}
    told = pack.get("site") or {}
    place = told.get("place") or pack.get("name") or ""
    return {
        "name": localized(told.get("name") or DEFAULT_NAME, lang)[0],
        "place": localized(place, lang)[0],
        "hotline": str(told.get("hotline") or NATIONAL_HOTLINE),
        "email": str(told.get("email") or ""),
        "address": localized(told.get("address"), lang)[0],
        "simulation": bool(own.simulation),
    }
