"""What every answer gets, whatever room made it: an id, a line in the log, the caller's true address, safe
headers."""

import contextlib
import ipaddress
import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from motcua.foundation.errors import WrongMethod
from motcua.foundation.middleware import problem_response

from . import views

log = structlog.get_logger("motcua.request")
Answer = Callable[[HttpRequest], HttpResponse]

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
MB = 1024 * 1024
DRAINED_MB_MOST = 512
MACHINES = "/api/"
NUL = "\x00"
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def request_log(get_response: Answer) -> Answer:
    """Give each request an id (kept when a proxy gave one) and write one line when it is answered.

    The line names the route, never the address itself: addresses carry tracking references, queries carry
    names.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        started = time.perf_counter()
        response = get_response(request)
        match = getattr(request, "resolver_match", None)
        log.info(
            "answered",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
            address=request.META.get("REMOTE_ADDR", ""),
        )
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response

    return answer


def note_visit(get_response: Answer) -> Answer:
    """In a simulation, leave a mark that somebody is here, so that the simulated month gives way to her."""
    mark = settings.MOTCUA.var / "in-use"

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.MOTCUA.simulation and request.path != "/healthz":
            with contextlib.suppress(OSError):  # a full disk must not keep anybody from reading
                mark.touch()
        return get_response(request)

    return answer


def caller_address(get_response: Answer) -> Answer:
    """Believe `X-Forwarded-For` and `X-Forwarded-Proto` only from our own proxies, nearest first."""
    networks = [ipaddress.ip_network(part, strict=False) for part in settings.MOTCUA.trusted_proxies]

    def is_ours(text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in networks)

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_ours(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_FOR", None)
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            return get_response(request)
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        for hop in reversed(hops):
            if not is_ours(hop):
                request.META["REMOTE_ADDR"] = hop
                break
        return get_response(request)

    return answer


def request_size(get_response: Answer) -> Answer:
    """Refuse a request larger than `upload_request_mb` before anything reads it, with a sentence.

    The body is read away (up to a bound), because a browser that is still sending shows no answer. One that does not
    say its length (`Transfer-Encoding: chunked`) is refused too: it would be read as an empty one.
    """
    most_mb = settings.MOTCUA.upload_request_mb

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length and "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return views.without_length(request)
        length = length or "0"
        if not length.isdigit() or int(length) <= most_mb * MB:
            return get_response(request)
        left = min(int(length), DRAINED_MB_MOST * MB)
        stream = request.META["wsgi.input"]
        while left > 0 and (piece := stream.read(min(left, MB))):
            left -= len(piece)
        return views.too_large(request, most_mb)

    return answer


def storable_text(get_response: Answer) -> Answer:
    """Refuse a NUL in an address, a query, a cookie or a form: no keyboard makes one, and PostgreSQL keeps none.

    Machines' queries and bodies are judged by the API itself, which says where the character stands.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            return views.not_found(request, ValueError("NUL"))
        if any(NUL in value for value in request.COOKIES.values()):
            request.COOKIES.clear()  # none of ours looks like this: answer as to a stranger
        if not request.path.startswith(MACHINES) and _holds_nul(request.GET):
            return views.bad_request(request, ValueError("NUL"))
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.method == "POST" and not request.path.startswith(MACHINES) and _holds_nul(request.POST):
            return views.bad_request(request, ValueError("NUL"))
        return None

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def _holds_nul(sent: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in sent.lists())


def machine_methods(get_response: Answer) -> Answer:
    """Tell a machine that used a wrong method so, as a problem that names the right ones."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.path.startswith(MACHINES):
            allowed = response.headers.get("Allow", "")
            response = problem_response(WrongMethod(method=request.method, allowed=allowed), request.path)
            response.headers["Allow"] = allowed
        return response

    return answer


def security_headers(get_response: Answer) -> Answer:
    """Add the content security policy and the permissions policy; a view that set its own keeps it."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
