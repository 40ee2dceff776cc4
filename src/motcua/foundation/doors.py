"""Doors: every page says who may come in before it does anything else. Deny first; a house test walks all routes.

    @officers("receptionist", purpose="Tiếp nhận hồ sơ")
    def intake(request): ...

Which rows a person sees behind the door is decided by the room's `visible_to` over grant rows, never here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from motcua.foundation.actors import ANONYMOUS, Actor
from motcua.foundation.errors import Forbidden, SignInNeeded

OFFICER_ROLES = (
    "receptionist",
    "processor",
    "head",
    "signer",
    "clerk",
    "leader",
    "operator",
    "administrator",
)


@dataclass(frozen=True)
class Door:
    """Who may come in: `kind` public | signed_in | officers | scope, with the roles or the scope, and why."""

    kind: str
    roles: tuple[str, ...] = ()
    why: str = ""


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request; ANONYMOUS when nobody signed in. Set lazily by ActorMiddleware."""
    return getattr(request, "actor", ANONYMOUS)


def _guard(
    door: Door, check: Callable[[Actor], None]
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if door.kind != "public":
                check(actor_of(request))
            return view(request, *args, **kwargs)

        guarded.door = door  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(why: str) -> Callable:
    """Open to everybody; `why` says the reason, because open is the exception."""
    return _guard(Door("public", why=why), lambda actor: None)


def _signed_in(actor: Actor) -> None:
    if not actor.is_person:
        raise SignInNeeded()


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to every account; the rows decide the rest."""
    return _guard(Door("signed_in"), _signed_in)(view)


def officers(*roles: str) -> Callable:
    """Open to accounts that hold one of `roles` now (any officer's role when none is named).

    Raises ValueError at import for a role that does not exist.
    """
    unknown = set(roles) - set(OFFICER_ROLES) - {"helper"}
    if unknown:
        raise ValueError(f"no such role: {sorted(unknown)}")
    wanted = roles or OFFICER_ROLES

    def check(actor: Actor) -> None:
        _signed_in(actor)
        if not actor.has_role(*wanted):
            raise Forbidden()

    return _guard(Door("officers", tuple(wanted)), check)


administrators = officers("administrator")
