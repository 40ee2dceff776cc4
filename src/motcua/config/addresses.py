"""Which room answers at which address. A room without `urls.py` answers nowhere."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# Only those that differ from `<room>/`. The portal is the front door.
PREFIXES = {
    "portal": "",
    "accounts": "account/",
    "foundation": "system/",
    "sealing": "niem-phong/",
    "standing": "hieu-luc/",
    "assistant": "hoi-dap/",
    "helpline": "tong-dai/",
}
# A second address of a room: for other people than the first.
MORE = {"assistant": ("soan-tro-ly/", "motcua.assistant.teaching.urls")}
UI = ("ui/", "motcua.foundation.ui.urls")  # the theme switch and the gallery of components


def room_addresses() -> list[URLPattern | URLResolver]:
    """Return one include per room that has addresses; the front door last, since its prefix is empty."""
    found = [
        (PREFIXES.get(room, f"{room}/"), f"motcua.{room}.urls")
        for room in settings.INSTALLED_ROOMS
        if find_spec(f"motcua.{room}.urls")
    ]
    more = [place for room, place in MORE.items() if room in settings.INSTALLED_ROOMS]
    in_order = sorted([UI, *more, *found], key=lambda pair: pair[0] == "")
    return [path(prefix, include(module)) for prefix, module in in_order]


def machine_addresses() -> list[URLPattern | URLResolver]:
    """Return the door for machines, `/api/v1/`, when the API is built; what people read there stands before it."""
    if find_spec("motcua.config.api") is None or "dossiers" not in settings.INSTALLED_ROOMS:
        return []
    from motcua.config import machine_pages
    from motcua.config.api import api

    return [*machine_pages.addresses(), path(machine_pages.HOME, api.urls)]
