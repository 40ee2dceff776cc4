"""Middleware: the actor of a request, and refusals as pages or problems."""

from __future__ import annotations

import time as machine_time
from collections.abc import Callable

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from motcua.foundation.actors import ANONYMOUS, Actor, actor_for_account
from motcua.foundation.errors import Refusal, SignInNeeded
from motcua.foundation.time import now

log = structlog.get_logger(__name__)


def _actor(request: HttpRequest) -> Actor:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    return actor_for_account(
        user.pk,
        at=now(),
        label=getattr(user, "display_name", "") or str(user),
        language=getattr(request, "LANGUAGE_CODE", "vi")[:2],
        account_kind=getattr(user, "kind", ""),
    )


class ActorMiddleware:
    """Sets `request.actor`, read only when a page asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal becomes a page with its sentence and next step; for JSON callers a problem (RFC 9457)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refusal):
            return None
        match = request.resolver_match
        # the route, never the address: addresses carry tracking references
        log.info("refused", code=problem.code, status=problem.status, route=match.route if match else "")
        if wants_json(request):
            return problem_response(problem, request.path)
        if isinstance(problem, SignInNeeded) and request.method in ("GET", "HEAD"):
            try:
                return redirect_to_login(request.get_full_path(), reverse("accounts:sign_in"))
            except NoReverseMatch:
                pass
        response = render(request, "ui/refusal.html", {"refusal": problem}, status=problem.status)
        for name, value in headers_of(problem).items():
            response.headers[name] = value
        return response


PROBLEM_TYPE = "application/problem+json"
BUSY_SECONDS = 5


def wants_json(request: HttpRequest) -> bool:
    """True for API paths and for scripts of our own pages that ask for JSON."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith(
        "application/json"
    )


def as_problem(problem: Refusal, instance: str = "") -> dict:
    """The refusal as an RFC 9457 problem: type, title, status, detail, code, next_step, problems."""
    body = {
        "type": f"urn:motcua:problem:{problem.code}",
        "title": problem.sentence,
        "status": problem.status,
        "detail": problem.way_out,
        "code": problem.code,
        "instance": instance,
    }
    if getattr(problem, "problems", None):
        body["problems"] = problem.problems
    return body


def headers_of(problem: Refusal) -> dict[str, str]:
    """What besides the words a caller is told: how long to wait."""
    if problem.status == 429:
        # the limiter counts by the minute of the machine's clock
        return {"Retry-After": str(60 - int(machine_time.time()) % 60)}
    if problem.status == 503:
        return {"Retry-After": str(BUSY_SECONDS)}
    return {}


def problem_response(problem: Refusal, instance: str = "") -> HttpResponse:
    """The refusal as an answer for machines (RFC 9457)."""
    signing_in = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return JsonResponse(
        as_problem(problem, instance),
        status=problem.status,
        content_type=PROBLEM_TYPE,
        headers={**headers_of(problem), **signing_in},
        json_dumps_params={"ensure_ascii": False},
    )
