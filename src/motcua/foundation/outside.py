"""Speaking to systems outside: a redirection is never followed."""

from __future__ import annotations

import urllib.request
from typing import Any


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: Any, **named: Any) -> None:
        return None


# A system that sends us elsewhere is not followed: what was meant for it (a PIN, a name) would go along.
STRAIGHT = urllib.request.build_opener(_NoRedirects())
