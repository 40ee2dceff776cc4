"""What the frame of a page needs: language, installation, navigation, the person, the theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from motcua.foundation.ui.controls import page_language
from motcua.foundation.ui.navigation import items_for
from motcua.foundation.ui.site import site_facts

THEMES = ("light", "dark")
THEME_COOKIE = "motcua_theme"


def frame_facts(face: str, request: HttpRequest | None) -> dict[str, Any]:
    """Facts for `ui/base_<face>.html`; works without a request, so that an error page can always be drawn."""
    lang = page_language()
    facts: dict[str, Any] = {
        "lang": lang,
        "site": site_facts(lang),
        "path": "/",
        "is_home": False,
        "theme": "",
    }
    if request is None or face == "print":
        return facts
    actor = getattr(request, "actor", None)
    items = items_for(face, request)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        **facts,
        "path": request.get_full_path() if request.method in ("GET", "HEAD") else request.path,
        "is_home": request.path == "/",
        "theme": theme if theme in THEMES else "",
        "person": actor.label if actor and actor.is_person else "",
        "items": items,
        "home": items[0]["href"] if items else "/",
        "footer": items_for("footer", request) if face == "public" else [],
        "beside": items_for("beside", request) if face == "public" else [],
        "account": items_for("account", request),
        "search": items_for("search", request) if face == "desk" else [],
    }
