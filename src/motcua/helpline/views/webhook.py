"""Where a chat channel tells us what somebody wrote. Closed unless configured; believed only with its signature."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.foundation.errors import TooLarge
from motcua.foundation.time import now
from motcua.helpline import chat
from motcua.helpline.errors import ChannelClosed, NotFromChannel
from motcua.helpline.zalo import channel
from motcua.helpline.zalo.offers import NotAuthentic

BODY_MAX = 64 * 1024


@public("the channel signs what it sends; without its signature nothing is read")
@csrf_exempt  # a program posts here; its signature stands for the token of a form
@never_cache
@require_POST
def zalo(request: HttpRequest) -> JsonResponse:
    """A message of the channel (header X-ZEvent-Signature). 200 once the answer lies in the outbox; the same message
    again is answered 200 and changes nothing. Raises ChannelClosed, NotFromChannel, TooMany, TooLarge."""
    found = channel()
    if found is None:
        raise ChannelClosed()
    body = request.read(BODY_MAX + 1)
    if len(body) > BODY_MAX:
        raise TooLarge()
    at = now()
    try:
        said = found.heard(body, request.headers.get("X-ZEvent-Signature", ""), at)
    except NotAuthentic:
        raise NotFromChannel() from None
    if said is None:
        return JsonResponse({"taken": False})
    limits.demand(f"chat:{chat.guest_key(said.user)}", per_minute=settings.MOTCUA.rate_chat_per_minute)
    return JsonResponse({"taken": chat.hear(said, at)})
