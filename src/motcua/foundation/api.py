"""What every API room shares: tokens with scopes, problems (RFC 9457), signed keyset cursors, declared answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from motcua.foundation.actors import Actor, actor_for_account
from motcua.foundation.acts import Act, new_act
from motcua.foundation.doors import Door, actor_of
from motcua.foundation.errors import Forbidden, Invalid, NotFound, Refusal, SignInNeeded
from motcua.foundation.middleware import PROBLEM_TYPE, as_problem
from motcua.foundation.time import now

SCOPES = ("procedures:read", "agencies:read", "dossiers:read", "dossiers:write", "files:read", "files:write")

# raw token -> (account id, label, scopes) or None; set by the accounts room
_token_source: Callable[[str], tuple[int, str, frozenset[str]] | None] | None = None


def register_token_source(source: Callable[[str], tuple[int, str, frozenset[str]] | None]) -> None:
    """The accounts room says whose token a string is."""
    global _token_source
    _token_source = source


class ProblemField(Schema):
    field: str = ""
    code: str = ""
    message: str = ""


class Problem(Schema):
    """RFC 9457: what was refused, why, and what to do next."""

    type: str
    title: str
    status: int
    detail: str = ""
    code: str = ""
    instance: str = ""
    problems: list[ProblemField] | None = None


REFUSALS = (400, 401, 403, 404, 409, 413, 422, 429, 503)


def answers(schema: Any, status: int = 200) -> dict:
    """The `response=` of an operation: its answer and every refusal it may give, all declared."""
    return {status: schema, **dict.fromkeys(REFUSALS, Problem)}


class Token(HttpBearer):
    """A bearer token that must carry `scope`; sets `request.actor` to the account behind it."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        if scope not in SCOPES:
            raise ValueError(f"no such scope: {scope}")
        self.scope = scope
        self.door = Door("scope", (scope,))

    def __call__(self, request: HttpRequest) -> Any:
        if not request.headers.get("Authorization", "").lower().startswith("bearer "):
            raise SignInNeeded()
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        found = _token_source(token) if _token_source else None
        if found is None:
            raise SignInNeeded()
        account_id, label, scopes = found
        if self.scope not in scopes:
            raise Forbidden()
        actor = actor_for_account(
            account_id,
            at=now(),
            label=label,
            language=getattr(request, "LANGUAGE_CODE", "vi")[:2],
            scopes=scopes,
        )
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def act_of(request: HttpRequest, purpose: str) -> Act:
    """The act of an API call: its `Idempotency-Key` header is the act id, the legal time is now."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 8 <= len(key) <= 100:
        raise Invalid([{"field": "Idempotency-Key", "code": "length", "message": "8–100"}])
    return new_act(actor_of(request), at=now(), purpose=purpose, act_id=key, channel="api")


def cursor(kind: str, *values: str | int) -> str:
    """An opaque, signed place in a list; a cursor of one list does not open another."""
    return signing.dumps([kind, *values], salt="cursor", compress=False)


def read_cursor(kind: str, text: str | None) -> list | None:
    """The values again, None for no cursor. Raises Invalid for one that we did not make."""
    if not text:
        return None
    try:
        made_for, *values = signing.loads(text, salt="cursor")
    except (signing.BadSignature, ValueError):
        made_for, values = None, []
    if made_for != kind:
        raise Invalid([{"field": "cursor", "code": "unknown", "message": str(NotFound.message)}])
    return values


def _answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    import json

    response = HttpResponse(
        json.dumps(as_problem(refusal, request.path), ensure_ascii=False),
        status=refusal.status,
        content_type=PROBLEM_TYPE,
    )
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install(api: NinjaAPI) -> NinjaAPI:
    """Give `api` our handlers, so that every refusal, schema error or missing login leaves as a problem."""
    api.add_exception_handler(Refusal, lambda request, problem: _answer(request, problem))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        found = [
            {
                "field": ".".join(str(p) for p in e.get("loc", ())),
                "code": e.get("type", ""),
                "message": e.get("msg", ""),
            }
            for e in problem.errors
        ]
        return _answer(request, Invalid(found))

    @api.exception_handler(AuthenticationError)
    def unknown_caller(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        return _answer(request, SignInNeeded())

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, problem: HttpError) -> HttpResponse:
        refusal = Invalid([{"field": "", "code": "request", "message": str(problem)}])
        refusal.status = problem.status_code
        return _answer(request, refusal)

    return api


def open_door(why: str) -> Callable[[Callable], Callable]:
    """Marks an API operation that needs no token, with the reason; the others carry `auth=Token(...)`.

    The function itself is marked, not wrapped: its annotations are read in its own module.
    """

    def decorate(operation: Callable) -> Callable:
        operation.door = Door("public", why=why)  # type: ignore[attr-defined]
        return operation

    return decorate
