"""The trial authority's addresses for machines: certificates, revocation lists, OCSP, time stamps (MÔ PHỎNG)."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.foundation.errors import NotFound
from motcua.foundation.time import now
from motcua.signing import queries, trial

WHY = "certificates, lists, answers and stamps of an authority are for everybody (RFC 5280, 6960, 3161)"
REQUEST_MAX = 20_000  # bytes; an honest request has a few hundred
PARTS, LISTS = ("root", "issuing", "ocsp", "tsa"), ("root", "issuing")


@public(WHY)
@require_GET
def certificate(request: HttpRequest, tree: str, name: str) -> HttpResponse:
    """The certificate of a part of the authority, DER."""
    authority = queries.trial_authority(tree, at=now())
    if name not in PARTS:
        raise NotFound()
    content = authority.certificate(name).public_bytes(serialization.Encoding.DER)
    return HttpResponse(content, content_type="application/pkix-cert")


@public(WHY)
@require_GET
def revocation_list(request: HttpRequest, tree: str, name: str) -> HttpResponse:
    """The revocation list of the root or of the issuing authority, DER."""
    authority = queries.trial_authority(tree, at=now())
    if name not in LISTS:
        raise NotFound()
    return HttpResponse(authority.crl(at=now(), issuer=name), content_type="application/pkix-crl")


@public(WHY)
@csrf_exempt  # programs ask here, with neither a session nor a form
@require_POST
def ocsp(request: HttpRequest, tree: str) -> HttpResponse:
    """An OCSP answer to the request in the body."""
    authority = queries.trial_authority(tree, at=now())
    answer = trial.ocsp_answer(authority, _body(request), at=now())
    return HttpResponse(answer, content_type="application/ocsp-response")


@public(WHY)
@csrf_exempt
@require_POST
def timestamps(request: HttpRequest, tree: str) -> HttpResponse:
    """A time stamp for the request in the body."""
    authority = queries.trial_authority(tree, at=now())
    answer = trial.stamp(authority, _body(request), at=now())
    return HttpResponse(answer, content_type="application/timestamp-reply")


def _body(request: HttpRequest) -> bytes:
    """The request as sent; one that is too long is no request, and answered so."""
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"authority:{caller}", per_minute=settings.MOTCUA.rate_api_per_minute)
    return request.read(REQUEST_MAX)
