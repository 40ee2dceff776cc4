"""A person's own pages: what she asked for, where it stands, her certificates, and how a key is made."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.certificates import actions, queries, rules
from motcua.certificates.views._common import booth_rows, content_of, lang, shown, tell
from motcua.foundation import limits
from motcua.foundation.acts import Act
from motcua.foundation.doors import actor_of, public, signed_in
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of
from motcua.foundation.time import local_date, now

PURPOSE = "certificates.own"


@signed_in
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked for, newest first, and how to ask."""
    at, rows = now(), queries.mine(actor_of(request))
    context = {"found": [shown(row, at, lang()) for row in rows], "procedure": rules.PROCEDURE}
    return render(request, "certificates/mine.html", context)


@public("how a key is made on one's own device is told to everybody")
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How a key and its request are made on a phone, a computer, a card."""
    return render(request, "certificates/guide.html", {})


@public("where people are registered, and on which days, is told to everybody")
@require_safe
def booths_public(request: HttpRequest) -> HttpResponse:
    """Where booths stand now and in future."""
    rows = booth_rows(frozenset(), local_date(now()), lang())
    return render(
        request, "certificates/booths_public.html", {"booths": [each for each in rows if not each["over"]]}
    )


@signed_in
@never_cache
@require_safe
def one(request: HttpRequest, certificate_request: str) -> HttpResponse:
    """One request of one's own: what is to do, its certificates."""
    row = queries.own(actor_of(request), certificate_request)
    return render(request, "certificates/one.html", shown(row, now(), lang()))


@signed_in
@require_POST
def act(request: HttpRequest, certificate_request: str, certificate_verb: str) -> HttpResponse:
    """Do one thing: agree, key (POST content or file), code, renew (certificate, content or file), revoke (certificate,
    reason)."""
    verbs: dict[str, Callable[[], dict]] = _verbs(request, act_of(request, PURPOSE), certificate_request)
    if certificate_verb not in verbs:
        raise NotFound()
    queries.own(actor_of(request), certificate_request)
    try:
        verbs[certificate_verb]()
        messages.success(request, DONE[certificate_verb]())
    except NotFound:
        raise
    except Refusal as refusal:
        tell(request, refusal)
    return redirect("certificates:one", certificate_request)


DONE: dict[str, Callable[[], str]] = {
    "agree": lambda: _("Đã ghi nhận sự đồng ý của bạn."),
    "key": lambda: _("Đã nhận yêu cầu cấp chứng thư. Khóa bí mật vẫn chỉ ở máy của bạn."),
    "code": lambda: _("Đã gửi mã đến số điện thoại trong hồ sơ."),
    "renew": lambda: _("Đã chuyển yêu cầu gia hạn cho nơi cấp."),
    "revoke": lambda: _("Đã chuyển yêu cầu thu hồi cho nơi cấp."),
}


def _verbs(request: HttpRequest, made: Act, row: str) -> dict[str, Callable[[], dict]]:
    post = request.POST
    certificate = post.get("certificate", "")
    return {
        "agree": lambda: actions.agree(made, request=row),
        "key": lambda: actions.give_key(made, request=row, content=content_of(request)),
        "code": lambda: _code(made, row),
        "renew": lambda: actions.renew(
            made, request=row, certificate=certificate, content=content_of(request)
        ),
        "revoke": lambda: actions.revoke(
            made, request=row, certificate=certificate, reason=post.get("reason", "")
        ),
    }


def _code(made: Act, row: str) -> dict:
    limits.demand(f"certificates.code:{row}", per_minute=settings.MOTCUA.rate_code_per_minute)
    return actions.send_code(made, request=row)


@signed_in
@never_cache
@require_safe
def download(request: HttpRequest, certificate_request: str, certificate: str) -> HttpResponse:
    """One's own certificate with its chain, PEM."""
    row = queries.own(actor_of(request), certificate_request)
    found = queries.certificate_of(row, certificate)
    answer = HttpResponse(found.content, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="chung-thu-{found.serial[:12]}.pem"'
    return answer
