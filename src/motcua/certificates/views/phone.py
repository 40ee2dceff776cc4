"""On her own phone, with the code that was sent to it: no account is needed, and the desk's machine sees no key."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.certificates import actions, queries, rules
from motcua.certificates.errors import WrongCode
from motcua.certificates.views._common import content_of, lang, shown, tell
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.acts import new_act
from motcua.foundation.doors import public
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import new_act_id
from motcua.foundation.time import now

KEY = "certificate_code"
PURPOSE = "certificates.phone"
WHY = "whoever was registered at a desk goes on with a code that was sent to her own phone"


@public(WHY)
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code (POST code)."""
    problem = None
    if request.method == "POST":
        caller = request.META.get("REMOTE_ADDR", "")
        limits.demand(f"certificates.enter:{caller}", per_minute=settings.MOTCUA.rate_code_per_minute)
        code = rules.plain_code(request.POST.get("code", ""))
        try:
            queries.by_code(code, now())
            request.session[KEY] = code
            return redirect("certificates:phone")
        except WrongCode as refusal:
            problem = f"{refusal.sentence} {refusal.way_out}"
    status = 422 if problem else 200
    return render(request, "certificates/enter.html", {"problem": problem}, status=status)


@public(WHY)
@never_cache
@require_http_methods(["GET", "POST"])
def go_on(request: HttpRequest) -> HttpResponse:
    """Agree, hand in the request of one's key, go to the authority's page (POST do agree|key|leave, content, file)."""
    code, at = str(request.session.get(KEY, "")), now()
    try:
        row = queries.by_code(code, at)
    except WrongCode:
        request.session.pop(KEY, None)
        return redirect("certificates:enter")
    # nobody's account: the one who has the code of this request, and nothing else
    actor = Actor(key=f"certificate:{row.public_id}"[:80], kind="code", language=lang())
    if request.method == "POST":
        if request.POST.get("do") == "leave":
            request.session.pop(KEY, None)
            return redirect("certificates:enter")
        made = new_act(actor, at=at, purpose=PURPOSE, act_id=request.POST.get("act_id") or None)
        try:
            if request.POST.get("do") == "agree":
                actions.agree(made, code=code)
                messages.success(request, _("Đã ghi nhận sự đồng ý của bạn."))
            else:
                actions.give_key(made, code=code, content=content_of(request))
                messages.success(
                    request, _("Đã nhận yêu cầu cấp chứng thư. Khóa bí mật vẫn chỉ ở máy của bạn.")
                )
        except Refusal as refusal:
            tell(request, refusal)
        return redirect("certificates:phone")
    seen(actor, at=at, purpose=PURPOSE, page="certificates.phone", subjects=[row.dossier.subject])
    context = {**shown(row, at, lang()), "act_id": new_act_id()}
    context["name"] = rules.masked(context.pop("person").name)
    return render(request, "certificates/phone.html", context)
