"""The idle lock: after 15 minutes (administrators 5) a page asks for the password again, and nothing typed is lost.

TCVN 14423:2026 x.5.2.2 through the handbook on NĐ 331/2026. Stands after the CSRF check and the sign-in, so that a
form is only ever held when our own page sent it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from motcua.accounts import actions, errors, queries, session
from motcua.foundation.actors import actor_for_account
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Refusal
from motcua.foundation.middleware import RefusalMiddleware, wants_json
from motcua.foundation.time import now

# A password typed on a locked screen is typed again; it is nothing to keep, not even sealed.
NOT_HELD = {"csrfmiddlewaretoken", "password", "current"}


class IdleLockMiddleware:
    """Locks idle screens, holds forms sent from them, and leads to a new password where one is due."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = now()
        state = session.state_of(request, at)
        request.sign_in_state = state  # type: ignore[attr-defined]
        if state.kind in (session.LOCKED, session.ENDED):
            # Whatever a locked screen asks for is answered as to a stranger.
            request.user = AnonymousUser()
        response = self.get_response(request)
        seen = getattr(request, "seen_now", "")
        if seen is None:
            response.delete_cookie(session.SEEN_COOKIE)
        elif seen or state.renew:
            session.write_seen(request, response, seen or state.account, at)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Decide before the page runs: let it, lead to the lock page, or hold what was sent."""
        state: session.State = request.sign_in_state  # type: ignore[attr-defined]
        # Programs carry a token and no session; public pages answer a locked screen as they answer a stranger.
        if state.kind == session.NOBODY or _is_public(view) or request.path.startswith("/api/"):
            return None
        if state.kind == session.OPEN:
            due = request.session.get("must_change_password") and not _is_password_page(request)
            return _to("accounts:password", next=_address(request)) if due else None
        if wants_json(request):
            return _refusal(request, errors.SessionLocked())
        if request.method in ("GET", "HEAD"):
            return _back_to_work(state, request.get_full_path())
        try:
            return _back_to_work(state, reverse("accounts:held", args=[_hold(request, state.account)]))
        except Refusal as refusal:
            return _refusal(request, refusal)


def _is_public(view: Callable) -> bool:
    door = getattr(view, "door", None)
    return door is not None and door.kind == "public"


def _is_password_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.app_name == "accounts" and match.url_name == "password")


def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
    """The refusal as a page or problem; what a middleware raises itself passes by the one that would draw it."""
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, refusal)


def _address(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else "/"


def _to(name: str, **query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(query)}")


def _back_to_work(state: session.State, address: str) -> HttpResponseRedirect:
    """To the lock page while the session stands, to the sign-in page when it is gone."""
    return _to("accounts:locked" if state.kind == session.LOCKED else "accounts:sign_in", next=address)


def _hold(request: HttpRequest, account_public_id: str) -> str:
    """Keep what the form sent for its owner; returns the id under which it waits."""
    account = queries.account(account_public_id)
    if account is None:
        raise errors.SessionLocked()
    at = now()
    act = new_act(
        actor_for_account(account.pk, at=at, account_kind=account.kind), at=at, purpose="accounts.hold_post"
    )
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_HELD}
    files = [f.name or "" for _name, many in request.FILES.lists() for f in many]
    kept = actions.hold_post(
        act, account=account.public_id, path=request.get_full_path(), fields=fields, files=files
    )
    return kept["held"]
